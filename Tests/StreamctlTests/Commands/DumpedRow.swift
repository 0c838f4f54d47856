import Foundation
import Testing

/// A row of `--dump` as anybody would read it, and the figures that anybody would work out.
struct DumpedRow {
    struct Figures {
        var rmse = 0.0
        var mae = 0.0
        var lists = 0
        var hitRatioAt5 = 0.0
        var hitRatioAt10 = 0.0
        var ndcgAt10 = 0.0
    }

    var user: String
    var item: String
    /// `nan` where the row is no rating; so is what was predicted.
    var rating: Double
    var timestamp: Int64
    var predicted: Double
    var top: [String]

    init(_ line: Substring) throws {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        try #require(fields.count == 6)
        (user, item) = (fields[0], fields[1])
        rating = fields[2].isEmpty ? .nan : try #require(Double(fields[2]))
        timestamp = try #require(Int64(fields[3]))
        predicted = fields[4].isEmpty ? .nan : try #require(Double(fields[4]))
        top = fields[5].split(separator: " ").map(String.init)
    }

    /// Judged are positives by users with an earlier positive, on items seen before; rows before `from` only teach.
    ///
    /// - Parameters:
    ///   - isTaken: whether the row, by number, says that the item was taken in; `isPositive`: that it was wanted.
    static func figures(
        of rows: [DumpedRow], from: Int, isTaken: (Int) -> Bool = { _ in true },
        isPositive: ((Int) -> Bool)? = nil
    ) -> Figures {
        let isPositive = isPositive ?? { rows[$0].rating >= 4 }
        var figures = Figures()
        var (seen, withPositive): (Set<String>, Set<String>) = ([], [])
        for (place, row) in rows.enumerated() {
            if place >= from {
                figures.rmse += pow(row.rating - row.predicted, 2)
                figures.mae += abs(row.rating - row.predicted)
            }
            if place >= from, isPositive(place), withPositive.contains(row.user), seen.contains(row.item) {
                figures.lists += 1
                if let rank = row.top.firstIndex(of: row.item) {
                    figures.hitRatioAt10 += 1
                    figures.ndcgAt10 += 1 / log2(Double(rank + 2))
                    if rank < 5 { figures.hitRatioAt5 += 1 }
                }
            }
            if isPositive(place) { withPositive.insert(row.user) }
            if isTaken(place) { seen.insert(row.item) }
        }
        let (events, lists) = (Double(rows.count - from), Double(figures.lists))
        figures.rmse = (figures.rmse / events).squareRoot()
        figures.mae /= events
        figures.hitRatioAt5 /= lists
        figures.hitRatioAt10 /= lists
        figures.ndcgAt10 /= lists
        return figures
    }
}
