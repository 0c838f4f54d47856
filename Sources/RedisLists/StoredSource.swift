/// A place in the log as lists spell it: `<topic>/<partition>/<offset>`.
///
/// A list reflects an event once its source has the event's topic and partition and an offset not below.
package struct StoredSource: Equatable, Sendable {
    package var topic: String
    package var partition: Int32
    package var offset: Int64

    /// `nil` for what `ListEncoder` never writes.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, let offset = Int64(parts[parts.count - 1]),
            let partition = Int32(parts[parts.count - 2])
        else { return nil }
        topic = parts.dropLast(2).joined(separator: "/")
        self.partition = partition
        self.offset = offset
    }
}
