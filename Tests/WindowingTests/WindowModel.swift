import Events
import Windowing

/// The window, slowly: a dictionary that is filtered from scratch for every event.
struct WindowModel {
    let rules: WindowRules
    private var remembered: [EventIdentity: Int64] = [:]
    private(set) var watermarkMs: Int64?
    private(set) var raisedMs = Int64.min
    private(set) var forgotten: UInt64 = 0

    init(_ rules: WindowRules) { self.rules = rules }

    private var widthMs: Int64 { max(1, (rules.dedupeMs + 63) / 64) }

    private func paneBeginMs(_ timeMs: Int64) -> Int64 {
        timeMs - ((timeMs % widthMs) + widthMs) % widthMs
    }

    var entries: [Window.Entry] {
        remembered.map { Window.Entry(identity: $0.key, timestampMs: $0.value) }.sorted {
            ($0.timestampMs, $0.identity.high, $0.identity.low)
                < ($1.timestampMs, $1.identity.high, $1.identity.low)
        }
    }

    mutating func admit(_ identity: EventIdentity, timestampMs: Int64) -> Admission {
        if let watermarkMs {
            if let earlierMs = remembered[identity], earlierMs >= watermarkMs - rules.dedupeMs {
                return .duplicate
            }
            if timestampMs < watermarkMs - rules.latenessMs || timestampMs < raisedMs { return .late }
        }
        let watermarkMs = max(watermarkMs ?? timestampMs, timestampMs)
        self.watermarkMs = watermarkMs
        let beginMs = paneBeginMs(watermarkMs - rules.dedupeMs)
        remembered = remembered.filter { $0.value >= beginMs && $0.key != identity }
        while remembered.count >= rules.entriesMax {
            let oldestMs = remembered.values.reduce(Int64.max, min)
            raisedMs = paneBeginMs(oldestMs) + widthMs
            let kept = remembered.filter { $0.value >= raisedMs }
            forgotten += UInt64(remembered.count - kept.count)
            remembered = kept
        }
        if timestampMs < raisedMs { return .late }
        remembered[identity] = timestampMs
        return .fresh
    }
}
