import CRdkafka
import Events

/// A message that librdkafka lends: valid until it is given back.
struct Message {
    let message: UnsafeMutablePointer<rd_kafka_message_t>

    init(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        self.message = message
    }

    /// What a record takes of memory, but for its headers.
    var byteCount: Int { message.pointee.len + message.pointee.key_len }

    var code: rd_kafka_resp_err_t { message.pointee.err }
    var partition: Int32 { message.pointee.partition }
    /// The record's offset; for the end of a partition the offset that the next record will have.
    var offset: Int64 { message.pointee.offset }

    /// `nil` for errors that belong to no topic.
    var topicName: UnsafePointer<CChar>? {
        message.pointee.rkt.flatMap { rd_kafka_topic_name($0) }
    }

    /// What went wrong, if this is not a record.
    var reason: String { String(cString: rd_kafka_message_errstr(message)) }

    /// The record, whose bytes live as long as the message does.
    func record(in lane: Lane) -> Record {
        Record(
            position: Position(lane: lane, offset: offset), arrivedMs: stampMs, key: key, value: value,
            headers: headers())
    }

    /// When the broker or the producer stamped it, in epoch milliseconds.
    var stampMs: Int64? {
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let stampMs = rd_kafka_message_timestamp(message, &kind)
        return kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : stampMs
    }

    /// Lent as long as the message lives.
    var key: UnsafeRawBufferPointer? { bytes(message.pointee.key, message.pointee.key_len) }
    var value: UnsafeRawBufferPointer? { bytes(message.pointee.payload, message.pointee.len) }

    private func bytes(_ start: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeRawBufferPointer? {
        start.map { UnsafeRawBufferPointer(start: $0, count: count) }
    }

    /// Copies; most messages have none, and then it costs one call.
    func headers() -> [Header] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else {
            return []
        }
        var headers: [Header] = []
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var count = 0
        while rd_kafka_header_get_all(list, headers.count, &name, &value, &count)
            == RD_KAFKA_RESP_ERR_NO_ERROR,
            let name
        {
            let bytes = value.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
            headers.append(Header(name: String(cString: name), value: bytes))
        }
        return headers
    }
}
