import Foundation

/// Reads back what `ListEncoder` wrote. For readers, which have time: it allocates.
package enum ListDecoder {
    /// `nil` for what is not a list of ours.
    package static func list(_ json: [UInt8]) -> StoredList? { decode(json) }

    package static func items(_ json: [UInt8]) -> [StoredItem]? { decode(json) }

    package static func model(_ json: [UInt8]) -> StoredModel? { decode(json) }

    private static func decode<Value: Decodable>(_ json: [UInt8]) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(json))
    }
}
