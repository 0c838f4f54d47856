/// A reply as a value of its own, for those who have time to copy it.
package enum RedisValue: Equatable, Sendable {
    /// What Redis calls nil: there is no such key or field.
    case nothing
    case integer(Int64)
    /// A string or a status, such as `OK`.
    case bytes([UInt8])
    case list([RedisValue])

    package var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// The bytes as text; `nil` also where they are not UTF-8.
    package var text: String? { bytes.flatMap { String(validating: $0, as: UTF8.self) } }

    package var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    package var list: [RedisValue]? {
        if case .list(let list) = self { list } else { nil }
    }
}
