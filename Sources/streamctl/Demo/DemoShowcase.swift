import Events
import Model
import RedisLists

/// Three users, by title: what they liked, what they are recommended, and because of what.
struct DemoShowcase {
    private static let usersMax = 3
    private static let likedMax = 4
    private static let recommendedMax = 5
    /// Who rated fewer items than this has little to show.
    private static let actsMin = 20

    /// The users who were active last and have something to show.
    static func text(model: borrowing Model, lists: DemoLists) -> String {
        var candidates: [(row: UInt32, lastActiveMs: Int64)] = []
        for row in 0..<UInt32(model.users.count) {
            model.withProfile(of: row) { profile in
                guard profile.acts.count >= actsMin, profile.totals.positives > 0 else { return }
                candidates.append((row, profile.lastActiveMs))
            }
        }
        candidates.sort { ($0.lastActiveMs, $1.row) > ($1.lastActiveMs, $0.row) }
        return candidates.prefix(usersMax).compactMap { candidate in
            lists.byUser[model.users.name(of: candidate.row)].map {
                user(candidate.row, list: $0, model: model)
            }
        }.joined(separator: "\n\n")
    }

    private static func user(_ row: UInt32, list: StoredList, model: borrowing Model) -> String {
        let acts = model.actsByRow(of: row)
        // The best, and of these the newest.
        let liked = acts.filter(\.isPositive)
            .sorted { ($0.value, $0.timestampMs, $1.item) > ($1.value, $1.timestampMs, $0.item) }
            .prefix(likedMax)
        var lines = ["  user \(model.users.name(of: row).text), who rated \(acts.count) items and liked"]
        for act in liked { lines.append("      \(title(act.item, model))") }
        lines.append("    is recommended")
        for (place, item) in list.items.prefix(recommendedMax).enumerated() {
            let because = item.because.map { "   because of \(title($0, model))" } ?? ""
            lines.append("    \(place + 1) \(title(item.id, model))\(because)")
        }
        return lines.joined(separator: "\n")
    }

    private static func title(_ id: String, _ model: borrowing Model) -> String {
        guard let name = Identifier(id), let row = model.items.row(of: name) else { return "item \(id)" }
        return title(row, model)
    }

    private static func title(_ row: UInt32, _ model: borrowing Model) -> String {
        let title = model.catalog[row].title
        return title.isEmpty ? "item \(model.items.name(of: row).text)" : title
    }
}
