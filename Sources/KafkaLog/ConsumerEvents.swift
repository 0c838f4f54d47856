import CRdkafka
import Events
import Pipeline

/// What a consumer's callbacks need: the names, the lanes that are ours, and the caller of the poll under way.
final class ConsumerEvents: ClientEvents {
    let names: TopicNames
    let start: StartPosition
    /// Where lanes begin that become ours; an offset wins over `start` and over what Kafka has stored.
    var beginnings: [Lane: Int64] = [:]
    /// The closure of the poll under way; none while closing.
    var take: ((borrowing Arrival) -> Void)?
    private(set) var owned: Set<Lane> = []
    /// Lanes that were ours once: they go on from the stored offset, not from `start` again, unless that is the
    /// earliest record. Whoever wants all of a lane wants what others have read of it meanwhile, too.
    private var begun: Set<Lane> = []
    /// The topic whose partitions the group divides; the others follow it, so that the lanes of a user meet.
    let leader: Topic?
    /// How many partitions each topic has; 0 while it does not exist, nothing while nobody has said.
    var partitionCounts: [Topic: Int32] = [:]
    /// Where the last record or end of a lane left us, for lanes that reached their end.
    var ends: [Lane: Int64] = [:]
    /// When brokers that are away are asked again by a poll that has no time for it.
    var nextQuestion = ContinuousClock.now
    /// What was fetched of the lanes that are ours, in their order.
    var queues: [LaneQueue] = []
    /// Arrivals that were no records, so far.
    private(set) var arrivals = 0
    /// Rings when something comes into one of the queues.
    let bell: Bell

    init(
        servers: String, names: consuming TopicNames, start: StartPosition = .stored,
        notify: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        bell = try Bell()
        leader = names.topics.first
        self.names = names
        self.start = start
        super.init(servers: servers, notify: notify)
    }

    /// Hands on to the caller of the poll under way what is no record.
    func bring(_ arrival: consuming Arrival) {
        arrivals += 1
        take?(arrival)
    }

    /// The queues from which may be taken.
    var openQueues: [LaneQueue] { queues.filter { !$0.isPaused } }

    func lane(_ name: UnsafePointer<CChar>?, _ partition: Int32) -> Lane? {
        guard let name, let topic = names.topic(named: name) else { return nil }
        return Lane(topic: topic, partition: partition)
    }

    /// Sets where the lanes begin and hands them to librdkafka; returns them in order, or none if it refused.
    func assign(
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, client: OpaquePointer
    ) -> [Lane] {
        addFollowers(to: list) { !owned.contains($0) }
        var lanes: [Lane] = []
        for index in entries(of: list).indices {
            guard let lane = lane(entries(of: list)[index].topic, entries(of: list)[index].partition) else {
                continue
            }
            lanes.append(lane)
            let isFirstTime = begun.insert(lane).inserted
            if let offset = beginnings[lane] {
                entries(of: list)[index].offset = offset
            } else if isFirstTime || start == .earliest, let offset = firstOffset() {
                entries(of: list)[index].offset = offset
            }
        }
        resolveTimestamps(in: list, client: client)
        open(lanes, client: client)
        if let code = ErrorCode(consuming: rd_kafka_incremental_assign(client, list)) {
            failed(code.raw, code.description, topic: nil)
            queues.removeAll { lanes.contains($0.lane) }
            return []
        }
        owned.formUnion(lanes)
        reached()
        for lane in lanes { names.name(of: lane.topic).map(found(topic:)) }
        return lanes.sorted()
    }

    /// Tells the caller first, then lets the lanes go; librdkafka tries once to commit what was stored for them on the way.
    /// A group in which somebody is just joining refuses that, so what is stored may lag behind what was done. Nobody who
    /// learns goes by it: a lane begins where the state of its new owner says.
    func revoke(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, client: OpaquePointer) {
        addFollowers(to: list) { owned.contains($0) }
        let lanes = entries(of: list).compactMap { lane($0.topic, $0.partition) }
        owned.subtract(lanes)
        queues.removeAll { lanes.contains($0.lane) }
        if !lanes.isEmpty { bring(.revoked(lanes.sorted())) }
        for lane in lanes { ends[lane] = nil }
        if let code = ErrorCode(consuming: rd_kafka_incremental_unassign(client, list)) {
            failed(code.raw, code.description, topic: nil)
        }
    }

    /// Gives each lane a queue of its own, before it is fetched for.
    private func open(_ lanes: [Lane], client: OpaquePointer) {
        for lane in lanes {
            guard let topic = names.name(of: lane.topic),
                let queue = LaneQueue(of: lane, topic: topic, client: client, bell: bell)
            else { continue }
            queues.append(queue)
        }
        queues.sort { $0.lane < $1.lane }
    }

    /// The mark for a lane's first assignment; `nil` lets the stored offset decide.
    private func firstOffset() -> Int64? {
        switch start {
        case .stored: nil
        case .earliest: Int64(RD_KAFKA_OFFSET_BEGINNING)
        case .latest: Int64(RD_KAFKA_OFFSET_END)
        case .timestamp: Self.unresolved
        }
    }

    /// Stands for "look the timestamp up"; no offset and none of librdkafka's marks.
    private static let unresolved = Int64.min

    /// Asks the brokers for the offsets at `start`'s timestamp, for the lanes that begin there.
    private func resolveTimestamps(
        in list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, client: OpaquePointer
    ) {
        guard case .timestamp(let startMs) = start else { return }
        let wanted = entries(of: list).indices.filter { entries(of: list)[$0].offset == Self.unresolved }
        guard !wanted.isEmpty else { return }
        let query = PartitionList(capacity: wanted.count)
        for index in wanted {
            query.append(
                String(cString: entries(of: list)[index].topic), entries(of: list)[index].partition,
                offset: startMs)
        }
        let code = rd_kafka_offsets_for_times(client, query.list, 10_000)
        for (index, answer) in zip(wanted, entries(of: query.list)) {
            let isKnown = code == RD_KAFKA_RESP_ERR_NO_ERROR && answer.err == RD_KAFKA_RESP_ERR_NO_ERROR
            // Without an answer too early is better than too late: early records are seen twice, never lost.
            entries(of: list)[index].offset = isKnown ? answer.offset : Int64(RD_KAFKA_OFFSET_BEGINNING)
            if !isKnown {
                tell(
                    .code(answer.err.rawValue), .warning,
                    "the offset at \(startMs) ms could not be looked up (\(ErrorCode(code))); starting at the "
                        + "earliest record instead. Stop, check the brokers and start again to have it right."
                )
            }
        }
    }
}

/// librdkafka: the group gives or takes partitions.
func rebalance(
    _ client: OpaquePointer?, _ code: rd_kafka_resp_err_t,
    _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, _ opaque: UnsafeMutableRawPointer?
) {
    guard let client, let list, let opaque else { return }
    let events = Unmanaged<ConsumerEvents>.fromOpaque(opaque).takeUnretainedValue()
    switch code {
    case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
        let lanes = events.assign(list, client: client)
        if !lanes.isEmpty { events.bring(.assigned(lanes)) }
    case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS: events.revoke(list, client: client)
    default:
        events.failed(code, ErrorCode(code).description, topic: nil)
        rd_kafka_assign(client, nil)
    }
}
