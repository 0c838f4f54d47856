/// The time and the heap allocations of this thread since it was made.
struct Lap {
    // Read last, so that the time begins when everything else is done.
    private let allocations = HeapCounter.count
    private let stopwatch = Stopwatch()

    /// Ends the lap, in which so many events were worked through.
    ///
    /// - Parameter value: makes of the seconds what the case is measured by.
    func end(events: Int, _ value: (Double) -> Double) -> BenchRun {
        let seconds = stopwatch.seconds
        let made = HeapCounter.count.flatMap { now in allocations.map { now - $0 } }
        return BenchRun(value: value(seconds), allocations: made.map { Double($0) / Double(events) })
    }

    /// Nanoseconds an event.
    func each(of events: Int) -> BenchRun { end(events: events) { $0 / Double(events) * 1e9 } }

    /// Events a second.
    func rate(of events: Int) -> BenchRun { end(events: events) { Double(events) / $0 } }
}
