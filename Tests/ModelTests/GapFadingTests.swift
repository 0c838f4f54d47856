import Testing

@testable import Model

@Suite struct GapFadingTests {
    @Test(arguments: [0, 1, 50, 1_000, 86_999, 87_000, 10_000_000, 1_000_000_000_000] as [Int64])
    func isThePowerButForTheSteps(gapMs: Int64) {
        let fading = GapFading(reachSeconds: 87, power: -0.6)
        let wanted = Curves.exp2(-0.6 * Curves.log2(1 + Double(gapMs) / 87_000))
        #expect(abs(Double(fading[gapMs]) - wanted) < 0.04 * wanted)
    }

    @Test func aGapBackwardsOrWithoutEndIsNoTrouble() {
        let fading = GapFading(reachSeconds: 87, power: -0.6)
        #expect(fading[-5] == 1 && fading[.min] == 1)
        #expect(fading[.max] > 0 && fading[.max] < 1e-4)
    }
}
