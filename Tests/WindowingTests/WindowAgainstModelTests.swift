import Events
import Testing
import Windowing

/// Random streams through the window and through its slow model: every answer, and what is left at the end.
@Suite struct WindowAgainstModelTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func agreesWithItsModel(seed: UInt64) {
        var dice = Dice(seed: seed)
        let rules = Self.rules(&dice)
        var window = Window(rules)
        var model = WindowModel(rules)
        var stream = Stream(seed: seed, rules: rules)
        for step in 0..<1500 {
            let (identity, timeMs) = stream.next()
            let answer = window.admit(identity, timestampMs: timeMs)
            let expected = model.admit(identity, timestampMs: timeMs)
            guard answer == expected, window.forgotten == model.forgotten else {
                Issue.record("seed \(seed), step \(step): \(answer), not \(expected)")
                return
            }
        }
        #expect(window.entries() == model.entries)
        #expect(window.count == model.entries.count)
        #expect(window.mark.raisedMs == model.raisedMs)
        #expect(window.watermarkMs == model.watermarkMs)
    }

    /// Export and import at random moments change no later answer and not the digest; nor does any order of
    /// entries.
    @Test(arguments: 100..<140 as Range<UInt64>)
    func goesOnAfterARestoreAsIfNothingHadHappened(seed: UInt64) {
        var dice = Dice(seed: seed)
        let rules = Self.rules(&dice)
        var unbroken = Window(rules)
        var restored = Window(rules)
        var stream = Stream(seed: seed, rules: rules)
        for step in 0..<1500 {
            if Int.random(in: 0..<100, using: &dice) == 0 {
                let entries = restored.entries().shuffled(using: &dice)
                restored = Window(rules, restoring: restored.mark, entries: entries)
                #expect(restored.digest == unbroken.digest)
            }
            let (identity, timeMs) = stream.next()
            let (left, right) = (
                unbroken.admit(identity, timestampMs: timeMs), restored.admit(identity, timestampMs: timeMs)
            )
            guard left == right else {
                Issue.record("seed \(seed), step \(step): \(right), not \(left)")
                return
            }
        }
        #expect(restored.digest == unbroken.digest)
        #expect(restored.entries() == unbroken.entries())
    }

    /// What a store keeps, that hears only of fresh identities and of `beginMs`, is what the window
    /// remembers.
    @Test(arguments: 200..<220 as Range<UInt64>)
    func aStoreThatFollowsHasTheSame(seed: UInt64) {
        var dice = Dice(seed: seed)
        let rules = Self.rules(&dice)
        var window = Window(rules)
        var store: [EventIdentity: Int64] = [:]
        var stream = Stream(seed: seed, rules: rules)
        for _ in 0..<1500 {
            let (identity, timeMs) = stream.next()
            if window.admit(identity, timestampMs: timeMs) == .fresh { store[identity] = timeMs }
            if Int.random(in: 0..<50, using: &dice) == 0 {
                store = store.filter { $0.value >= window.beginMs }
                #expect(store.count == window.count)
            }
        }
        let kept = store.filter { $0.value >= window.beginMs }
        let entries = window.entries()
        #expect(kept.count == entries.count)
        #expect(entries.allSatisfy { kept[$0.identity] == $0.timestampMs })
    }

    /// The promise itself, where an event always keeps its time: nothing is fresh twice.
    @Test(arguments: 300..<340 as Range<UInt64>)
    func nothingCountsTwice(seed: UInt64) {
        var dice = Dice(seed: seed)
        let rules = Self.rules(&dice)
        var window = Window(rules)
        var stream = Stream(seed: seed, rules: rules)
        stream.timesAreKept = true
        var fresh: Set<EventIdentity> = []
        for _ in 0..<3000 {
            let (identity, timeMs) = stream.next()
            if window.admit(identity, timestampMs: timeMs) == .fresh {
                #expect(fresh.insert(identity).inserted)
            }
        }
        #expect(!fresh.isEmpty)
    }

    @Test func restoringUnderTighterRulesForgetsTheOldest() {
        var window = Window(WindowRules(latenessMs: 1000, dedupeMs: 6400, entriesMax: 1000))
        for number in 0..<500 {
            _ = window.admit(EventIdentity(high: 0, low: UInt64(number)), timestampMs: Int64(number) * 10)
        }
        let tighter = WindowRules(latenessMs: 1000, dedupeMs: 6400, entriesMax: 100)
        var restored = Window(tighter, restoring: window.mark, entries: window.entries())
        #expect(restored.count == 100)
        #expect(restored.forgotten == 400)
        let forgotten = restored.admit(EventIdentity(high: 0, low: 399), timestampMs: 3990)
        #expect(forgotten == .late)
        let kept = restored.admit(EventIdentity(high: 0, low: 400), timestampMs: 4000)
        #expect(kept == .duplicate)
        let shorter = Window(
            WindowRules(latenessMs: 0, dedupeMs: 64), restoring: window.mark, entries: window.entries())
        #expect(shorter.count == 7)
    }

    @Test func equalWindowsHaveEqualDigestsAndOthersHaveNot() {
        var digests: Set<UInt64> = []
        let rules = WindowRules(latenessMs: 100, dedupeMs: 1000, entriesMax: 100)
        for (watermarkMs, identity, timeMs) in [
            (1000, 1, 1000), (1000, 2, 1000), (1000, 1, 999), (1001, 1, 1000),
        ] {
            let entry = Window.Entry(
                identity: EventIdentity(high: 0, low: UInt64(identity)), timestampMs: Int64(timeMs))
            let window = Window(
                rules, restoring: Window.Mark(watermarkMs: Int64(watermarkMs)), entries: [entry])
            digests.insert(window.digest)
        }
        digests.insert(Window(rules).digest)
        digests.insert(Window(rules, restoring: Window.Mark(watermarkMs: 1000), entries: []).digest)
        #expect(digests.count == 6)
    }

    private static func rules(_ dice: inout Dice) -> WindowRules {
        let latenessMs = Int64.random(in: 0...500, using: &dice)
        let dedupeMs = latenessMs + Int64.random(in: 0...5000, using: &dice)
        let entriesMax = [1, 2, 20, 200, 100_000].randomElement(using: &dice) ?? 1
        return WindowRules(latenessMs: latenessMs, dedupeMs: dedupeMs, entriesMax: entriesMax)
    }
}

