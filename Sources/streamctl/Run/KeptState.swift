import Pipeline
import State
import StateStore

/// Where an engine's checkpoints go: into a state file, or nowhere for runs whose state ends with them.
struct KeptState: CheckpointSink, ~Copyable {
    private var writer: CheckpointWriter?

    static func none() -> KeptState { KeptState(writer: nil) }

    init(writer: consuming CheckpointWriter?) {
        self.writer = writer
    }

    var isReady: Bool {
        switch writer {
        case .some(let writer): writer.isReady
        case .none: false
        }
    }

    var hasRoom: Bool {
        switch writer {
        case .some(let writer): writer.hasRoom
        case .none: false
        }
    }

    /// Has the next checkpoint say how the topics are now, which may have come or grown since the start.
    mutating func describe(_ topics: [StateDescription.TopicFacts]) {
        writer?.description.update(topics)
    }

    /// Whether anything is kept at all.
    var isKept: Bool {
        switch writer {
        case .some: true
        case .none: false
        }
    }

    /// Where nothing is kept nobody can leave memory.
    var canRecall: Bool { isKept }

    mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? {
        try writer?.recall(table, key)
    }

    mutating func append(_ chunk: consuming StateChunk) {
        writer?.append(chunk)
    }

    mutating func takeSpare() -> StateChunk? { writer?.takeSpare() }

    mutating func commit() {
        writer?.commit()
    }

    mutating func outcome() throws(Trouble) -> CheckpointOutcome? {
        try writer?.outcome()
    }
}
