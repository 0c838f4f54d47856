/// Where a lane begins the first time it is ours.
package enum StartPosition: Equatable, Sendable {
    /// Where the group's stored offset says; without one, at the earliest record.
    case stored
    case earliest
    /// Only what comes from now on.
    case latest
    /// The first record stamped at or after this time, in epoch milliseconds.
    case timestamp(Int64)
}
