import Testing

@testable import Model

@Suite struct DriftTests {
    /// Errors as they come: noisy, and in runs of one user.
    @Test(arguments: 1..<9 as Range<UInt64>)
    func steadyErrorsRaiseNoAlarm(seed: UInt64) {
        var (drift, dice) = (ErrorDrift(), Dice(seed: seed))
        for _ in 0..<2_000 {
            let ofUser = Double(dice.around(0.2))
            for _ in 0..<50 { drift.note(0.7 + ofUser + Double(dice.around(0.6))) }
        }
        #expect(drift.alarms == 0)
    }

    @Test func worseErrorsRaiseOne() {
        var (drift, dice) = (ErrorDrift(), Dice(seed: 1))
        for _ in 0..<20_000 { drift.note(0.7 + Double(dice.around(0.6))) }
        #expect(drift.alarms == 0 && drift.level < 0.5)
        for _ in 0..<5_000 { drift.note(0.9 + Double(dice.around(0.6))) }
        #expect(drift.alarms == 1)
        for _ in 0..<50_000 { drift.note(0.9 + Double(dice.around(0.6))) }
        #expect(drift.alarms == 1, "a change is told once")
        drift.note(.infinity)
        drift.note(.nan)
        #expect(drift.level.isFinite)
    }

    @Test func anotherWayToRateRaisesOneAlarmAndRestsAfterwards() {
        var (drift, dice) = (RatingDrift(), Dice(seed: 2))
        for _ in 0..<60_000 { drift.note(Double(dice.below(10)) / 9) }
        #expect(drift.alarms == 0 && drift.stability < 0.1)
        for _ in 0..<20_000 { drift.note(Double(6 + dice.below(4)) / 9) }
        #expect(drift.alarms == 1 && drift.stability > 0.25)
        for _ in 0..<600_000 { drift.note(Double(6 + dice.below(4)) / 9) }
        #expect(drift.alarms == 1 && drift.stability < 0.1)
        for _ in 0..<60_000 { drift.note(Double(dice.below(4)) / 9) }
        #expect(drift.alarms == 2)
    }

    @Test func oddPlacesAreBroughtIntoTheScale() {
        var drift = RatingDrift()
        for place in [-3, 0, 1, 7, .infinity, .nan] { drift.note(place) }
        #expect(drift.stability == 0)
    }
}
