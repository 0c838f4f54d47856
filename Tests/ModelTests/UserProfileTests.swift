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
            let place = profile.place(of: act.item)
            let isNoted = profile.note(act, inPlaceOf: place)
            #expect(isNoted == isNewest)
        }
        var bytes: [UInt8] = []
        profile.write(to: &bytes)
        let restored = try bytes.withUnsafeBytes { raw in
            var bytes = StateBytes(raw)
            return try UserProfile(from: &bytes)
        }
        for one in [profile, restored] {
            #expect(one.acts.count == slow.count && Int(one.totals.ratings) == slow.count)
            #expect(Int(one.totals.positives) == slow.values.count { $0.isPositive })
            #expect(one.lastActiveMs == slow.values.map(\.timestampMs).max())
            for item in 0..<UInt32(items + 5) { #expect(one.act(on: item) == slow[item]) }
        }
    }

    /// What there are millions of is small; who makes it larger should know.
    @Test func aMillionUsersAreCheap() {
        #expect(MemoryLayout<UserProfile.Act>.stride == 16)
        #expect(MemoryLayout<UserProfile>.stride == 32)
        #expect(MemoryLayout<RatingUser>.stride == 48)
    }

    @Test(arguments: Action.allCases, [true, false])
    func anActHoldsWhatItWasMadeOf(action: Action, isPositive: Bool) throws {
        for timestampMs in [0, 1_700_000_000_000, -5, 1 << 53] as [Int64] {
            let act = UserProfile.Act(
                item: 7, action: action, value: 0.3, timestampMs: timestampMs, isPositive: isPositive)
            #expect(act.action == action && act.isPositive == isPositive && act.timestampMs == timestampMs)
            #expect(act.item == 7 && act.value == 0.3)
        }
    }

    /// A time that no act can have is damage, and no other time.
    @Test func aTimeOutOfReachIsDamage() {
        var profile = UserProfile()
        _ = profile.note(
            UserProfile.Act(item: 1, action: .view, value: 1, timestampMs: 5, isPositive: true),
            inPlaceOf: nil)
        var bytes: [UInt8] = []
        profile.write(to: &bytes)
        bytes[bytes.count - 3] = 0x7f
        #expect(throws: StateDamage.unexpected) {
            try bytes.withUnsafeBytes { raw in
                var bytes = StateBytes(raw)
                _ = try UserProfile(from: &bytes)
            }
        }
    }
}
