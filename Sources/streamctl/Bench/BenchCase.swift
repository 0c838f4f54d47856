/// Something that is measured again and again, so that a change of its speed is seen: one value, in one file.
struct BenchCase: Sendable {
    /// Measures once.
    typealias Run = () throws(CommandFailure) -> BenchRun

    /// Never renamed: results of years are compared by it.
    let name: String
    let unit: String
    /// One line, without a full stop.
    let purpose: String
    /// Runs whose median is reported.
    var runs = 9
    /// Runs before them that are not counted: caches, clocks and page tables settle.
    var warmUps = 1
    /// Makes what every run needs, untimed.
    let prepare: @Sendable (BenchInput) throws(CommandFailure) -> Run

    /// All cases, the small ones first.
    static let all: [BenchCase] = [
        .decode, .window, .sgdStep, .softmaxStep, .learn, .rank, .top4k, .top60k, .top1M, .csv, .bootstrap,
        .bootstrapLists, .redisLists, .ingest, .pipeline, .profile, .memory, .freshness, .checkpoint,
        .checkpointCost,
        .checkpointPause, .stateRatio, .evict, .evictedRatio, .evictedMemory, .restart,
    ]

    func measure(_ input: BenchInput) throws(CommandFailure) -> BenchResult {
        let run = try prepare(input)
        for _ in 0..<warmUps { _ = try run() }
        var made: [BenchRun] = []
        for _ in 0..<runs { made.append(try run()) }
        return BenchResult(name: name, unit: unit, runs: made)
    }
}
