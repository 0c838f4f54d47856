import Events
import RatingFiles

/// Real ratings, by time, and the titles and genres of what was rated; read when the first case wants them.
final class BenchInput {
    private let path: String
    private var kept: (table: RatingTable, catalog: [CatalogItem])?
    /// What a case has to show beside its value, for eyes; of its last run.
    var detail: String?

    /// - Parameter path: a rating file; `movies.csv` beside MovieLens' own is the catalog.
    init(path: String) {
        self.path = path
    }

    func ratings() throws(CommandFailure) -> (table: RatingTable, catalog: [CatalogItem]) {
        if let kept { return kept }
        do throws(RatingFileError) {
            var table = RatingTable()
            let ratings = try RatingFileReader().read(path, into: &table)
            table.sortByTime()
            let read = (table, try CatalogFile(nil, beside: ratings).items)
            kept = read
            return read
        } catch {
            throw CommandFailure(.failed, "\(error).")
        }
    }

    /// The ratings as the decoder would hand them on, in the order of time.
    func interactions() throws(CommandFailure) -> [Interaction] {
        let table = try ratings().table
        let columns = table.columns
        return (0..<columns.count).map { row in
            let (user, item) = (table.users.id(columns.users[row]), table.items.id(columns.items[row]))
            let (action, value) = (columns.action(row), columns.ratings[row])
            let timestampMs = columns.timestampsMs[row]
            return Interaction(
                action: action, user: user, item: item, value: value, timestampMs: timestampMs,
                identity: EventIdentity(
                    topic: .ratings, action: action, user: user, item: item, timestampMs: timestampMs,
                    value: value))
        }
    }
}
