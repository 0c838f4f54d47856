package import State

/// Reads back single rows of what was kept. Only where that can be done may users leave memory; elsewhere a model that
/// is full refuses new ones.
package protocol RowRecall: ~Copyable {
    var canRecall: Bool { get }

    /// A row as of the newest commit, or of a newer one that was not told yet; `nil` where there is none. Waits for
    /// the disk. Retry rule: none. A throw comes in the middle of an event: the process must end, and a
    /// start from what was kept learns the event again.
    mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]?
}
