/// The JSON of one event, in memory that is used again for the next.
struct EventText: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func begin(run: String, number: Int, user: String, item: String) {
        bytes.removeAll(keepingCapacity: true)
        append(#"{"event_id":""#)
        append(run)
        append("-")
        append(String(number))
        append(#"","user_id":""#)
        append(user)
        append(#"","item_id":""#)
        append(item)
        append(#"","#)
    }

    mutating func append(rating: Float) {
        append(#""rating":"#)
        append(rating.description)
    }

    mutating func append(action: String) {
        append(#""action":""#)
        append(action)
        append(#"""#)
    }

    mutating func end(timestampMs: Int64) {
        append(#","timestamp":"#)
        append(String(timestampMs))
        append("}")
    }

    mutating func replace(with bytes: [UInt8]) {
        self.bytes = bytes
    }

    @inline(__always)
    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
