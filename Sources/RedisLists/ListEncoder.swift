package import Events
package import Ranking

/// Writes lists as readers find them:
///
///     {"user":"42","model":"…","generated_at":ms,"event_time":ms,"source":"ratings.v1/3/1234",
///      "items":[{"id":"318","score":4.81,"because":"296"},…]}
///
/// on one line, the members always in this order. `source` is topic, partition and offset of the newest event
/// that the list knows of. `because` is absent where nothing speaks for an item. Scores have at most four
/// decimals. Allocates nothing once the buffer has grown.
package struct ListEncoder: Sendable {
    /// `,"model":"…","generated_at":`, the same for every list of a model.
    private var modelPart: [UInt8] = []
    /// By `Topic.rawValue`: `,"source":"ratings.v1/`, the string still open.
    private let sourceParts: [ArraySlice<UInt8>]

    /// - Parameters:
    ///   - topics: the name in Kafka of every topic.
    ///   - model: the version of the model that makes the lists.
    package init(topics: [Topic: String], model: String) {
        sourceParts = Topic.allCases.map { topic in
            guard let name = topics[topic] else { preconditionFailure("no name for the topic of \(topic)") }
            let part = Self.bytes { part in
                part.append(",\"source\":")
                part.append(json: name + "/")
            }
            return part.dropLast()
        }
        use(model: model)
    }

    /// Lists from now on carry this version.
    package mutating func use(model: String) {
        modelPart = Self.bytes { part in
            part.append(",\"model\":")
            part.append(json: model)
            part.append(",\"generated_at\":")
        }
    }

    /// Appends a user's list.
    package func encode(_ list: TopList, generatedAtMs: Int64, into json: inout ByteBuffer) {
        json.append("{\"user\":")
        json.append(json: list.user.text)
        json.append(modelPart)
        json.append(decimal: generatedAtMs)
        json.append(",\"event_time\":")
        json.append(decimal: list.eventTimeMs)
        sourceParts[Int(list.source.lane.topic.rawValue)].withUnsafeBytes { json.append($0) }
        json.append(decimal: Int64(list.source.lane.partition))
        json.append(UInt8(ascii: "/"))
        json.append(decimal: list.source.offset)
        json.append("\",\"items\":")
        encode(list.entries, into: &json)
        json.append(UInt8(ascii: "}"))
    }

    /// Appends the bare array of items, which is what fallback lists and neighbours are.
    package func encode(_ entries: [TopList.Entry], into json: inout ByteBuffer) {
        json.append(UInt8(ascii: "["))
        for (index, entry) in entries.enumerated() {
            json.append(index == 0 ? "{\"id\":" : ",{\"id\":")
            json.append(json: entry.item.text)
            json.append(",\"score\":")
            json.append(score: entry.score)
            if let because = entry.because {
                json.append(",\"because\":")
                json.append(json: because.text)
            }
            json.append(UInt8(ascii: "}"))
        }
        json.append(UInt8(ascii: "]"))
    }

    private static func bytes(_ write: (inout ByteBuffer) -> Void) -> [UInt8] {
        var buffer = ByteBuffer(capacity: 128)
        write(&buffer)
        return buffer.withBytes { [UInt8]($0) }
    }
}
