/// What a list knows: the place of its newest event, and that event's time.
package struct ListMark: Equatable, Sendable {
    package var source: StoredSource
    /// Epoch milliseconds.
    package var eventTimeMs: Int64

    /// `nil` where one of them is missing.
    init?(source: String?, eventTimeMs: Int64?) {
        guard let source = source.flatMap(StoredSource.init), let eventTimeMs else { return nil }
        (self.source, self.eventTimeMs) = (source, eventTimeMs)
    }
}
