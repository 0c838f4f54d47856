package import State

/// For a core that was never kept: whoever leaves memory waits in the core itself for the first checkpoint, so that
/// there is nothing to be read back.
package struct MemoryRecall: RowRecall {
    package init() {}

    package var canRecall: Bool { true }

    package mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? { nil }
}
