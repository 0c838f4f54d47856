/// What one run of a case came to.
struct BenchRun: Sendable {
    /// In the unit of the case.
    var value: Double
    /// Heap allocations of the measured thread for each event; `nil` where they are not counted.
    var allocations: Double?
    /// What the value is made of or held against, by name; the same names in each run.
    var details: [(name: String, value: Double)] = []
}
