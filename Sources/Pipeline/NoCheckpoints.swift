package import State

/// Keeps nothing: for runs whose state ends with them.
package struct NoCheckpoints: CheckpointSink, ~Copyable {
    package init() {}

    package var isReady: Bool { false }
    package var hasRoom: Bool { false }

    package var canRecall: Bool { false }

    package mutating func append(_ chunk: consuming StateChunk) {}
    package mutating func commit() {}
    package mutating func outcome() throws(Trouble) -> CheckpointOutcome? { nil }
    package mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? { nil }
}
