import Events
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

    /// A second and a half of steady stream, but never more than a tenth of the rows. With a rate, all of it.
    init(table: RatingTable, catalog: [CatalogItem], limit: Int?, rate: Double?) {
        self.table = table
        self.catalog = catalog
        count = min(table.columns.count, limit ?? .max)
        steadyRate = rate ?? 5_000
        steadyFrom = rate == nil ? count - min(count / 10, 7_500) : 0
    }

    /// Ratings before this teach only; those from here on are judged first.
    var lastFifth: Int { count - count / 5 }

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
