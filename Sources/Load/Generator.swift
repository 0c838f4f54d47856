import Model

/// Makes the events of a load test, one after another: the same options give the same bytes, on every machine.
///
/// What must become of each is known beforehand, because the order of a partition is the order of sending: a duplicate
/// repeats an event of the same key, and a late event follows a punctual one of the same key and topic, so that its
/// partition has moved on by then.
package struct Generator: Sendable {
    /// The record's key, until the next event is made.
    package private(set) var key: [UInt8] = []
    /// How many events there were of each fate.
    package private(set) var fates = Fates()

    private struct Sent {
        var event: LoadEvent
        var key: [UInt8]
        var value: [UInt8]
    }

    private let options: TrafficOptions
    private var dice: Dice
    private var visits: Visits
    private var text = EventText()
    private var count = 0
    /// Learnable events that can be repeated, in a ring; empty where none are.
    private var sent: [Sent] = []
    private var nextSent = 0
    /// The newest learnable event, and its user's place in the crowd.
    private var last: (event: LoadEvent, place: Int)?

    package init(_ options: TrafficOptions) {
        self.options = options
        dice = Dice(seed: options.seed)
        visits = Visits(options, dice: &dice)
    }

    /// The record's value, until the next event is made.
    package var value: [UInt8] { text.bytes }

    package static func userID(_ user: UInt32) -> String { "load-u\(user)" }
    package static func itemID(_ item: Int) -> String { "load-i\(item)" }

    /// Makes the next event, as of this moment in epoch milliseconds.
    package mutating func next(nowMs: Int64) -> LoadEvent {
        let event = make(nowMs)
        fates[event.fate] += 1
        count += 1
        return event
    }

    private mutating func make(_ nowMs: Int64) -> LoadEvent {
        let chance = dice.unit()
        if let last {
            if chance < options.duplicateShare, let again = repeated() { return again }
            if chance < options.duplicateShare + options.lateShare {
                return late(after: last.event, by: last.place, nowMs)
            }
            if chance < options.duplicateShare + options.lateShare + options.malformedShare {
                return malformed(nowMs)
            }
        }
        return fresh(nowMs)
    }

    private mutating func fresh(_ nowMs: Int64) -> LoadEvent {
        let act = visits.next(&dice)
        let isFeedback = dice.isHit(options.feedbackShare)
        write(act, isFeedback: isFeedback, nowMs)
        let event = LoadEvent(
            topic: isFeedback ? .feedback : .ratings, fate: .learned, user: act.user, timestampMs: nowMs)
        last = (event, act.place)
        if options.duplicateShare > 0 { remember(event) }
        return event
    }

    private mutating func late(after earlier: LoadEvent, by place: Int, _ nowMs: Int64) -> LoadEvent {
        let timestampMs = nowMs - options.lateByMs - Int64(dice.below(3_600_000))
        let act = Visits.Act(user: earlier.user, place: place, item: dice.below(options.items))
        write(act, isFeedback: earlier.topic == .feedback, timestampMs)
        return LoadEvent(
            topic: earlier.topic, fate: .late, user: earlier.user, timestampMs: timestampMs)
    }

    private mutating func malformed(_ nowMs: Int64) -> LoadEvent {
        let user = dice.below(options.users)
        let kind = Malformation.allCases[dice.below(Malformation.allCases.count)]
        let name = Self.userID(UInt32(user))
        key = Array(name.utf8)
        text.replace(
            with: kind.value(
                user: name, item: Self.itemID(dice.below(options.items)), timestampMs: nowMs))
        return LoadEvent(topic: .ratings, fate: .rejected, user: UInt32(user), timestampMs: nowMs)
    }

    /// One that was sent before, byte for byte.
    private mutating func repeated() -> LoadEvent? {
        guard !sent.isEmpty else { return nil }
        let earlier = sent[dice.below(sent.count)]
        key = earlier.key
        text.replace(with: earlier.value)
        var event = earlier.event
        event.fate = .duplicate
        return event
    }

    private mutating func remember(_ event: LoadEvent) {
        let entry = Sent(event: event, key: key, value: value)
        if sent.count < options.duplicateWithin {
            sent.append(entry)
        } else {
            sent[nextSent] = entry
            nextSent = (nextSent + 1) % sent.count
        }
    }

    private mutating func write(_ act: Visits.Act, isFeedback: Bool, _ timestampMs: Int64) {
        let name = Self.userID(act.user)
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: name.utf8)
        text.begin(run: options.run, number: count, user: name, item: Self.itemID(act.item))
        if isFeedback {
            text.append(action: action(act))
        } else {
            let noise = Float(options.noise * dice.normal())
            text.append(rating: visits.tastes.rating(user: act.place, item: act.item, noise: noise))
        }
        text.end(timestampMs: timestampMs)
    }

    /// What a user does with an item: mostly a click, a play or a look, and sometimes a word on it.
    private mutating func action(_ act: Visits.Act) -> String {
        let isLiked = visits.tastes.affinity(user: act.place, item: act.item) > 0
        return switch dice.below(10) {
        case 0..<4: "click"
        case 4..<6: "view"
        case 6..<8: "play"
        case 8: isLiked ? "like" : "skip"
        default: isLiked ? "purchase" : "dislike"
        }
    }
}
