import Events
import KafkaLog
import Pipeline
import Settings

@testable import streamctl

/// A record as a producer sends it, or as it is found in the log.
struct Message: Equatable {
    var topic: Topic
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [Header] = []

    /// A rating of the contract.
    static func rating(user: String, item: String, rating: Double = 4, timestampMs: Int64) -> Message {
        let value =
            #"{"user_id":"\#(user)","item_id":"\#(item)","rating":\#(rating),"timestamp":\#(timestampMs)}"#
        return Message(topic: .ratings, key: Array(user.utf8), value: Array(value.utf8))
    }

    /// Sends them in order and returns when all are delivered.
    static func publish(_ messages: [Message], _ wiring: Wiring) throws {
        var connection = wiring.kafka
        connection.properties["message.max.bytes"] = "16000000"
        var producer = try EventProducer(connection) { _ in }
        for message in messages {
            let outcome = withBytes(message.key, message.value) { key, value in
                Result { () throws(Trouble) in
                    try producer.send(
                        topic: wiring.topics[message.topic] ?? "", key: key, value: value,
                        headers: message.headers)
                }
            }
            try outcome.get()
        }
        _ = try producer.flush(timeoutMs: 30_000)
        guard producer.tally.delivered == messages.count else {
            throw Stuck(description: "\(messages.count) records to deliver: \(producer.tally)")
        }
    }
}

/// A record where it stands in the log.
struct Standing {
    var partition: Int32
    var offset: Int64
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [Header]

    init(_ record: borrowing Record) {
        partition = record.position.lane.partition
        offset = record.position.offset
        key = record.key.map(Array.init)
        value = record.value.map(Array.init)
        headers = record.headers
    }
}

/// Reads a topic from its beginning until so many records were found, and as many as come with them.
///
/// Goes on where it stopped when it is asked again.
struct TopicReader: ~Copyable {
    private var source: CatalogSource
    private(set) var found: [Standing] = []

    init(_ topic: String, _ wiring: Wiring) throws {
        source = try CatalogSource(wiring.kafka, topic: topic) { _ in }
    }

    mutating func read(_ count: Int) throws {
        for _ in 0..<2_000 where found.count < count {
            var some: [Standing] = []
            try source.poll(limit: 1_000, timeoutMs: 20) { arrival in
                switch arrival {
                case .record(let record): some.append(Standing(record))
                default: break
                }
            }
            found += some
        }
        guard found.count >= count else {
            throw Stuck(description: "\(count) records to read, \(found.count) found")
        }
    }

    /// Reads what there is, of a topic of one partition.
    mutating func readToEnd() throws {
        var isAtEnd = false
        for _ in 0..<2_000 where !isAtEnd {
            var some: [Standing] = []
            try source.poll(limit: 1_000, timeoutMs: 20) { arrival in
                switch arrival {
                case .record(let record): some.append(Standing(record))
                case .reachedEnd: isAtEnd = true
                default: break
                }
            }
            found += some
        }
        guard isAtEnd else { throw Stuck(description: "no end after \(found.count) records") }
    }
}

/// Lends the bytes of a key and a value; null stays null.
private func withBytes<Outcome>(
    _ key: [UInt8]?, _ value: [UInt8]?, _ body: (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?) -> Outcome
) -> Outcome {
    (key ?? []).withUnsafeBytes { keyBytes in
        (value ?? []).withUnsafeBytes { valueBytes in
            body(key == nil ? nil : keyBytes, value == nil ? nil : valueBytes)
        }
    }
}
