import Foundation
import Model

/// How much is published and how often the program is killed: few for every run of the tests, more from the outside.
struct CrashPlan {
    /// Of all dice: what goes wrong with the messages, and when the program is killed.
    var seed: UInt64
    var kills: Int
    /// Ratings that are published, beside what goes wrong with them.
    var events: Int
    /// The binary; `nil` is the one beside the tests.
    var program: URL?

    /// `FRESHET_SEED`, `FRESHET_KILLS`, `FRESHET_EVENTS` and `FRESHET_PROGRAM`; a seed of `new` is a fresh one.
    static var fromEnvironment: CrashPlan {
        let environment = ProcessInfo.processInfo.environment
        func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
        let fresh = environment["FRESHET_SEED"] == "new" ? UInt64.random(in: 0..<1_000_000) : nil
        return CrashPlan(
            seed: fresh ?? number("FRESHET_SEED").map { UInt64(truncatingIfNeeded: $0) } ?? 1,
            kills: number("FRESHET_KILLS") ?? 5, events: number("FRESHET_EVENTS") ?? 6_000,
            program: environment["FRESHET_PROGRAM"].map { URL(filePath: $0) })
    }

    /// The moments of the kills, in the order of their places in a log of so many records.
    func moments(records: Int) -> [Moment] {
        var dice = Dice(seed: ~seed)
        return (0..<kills).map { _ in
            let place = dice.below(records)
            return switch dice.below(6) {
            case 0: Moment(place: 0, then: .millisecondsOfStart(dice.below(200)))
            case 1: Moment(place: place, then: .milliseconds(dice.below(400)))
            case 2: Moment(place: place, then: .checkpointWritten)
            default: Moment(place: place, then: .commands(dice.below(600)))
            }
        }.sorted { $0.place < $1.place }
    }

    /// When to kill: once the log is known to be worked through up to a place, and then…
    struct Moment {
        enum Then {
            /// …so long after its start, whatever it does then.
            case millisecondsOfStart(Int)
            /// …so much later.
            case milliseconds(Int)
            /// …once Redis has done so many commands more.
            case commands(Int)
            /// …as soon as rows of a checkpoint are on their way to the disk.
            case checkpointWritten
        }

        var place: Int
        var then: Then
    }
}
