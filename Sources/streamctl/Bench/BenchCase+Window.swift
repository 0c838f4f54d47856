import Events
import Windowing

extension BenchCase {
    /// A thousand events a second of event time, of which one in a hundred comes twice: six hundred thousand are
    /// remembered at once, which no cache holds.
    static let window = BenchCase(
        name: "window", unit: "ns", purpose: "Admit one event to the dedupe window"
    ) { _ in
        let count = 1_000_000
        return { () throws(CommandFailure) in
            var window = Window(WindowRules(latenessMs: 600_000, dedupeMs: 600_000, entriesMax: 4_000_000))
            var fresh = 0
            let lap = Lap()
            for number in 0..<count {
                let event = number % 100 == 99 ? number - 50 : number
                let admission = window.admit(identity(event), timestampMs: 1_700_000_000_000 + Int64(event))
                if admission == .fresh { fresh += 1 }
            }
            let run = lap.each(of: count)
            guard fresh == count - count / 100 else {
                throw CommandFailure(.failed, "\(fresh) of \(count) events were fresh")
            }
            return run
        }
    }

    /// Bits as random as a hash's.
    private static func identity(_ number: Int) -> EventIdentity {
        var high = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        high = (high ^ (high >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return EventIdentity(high: high, low: high ^ (high >> 29))
    }
}
