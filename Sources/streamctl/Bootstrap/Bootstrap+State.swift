import Events
import KafkaLog
import Model
import Pipeline
import RedisLists
import Settings
import State
import StateStore
import Telemetry

/// How the state comes into its folder, and the lists into Redis.
extension Bootstrap {
    /// Rows that are copied out at a time.
    private static let chunkBytes = 8 << 20

    private var folder: StateFolder { StateFolder(wiring.settings.state.folder) }

    /// The folder is ours from here on, and holds nothing that anybody wants to keep.
    func makeDraft() throws(CommandFailure) -> StateDraft {
        let draft = try Self.said { () throws(StateError) in try StateDraft(folder) }
        guard !plan.replaces, let mark = try Self.said({ () throws(StateError) in try folder.mark() }),
            mark.number > 0
        else { return draft }
        throw CommandFailure(
            .failed,
            "State at '\(folder.path)' holds what was learned already (\(StateReport.text(of: mark))). Point "
                + "state.folder elsewhere, or put the new state in its place with '--force'.")
    }

    /// Who was forgotten by the state that is replaced stays forgotten.
    func keepTombstones(in core: inout Core) throws(CommandFailure) {
        guard let old = try Self.said({ () throws(StateError) in try folder.snapshotIfAny() }) else { return }
        do throws(Trouble) {
            try core.keepTombstones(of: old)
        } catch {
            throw CommandFailure(.failed, error.message)
        }
    }

    /// Puts everything that was learned into the folder, in one step.
    func keep(
        _ core: inout Core, in draft: consuming StateDraft, _ places: [LogPlace]
    ) throws(CommandFailure) -> sending StateFile {
        var draft = draft
        var isWhole = false
        core.beginCheckpoint()
        do throws(StateError) {
            while !isWhole {
                isWhole = core.copyOwed(bytesMax: Self.chunkBytes)
                try draft.write(core.takeChunks())
            }
            let file = try draft.adopt(describing: description(places), timeMs: Clock.nowMs())
            core.checkpointCommitted()
            return file
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }

    /// Writes all lists, and then keeps that none is owed any more.
    func writeLists(
        _ core: inout Core, then file: consuming sending StateFile, _ places: [LogPlace],
        shouldStop: () -> Bool
    ) throws(CommandFailure) -> ListWriting.Outcome {
        var writer = CheckpointWriter(file, describing: description(places))
        var store = wiring.makeListWriter(model: core.options.modelVersion)
        let stopwatch = Stopwatch()
        var meter = console.meter("lists", total: UInt64(core.staleCount), at: stopwatch)
        let outcome = try listWriting.write(&core, to: &store, shouldStop: shouldStop) {
            meter.update(done: UInt64($0), nowNs: stopwatch.nanoseconds)
        }
        meter.clear()
        do throws(Trouble) {
            core.beginCheckpoint()
            var isWhole = false
            while !isWhole {
                isWhole = core.copyOwed(bytesMax: Self.chunkBytes)
                for chunk in core.takeChunks() { writer.append(chunk) }
            }
            writer.commit()
            _ = try writer.waitForOutcome()
        } catch {
            throw CommandFailure(.failed, error.message)
        }
        return outcome
    }

    private func description(_ places: [LogPlace]) -> StateDescription {
        let topics = wiring.topics.sorted { $0.key.rawValue < $1.key.rawValue }
        return StateDescription(
            program: Program.version, model: wiring.core.model.fingerprint,
            topics: topics.compactMap { topic, name in
                let partitions = places.count { $0.lane.topic == topic }
                guard partitions > 0 else { return nil }
                return StateDescription.TopicFacts(topic: topic, name: name, partitions: partitions)
            })
    }

    private static func said<Result: ~Copyable>(
        _ body: () throws(StateError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(StateError) {
            return try body()
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }
}
