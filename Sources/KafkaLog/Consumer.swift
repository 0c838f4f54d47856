import CRdkafka
import Events
import Pipeline

/// What the group's consumer and the catalogue's have in common: the poll, the pauses, the offsets.
struct Consumer: ~Copyable {
    let client: Client
    let events: ConsumerEvents
    private let ahead: ReadAhead?

    /// - Parameter ahead: reads on while nobody polls.
    init(client: consuming Client, events: ConsumerEvents, ahead: ReadAhead? = nil) {
        self.client = client
        self.events = events
        self.ahead = ahead
        rd_kafka_poll_set_consumer(self.client.handle)
        if let queue = rd_kafka_queue_get_consumer(self.client.handle) {
            events.bell.hang(on: queue)
            rd_kafka_queue_destroy(queue)
        }
    }

    /// How long leaving the group or committing may wait for brokers that do not answer, in milliseconds.
    private static let patienceMs = 5_000

    deinit { leave() }

    /// Commits what is stored and leaves the group, so that the others need not wait until we are given up.
    ///
    /// Without its brokers librdkafka comes back neither from this nor from its destruction before the session has
    /// run out: then the client is left to its own threads, which leave the group when they can.
    private func leave() {
        ahead?.end()
        if let own = rd_kafka_queue_get_consumer(client.handle) {
            Bell.takeOff(own)
            rd_kafka_queue_destroy(own)
        }
        // Queues go before their client.
        defer { events.queues = [] }
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

    /// Fewer records than this are not worth waking another thread.
    private static let aheadMin = 256

    /// Brings what has arrived: see `EventSource.poll`.
    func poll(limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void) throws(Trouble) {
        precondition(limit > 0, "a poll for no record would never bring an event")
        withoutActuallyEscaping(take) { lent in
            events.take = lent
            defer { events.take = nil }
            let deadline = ContinuousClock.now + .milliseconds(timeoutMs)
            var records = bringAhead(lent)
            while true {
                events.bell.hush()
                let arrivals = events.arrivals
                serveGroup()
                if records == 0, !events.hasTrouble { records = takeFromLanes(limit: limit, lent) }
                if records > 0 || events.arrivals > arrivals || events.hasTrouble { break }
                let left = deadline - .now
                guard left > .zero else { break }
                events.bell.wait(Int32((left + .microseconds(999)) / .milliseconds(1)))
            }
            if records > 0 {
                events.reached()
            } else if events.isAway {
                askForBrokers(timeoutMs: timeoutMs)
            }
        }
        if !events.hasTrouble { readAhead(limit: limit) }
        try events.rethrow()
    }

    /// Brings what was read ahead; returns how many records that are. Until the end of the next poll nobody reads on, so
    /// that lanes may come and go.
    @discardableResult
    func bringAhead(_ take: (borrowing Arrival) -> Void) -> Int {
        guard let steps = ahead?.finish(), !steps.isEmpty else { return 0 }
        var records = 0
        for step in steps {
            records += step.run.count
            if step.run.count > 0 { take(.decoded(step.run)) }
            note(step.turn, of: step.queue)
        }
        remind(of: events.openQueues)
        return records
    }

    /// Has the next batch read while the worker thinks about this one, where there is enough for one.
    private func readAhead(limit: Int) {
        guard let ahead else { return }
        let queues = events.openQueues
        guard queues.reduce(0, { $0 + $1.waiting }) >= Self.aheadMin else { return }
        ahead.begin(LaneRound(queues: queues, client: client.handle, limit: limit))
    }

    /// What the group and the brokers have to say; records have queues of their own.
    private func serveGroup() {
        while !events.hasTrouble, let next = rd_kafka_consumer_poll(client.handle, 0) {
            defer { rd_kafka_message_destroy(next) }
            let message = Message(next)
            assert(message.code != RD_KAFKA_RESP_ERR_NO_ERROR, "a record came around its lane's queue")
            let topic = message.topicName.map { String(cString: $0) }
            events.failed(message.code, message.reason, topic: topic)
        }
    }

    /// Brings what waits in the lanes, `limit` records at most; returns how many there were.
    private func takeFromLanes(limit: Int, _ take: @escaping (borrowing Arrival) -> Void) -> Int {
        let queues = events.openQueues
        var round = LaneRound(queues: queues, client: client.handle, limit: limit)
        round.read { _ in
            { record in take(.record(record)) }
        } ended: { queue, turn in
            note(turn, of: queue)
        }
        remind(of: queues)
        return limit - round.recordsLeft
    }

    private func note(_ turn: LaneTurn, of queue: LaneQueue) {
        if let end = turn.end {
            events.ends[queue.lane] = end
            events.bring(.reachedEnd(queue.lane, next: end))
        }
        for failure in turn.failures { events.failed(failure.code, failure.reason, topic: queue.topic) }
        guard let next = turn.next else { return }
        queue.taken = next
        if !turn.isFull { tellKnownEnd(of: queue, next: next) }
    }

    /// Tells at once that a lane is at its end when the brokers' last answer held no more than was polled: librdkafka
    /// says so itself only after the next fetch has come back empty, up to `fetch.wait.max.ms` later.
    private func tellKnownEnd(of queue: LaneQueue, next: Int64) {
        guard next == knownEnd(of: queue.topic, queue.lane.partition, client: client.handle) else { return }
        events.ends[queue.lane] = next
        events.bring(.reachedEnd(queue.lane, next: next))
    }

    /// Wakes the threads that fetch, where one of these queues runs dry. When every queue of a broker was full,
    /// librdkafka looks at them again a second later (2.2 calls that `fetch.queue.backoff.ms`), however soon they are
    /// empty. Any request wakes it: here the one where the lanes end, whose answer nobody waits for.
    private func remind(of queues: [LaneQueue]) {
        let list = PartitionList(capacity: queues.count)
        for queue in queues where queue.isRunningDry(client: client.handle) {
            list.append(queue.topic, queue.lane.partition, offset: Int64(RD_KAFKA_OFFSET_END))
        }
        if !list.isEmpty { _ = rd_kafka_offsets_for_times(client.handle, list.list, 0) }
    }

    /// An idle log says nothing when its brokers return, so we ask: for as long as the poll may take, and once in a
    /// second even where it may take no time.
    private func askForBrokers(timeoutMs: Int32) {
        guard timeoutMs > 0 || ContinuousClock.now >= events.nextQuestion else { return }
        events.nextQuestion = .now + .seconds(1)
        guard (try? client.metadata(timeoutMs: min(max(timeoutMs, 50), 100))) != nil else { return }
        events.reached()
    }

    /// Leaves lanes alone, or takes from them again. What was fetched for them stays, and is not fetched twice.
    func setPaused(_ paused: Bool, lanes: [Lane]) {
        for queue in events.queues where lanes.contains(queue.lane) { queue.isPaused = paused }
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
        guard events.owned.contains(lane), let name = events.names.name(of: lane.topic),
            let end = knownEnd(of: name, lane.partition, client: client.handle)
        else { return nil }
        let list = list(of: [lane])
        rd_kafka_position(client.handle, list.list)
        let polled = entries(of: list.list).first?.offset ?? -1
        let next = max(polled, events.ends[lane] ?? -1)
        return next >= 0 ? max(0, end - next) : nil
    }

    private func list(of lanes: [Lane]) -> PartitionList {
        let list = PartitionList(capacity: lanes.count)
        for lane in lanes where events.owned.contains(lane) {
            if let name = events.names.name(of: lane.topic) { list.append(name, lane.partition) }
        }
        return list
    }
}
