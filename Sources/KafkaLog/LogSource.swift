package import Events
package import Pipeline

/// Everything that a worker reads, as one source: the catalogue whole, and the user-keyed topics as a member of a
/// consumer group.
package struct LogSource: ~Copyable, EventSource {
    private var events: KafkaSource
    private var catalog: CatalogSource

    /// - Parameters:
    ///   - topics: the names in Kafka of everything to read.
    ///   - start: where a lane begins of which `begin(at:)` says nothing.
    ///   - rules: those of the core that learns from it.
    ///   - onNotice: called from inside the other calls, on their thread.
    package static func open(
        _ connection: KafkaConnection, group: String, topics: [Topic: String], start: StartPosition,
        decodingBy rules: FieldRules, onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) -> LogSource {
        let events = try KafkaSource(
            connection, group: group, topics: topics.filter { $0.key != .catalog }, start: start,
            decodingBy: rules, onNotice: onNotice)
        let catalog = try CatalogSource(
            connection, topic: topics[.catalog] ?? "catalog.v1", onNotice: onNotice)
        return LogSource(events: events, catalog: catalog)
    }

    private init(events: consuming KafkaSource, catalog: consuming CatalogSource) {
        self.events = events
        self.catalog = catalog
    }

    package mutating func begin(at positions: [Position]) {
        events.begin(at: positions)
    }

    /// Until it is known what there is of the catalogue, nothing else is read: its lanes must be there before the
    /// first event, so that the merge can wait for them. Afterwards it is never waited for.
    package mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        try catalog.poll(limit: limit, timeoutMs: catalog.isKnown ? 0 : max(timeoutMs, 50), take)
        guard catalog.isKnown else { return }
        try events.poll(limit: limit, timeoutMs: timeoutMs, take)
    }

    package mutating func setPaused(_ paused: Bool, lanes: [Lane]) throws(Trouble) {
        try catalog.setPaused(paused, lanes: lanes.filter { $0.topic == .catalog })
        try events.setPaused(paused, lanes: lanes.filter { $0.topic != .catalog })
    }

    package mutating func store(_ next: [Position]) throws(Trouble) {
        try events.store(next)
    }

    /// Commits what is stored and waits for it: for an orderly stop.
    package mutating func commit() throws(Trouble) {
        try events.commit()
    }

    /// How many partitions each topic has, as far as the brokers have told.
    package var partitionCounts: [Topic: Int] {
        var counts = events.partitionCounts
        if catalog.partitions > 0 { counts[.catalog] = Int(catalog.partitions) }
        return counts
    }

    /// How many records of a lane wait to be polled; `nil` while unknown.
    package func lag(of lane: Lane) -> Int64? {
        events.lag(of: lane)
    }
}
