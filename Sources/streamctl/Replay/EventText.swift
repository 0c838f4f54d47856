/// The JSON of one event, in memory that is used again for the next: after the first nothing is allocated.
///
/// Texts of up to 15 bytes, which numbers are, need no memory of their own in Swift.
struct EventText: Sendable {
    private(set) var bytes: [UInt8] = []

    /// `{"user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000000}`
    mutating func write(
        rating: Float, user: UInt32, of users: IDTexts, item: UInt32, of items: IDTexts, timestampMs: Int64
    ) {
        writeIDs(user, users, item, items)
        append(#","rating":"#)
        append(rating)
        append(timestampMs: timestampMs)
    }

    /// `{"user_id":"42","item_id":"318","action":"view","timestamp":1700000000000}`
    mutating func writeView(
        user: UInt32, of users: IDTexts, item: UInt32, of items: IDTexts, timestampMs: Int64
    ) {
        writeIDs(user, users, item, items)
        append(#","action":"view""#)
        append(timestampMs: timestampMs)
    }

    private mutating func writeIDs(_ user: UInt32, _ users: IDTexts, _ item: UInt32, _ items: IDTexts) {
        bytes.removeAll(keepingCapacity: true)
        append(#"{"user_id":"#)
        users.withBytes(of: user) { bytes.append(contentsOf: $0) }
        append(#","item_id":"#)
        items.withBytes(of: item) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(timestampMs: Int64) {
        append(#","timestamp":"#)
        append(String(timestampMs))
        bytes.append(UInt8(ascii: "}"))
    }

    /// The shortest decimal number that is read back as the same float: 4.5, 5, 1e-05.
    private mutating func append(_ number: Float) {
        append(number.description)
        if bytes.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
    }

    @inline(__always)
    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
