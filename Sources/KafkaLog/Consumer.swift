import CRdkafka
import Events
import Pipeline

/// What the group's consumer and the catalogue's have in common: the poll, the pauses, the offsets.
struct Consumer: ~Copyable {
    let client: Client
    let events: ConsumerEvents

    init(client: consuming Client, events: ConsumerEvents) {
        self.client = client
        self.events = events
        rd_kafka_poll_set_consumer(self.client.handle)
    }

    /// How long leaving the group or committing may wait for brokers that do not answer, in milliseconds.
    private static let patienceMs = 5_000

    deinit { leave() }

    /// Commits what is stored and leaves the group, so that the others need not wait until we are given up.
    ///
    /// Without its brokers librdkafka comes back neither from this nor from its destruction before the session has
    /// run out: then the client is left to its own threads, which leave the group when they can.
    private func leave() {
        let queue = rd_kafka_queue_new(client.handle)
        defer { rd_kafka_queue_destroy(queue) }
        if let error = rd_kafka_consumer_close_queue(client.handle, queue) {
            return rd_kafka_error_destroy(error)
        }
        let patienceMs = events.isAway ? 500 : Self.patienceMs
        let deadline = ContinuousClock.now + .milliseconds(patienceMs)
        while rd_kafka_consumer_closed(client.handle) == 0, ContinuousClock.now < deadline {
            // Not `rd_kafka_queue_poll_callback`: what was fetched and not polled comes here, too, and aborts it.
            if let unread = rd_kafka_consume_queue(queue, 50) { rd_kafka_message_destroy(unread) }
        }
        if rd_kafka_consumer_closed(client.handle) == 0 { events.isStuck = true }
    }

    /// Records of a poll end with the one that makes them larger than this: what is refused is kept whole.
    private static let pollBytesMax = 16 << 20

    /// Brings what has arrived: see `EventSource.poll`. Once `limit` records are in, no further one is fetched.
    func poll(limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void) throws(Trouble) {
        precondition(limit > 0, "a poll for no record would never bring an event")
        withoutActuallyEscaping(take) { lent in
            events.take = lent
            var waitMs = timeoutMs
            var (records, bytes) = (0, 0)
            while records < limit, bytes < Self.pollBytesMax, !events.hasTrouble {
                guard let next = rd_kafka_consumer_poll(client.handle, waitMs) else { break }
                bytes += next.pointee.len + next.pointee.key_len
                if bring(Message(adopting: next), take) { records += 1 }
                waitMs = 0
            }
            if records > 0 { tellKnownEnds(take) }
            events.take = nil
            if records > 0 {
                events.reached()
            } else if events.isAway {
                askForBrokers(timeoutMs: min(timeoutMs, 100))
            }
        }
        try events.rethrow()
    }

    /// Whether it was a record.
    private func bring(_ message: consuming Message, _ take: (borrowing Arrival) -> Void) -> Bool {
        switch message.code {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            guard let lane = events.lane(message.topicName, message.partition) else { return false }
            events.noteRecord(lane, next: message.offset + 1)
            take(.record(message.record(in: lane)))
            return true
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            guard let lane = events.lane(message.topicName, message.partition) else { return false }
            events.ends[lane] = message.offset
            take(.reachedEnd(lane, next: message.offset))
            return false
        default:
            events.failed(message.code, message.reason, topic: message.topicName.map { String(cString: $0) })
            return false
        }
    }

    /// Tells at once that a lane is at its end when the brokers' last answer held no more than was polled: librdkafka
    /// says so itself only after the next fetch has come back empty, up to `fetch.wait.max.ms` later.
    private func tellKnownEnds(_ take: (borrowing Arrival) -> Void) {
        for (lane, next) in events.takePolled() {
            guard events.owned.contains(lane), let name = events.names.name(of: lane.topic) else { continue }
            var (low, high) = (Int64(RD_KAFKA_OFFSET_INVALID), Int64(RD_KAFKA_OFFSET_INVALID))
            let code = rd_kafka_get_watermark_offsets(client.handle, name, lane.partition, &low, &high)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, next == high else { continue }
            events.ends[lane] = next
            take(.reachedEnd(lane, next: next))
        }
    }

