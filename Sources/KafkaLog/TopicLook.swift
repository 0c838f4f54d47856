import CRdkafka

/// Asks where the partitions of a topic begin and end now.
struct TopicLook {
    var topic: String
    var servers: String
    /// How long each answer is waited for.
    var timeoutMs: Int32

    /// The offsets that there are from `start` on, by partition; partitions without any are left out.
    ///
    /// - Parameter partition: `nil` for all of them.
    func stretches(
        _ client: borrowing Client, _ events: ClientEvents, partition: Int32?, start: LetterStart
    ) throws(KafkaError) -> [Int32: Range<Int64>] {
        let view = try BrokerProbe.look(client, events, timeoutMs: timeoutMs)
        let count = Int32(view.topics.first { $0.name == topic }?.partitions ?? 0)
        guard count > 0 else {
            throw .refused(
                what: "topic '\(topic)' does not exist", reason: "Kafka at \(servers) has no such topic",
                mend: "Create it with 'streamctl topics apply', or correct its name under kafka.topics")
        }
        guard partition.map({ (0..<count).contains($0) }) ?? true else {
            throw .refused(
                what: "topic '\(topic)' has no partition \(partition ?? 0)",
                reason: "its partitions are 0 to \(count - 1)", mend: "Choose one of these")
        }
        var found: [Int32: Range<Int64>] = [:]
        for one in partition.map({ $0...$0 }) ?? 0...(count - 1) {
            let stretch = try stretch(client, of: one, from: start)
            if !stretch.isEmpty { found[one] = stretch }
        }
        return found
    }

    private func stretch(
        _ client: borrowing Client, of partition: Int32, from start: LetterStart
    ) throws(KafkaError) -> Range<Int64> {
        let (low, high) = try ends(client, of: partition)
        let first =
            switch start {
            case .earliest: low
            case .latest: high
            case .offset(let offset): max(low, offset)
            case .timestamp(let startMs): max(low, try offset(client, at: startMs, of: partition) ?? low)
            }
        return min(first, high)..<high
    }

    /// The first offset that is still kept, and the one that the next record will have.
    func ends(
        _ client: borrowing Client, of partition: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        var (low, high): (Int64, Int64) = (0, 0)
        let code = rd_kafka_query_watermark_offsets(client.handle, topic, partition, &low, &high, timeoutMs)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw unreadable(code) }
        return (low, high)
    }

    /// The first offset whose record was stamped at that time or later; `nil` where the broker names none.
    func offset(
        _ client: borrowing Client, at startMs: Int64, of partition: Int32
    ) throws(KafkaError) -> Int64? {
        let query = PartitionList(capacity: 1)
        query.append(topic, partition, offset: startMs)
        let code = rd_kafka_offsets_for_times(client.handle, query.list, timeoutMs)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer = entries(of: query.list).first else {
            throw unreadable(code)
        }
        return answer.err == RD_KAFKA_RESP_ERR_NO_ERROR && answer.offset >= 0 ? answer.offset : nil
    }

    private func unreadable(_ code: rd_kafka_resp_err_t) -> KafkaError {
        .refused(
            what: "topic '\(topic)' at \(servers) cannot be read", reason: ErrorCode(code).description,
            mend: "Check that the brokers run and let us read it")
    }
}
