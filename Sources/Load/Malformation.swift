/// How a record can be wrong; each breaks a rule of the contract whatever the settings.
enum Malformation: Int, CaseIterable, Sendable {
    case notJSON
    case cutOff
    case noItem
    case hugeRating
    case ratingIsText
    case noTime
    case notUTF8
    case empty

    func value(user: String, item: String, timestampMs: Int64) -> [UInt8] {
        let ids = #""user_id":"\#(user)","item_id":"\#(item)""#
        switch self {
        case .notJSON: return Array("user=\(user)&item=\(item)".utf8)
        case .cutOff: return Array(#"{\#(ids),"rating":4.5,"timest"#.utf8)
        case .noItem: return Array(#"{"user_id":"\#(user)","rating":4,"timestamp":\#(timestampMs)}"#.utf8)
        case .hugeRating: return Array(#"{\#(ids),"rating":1e9,"timestamp":\#(timestampMs)}"#.utf8)
        case .ratingIsText: return Array(#"{\#(ids),"rating":"good","timestamp":\#(timestampMs)}"#.utf8)
        case .noTime: return Array(#"{\#(ids),"rating":4.5,"timestamp":"yesterday"}"#.utf8)
        case .notUTF8:
            return Array(#"{\#(ids),"rating":4.5,"note":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        case .empty: return []
        }
    }
}