    /// An idle log says nothing when its brokers return, so we ask.
    private func askForBrokers(timeoutMs: Int32) {
        guard timeoutMs > 0, (try? client.metadata(timeoutMs: timeoutMs)) != nil else { return }
        events.reached()
    }

    /// librdkafka throws away what it has prefetched of a lane that is paused, and fetches it again afterwards.
    func setPaused(_ paused: Bool, lanes: [Lane]) {
        let list = list(of: lanes)
        guard !list.isEmpty else { return }
        // Errors are per lane, and only for lanes that are gone.
        _ =
            paused
            ? rd_kafka_pause_partitions(client.handle, list.list)
            : rd_kafka_resume_partitions(client.handle, list.list)
    }

    /// Keeps the offsets for the next commit; lanes that are not ours are left out.
    func store(_ next: [Position]) throws(Trouble) {
        let list = PartitionList(capacity: next.count)
        for position in next where events.owned.contains(position.lane) {
            guard let name = events.names.name(of: position.lane.topic) else { continue }
            list.append(name, position.lane.partition, offset: position.offset)
        }
        guard !list.isEmpty else { return }
        let code = rd_kafka_offsets_store(client.handle, list.list)
        switch code {
        case RD_KAFKA_RESP_ERR_NO_ERROR, RD_KAFKA_RESP_ERR__STATE, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            return
        default:
            throw Trouble(.stop, "offsets cannot be stored: \(ErrorCode(code)). Start Freshet again.")
        }
    }

    /// Commits what is stored; waits for the answer, but not for ever.
    func commit() throws(Trouble) {
        let queue = rd_kafka_queue_new(client.handle)
        defer { rd_kafka_queue_destroy(queue) }
        let code = rd_kafka_commit_queue(client.handle, nil, queue, nil, nil)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw uncommitted(ErrorCode(code)) }
        guard let event = rd_kafka_queue_poll(queue, Int32(Self.patienceMs)) else {
            throw uncommitted(ErrorCode(RD_KAFKA_RESP_ERR__TIMED_OUT))
        }
        defer { rd_kafka_event_destroy(event) }
        let answer = rd_kafka_event_error(event)
        guard answer == RD_KAFKA_RESP_ERR_NO_ERROR || answer == RD_KAFKA_RESP_ERR__NO_OFFSET else {
            throw uncommitted(ErrorCode(answer))
        }
    }

    private func uncommitted(_ code: ErrorCode) -> Trouble {
        Trouble(
            .tryAgain,
            "stored offsets could not be committed to Kafka at \(events.servers): \(code). It is tried again in "
                + "the background and when Freshet stops.")
    }

    /// How many records of a lane are still to be polled, by what the brokers last told; `nil` while unknown.
    func lag(of lane: Lane) -> Int64? {
        guard events.owned.contains(lane), let name = events.names.name(of: lane.topic) else { return nil }
        var (low, high) = (Int64(RD_KAFKA_OFFSET_INVALID), Int64(RD_KAFKA_OFFSET_INVALID))
        let code = rd_kafka_get_watermark_offsets(client.handle, name, lane.partition, &low, &high)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 else { return nil }
        let list = list(of: [lane])
        rd_kafka_position(client.handle, list.list)
        let polled = entries(of: list.list).first?.offset ?? -1
        let next = max(polled, events.ends[lane] ?? -1)
        return next >= 0 ? max(0, high - next) : nil
    }

    private func list(of lanes: [Lane]) -> PartitionList {
        let list = PartitionList(capacity: lanes.count)
        for lane in lanes where events.owned.contains(lane) {
            if let name = events.names.name(of: lane.topic) { list.append(name, lane.partition) }
        }
        return list
    }
}