/// Events around a time that goes on: reordered, repeated, in bursts, with jumps, some far behind.
private struct Stream {
    private var dice: Dice
    private let rules: WindowRules
    private var nowMs: Int64
    private var sent: [(EventIdentity, Int64)] = []
    /// Whether a repeated event always has the time that it had before.
    var timesAreKept = false

    init(seed: UInt64, rules: WindowRules) {
        dice = Dice(seed: seed &* 31)
        self.rules = rules
        nowMs = seed % 3 == 0 ? -2000 : 1_700_000_000_000
    }

    mutating func next() -> (EventIdentity, Int64) {
        let chance = Int.random(in: 0..<100, using: &dice)
        if chance < 30, let again = sent.suffix(400).randomElement(using: &dice) {
            guard !timesAreKept, chance < 5 else { return again }
            return (again.0, nowMs - Int64.random(in: 0...600, using: &dice))
        }
        if chance < 32 { nowMs += Int64.random(in: 0...12_000, using: &dice) }
        if chance < 90 { nowMs += Int64.random(in: 0...20, using: &dice) }
        let behindMs = chance < 34 ? 6000 : min(600, rules.latenessMs + 20)
        let timeMs = nowMs - Int64.random(in: 0...behindMs, using: &dice)
        // Few distinct bits, so that probes run into each other.
        let identity = EventIdentity(high: dice.next() & 0xff, low: UInt64(sent.count) << 40)
        sent.append((identity, timeMs))
        return (identity, timeMs)
    }
}
