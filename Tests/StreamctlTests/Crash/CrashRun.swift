import Events
import Foundation
import KafkaLog
import Pipeline
import RedisLists
import Settings
import State
import StateStore

@testable import streamctl

/// One reading of the log, with a Redis, a state folder and a topic for dead letters of its own, by as many processes
/// as it takes.
final class CrashRun {
    let name: String
    let redis: PrivateRedis
    let state: StateFolder
    private let scratch: Scratch
    private let file: String
    private let plan: CrashPlan
    private let wiring: Wiring
    /// Records that are to be worked through, those of the catalogue left out.
    private let records: Int
    private var starts = 0

    init(_ name: String, servers: borrowing DemoServers, plan: CrashPlan, records: Int) throws {
        self.name = name
        self.plan = plan
        self.records = records
        scratch = try Scratch()
        redis = try PrivateRedis()
        state = StateFolder("\(scratch.path)/state")
        var settings = servers.wiring.settings
        settings.kafka.topics.deadLetters = "dead-letters-\(name)"
        wiring = Wiring(settings: settings)
        file = try scratch.write("freshet.yaml", servers.wiring.yaml)
        try servers.broker.create(settings.kafka.topics.deadLetters, partitions: 1)
    }

    /// Starts the program on what the one before left. A member that was killed keeps its partitions until its session
    /// ends, so each is a group of its own; where it begins, its state says.
    func start() throws -> RunningProgram {
        starts += 1
        guard case .socket(let path) = redis.address.place else { throw Stuck(description: "no socket") }
        let values = [
            "kafka.group=\(name)-\(starts)", "kafka.topics.dead_letters=dead-letters-\(name)",
            "redis.url=unix://\(path)", "state.folder=\(state.path)", "state.checkpoint_seconds=1",
            "state.checkpoint_events=1000", "batch.events_max=64", "batch.poll_ms=5",
            "lists.fallback_interval_ms=100", "window.lateness_seconds=86400",
            "window.dedupe_seconds=2592000",
            // The order of the merge must not hang on how busy this machine is.
            "merge.max_idle_ms=60000",
        ]
        return try RunningProgram(
            ["run", "-c", file] + values.flatMap { ["--set", $0] }, program: plan.program)
    }

    /// Waits for the moment and kills the program; what was seen of it.
    func kill(_ program: RunningProgram, at moment: CrashPlan.Moment) throws -> String {
        let what = try wait(for: moment, program)
        program.signal(SIGKILL)
        let end = try program.end()
        guard end.code == nil else { throw Stuck(description: "it ended by itself: \(program.said)") }
        return "\(what); \(keptRecords()) of \(records) records kept"
    }

    private func wait(for moment: CrashPlan.Moment, _ program: RunningProgram) throws -> String {
        if case .millisecondsOfStart(let count) = moment.then {
            try wait(milliseconds: count, program)
            return "\(count) ms after its start"
        }
        try program.hear("running")
        try program.wait("place \(moment.place) in the log", secondsMax: 300) {
            keptRecords() >= moment.place
        }
        switch moment.then {
        case .millisecondsOfStart(let count), .milliseconds(let count):
            try wait(milliseconds: count, program)
            return "\(count) ms later"
        case .commands(let count):
            let first = try redis.commandsDone()
            // Where there is nothing more to do there are no more commands either.
            try program.wait("\(count) commands", stepMs: 1) {
                try redis.commandsDone() - first >= count || keptRecords() == records
            }
            return "\(count) commands of Redis later"
        case .checkpointWritten:
            try program.wait("rows of a checkpoint", stepMs: 1) { logBytes() > 0 || keptRecords() == records }
            return "with \(logBytes()) bytes in the log of its state"
        }
    }

    private func wait(milliseconds count: Int, _ program: RunningProgram) throws {
        let end = ContinuousClock.now + .milliseconds(count)
        try program.wait("\(count) ms", stepMs: 1) { ContinuousClock.now >= end }
    }

    /// Waits until everything is worked through and kept.
    func waitForTheEnd(_ program: RunningProgram) throws {
        try program.wait("all \(records) records", secondsMax: 600) { keptRecords() == records }
    }

    /// Stops it in order; its first line of output, which is the accounting.
    func stop(_ program: RunningProgram) throws -> String {
        program.signal(SIGTERM)
        let end = try program.end()
        guard end.code == 0 else { throw Stuck(description: "ended with \(end): \(program.said)") }
        return String(end.output.prefix { $0 != "\n" })
    }

    /// How far the last checkpoint has come; 0 before the first.
    func keptRecords() -> Int {
        var sum = 0
        // Before the first checkpoint there is no file, or one that is being made.
        guard let snapshot = try? state.snapshot() else { return 0 }
        try? snapshot.read(.offsets) { (key, bytes) throws(Trouble) in
            guard let lane = try? Lane(stateKey: key), lane.topic != .catalog else { return }
            sum += Int(bytes.loadUnaligned(as: Int64.self))
        }
        return sum
    }

    /// The places in the log whose dead letters were written. A letter may stand twice after a crash, never be missing.
    func letterPlaces() throws -> Set<String> {
        var reader = try TopicReader(wiring.settings.kafka.topics.deadLetters, wiring)
        try reader.readToEnd()
        return Set(
            reader.found.map { letter in
                ["topic", "partition", "offset"].map { letter.text(of: "__connect.errors.\($0)") ?? "?" }
                    .joined(separator: "/")
            })
    }

    /// Of the write-ahead log, which every checkpoint empties at its end.
    private func logBytes() -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: state.database + "-wal")
        return attributes?[.size] as? Int ?? 0
    }
}
