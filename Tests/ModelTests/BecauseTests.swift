import Events
import State
import Testing

@testable import Model

@Suite struct BecauseTests {
    /// Asking fewer acts than there are changes no answer.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func theReasonIsTheActThatSaysTheMost(seed: UInt64) {
        var dice = Dice(seed: seed)
        var head = RankingHead(options: ModelOptions())
        var recorder = StateRecorder()
        for _ in 0..<40 { head.addItem(recorder: &recorder) }
        for item in 0..<UInt32(40) { head.neighbours.numbers.add(item) }
        head.addUser()
        var acts: [UserProfile.Act] = []
        for time in 0..<60 {
            let item = UInt32(dice.below(40))
            acts.removeAll { $0.item == item }
            acts.append(
                UserProfile.Act(
                    item: item, action: .rating, value: 4, timestampMs: Int64(time) * 5_000,
                    isPositive: dice.below(3) > 0))
            head.learn(user: 0, acts: acts, dice: &dice, recorder: &recorder)
        }
        var sheet = ScoreSheet()
        var traits = ItemTraits()
        for _ in 0..<40 { traits.add() }
        head.score(user: 0, acts: acts, timestampMs: 300_000, taste: .zero, traits: traits, on: &sheet)
        for item in 0..<UInt32(40) {
            var most: (item: UInt32, part: Float)?
            for share in sheet.shares {
                let part = share.part * head.neighbours.weight(from: share.item, towards: item)
                if part > (most?.part ?? 0) { most = (share.item, part) }
            }
            let evidence = sheet.evidence[Int(item)]
            #expect(head.because(item, of: sheet.shares, evidence: evidence) == most?.item)
        }
    }
}
