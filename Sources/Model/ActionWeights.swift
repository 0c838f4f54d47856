import Events

/// What each action says of an item: from 1, "more of this", to -1, "less of this".
///
/// What is above 0 is learned as something that was taken in, by that much; what is below teaches the vectors that the
/// item was not wanted. An impression is only an offer: it never keeps an item from a list.
package struct ActionWeights: Equatable, Sendable {
    package var like: Float = 1
    package var purchase: Float = 1
    package var play: Float = 1
    package var click: Float = 1
    package var view: Float = 0.5
    package var impression: Float = -0.02
    package var skip: Float = -0.3
    package var dislike: Float = -1

    package init() {}

    /// A rating weighs 1 where it is positive, else half: it still says that the item was chosen.
    subscript(action: Action, isPositive isPositive: Bool) -> Float {
        switch action {
        case .rating: isPositive ? 1 : 0.5
        case .like: like
        case .purchase: purchase
        case .play: play
        case .click: click
        case .view: view
        case .impression: impression
        case .skip: skip
        case .dislike: dislike
        }
    }

    subscript(act: UserProfile.Act) -> Float { self[act.action, isPositive: act.isPositive] }

    /// How much an act says "this is what comes next"; 0 for what was not wanted.
    func target(_ act: UserProfile.Act) -> Float { max(0, self[act]) }

    /// How much an act says of what the user is after.
    func history(_ act: UserProfile.Act) -> Float {
        let weight = self[act]
        return weight > 0 ? 0.4 + 0.6 * weight : 0
    }
}
