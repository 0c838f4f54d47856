import CRdkafka
import Events

/// One visit to the queue of a lane: what it may bring, and what it has brought.
struct LaneTurn {
    let lane: Lane
    let client: OpaquePointer
    let take: (consuming Record) -> Void
    /// Records that it may still bring.
    var recordsLeft: Int
    /// The same in bytes; the record that crosses it is the last.
    var bytesLeft: Int
    /// The offset after the last record; `nil` before the first.
    private(set) var next: Int64?
    /// The largest stamp of its records; the least where there is none.
    private(set) var newestMs = Int64.min
    /// Where the lane ended, if it said so after its last record.
    private(set) var end: Int64?
    /// What else it had to say.
    private(set) var failures: [(code: rd_kafka_resp_err_t, reason: String)] = []

    init(
        lane: Lane, client: OpaquePointer, records: Int, bytes: Int,
        _ take: @escaping (consuming Record) -> Void
    ) {
        (self.lane, self.client, self.take) = (lane, client, take)
        (recordsLeft, bytesLeft) = (records, bytes)
    }

    /// Whether it was ended before the queue was empty.
    var isFull: Bool { recordsLeft <= 0 || bytesLeft <= 0 }

    mutating func bring(_ message: Message) {
        switch message.code {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            (next, end) = (message.offset + 1, nil)
            recordsLeft -= 1
            bytesLeft -= message.byteCount
            let record = message.record(in: lane)
            newestMs = max(newestMs, record.arrivedMs ?? .min)
            take(record)
            if isFull { rd_kafka_yield(client) }
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            end = message.offset
        default:
            failures.append((message.code, message.reason))
        }
    }
}
