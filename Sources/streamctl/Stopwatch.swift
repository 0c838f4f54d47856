/// The time since it was made, by a clock that never jumps.
struct Stopwatch: Sendable {
    private let startNs = Clock.steadyNs()

    var nanoseconds: UInt64 { Clock.steadyNs() - startNs }
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
