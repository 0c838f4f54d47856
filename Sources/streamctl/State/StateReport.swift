import Events
import State
import StateStore
import Telemetry

/// What a state holds, as it is printed.
struct StateReport {
    private let state: StateInspection

    init(_ state: StateInspection) {
        self.state = state
    }

    var text: String {
        let blocks = [head, tables, offsets].filter { !$0.isEmpty }
        return blocks.map { lines in lines.map { "\($0)\n" }.joined() }.joined(separator: "\n")
    }

    /// `checkpoint 42 of 2026-11-20T07:10:00.000Z`.
    static func text(of mark: CheckpointMark) -> String {
        guard mark.number > 0 else { return "no checkpoint yet" }
        return "checkpoint \(grouped(UInt64(mark.number))) of \(RFC3339.text(epochMs: mark.timeMs))"
    }

    private var head: [String] {
        var lines = [
            "file        \(printable(state.path)), version \(state.version)",
            "checkpoint  \(Self.text(of: state.mark).replacing("checkpoint ", with: ""))",
        ]
        if !state.description.program.isEmpty {
            lines.append("written by  Freshet \(printable(state.description.program))")
        }
        if !state.description.model.isEmpty {
            lines.append("model       \(printable(state.description.model))")
        }
        lines.append("held        \(bytes(state.heldBytes))")
        lines.append("on disk     \(bytes(state.fileBytes))\(share), and a log of \(bytes(state.logBytes))")
        return lines
    }

    /// What a byte costs; of a state of a few kilobytes it would say nothing.
    private var share: String {
        guard state.heldBytes >= 1_000_000, let ratio = state.ratio else { return "" }
        return " (\(Figures.decimals(ratio, 2)) times what is held)"
    }

    private var tables: [String] {
        var table = TextTable(["TABLE", "ROWS", "BYTES"], rightAligned: [1, 2])
        for row in state.tables {
            table.add([row.table.name, grouped(UInt64(row.rows)), grouped(UInt64(row.bytes))])
        }
        return table.lines
    }

    /// By task: the partitions of all topics that go together.
    private var offsets: [String] {
        guard !state.offsets.isEmpty else { return [] }
        var table = TextTable(["TASK", "TOPIC", "NEXT OFFSET"], rightAligned: [0, 2])
        for position in state.offsets {
            table.add([
                "\(position.lane.partition)", name(of: position.lane.topic),
                grouped(UInt64(clamping: position.offset)),
            ])
        }
        return table.lines
    }

    var json: JSON {
        [
            "file": .text(state.path), "version": .whole(Int(state.version)),
            "checkpoint": .whole(Int(state.mark.number)), "checkpoint_ms": .whole(Int(state.mark.timeMs)),
            "program": .text(state.description.program), "model": .text(state.description.model),
            "file_bytes": .whole(state.fileBytes), "log_bytes": .whole(state.logBytes),
            "free_bytes": .whole(state.freeBytes), "held_bytes": .whole(state.heldBytes),
            "ratio": state.ratio.map(JSON.number) ?? .null,
            "tables": .list(
                state.tables.map {
                    ["name": .text($0.table.name), "rows": .whole($0.rows), "bytes": .whole($0.bytes)]
                }),
            "topics": .list(
                state.description.topics.map {
                    ["name": .text($0.name), "partitions": .whole($0.partitions)]
                }),
            "offsets": .list(
                state.offsets.map {
                    [
                        "task": .whole(Int($0.lane.partition)), "topic": .text(name(of: $0.lane.topic)),
                        "next": .whole(Int($0.offset)),
                    ]
                }),
        ]
    }

    /// As it is called in Kafka, where the state knows.
    private func name(of topic: Topic) -> String {
        state.description.topics.first { $0.topic == topic }?.name ?? "\(topic)"
    }

    private func bytes(_ count: Int) -> String { counted(count, "byte") }
}
