import Telemetry

/// A JSON value to be printed: one line, members in the order given.
enum JSON: Sendable {
    case null
    case flag(Bool)
    case whole(Int)
    /// Rounded to three decimals; null where it is not finite.
    case number(Double)
    /// The shortest text that is read back as the same number; null where it is not finite.
    case exact(Double)
    case text(String)
    case list([JSON])
    case object([(name: String, value: JSON)])

    static func text(orNull text: String?) -> JSON { text.map(JSON.text) ?? .null }

    /// The shortest text that is read back as the same `Float`: `0.1`, where `exact` would say 0.10000000149.
    static func shortest(_ number: Float) -> JSON { Double("\(number)").map(JSON.exact) ?? .null }

    /// Epoch milliseconds as RFC 3339.
    static func moment(_ epochMs: Int64?) -> JSON {
        epochMs.map { .text(RFC3339.text(epochMs: $0)) } ?? .null
    }
}

extension JSON: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(members.map { (name: $0.0, value: $0.1) })
    }
}

extension JSON: CustomStringConvertible {
    var description: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .whole(let number): "\(number)"
        case .number(let number): number.isFinite ? "\((number * 1000).rounded() / 1000)" : "null"
        case .exact(let number): number.isFinite ? "\(number)" : "null"
        case .text(let text): jsonString(text)
        case .list(let values): "[\(values.map(\.description).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(jsonString($0.name)):\($0.value)" }.joined(separator: ","))}"
        }
    }
}
