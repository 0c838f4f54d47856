/// Where a stream is read from, when not from where the group stopped.
enum StartOffset: Equatable, Sendable {
    case earliest
    case latest
    /// The first record that was stamped at this moment or later.
    case at(epochMs: Int64)
    /// The first record that is not older than this.
    case last(ms: Int64)
}
