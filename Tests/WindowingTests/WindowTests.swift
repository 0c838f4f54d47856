import Events
import Testing
import Windowing

@Suite struct WindowTests {
    @Test func theFirstEventIsFreshWheneverItHappened() {
        for timeMs in [-1_000_000_000_000, 0, 1_700_000_000_000] as [Int64] {
            var window = Window(WindowRules(latenessMs: 10, dedupeMs: 20, entriesMax: 10))
            #expect(answer(&window, 1, timeMs) == .fresh)
            #expect(answer(&window, 1, timeMs) == .duplicate)
        }
    }

    /// (identity, time, what it is) with lateness 100 and dedupe 300; the watermark is 1,000 after the first.
    @Test func bothBoundsAreExact() {
        var window = Window(WindowRules(latenessMs: 100, dedupeMs: 300, entriesMax: 100))
        let steps: [(UInt64, Int64, Admission)] = [
            (1, 1000, .fresh), (2, 900, .fresh), (3, 899, .late), (2, 900, .duplicate),
            (4, 1200, .fresh), (2, 900, .duplicate), (5, 1099, .late), (6, 1100, .fresh),
            (7, 1201, .fresh), (2, 900, .late), (1, 1000, .duplicate),
            (8, 1300, .fresh), (1, 1000, .duplicate), (9, 1301, .fresh), (1, 1000, .late),
            // The same id with another time, after the first was forgotten, is another event.
            (1, 1250, .fresh), (1, 1000, .duplicate),
        ]
        for (step, (identity, timeMs, expected)) in steps.enumerated() {
            #expect(answer(&window, identity, timeMs) == expected, "step \(step)")
        }
    }

    @Test func aDuplicateOrLateEventMovesNothing() {
        var window = Window(WindowRules(latenessMs: 10, dedupeMs: 20, entriesMax: 10))
        _ = answer(&window, 1, 1000)
        let before = (window.digest, window.mark)
        _ = answer(&window, 1, 5000)
        _ = answer(&window, 2, 100)
        #expect(window.digest == before.0)
        #expect(window.mark == before.1)
    }

    @Test func withoutLatenessTheOrderOfTimeIsTheOnlyOne() {
        var window = Window(WindowRules(latenessMs: 0, dedupeMs: 0, entriesMax: 4))
        #expect(answer(&window, 1, 10) == .fresh)
        #expect(answer(&window, 2, 9) == .late)
        #expect(answer(&window, 3, 10) == .fresh)
        #expect(answer(&window, 1, 10) == .duplicate)
        #expect(answer(&window, 4, 11) == .fresh)
        #expect(answer(&window, 1, 10) == .late)
        #expect(window.count == 1)
    }

    @Test func atTheLimitTheOldestAreForgottenAndNothingCountsTwice() {
        var window = Window(WindowRules(latenessMs: 64_000, dedupeMs: 64_000, entriesMax: 10))
        for number in 0..<10 { #expect(answer(&window, UInt64(number), Int64(number) * 1000) == .fresh) }
        #expect(window.count == 10)
        #expect(answer(&window, 10, 10_000) == .fresh)
        #expect(window.count == 10)
        #expect(window.forgotten == 1)
        #expect(window.beginMs == 1000)
        #expect(answer(&window, 0, 0) == .late)
        #expect(answer(&window, 11, 999) == .late)
        #expect(answer(&window, 1, 1000) == .duplicate)
    }

    /// Panes are 100 wide: the first time of the identity is behind the window, but its pane is not.
    @Test func anIdentityThatComesBackWithAnotherTimeIsHeldOnce() {
        var window = Window(WindowRules(latenessMs: 0, dedupeMs: 6400, entriesMax: 3))
        #expect(answer(&window, 1, 50) == .fresh)
        #expect(answer(&window, 2, 6460) == .fresh)
        #expect(answer(&window, 1, 6460) == .fresh)
        #expect(window.count == 2)
        #expect(answer(&window, 3, 6460) == .fresh)
        #expect(window.forgotten == 0)
        #expect(window.entries().count == 3)
    }

    @Test func aBurstInOnePaneBeyondTheLimitIsLate() {
        var window = Window(WindowRules(latenessMs: 64_000, dedupeMs: 64_000, entriesMax: 3))
        for number in 0..<3 { #expect(answer(&window, UInt64(number), 500) == .fresh) }
        #expect(answer(&window, 3, 500) == .late)
        #expect(window.forgotten == 3)
        for number in 0..<4 { #expect(answer(&window, UInt64(number), 999) == .late) }
        #expect(answer(&window, 5, 1000) == .fresh)
    }

    @Test func aLongStreamStaysSmall() {
        var window = Window(WindowRules(latenessMs: 100, dedupeMs: 1000, entriesMax: 1_000_000))
        var notFresh = 0
        for number in 0..<200_000 {
            let identity = EventIdentity(high: 0, low: UInt64(number))
            if window.admit(identity, timestampMs: Int64(number)) != .fresh { notFresh += 1 }
        }
        #expect(notFresh == 0)
        #expect(window.count <= 1017)
        #expect(window.bytes <= 80 * window.count)
    }

    @Test func aLongGapForgetsEverything() {
        var window = Window(WindowRules(latenessMs: 1000, dedupeMs: 5000, entriesMax: 100_000))
        for number in 0..<5000 { _ = answer(&window, UInt64(number), Int64(number)) }
        #expect(answer(&window, 9999, 4_000_000_000_000) == .fresh)
        #expect(window.count == 1)
        #expect(window.entries().count == 1)
        #expect(answer(&window, 1, 1) == .late)
    }

    private func answer(_ window: inout Window, _ identity: UInt64, _ timeMs: Int64) -> Admission {
        window.admit(EventIdentity(high: identity, low: identity), timestampMs: timeMs)
    }
}
