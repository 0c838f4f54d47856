package import Events
import Model

/// A small world of producers: ratings and feedback with everything that goes wrong in practice, keyed by user.
package struct SimulatedTraffic {
    package private(set) var lanes: [Lane: [SimulatedLog.Entry]] = [:]
    private var dice: Dice
    private let partitions: Int
    private var nowMs: Int64 = 1_700_000_000_000
    private var counter = 0

    /// - Parameter farewells: how many of the users ask in the end to be forgotten.
    package init(seed: UInt64, partitions: Int = 3, events: Int = 400, farewells: Int = 0) {
        dice = Dice(seed: seed)
        self.partitions = partitions
        describeItems()
        for topic in [Topic.ratings, .feedback, .erasures] {
            for partition in 0..<partitions { lanes[Lane(topic: topic, partition: Int32(partition))] = [] }
        }
        for _ in 0..<events { happen() }
        for user in 0..<farewells {
            nowMs += 10_000
            forget(Self.name(of: user), in: Lane(topic: .erasures, partition: Int32(user % partitions)))
        }
    }

    /// Found by nobody by accident: a test looks for it in the bytes of the state.
    private static func name(of user: Int) -> String {
        user < 10 ? "someone-0\(user)" : "someone-\(user)"
    }

    private mutating func describeItems() {
        lanes[Lane(topic: .catalog, partition: 0)] = (0..<30).map { item in
            let available = item % 11 != 0
            return entry(
                key: "\(item)",
                #"{"item_id":\#(item),"title":"Item \#(item)","genres":["g\#(item % 4)"],"available":\#(available)}"#
            )
        }
    }

    /// One thing that a producer sends, well-formed or not.
    private mutating func happen() {
        nowMs += Int64(dice.below(20_000))
        let user = dice.below(25)
        let name = Self.name(of: user)
        let lane = Lane(topic: dice.below(4) == 0 ? .feedback : .ratings, partition: Int32(user % partitions))
        switch dice.below(20) {
        case 0: send(again(lane) ?? entry(key: name, event(user: name, lane.topic)), to: lane)
        case 1: send(entry(key: name, event(user: name, lane.topic, ageMs: 3_600_000)), to: lane)
        case 2: send(entry(key: name, broken()), to: lane)
        case 3: send(SimulatedLog.Entry(key: Array(name.utf8), value: nil, arrivedMs: nowMs), to: lane)
        case 4: forget(name, in: Lane(topic: .erasures, partition: lane.partition))
        default: send(entry(key: name, event(user: name, lane.topic)), to: lane)
        }
    }

    /// A user asks to be forgotten; one erasure of four comes a second time, later.
    private mutating func forget(_ user: String, in lane: Lane) {
        let timeMs = nowMs - Int64(dice.below(5_000))
        send(entry(key: user, #"{"user_id":"\#(user)","timestamp":\#(timeMs)}"#), to: lane)
        if dice.below(4) == 0, let earlier = again(lane) { send(earlier, to: lane) }
    }

    private mutating func event(user: String, _ topic: Topic, ageMs: Int64 = 0) -> String {
        counter += 1
        let what =
            topic == .ratings
            ? #""rating":\#(1 + dice.below(5))"# : #""action":"\#(["click", "view", "skip"][dice.below(3)])""#
        // A few seconds of disorder, as producers have it.
        let timeMs = nowMs - ageMs - Int64(dice.below(5_000))
        return
            #"{"event_id":"e\#(counter)","user_id":"\#(user)","item_id":\#(dice.below(30)),\#(what),"timestamp":\#(timeMs)}"#
    }

    private mutating func broken() -> String {
        let texts = [
            "", "{", "[]", "null", #"{"user_id":"1"}"#,
            #"{"user_id":"","item_id":"2","rating":3,"timestamp":1700000000}"#,
            #"{"user_id":"1","item_id":"2","rating":"NaN","timestamp":1700000000}"#,
        ]
        return texts[dice.below(texts.count)]
    }

    /// What a producer that saw no answer sends: one of the last records of the lane, byte for byte.
    private mutating func again(_ lane: Lane) -> SimulatedLog.Entry? {
        guard let sent = lanes[lane], !sent.isEmpty else { return nil }
        return sent[sent.count - 1 - dice.below(min(5, sent.count))]
    }

    private func entry(key: String, _ value: String) -> SimulatedLog.Entry {
        SimulatedLog.Entry(key: Array(key.utf8), value: Array(value.utf8), arrivedMs: nowMs)
    }

    private mutating func send(_ entry: SimulatedLog.Entry, to lane: Lane) {
        lanes[lane, default: []].append(entry)
    }
}
