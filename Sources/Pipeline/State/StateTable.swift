/// The tables that the state of a worker is made of: each is rows of bytes under a number.
///
/// The raw values are the names of the tables in the state file and are never renamed. What the bytes mean is the
/// affair of whoever learns; the store only keeps them.
package enum StateTable: String, CaseIterable, Sendable {
    /// One row: counters, scale, seeds, and everything else that is small and changes with every event.
    case core
    /// The next offset of each lane.
    case offsets
    /// By user row: the name, what the user did, what is known of the user.
    case users
    /// By user row: the factor vector, which replay changes far more often than the rest.
    case userFactors = "user_factors"
    /// By item row: the name and the description.
    case items
    /// By item row: what is learned of the item, with its factor vector.
    case itemFactors = "item_factors"
    /// By item row: its neighbours.
    case neighbours
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

    /// Whether two runs over the same log agree on it, however often either was interrupted.
    package var isLogical: Bool { self != .owed }

    /// Its place in `allCases`.
    package var ordinal: UInt8 { Self.ordinals[self] ?? 0 }

    private static let ordinals = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, UInt8($0.offset)) })
}
