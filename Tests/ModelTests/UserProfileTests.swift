import Events
import State
import Testing

@testable import Model

@Suite struct UserProfileTests {
    /// Short histories are looked through, long ones looked up; both say what a dictionary would.
    @Test(arguments: [3, 64, 65, 400])
    func knowsWhatWasActedOn(items: Int) throws {
        var dice = Dice(seed: UInt64(items))
        var profile = UserProfile()
        var slow: [UInt32: UserProfile.Act] = [:]
        for time in 0..<3 * items {
            let act = UserProfile.Act(
                item: UInt32(dice.below(items)), action: .rating, value: Float(1 + dice.below(5)),
                timestampMs: Int64(time - dice.below(4)), isPositive: dice.below(2) == 0)
            let isNewest = (slow[act.item]?.timestampMs ?? .min) <= act.timestampMs
            if isNewest { slow[act.item] = act }
            let isNoted = profile.note(act)
            #expect(isNoted == isNewest)
        }
        var bytes: [UInt8] = []
        profile.write(to: &bytes)
        let restored = try bytes.withUnsafeBytes { raw in
            var bytes = StateBytes(raw)
            return try UserProfile(from: &bytes)
        }
        for one in [profile, restored] {
            #expect(one.acts.count == slow.count && Int(one.ratings) == slow.count)
            #expect(Int(one.positives) == slow.values.count { $0.isPositive })
            for item in 0..<UInt32(items + 5) { #expect(one.act(on: item) == slow[item]) }
        }
    }
}
