import Events
import Pipeline
import RatingFiles

/// What the demo streams: the ratings by time, and where the fast part ends and the steady one begins.
struct DemoPlan: Sendable {
    let table: RatingTable
    let catalog: [CatalogItem]
    /// Rows before this go as fast as they can; those from here on at `steadyRate`, while freshness is measured.
    let steadyFrom: Int
    /// Rows streamed: all, or as many as were asked for.
    let count: Int
    /// Events a second.
    let steadyRate: Double
    let judging: Judging

    /// A second and a half of steady stream, but never more than a tenth of the rows. With a rate, all of it.
    init(table: RatingTable, catalog: [CatalogItem], limit: Int?, rate: Double?) {
        count = min(table.columns.count, limit ?? .max)
        steadyRate = rate ?? 5_000
        steadyFrom = rate == nil ? count - min(count / 10, 7_500) : 0
        // Ratings before the last fifth teach only.
        judging = .afterLearned(UInt64(count - count / 5))
        (self.table, self.catalog) = (table, catalog)
    }

    /// All rows, the last `steadyRows` of them steadily; judged is as much as in a service.
    init(table: RatingTable, catalog: [CatalogItem], steadyRows: Int) {
        count = table.columns.count
        steadyFrom = count - min(count, steadyRows)
        steadyRate = 5_000
        judging = CoreOptions().judging
        (self.table, self.catalog) = (table, catalog)
    }

    /// Rows that can be watched: the first of their user at their time, so that a list that shows the time shows
    /// the row.
    func watchable() -> [Bool] {
        var latest = [Int64](repeating: .min, count: table.users.count)
        let columns = table.columns
        return (0..<count).map { row in
            let user = Int(columns.users[row])
            defer { latest[user] = columns.timestampsMs[row] }
            return columns.timestampsMs[row] > latest[user]
        }
    }
}
