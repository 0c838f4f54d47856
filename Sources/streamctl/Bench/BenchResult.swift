/// What a case came to.
struct BenchResult: Sendable {
    let name: String
    let unit: String
    /// One per run, at least one.
    let values: [Double]
    /// Heap allocations an event, the most of the runs; `nil` where they are not counted.
    let allocations: Double?

    /// The median of each detail of the runs.
    let details: [(name: String, value: Double)]

    init(name: String, unit: String, runs: [BenchRun]) {
        precondition(!runs.isEmpty, "a case must be run")
        (self.name, self.unit, values) = (name, unit, runs.map(\.value).sorted())
        allocations = runs.compactMap(\.allocations).max()
        details = runs[0].details.indices.map { index in
            (runs[0].details[index].name, Self.median(runs.map { $0.details[index].value }.sorted()))
        }
    }

    /// Of an even number of runs the upper of the two in the middle.
    var median: Double { Self.median(values) }

    /// How far the runs lie apart, as a part of the median: above a tenth or so the machine was busy with other things.
    var spread: Double { median == 0 ? 0 : (values[values.count - 1] - values[0]) / median }

    /// The members that every case has, and then its details.
    var json: JSON {
        .object(
            [
                ("case", .text(name)), ("value", .number(median)), ("unit", .text(unit)),
                ("spread", .number(spread)), ("allocations", allocations.map(JSON.number) ?? .null),
            ] + details.map { ($0.name, .number($0.value)) })
    }

    /// For eyes.
    var text: String {
        let places = median < 1_000 ? 1 : 0
        let heap = allocations.map { "  \(Figures.decimals($0, 2)) allocations an event" } ?? ""
        return
            "\(name)  \(Figures.decimals(median, places)) \(unit)  ±\(Figures.decimals(spread * 50, 1)) %\(heap)"
    }

    private static func median(_ sorted: [Double]) -> Double { sorted[sorted.count / 2] }
}
