/// What a producer said, after decoding and the field rules: ready for the windows.
package enum Event: Equatable, Sendable {
    /// A rating or an act of feedback: one user, one item, one moment.
    case interaction(Interaction)
    case catalog(CatalogItem)
    case erasure(Erasure)
}

/// A rating, or something a user did with an item.
package struct Interaction: Equatable, Sendable {
    package var action: Action
    package var user: Identifier
    package var item: Identifier
    /// The rating on its own scale; for feedback the strength the producer gave, else 1.
    package var value: Float
    package var timestampMs: Int64
    package var identity: EventIdentity

    package init(
        action: Action, user: Identifier, item: Identifier, value: Float, timestampMs: Int64,
        identity: EventIdentity
    ) {
        self.action = action
        self.user = user
        self.item = item
        self.value = value
        self.timestampMs = timestampMs
        self.identity = identity
    }
}

/// What was done. The raw values are the wire names of `feedback.v1`; `rating` is `ratings.v1`.
package enum Action: String, CaseIterable, Sendable {
    case rating, impression, view, click, play, like, dislike, skip, purchase

    package init?(code: UInt8) {
        switch code {
        case 0: self = .rating
        case 1: self = .impression
        case 2: self = .view
        case 3: self = .click
        case 4: self = .play
        case 5: self = .like
        case 6: self = .dislike
        case 7: self = .skip
        case 8: self = .purchase
        default: return nil
        }
    }
}

/// An item as its owner describes it. A later description replaces an earlier one whole.
package struct CatalogItem: Equatable, Sendable {
    package var item: Identifier
    package var title: String
    package var genres: [String]
    package var year: Int?
    package var people: [String]
    package var available: Bool

    package init(
        item: Identifier, title: String = "", genres: [String] = [], year: Int? = nil, people: [String] = [],
        available: Bool = true
    ) {
        self.item = item
        self.title = title
        self.genres = genres
        self.year = year
        self.people = people
        self.available = available
    }
}

/// "Forget this user everywhere."
package struct Erasure: Equatable, Sendable {
    package var user: Identifier
    package var timestampMs: Int64

    package init(user: Identifier, timestampMs: Int64) {
        self.user = user
        self.timestampMs = timestampMs
    }
}
