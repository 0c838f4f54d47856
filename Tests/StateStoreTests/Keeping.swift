import Glibc
import Pipeline
import State

@testable import StateStore

/// Commits chunks as one checkpoint and waits until it is on disk.
@discardableResult
func keep(_ chunks: [StateChunk], in writer: inout CheckpointWriter) throws -> CheckpointOutcome? {
    for chunk in chunks { writer.append(chunk) }
    writer.commit()
    return try writer.waitForOutcome()
}

/// A state of one checkpoint, left in order.
func keep(
    _ chunks: [StateChunk], in folder: StateFolder, describing description: StateDescription = .init()
) throws {
    var writer = CheckpointWriter(try StateFile(folder), describing: description)
    try keep(chunks, in: &writer)
}

/// Waits until the writer has written all it was given: with a bound of one byte it has room only then.
func waitForRoom(_ writer: borrowing CheckpointWriter) {
    while !writer.hasRoom { sched_yield() }
}

func chunk(_ rows: [(StateTable, Int64, String)]) -> StateChunk {
    var chunk = StateChunk()
    for (table, key, text) in rows { chunk.put(table, key) { $0 += text.utf8 } }
    return chunk
}

/// The error of opening a state for writing, if it cannot be.
func errorOfOpening(_ folder: StateFolder, schema: Schema = .current) -> StateError? {
    do throws(StateError) {
        _ = try StateFile(folder, schema: schema)
        return nil
    } catch {
        return error
    }
}

func caught(_ body: () throws(StateError) -> Void) -> StateError? {
    do throws(StateError) {
        try body()
        return nil
    } catch {
        return error
    }
}

extension StateError {
    /// What is wrong, without the words of other programs.
    var gist: String { String(what.prefix { $0 != ":" }) }
}
