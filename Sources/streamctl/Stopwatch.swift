/// The time since it was made, by a clock that never jumps.
struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    var seconds: Double { start.duration(to: .now) / .seconds(1) }
    var nanoseconds: UInt64 { UInt64(max(seconds, 0) * 1e9) }
}
