import Events
import Model
import Ranking
import StateStore

extension StateRecommendation {
    /// - Parameter explains: with what the scores are made of, and what was left out.
    func json(_ titles: Titles, explains: Bool) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("from", .text("state")), ("user", .text(user.text)),
            ("algorithm", .text(explanation.algorithm.rawValue)),
        ]
        if !isPersonal { members.append(("fallback", .text("popular"))) }
        members += [
            ("diversity", .shortest(diversity)), ("checkpoint", .whole(Int(mark.number))),
            ("checkpoint_ms", .whole(Int(mark.timeMs))),
        ]
        if let newest {
            members += [("event_time", .whole(Int(newest.timeMs))), ("source", .text(newest.source))]
        }
        if !unknownNames.isEmpty { members.append(("unknown", .list(unknownNames.map(\.json)))) }
        members.append(("items", .list(explanation.items.map { json($0, titles, explains: explains) })))
        if explains {
            members.append(("items_in_all", .whole(itemsInAll)))
            members.append(("left_out", .list(explanation.omissions.map(json))))
        }
        return .object(members)
    }

    private func json(_ item: Explanation.Item, _ titles: Titles, explains: Bool) -> JSON {
        let entry = item.entry
        var members: [(name: String, value: JSON)] = [
            ("id", .text(entry.item.text)), ("score", .exact(Double(entry.score))),
        ]
        if let because = entry.because { members.append(("because", .text(because.text))) }
        if let title = titles[entry.item.text] ?? title(of: item.row) {
            members.append(("title", .text(title)))
        }
        guard explains else { return .object(members) }
        if let because = entry.because, let title = titles[because.text] ?? title(of: because.text) {
            members.append(("because_title", .text(title)))
        }
        let parts = zip(explanation.algorithm.parts, item.parts).map {
            (name: $0.rawValue, value: JSON.exact(Double($1)))
        }
        members += [("parts", .object(parts)), ("undiversified_rank", .whole(item.place + 1))]
        return .object(members)
    }

    private func json(_ omission: Omission) -> JSON {
        [
            "reason": .text(omission.reason.name), "items": .whole(omission.count),
            "such_as": .list(omission.examples.map { .text(id(of: $0)) }),
        ]
    }
}

extension Omission.Reason {
    fileprivate var name: String {
        switch self {
        case .known: "known"
        case .unavailable: "unavailable"
        case .filtered(.denied): "lists.deny"
        case .filtered(.notAllowed): "lists.allow"
        case .filtered(.genreDenied): "lists.deny_genres"
        case .filtered(.genreNotAllowed): "lists.allow_genres"
        case .requested(.denied): "--exclude"
        case .requested(.notAllowed): "not-requested"
        case .requested(.genreDenied): "--not-genre"
        case .requested(.genreNotAllowed): "--genre"
        case .untouched: "untouched"
        }
    }
}
