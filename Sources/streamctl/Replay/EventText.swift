import Events
import RatingFiles

/// The JSON of one event, in memory that is used again for the next: after the first nothing is allocated.
///
/// Texts of up to 15 bytes, which numbers are, need no memory of their own in Swift.
struct EventText: Sendable {
    private(set) var bytes: [UInt8] = []

    /// A row as the contract has it, a rating or feedback:
    ///
    ///     {"user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000000}
    ///     {"user_id":"42","item_id":"318","action":"click","value":0.8,"timestamp":1700000000000}
    ///
    /// A value of 1 is left out, as it is what feedback without one has.
    mutating func write(_ row: Int, of columns: RatingColumns, users: IDTexts, items: IDTexts) {
        bytes.removeAll(keepingCapacity: true)
        append(#"{"user_id":"#)
        users.withBytes(of: columns.users[row]) { bytes.append(contentsOf: $0) }
        append(#","item_id":"#)
        items.withBytes(of: columns.items[row]) { bytes.append(contentsOf: $0) }
        let (action, value) = (columns.action(row), columns.ratings[row])
        if action == .rating {
            append(#","rating":"#)
            append(value)
        } else {
            append(#","action":""#)
            append(action.rawValue)
            append("\"")
            if value != 1 {
                append(#","value":"#)
                append(value)
            }
        }
        append(#","timestamp":"#)
        append(String(columns.timestampsMs[row]))
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
