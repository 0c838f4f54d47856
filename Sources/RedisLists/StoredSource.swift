/// A place in the log as lists spell it: `<topic>/<partition>/<offset>`.
///
/// A list reflects an event once its source has the event's topic and partition and an offset not below.
package struct StoredSource: Equatable, Sendable {
    package var topic: String
    package var partition: Int32
    package var offset: Int64

    /// `nil` for what `ListEncoder` never writes.
    package init?(_ text: String) {
        guard let last = text.lastIndex(of: "/"), let offset = Int64(text[text.index(after: last)...]),
            let middle = text[..<last].lastIndex(of: "/"),
            let partition = Int32(text[text.index(after: middle)..<last])
        else { return nil }
        topic = String(text[..<middle])
        self.partition = partition
        self.offset = offset
    }
}
