import Events
import Simulation

/// What must have been learned, worked out the slow and obvious way from the log alone.
struct Oracle {
    private(set) var learned: [Interaction] = []
    private(set) var duplicates = 0
    private(set) var late = 0
    private(set) var refused = 0

    /// Merges the lanes by the event time at their heads, and holds each event to the rules of the window.
    static func read(_ traffic: SimulatedTraffic) -> Oracle {
        var oracle = Oracle()
        var queues = oracle.decodeAll(traffic)
        var remembered: [Int32: [EventIdentity: Int64]] = [:]
        var watermarks: [Int32: Int64] = [:]
        while let lane = queues.keys.filter({ queues[$0]?.isEmpty == false })
            .min(by: { (queues[$0]?.first?.timestampMs ?? 0, $0) < (queues[$1]?.first?.timestampMs ?? 0, $1) }
            ),
            let event = queues[lane]?.removeFirst()
        {
            let watermark = watermarks[lane.partition] ?? .min / 2
            let earlier = remembered[lane.partition]?[event.identity] ?? .min
            if earlier >= watermark - 3_600_000 {
                oracle.duplicates += 1
            } else if event.timestampMs < watermark - 600_000 {
                oracle.late += 1
            } else {
                remembered[lane.partition, default: [:]][event.identity] = event.timestampMs
                watermarks[lane.partition] = max(watermark, event.timestampMs)
                oracle.learned.append(event)
            }
        }
        return oracle
    }

    private mutating func decodeAll(_ traffic: SimulatedTraffic) -> [Lane: [Interaction]] {
        var decoder = EventDecoder()
        var queues: [Lane: [Interaction]] = [:]
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
    ) -> Interaction? {
        (entry.value ?? []).withUnsafeBytes { value in
            let record = Record(
                position: position, arrivedMs: entry.arrivedMs, key: nil,
                value: entry.value == nil ? nil : value)
            guard case .interaction(let interaction)? = try? decoder.decode(record) else { return nil }
            return interaction
        }
    }
}
