package import Events

/// A user's list as a front end reads it: best first, nothing the user has already rated or consumed.
package struct TopList: Equatable, Sendable {
    package struct Entry: Equatable, Sendable {
        package var item: Identifier
        /// Higher is better; comparable within one list only.
        package var score: Float
        /// The item of the user's history that speaks most for this one; `nil` where none does.
        package var because: Identifier?

        package init(item: Identifier, score: Float, because: Identifier?) {
            self.item = item
            self.score = score
            self.because = because
        }
    }

    package var user: Identifier
    package var entries: [Entry]
    /// The event time of the newest event that the list knows of, in epoch milliseconds.
    package var eventTimeMs: Int64
    /// That event's place in the log: a list whose source has reached an event reflects it.
    package var source: Position

    package init(user: Identifier, entries: [Entry], eventTimeMs: Int64, source: Position) {
        self.user = user
        self.entries = entries
        self.eventTimeMs = eventTimeMs
        self.source = source
    }
}
