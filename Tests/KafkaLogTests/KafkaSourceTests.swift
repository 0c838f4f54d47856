import Events
import KafkaLog
import Pipeline
import Testing

@Suite(.ownThread) struct KafkaSourceTests {
    @Test func bringsLanesInOrderWithTheirEnds() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 2])
        let sent = (0..<500).map { (key: "user-\($0 % 20)", value: "value-\($0)") }
        try publish(quick(broker), ratings, sent)
        var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        let seen = try poll(&source) { $0.ends.count >= 2 && $0.texts.count >= 500 }

        let lanes = (0..<2).map { Lane(topic: .ratings, partition: $0) }
        #expect(seen.first == .assigned(lanes))
        #expect(Set(seen.texts) == Set(sent.map(\.value)))
        for lane in lanes {
            let offsets = seen.filter { $0.lane == lane }.compactMap(\.offset)
            #expect(offsets == Array(0..<Int64(offsets.count)))
            #expect(seen.contains(.end(lane, next: Int64(offsets.count))))
            let lag = source.lag(of: lane)
            #expect(lag == 0)
        }
        for user in 0..<20 {
            let mine = sent.filter { $0.key == "user-\(user)" }.map(\.value)
            #expect(seen.texts.filter(Set(mine).contains) == mine)
        }
    }

    @Test func limitsWhatOnePollBrings() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, (0..<50).map { ("k", "\($0)") })
        var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        var counts: [Int] = []
        for _ in 0..<3_000 where counts.reduce(0, +) < 50 {
            var count = 0
            try source.poll(limit: 7, timeoutMs: 100) { if Seen($0).offset != nil { count += 1 } }
            counts.append(count)
        }
        #expect(counts.max() == 7)
        #expect(counts.reduce(0, +) == 50)
    }

    @Test func leavesWhatItFetchedAndDidNotBring() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(broker.connection, ratings, (0..<500).map { ("k", "\($0)") })
        for _ in 0..<3 {
            var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
            #expect(try poll(&source, limit: 1) { !$0.texts.isEmpty }.texts == ["0"])
        }
    }

    @Test func tellsNullFromEmptyAndKeepsHeaders() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        let headers = [
            Header(name: "a", value: [1, 0, 2]), Header(name: "none", value: nil),
            Header(name: "empty", value: []), Header(name: "a", value: [3]),
        ]
        var producer = try EventProducer(quick(broker)) { _ in }
        try producer.send(topic: ratings, key: nil, value: nil, timestampMs: 1_700_000_000_123)
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        try producer.send(topic: ratings, key: nothing, value: nothing, timestampMs: 5, headers: headers)
        let flushed = try producer.flush(timeoutMs: 10_000)
        #expect(flushed)

        var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        let seen = try poll(&source) { $0.compactMap(\.offset).count >= 2 }.filter { $0.offset != nil }
        let lane = Lane(topic: .ratings, partition: 0)
        #expect(
            seen == [
                .record(lane, offset: 0, key: nil, value: nil, headers: [], arrivedMs: 1_700_000_000_123),
                .record(lane, offset: 1, key: [], value: [], headers: headers, arrivedMs: 5),
            ])
    }

    @Test func goesOnWhereTheStoredOffsetsSay() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, (0..<10).map { ("k", "\($0)") })
        let lane = Lane(topic: .ratings, partition: 0)
        do {
            var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
            _ = try poll(&source) { $0.texts.count >= 10 }
            try source.store([
                Position(lane: lane, offset: 4),
                Position(lane: Lane(topic: .ratings, partition: 9), offset: 1),
                Position(lane: Lane(topic: .feedback, partition: 0), offset: 1),
            ])
            try source.commit()
            try source.store([Position(lane: lane, offset: 6)])
        }
        var next = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        #expect(try poll(&next) { $0.texts.count >= 4 }.texts == ["6", "7", "8", "9"])
    }

    @Test(arguments: [
        (StartPosition.stored, Int64?.none, ["0", "1", "2", "3"]), (.earliest, nil, ["0", "1", "2", "3"]),
        (.latest, 1, ["1", "2", "3"]), (.timestamp(1), 3, ["3"]),
    ])
    func startsWhereItIsTold(start: StartPosition, checkpoint: Int64?, expected: [String]) throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, (0..<4).map { ("k", "\($0)") })
        var source = try KafkaSource(
            quick(broker), group: "g", topics: [.ratings: ratings], start: start, onNotice: { _ in })
        if let checkpoint {
            source.begin(at: [Position(lane: Lane(topic: .ratings, partition: 0), offset: checkpoint)])
        }
        #expect(try poll(&source) { $0.texts.count >= expected.count }.texts == expected)
    }

    /// A lane goes to another member before we have worked through any of it, and comes back read to its end.
    @Test func whoWantsAllOfALaneGetsItHoweverFarOthersHaveRead() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 2])
        try publish(quick(broker), ratings, (0..<40).map { ("user-\($0)", "\($0)") })
        var first = try KafkaSource(
            quick(broker), group: "g", topics: [.ratings: ratings], start: .earliest, onNotice: { _ in })
        #expect(try Set(poll(&first) { $0.texts.count >= 40 }.texts).count == 40)
        var lost: [Seen] = []
        do {
            var second = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
            var read: [Seen] = []
            var isCommitted = false
            for _ in 0..<3_000 where !isCommitted {
                try first.poll(limit: 1_000, timeoutMs: 20) { lost.append(Seen($0)) }
                try second.poll(limit: 1_000, timeoutMs: 20) { read.append(Seen($0)) }
                guard case .end(let lane, let next)? = read.last else { continue }
                try second.store([Position(lane: lane, offset: next)])
                // Refused while the group is still on the move.
                isCommitted = (try? second.commit()) != nil
            }
            #expect(isCommitted)
        }
        let gone = lost.compactMap { if case .revoked(let lanes) = $0 { lanes.first } else { nil } }
        let lane = try #require(gone.first)
        let again = try poll(&first) { $0.ends.contains { $0.lane == lane } }
        #expect(again.filter { $0.lane == lane }.compactMap(\.offset).first == 0)
    }

    @Test func latestBringsOnlyWhatComesAfterwards() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, [("k", "old")])
        var source = try KafkaSource(
            quick(broker), group: "g", topics: [.ratings: ratings], start: .latest
        ) { _ in }
        #expect(try poll(&source) { !$0.ends.isEmpty }.texts == [])
        try publish(quick(broker), ratings, [("k", "new")])
        #expect(try poll(&source) { !$0.texts.isEmpty }.texts == ["new"])
    }

    @Test func aPausedLaneIsSilentAndLosesNothing() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        let lane = Lane(topic: .ratings, partition: 0)
        try publish(quick(broker), ratings, (0..<100).map { ("k", "\($0)") })
        var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        let first = try poll(&source, limit: 10) { $0.texts.count >= 10 }.texts
        try source.setPaused(true, lanes: [lane, Lane(topic: .feedback, partition: 3)])
        #expect(try poll(&source, pollsMax: 5) { !$0.texts.isEmpty }.texts == [])
        try source.setPaused(false, lanes: [lane])
        let rest = try poll(&source) { $0.texts.count >= 90 }.texts
        #expect(first + rest == (0..<100).map(String.init))
    }

    @Test func aLargeRecordPasses() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        let large = String(repeating: "x", count: 10 << 20)
        let connection = KafkaConnection(
            bootstrapServers: broker.bootstrapServers, properties: ["message.max.bytes": "12000000"])
        try publish(connection, ratings, [("k", large)])
        var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        let seen = try poll(&source) { !$0.texts.isEmpty }
        #expect(seen.texts.first?.utf8.count == 10 << 20)
    }

    @Test func waitsForATopicThatDoesNotExistYet() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        broker.setMissing(true, topic: "feedback.v1")
        try publish(quick(broker), ratings, [("k", "first")])
        let notices = Notices()
        var connection = quick(broker)
        connection.properties["topic.metadata.refresh.interval.ms"] = "200"
        var source = try KafkaSource(
            connection, group: "g", topics: [.ratings: ratings, .feedback: "feedback.v1"],
            onNotice: notices.keep)
        #expect(try poll(&source) { !$0.texts.isEmpty }.texts == ["first"])
        _ = try poll(&source) { _ in notices.contains("feedback.v1") }
        _ = try poll(&source, pollsMax: 10) { _ in false }
        #expect(notices.count("topic 'feedback.v1' does not exist yet") == 1)

        broker.setMissing(false, topic: "feedback.v1")
        try publish(quick(broker), "feedback.v1", [("k", "second")])
        #expect(try poll(&source) { !$0.texts.isEmpty }.texts == ["second"])
        #expect(notices.contains("topic 'feedback.v1' is there now"))
    }

    @Test func outlivesABrokerThatGoesAway() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, [("k", "before")])
        let notices = Notices()
        var source = try KafkaSource(
            quick(broker), group: "g", topics: [.ratings: ratings], onNotice: notices.keep)
        #expect(try poll(&source) { !$0.texts.isEmpty }.texts == ["before"])
        broker.setDown(true)
        _ = try poll(&source) { _ in notices.contains("does not answer") }
        _ = try poll(&source, pollsMax: 10) { _ in false }
        #expect(notices.count("does not answer") == 1)
        broker.setDown(false)
        _ = try poll(&source) { _ in notices.contains("back again") }
        #expect(notices.contains("back again"))
        try publish(quick(broker), ratings, [("k", "after")])
        #expect(try poll(&source) { $0.texts.contains("after") }.texts.last == "after")
    }

    /// As a worker polls that has work to do: nothing would come of a log that is idle or of lanes that are paused.
    @Test func hearsThatBrokersAreBackInPollsThatTakeNoTime() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        let notices = Notices()
        var source = try KafkaSource(
            quick(broker), group: "g", topics: [.ratings: ratings], onNotice: notices.keep)
        _ = try poll(&source) { !$0.ends.isEmpty }
        broker.setDown(true)
        _ = try poll(&source) { _ in notices.contains("does not answer") }
        broker.setDown(false)
        let deadline = ContinuousClock.now + .seconds(90)
        while !notices.contains("back again"), ContinuousClock.now < deadline {
            try source.poll(limit: 1, timeoutMs: 0) { _ in }
        }
        #expect(notices.contains("back again"))
    }

    @Test func saysWhenTheLogHasMovedOn() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, [("k", "only")])
        let notices = Notices()
        var source = try KafkaSource(
            quick(broker), group: "g", topics: [.ratings: ratings], onNotice: notices.keep)
        source.begin(at: [Position(lane: Lane(topic: .ratings, partition: 0), offset: 1_000)])
        #expect(try poll(&source) { !$0.texts.isEmpty }.texts == ["only"])
        #expect(notices.contains("retention.ms"))
    }

    @Test func noLaneIsOwnedTwiceWhileTheGroupMoves() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 4])
        let sent = (0..<200).map { (key: "user-\($0)", value: "\($0)") }
        try publish(quick(broker), ratings, sent)
        var owners: [Lane: String] = [:]
        var texts: [String] = []
        var overlaps = 0
        var moved = 0
        var next: [String: [Lane: Int64]] = ["a": [:], "b": [:]]
        func take(_ seen: [Seen], by owner: String) {
            for one in seen {
                switch one {
                case .assigned(let lanes):
                    for lane in lanes {
                        if let other = owners[lane], other != owner { overlaps += 1 }
                        owners[lane] = owner
                    }
                case .revoked(let lanes):
                    for lane in lanes {
                        owners[lane] = nil
                        next[owner]?[lane] = nil
                        moved += 1
                    }
                case .record(let lane, let offset, _, let value?, _, _):
                    if owners[lane] != owner { overlaps += 1 }
                    next[owner]?[lane] = offset + 1
                    texts.append(String(decoding: value, as: UTF8.self))
                default: break
                }
            }
        }
        func turn(_ source: inout KafkaSource, _ name: String) throws {
            var seen: [Seen] = []
            try source.poll(limit: 10, timeoutMs: 20) { seen.append(Seen($0)) }
            take(seen, by: name)
            try source.store((next[name] ?? [:]).map { Position(lane: $0.key, offset: $0.value) })
        }
        var a = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        for _ in 0..<1_000 where texts.count < 50 { try turn(&a, "a") }
        #expect(owners.count == 4)
        var b = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        for _ in 0..<1_000 where Set(owners.values).count < 2 || owners.count < 4 || texts.count < 200 {
            try turn(&a, "a")
            try turn(&b, "b")
        }
        #expect(overlaps == 0)
        #expect(moved == 2)
        #expect(owners.values.count { $0 == "a" } == 2)
        #expect(owners.values.count { $0 == "b" } == 2)
        // What was stored before a lane was let go is where its next owner begins: nothing twice, nothing lost.
        #expect(texts.count == 200)
        #expect(Set(texts) == Set(sent.map(\.value)))
    }
}
