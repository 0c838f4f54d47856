import Events
import Simulation

/// What must have been learned, worked out the slow and obvious way from the log alone.
struct Oracle {
    /// Of users who were not forgotten since.
    private(set) var known: [Interaction] = []
    /// Interactions and erasures.
    private(set) var learned = 0
    private(set) var duplicates = 0
    private(set) var late = 0
    /// Records that no letter was written for.
    private(set) var erased = 0
    private(set) var refused = 0
    /// Up to when each user was forgotten.
    private(set) var forgotten: [Identifier: Int64] = [:]

    private var remembered: [Int32: [EventIdentity: Int64]] = [:]
    private var watermarks: [Int32: Int64] = [:]

    /// Merges the lanes by the event time at their heads, and holds each event to the rules.
    static func read(_ traffic: SimulatedTraffic) -> Oracle {
        var oracle = Oracle()
        var queues = oracle.decodeAll(traffic)
        while let lane = queues.keys.filter({ queues[$0]?.isEmpty == false })
            .min(by: { (queues[$0]?.first?.timestampMs ?? 0, $0) < (queues[$1]?.first?.timestampMs ?? 0, $1) }
            ),
            let event = queues[lane]?.removeFirst()
        {
            switch event {
            case .interaction(let interaction): oracle.take(interaction, of: lane.partition)
            case .erasure(let erasure): oracle.take(erasure)
            case .catalog: break
            }
        }
        return oracle
    }

    private mutating func take(_ event: Interaction, of partition: Int32) {
        let watermark = watermarks[partition] ?? .min / 2
        let earlier = remembered[partition]?[event.identity] ?? .min
        if event.timestampMs <= forgotten[event.user] ?? .min {
            erased += 1
        } else if earlier >= watermark - 3_600_000 {
            duplicates += 1
        } else if event.timestampMs < watermark - 600_000 {
            late += 1
        } else {
            remembered[partition, default: [:]][event.identity] = event.timestampMs
            watermarks[partition] = max(watermark, event.timestampMs)
            learned += 1
            known.append(event)
        }
    }

    private mutating func take(_ erasure: Erasure) {
        guard erasure.timestampMs > forgotten[erasure.user] ?? .min else { return duplicates += 1 }
        learned += 1
        forgotten[erasure.user] = erasure.timestampMs
        known.removeAll { $0.user == erasure.user }
    }

    private mutating func decodeAll(_ traffic: SimulatedTraffic) -> [Lane: [Event]] {
        var decoder = EventDecoder()
        var queues: [Lane: [Event]] = [:]
        for (lane, entries) in traffic.lanes where lane.topic != .catalog {
            for (offset, entry) in entries.enumerated() {
                if let event = decode(entry, at: Position(lane: lane, offset: Int64(offset)), &decoder) {
                    queues[lane, default: []].append(event)
                } else {
                    refused += 1
                }
            }
        }
        return queues
    }

    private func decode(
        _ entry: SimulatedLog.Entry, at position: Position, _ decoder: inout EventDecoder
    ) -> Event? {
        (entry.value ?? []).withUnsafeBytes { value in
            try? decoder.decode(
                Record(
                    position: position, arrivedMs: entry.arrivedMs, key: nil,
                    value: entry.value == nil ? nil : value))
        }
    }
}

extension Event {
    var timestampMs: Int64 {
        switch self {
        case .interaction(let interaction): interaction.timestampMs
        case .erasure(let erasure): erasure.timestampMs
        case .catalog: .min
        }
    }
}
