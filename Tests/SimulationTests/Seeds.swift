import Foundation

/// The seeds of a run: `FRESHET_SEEDS` of them from `FRESHET_SEED` on. A seed of `new` begins anywhere.
enum Seeds {
    static let kills = range(count: 200)

    private static func range(count: UInt64) -> Range<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        func number(_ name: String) -> UInt64? { environment[name].flatMap { UInt64($0) } }
        let fresh = environment["FRESHET_SEED"] == "new" ? UInt64.random(in: 0..<1 << 40) : nil
        let first = fresh ?? number("FRESHET_SEED") ?? 0
        return first..<(first + max(1, number("FRESHET_SEEDS") ?? count))
    }
}
