import Events
import Model

/// An event as it looks before it is learned: who, what, and what is on record of both.
struct Question {
    /// `nil` for a user, or an item, that the model does not know.
    let user: UInt32?
    let item: UInt32?
    let timestampMs: Int64
    /// The rating; `nil` where the event is none.
    let rating: Float?
    /// Items that the user has acted on.
    let userEvents: Int
    /// Users who have taken in the item.
    let itemEvents: Int
    let isFresh: Bool
    /// Whether it is a positive on an item that the user has not acted on: then the user's list is asked for it.
    let asksForList: Bool
    /// Whether the user has liked something, where a list is asked for.
    let hasLiked: Bool

    init(_ interaction: Interaction, model: borrowing Model, background: borrowing Background) {
        let (user, item) = (model.users.row(of: interaction.user), model.items.row(of: interaction.item))
        timestampMs = interaction.timestampMs
        rating = interaction.action == .rating ? interaction.value : nil
        itemEvents = background.counts[item]
        isFresh = background.isFresh(item, atMs: timestampMs)
        var hasActed = false
        if let user, let item { hasActed = model.act(of: user, on: item) != nil }
        let asksForList = model.options.isPositive(interaction) && !hasActed
        let past = user.map { user in
            model.withProfile(of: user) { profile in
                // From the newest on: whoever likes things did so not long ago, and histories may be long.
                (profile.acts.count, asksForList && profile.acts.last(where: \.isPositive) != nil)
            }
        }
        (userEvents, hasLiked) = past ?? (0, false)
        self.asksForList = asksForList
        (self.user, self.item) = (user, item)
    }

    /// Whether a list can hold the item at all.
    var isSeen: Bool { itemEvents > 0 }
}
