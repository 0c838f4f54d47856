package import Events

/// How far a lane that is ours was worked through.
package struct LaneProgress: Equatable, Sendable {
    package var lane: Lane
    /// The offset after the last record that was worked through; `nil` before the first.
    package var next: Int64?
    /// Records that were polled and wait for their turn.
    package var waiting: Int
    /// When the first of them came into the log, or else the last that was worked through, in epoch milliseconds: what
    /// is not yet polled is not older.
    package var oldestMs: Int64?
}
