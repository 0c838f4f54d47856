/// The tables that the state of a worker is made of: each is rows of bytes under a number.
///
/// What the bytes mean is the affair of whoever learns; the store only keeps them.
package enum StateTable: UInt8, CaseIterable, Sendable {
    /// One row: counters, scale, seeds, and everything else that is small and changes with every event.
    case core
    /// The next offset of each lane.
    case offsets
    /// By user row: the name, what the user did, what is known of the user. A row without a name is free.
    case users
    /// By user row: the factor vector, which replay changes far more often than the rest.
    case userFactors
    /// By item row: the name and the description.
    case items
    /// By item row: what is learned of the item, with its factor vector.
    case itemFactors
    /// By item row: its neighbours.
    case neighbours
    /// By item row: its vector for ranking, which every lesson that draws it moves.
    case itemVectors
    /// Blocks of item rows: how often and how much each is wanted.
    case popularity
    /// Blocks of the replay reservoir.
    case reservoir
    /// By partition: the window's marks.
    case windows
    /// Blocks of remembered identities.
    case identities
    /// By user row: the event that the user's list must reflect.
    case serving
    /// One row: the users whose list is owed. What is owed depends on when lists were written, so it is no part of
    /// the digest.
    case owed
    /// Blocks of users who were forgotten, each as a hash; row -1 holds the time up to which everybody is.
    case tombstones
    /// By fingerprint of the name: users who left memory, with everything that was known of them. A start does not
    /// read them.
    case evictedUsers
    /// The same of items.
    case evictedItems

    /// Its name in the state file, never renamed.
    package var name: String {
        switch self {
        case .core: "core"
        case .offsets: "offsets"
        case .users: "users"
        case .userFactors: "user_factors"
        case .items: "items"
        case .itemFactors: "item_factors"
        case .neighbours: "neighbours"
        case .itemVectors: "item_vectors"
        case .popularity: "popularity"
        case .reservoir: "reservoir"
        case .windows: "windows"
        case .identities: "identities"
        case .serving: "serving"
        case .owed: "owed"
        case .tombstones: "tombstones"
        case .evictedUsers: "evicted_users"
        case .evictedItems: "evicted_items"
        }
    }

    /// Whether two runs over the same log agree on it, however often either was interrupted.
    package var isLogical: Bool { self != .owed }
}
