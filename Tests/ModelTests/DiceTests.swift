import Testing

@testable import Model

@Suite struct DiceTests {
    /// The published sequence for this seed.
    @Test func isSplitMix64() {
        var dice = Dice(seed: 1_234_567)
        let numbers = (0..<3).map { _ in dice.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func staysWithinItsBounds() {
        var dice = Dice(seed: 9)
        var seen = Set<Int>()
        for _ in 0..<1_000 {
            seen.insert(dice.below(7))
            #expect(abs(dice.around(0.5)) <= 0.5)
        }
        #expect(seen == Set(0..<7))
    }

    @Test func goesOnFromItsState() {
        var dice = Dice(seed: 3)
        _ = dice.next()
        var copy = Dice(seed: dice.state)
        #expect(copy.next() == dice.next())
    }
}
