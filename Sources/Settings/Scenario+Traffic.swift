extension Scenario {
    /// `traffic`: how many events there are, and when.
    package struct Traffic: Equatable, Sendable {
        package var loop = Loop.open
        package var arrivals = Arrivals.poisson
        package var eventsPerSecond = 20_000
        package var warmUpSeconds = 5
        package var seconds = 60
        package var events = 500_000
        /// The file of arrivals, from where the program was started.
        package var trace: String?
        package var burstFactor: Float = 1
        package var burstSeconds: Float = 1
        package var burstEverySeconds: Float = 10
        package var partitions = 2
        package var seed = 1
    }

    package enum Loop: String, CaseIterable, Sendable {
        /// At a fixed rate, whatever comes of it: what is late counts from when it was due.
        case open
        /// As fast as it goes.
        case closed
    }

    package enum Arrivals: String, CaseIterable, Sendable {
        case poisson
        case even
        /// As a file says.
        case trace
    }
}

extension Scenario.Traffic {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "traffic.loop", \.traffic.loop, Choice(),
            "open: a fixed rate, latency from when an event was due; closed: as fast as it goes."),
        KeyRow(
            "traffic.arrivals", \.traffic.arrivals, Choice(),
            "poisson: as of many independent users; even: like a clock; trace: as traffic.trace says."),
        KeyRow(
            "traffic.events_per_second", \.traffic.eventsPerSecond, WholeNumber(1...2_000_000),
            unit: "events/s", "The rate of an open loop, bursts left out."),
        KeyRow(
            "traffic.warm_up_seconds", \.traffic.warmUpSeconds, WholeNumber(0...3_600), unit: "s",
            "What comes before is sent and accounted for, but its latency is not judged."),
        KeyRow(
            "traffic.seconds", \.traffic.seconds, WholeNumber(1...86_400), unit: "s",
            "How long an open loop runs after the warm-up."),
        KeyRow(
            "traffic.events", \.traffic.events, WholeNumber(1...1_000_000_000), unit: "events",
            "How many events a closed loop sends."),
        KeyRow(
            "traffic.trace", \.traffic.trace, OptionalPath(),
            "A file with one number a line: when an event is due, in seconds from the first."),
        KeyRow(
            "traffic.burst_factor", \.traffic.burstFactor, DecimalNumber(1...1_000), unit: "times",
            "What the rate is multiplied by during a burst; 1 is no burst."),
        KeyRow(
            "traffic.burst_seconds", \.traffic.burstSeconds, DecimalNumber(0.01...3_600), unit: "s",
            "How long a burst lasts."),
        KeyRow(
            "traffic.burst_every_seconds", \.traffic.burstEverySeconds, DecimalNumber(0.1...86_400),
            unit: "s", "From the beginning of one burst to that of the next."),
        KeyRow(
            "traffic.partitions", \.traffic.partitions, WholeNumber(1...64), unit: "partitions",
            "Partitions of the embedded broker's topics; a Kafka of yours has its own."),
        KeyRow(
            "traffic.seed", \.traffic.seed, WholeNumber(0...4_294_967_295),
            "Feeds every random choice: the same seed gives the same events."),
    ]
}
