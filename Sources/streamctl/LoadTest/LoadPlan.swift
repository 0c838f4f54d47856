import Load
import Settings

/// A scenario in the words of the load test: what is sent, when, and how it is looked for.
struct LoadPlan: Sendable {
    let scenario: Scenario
    let traffic: TrafficOptions
    let arrivals: Arrivals
    /// `nil` in a closed loop.
    let endNs: UInt64?
    let warmUpNs: UInt64
    /// Of the learnable events, those that are looked for in Redis.
    let sampleShare: Double
    /// Length of the slices of time that the report shows.
    let sliceNs: UInt64

    private static let slicesMax: UInt64 = 600
    /// What a closed loop is taken to send in a second, to choose how many of its events are looked for.
    private static let closedPerSecond = 100_000.0

    init(_ scenario: Scenario, settings: Settings, run: String) throws(CommandFailure) {
        self.scenario = scenario
        traffic = Self.traffic(scenario, settings: settings, run: run)
        let plan = scenario.traffic
        var kind = plan.arrivals == .even ? Arrivals.Kind.even : .poisson
        var seconds = Double(plan.warmUpSeconds + plan.seconds)
        if let path = plan.trace {
            let due = try ArrivalTrace.read(path)
            seconds = min(seconds, due[due.count - 1] + 0.001)
            kind = .trace(due)
        }
        let bursts = Arrivals.Bursts(
            factor: Double(plan.burstFactor), seconds: Double(plan.burstSeconds),
            everySeconds: Double(plan.burstEverySeconds))
        arrivals = Arrivals(
            kind, perSecond: Double(plan.eventsPerSecond), bursts: bursts, seed: UInt64(plan.seed))
        endNs = plan.loop == .open ? UInt64(seconds * 1e9) : nil
        warmUpNs = plan.loop == .open ? UInt64(plan.warmUpSeconds) * 1_000_000_000 : 0
        let perSecond = endNs == nil ? Self.closedPerSecond : arrivals.expected(until: seconds) / seconds
        sampleShare = min(1, Double(scenario.reader.samplesPerSecond) / perSecond)
        let slices = (UInt64(seconds) + Self.slicesMax - 1) / Self.slicesMax
        sliceNs = max(1, slices) * 1_000_000_000
    }

    /// The events a second that an open loop means to send, over all of it.
    var plannedPerSecond: Double? {
        endNs.map { arrivals.expected(until: Double($0) / 1e9) / (Double($0) / 1e9) }
    }

    private static func traffic(_ scenario: Scenario, settings: Settings, run: String) -> TrafficOptions {
        var options = TrafficOptions()
        options.seed = UInt64(scenario.traffic.seed)
        options.users = scenario.users.count
        options.activitySigma = Double(scenario.users.activitySigma)
        options.openSessions = scenario.users.openSessions
        options.sessionEvents = scenario.users.sessionEvents
        options.turnoverShare = Double(scenario.users.turnoverPercent) / 100
        options.hotUserShare = Double(scenario.users.hotPercent) / 100
        options.items = scenario.items.count
        options.zipf = Double(scenario.items.zipf)
        options.hotItemShare = Double(scenario.items.hotPercent) / 100
        options.tasteDimensions = scenario.tastes.dimensions
        options.choices = scenario.tastes.choices
        options.noise = Double(scenario.tastes.noise)
        options.feedbackShare = Double(scenario.mix.feedbackPercent) / 100
        options.duplicateShare = Double(scenario.mix.duplicatePercent) / 100
        options.duplicateWithin = scenario.mix.duplicateWithin
        options.lateShare = Double(scenario.mix.latePercent) / 100
        options.lateByMs = Int64(settings.window.latenessSeconds + 3_600) * 1_000
        options.malformedShare = Double(scenario.mix.malformedPercent) / 100
        options.run = run
        return options
    }

    /// Events that may be ahead of the processor where the broker keeps only so many bytes of a partition.
    func aheadMax(partitionBytes: Int) -> Int {
        let hot = traffic.hotUserShare
        // Users are divided by a hash: one partition may have a third more than its part.
        let share = min(1, hot + (1 - hot) * 1.33 / Double(scenario.traffic.partitions))
        return Int(Double(partitionBytes) * 0.75 / Self.recordBytes / share)
    }

    /// What a record takes in the log, its key and the overhead included.
    private static let recordBytes = 190.0
}
