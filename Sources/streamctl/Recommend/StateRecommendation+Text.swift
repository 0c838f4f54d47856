import Events
import Foundation
import Model
import Ranking
import StateStore
import Telemetry

extension StateRecommendation {
    /// - Parameter explains: with what the scores are made of, and what was left out.
    func text(_ titles: Titles, explains: Bool, nowMs: Int64) -> String {
        var lines = head(nowMs: nowMs)
        lines +=
            explanation.items.isEmpty ? ["nothing is left to be listed"] : list(titles, explains: explains)
        if explains { lines += [""] + omissions(titles) }
        return lines.map { "\($0)\n" }.joined()
    }

    private func head(nowMs: Int64) -> [String] {
        let name = printable(user.text)
        let count = counted(explanation.items.count, "item")
        var how = "by \(explanation.algorithm.rawValue)"
        if diversity > 0 { how += ", diversity \(diversity)" }
        var lines = [
            isPersonal
                ? "user \(name), \(count) \(how)"
                : "user \(name) has done nothing that is known yet; this is what is wanted now, \(count)",
            "worked out from the state in '\(printable(folder))': \(StateReport.text(of: mark)), "
                + Age.text(since: mark.timeMs, nowMs: nowMs),
        ]
        if let newest {
            lines.append(
                "knows events up to \(RFC3339.text(epochMs: newest.timeMs)) (\(printable(newest.source)))")
        }
        return lines + unknownNames.map(\.text)
    }

    private func list(_ titles: Titles, explains: Bool) -> [String] {
        let parts = explains ? explanation.algorithm.parts : []
        let showsPlaces = explains && diversity > 0
        var header = ["RANK", "ITEM", "SCORE"] + parts.map { $0.rawValue.uppercased() }
        header += [showsPlaces ? "UNDIVERSIFIED" : "", "TITLE", "BECAUSE OF"]
        let numbers = [0, 2] + Array(3...3 + parts.count)
        var table = TextTable(header, rightAligned: Set(numbers))
        for (index, item) in explanation.items.enumerated() {
            let id = item.entry.item.text
            let because = item.entry.because.map { shown($0.text, titles) } ?? ""
            let amounts = explains ? item.parts.map { Self.decimals($0) } : []
            table.add(
                ["\(index + 1)", id, Self.decimals(item.entry.score)] + amounts
                    + [
                        showsPlaces ? "\(item.place + 1)" : "", titles[id] ?? title(of: item.row) ?? "",
                        because,
                    ]
            )
        }
        return table.lines
    }

    private func omissions(_ titles: Titles) -> [String] {
        let left = explanation.omissions.reduce(0) { $0 + $1.count }
        guard left > 0 else { return ["none of \(counted(itemsInAll, "item")) was left out"] }
        var table = TextTable(["ITEMS", "LEFT OUT BECAUSE", "SUCH AS"], rightAligned: [0])
        for omission in explanation.omissions {
            let examples = omission.examples.map { shown(id(of: $0), titles) }
            table.add([
                grouped(UInt64(omission.count)), omission.reason.words, examples.joined(separator: "; "),
            ])
        }
        return ["\(grouped(UInt64(left))) of \(counted(itemsInAll, "item")) were left out"] + table.lines
    }

    private func shown(_ id: String, _ titles: Titles) -> String { titles[id] ?? title(of: id) ?? id }

    private static func decimals(_ number: Float) -> String { String(format: "%.3f", number) }
}

extension Omission.Reason {
    fileprivate var words: String {
        switch self {
        case .known: "the user has rated or used them"
        case .unavailable: "they are not available"
        case .filtered(.denied): "lists.deny names them"
        case .filtered(.notAllowed): "lists.allow does not name them"
        case .filtered(.genreDenied): "they are of a genre in lists.deny_genres"
        case .filtered(.genreNotAllowed): "they are of no genre in lists.allow_genres"
        case .requested(.denied): "--exclude names them"
        case .requested(.notAllowed): "they were not asked for"
        case .requested(.genreDenied): "they are of a genre in --not-genre"
        case .requested(.genreNotAllowed): "they are of no genre in --genre"
        case .untouched: "nobody has touched them yet"
        }
    }
}
