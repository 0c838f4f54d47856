import Model

/// When events are due, in nanoseconds from the start: rising, and as many as are asked for, but for a trace.
///
/// A Poisson process whose rate jumps at bursts is one of rate 1 on a stretched axis: exponential gaps are laid over the
/// cumulated rate. Source: Çinlar, Introduction to Stochastic Processes, 1975, chapter 4.
package struct Arrivals: Sendable {
    package enum Kind: Equatable, Sendable {
        case poisson
        /// Like a clock.
        case even
        /// Seconds from the start, rising.
        case trace([Double])
    }

    /// A rate that is `factor` times as high in the first `seconds` of every `everySeconds`.
    package struct Bursts: Equatable, Sendable {
        package var factor: Double
        package var seconds: Double
        package var everySeconds: Double

        package init(factor: Double, seconds: Double, everySeconds: Double) {
            precondition(factor >= 1 && seconds > 0 && seconds < everySeconds)
            (self.factor, self.seconds, self.everySeconds) = (factor, seconds, everySeconds)
        }
    }

    private let kind: Kind
    private let perSecond: Double
    private let bursts: Bursts?
    private var dice: Dice
    private var count = 0
    /// Where the process stands: seconds from the start.
    private var now = 0.0

    package init(_ kind: Kind, perSecond: Double, bursts: Bursts? = nil, seed: UInt64) {
        precondition(perSecond > 0)
        (self.kind, self.perSecond) = (kind, perSecond)
        self.bursts = bursts.flatMap { $0.factor > 1 ? $0 : nil }
        dice = Dice(seed: seed ^ 0xA221_7A15)
    }

    /// When the next event is due; `nil` at the end of a trace.
    package mutating func nextNs() -> UInt64? {
        defer { count += 1 }
        switch kind {
        case .trace(let seconds):
            guard count < seconds.count else { return nil }
            return UInt64((seconds[count] * 1e9).rounded())
        case .even where bursts == nil: now = Double(count) / perSecond  // No sum, which would drift.
        case .even: advance(by: count == 0 ? 0 : 1)
        case .poisson: advance(by: dice.exponential())
        }
        return UInt64((now * 1e9).rounded())
    }

    /// Goes on until so many events are expected to have come.
    private mutating func advance(by expected: Double) {
        guard let bursts else {
            now += expected / perSecond
            return
        }
        var left = expected
        while true {
            let round = (now / bursts.everySeconds).rounded(.down) * bursts.everySeconds
            let isBurst = now - round < bursts.seconds
            let rate = isBurst ? perSecond * bursts.factor : perSecond
            let end = round + (isBurst ? bursts.seconds : bursts.everySeconds)
            guard left > (end - now) * rate, end > now else {
                now += left / rate
                return
            }
            left -= (end - now) * rate
            now = end
        }
    }

    /// How many events are expected until then; of a trace, how many there are.
    package func expected(until seconds: Double) -> Double {
        if case .trace(let due) = kind { return Double(due.count { $0 < seconds }) }
        guard let bursts else { return perSecond * seconds }
        let rounds = (seconds / bursts.everySeconds).rounded(.down)
        let rest = seconds - rounds * bursts.everySeconds
        let burst = rounds * bursts.seconds + min(rest, bursts.seconds)
        return perSecond * (seconds + burst * (bursts.factor - 1))
    }
}
