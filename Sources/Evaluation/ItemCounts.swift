import Model

/// How many users acted on each item, by item row: for all time, and with half the weight after every 10,000 events.
struct ItemCounts {
    private var totals: [Float] = []
    /// Kept as if nothing faded: what comes later weighs more. Only their order counts.
    private var decayed: [Float] = []
    private var weight: Double = 1
    private(set) var itemsSeen = 0

    /// 2 to the power of 1/10,000.
    private static let growth = 1.000_069_317_120_379_3
    private static let weightMax = 1e20

    subscript(item: UInt32?) -> Int {
        guard let item, Int(item) < totals.count else { return 0 }
        return Int(totals[Int(item)])
    }

    mutating func note(_ item: UInt32) {
        while totals.count <= Int(item) {
            totals.append(0)
            decayed.append(0)
        }
        if totals[Int(item)] == 0 { itemsSeen += 1 }
        totals[Int(item)] += 1
        decayed[Int(item)] += Float(weight)
        weight *= Self.growth
        guard weight > Self.weightMax else { return }
        for item in decayed.indices { decayed[item] /= Float(weight) }
        weight = 1
    }

    /// Scores by item row, for as many items as the model knows.
    func score(_ contender: Contender, items: Int, on sheet: inout ScoreSheet) {
        sheet.fill(count: items, contender == .popularity ? totals : decayed)
    }
}
