import Events
import State

/// The sampled softmax apart from everything else, for whoever measures it: users who have liked enough items to fill
/// their context, and lessons in turn.
package struct SequenceTrial: ~Copyable {
    private var vectors: SequenceVectors
    private var recorder = StateRecorder()
    private var dice = Dice(seed: 1)
    private let acts: [[UserProfile.Act]]
    private let counts: [UInt32]
    private var next = 0

    /// Steps in one lesson: the newest act, and two that are replayed.
    package static let stepsEach = 3

    package init(users: Int, items: Int, options: ModelOptions) {
        vectors = SequenceVectors(factors: options.factors, actions: options.actions)
        for _ in 0..<users { vectors.addUser() }
        for item in 0..<UInt32(items) {
            vectors.addItem()
            vectors.fill(item: item, dice: &dice)
        }
        counts = [UInt32](repeating: 100, count: items)
        var dice = Dice(seed: 2)
        acts = (0..<users).map { _ in
            (0..<40).map { _ in
                UserProfile.Act(
                    item: UInt32(dice.below(items)), action: .rating, value: 5, timestampMs: 0,
                    isPositive: true)
            }
        }
    }

    /// Learns the newest act of the next user.
    package mutating func learn() {
        vectors.learn(
            user: UInt32(next), acts: acts[next], counts: counts, dice: &dice, recorder: &recorder)
        next = next + 1 < acts.count ? next + 1 : 0
    }
}
