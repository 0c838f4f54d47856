import Events
import Foundation
import Pipeline
import RedisLists
import Telemetry

/// What a front end would show a user now: the user's own list, or the popular one.
struct Recommendation: Sendable {
    private let user: Identifier
    /// Without its password.
    private let address: String
    /// `nil` where the user has no list.
    private let list: StoredList?
    private var items: [StoredItem]
    /// Before the list was cut.
    private let itemsInAll: Int

    init(of user: Identifier, from address: RedisAddress, timeoutMs: Int32) throws(CommandFailure) {
        self.user = user
        self.address = "\(address)"
        do throws(RedisError) {
            var reader = RedisReader(from: address, timeoutMs: timeoutMs)
            if let bytes = try reader.get(RedisKey.top(user)) {
                guard let found = ListDecoder.list(bytes) else { throw RedisError(.wrongType, at: address) }
                (list, items) = (found, found.items)
            } else {
                (list, items) = (nil, try reader.fallback(.popular) ?? [])
            }
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        guard list != nil || !items.isEmpty else {
            throw CommandFailure(
                .failed,
                "Redis at \(address) has neither a list of this user nor a popular one. Fill it with "
                    + "'streamctl run', or correct redis.url.")
        }
        itemsInAll = items.count
    }

    /// Leaves the best ones.
    mutating func cut(to count: Int) {
        items = Array(items.prefix(count))
    }

    /// As it stands in Redis, with the items that are left, and where it is from; the popular list says what it is.
    var json: JSON {
        let items = JSON.list(items.map(\.json))
        guard let list else {
            return [
                "from": .text("redis"), "user": .text(user.text), "fallback": .text("popular"),
                "items": items,
            ]
        }
        return [
            "from": .text("redis"), "user": .text(list.user), "model": .text(list.model),
            "generated_at": .whole(Int(list.generatedAtMs)), "event_time": .whole(Int(list.eventTimeMs)),
            "source": .text(list.source), "items": items,
        ]
    }

    func text(_ titles: Titles, nowMs: Int64) -> String {
        var lines = head(nowMs: nowMs)
        var table = TextTable(["RANK", "ITEM", "SCORE", "TITLE", "BECAUSE OF"], rightAligned: [0, 2])
        for (index, item) in items.enumerated() {
            let because = item.because.map { titles[$0] ?? $0 } ?? ""
            table.add(["\(index + 1)", item.id, item.shownScore, titles[item.id] ?? "", because])
        }
        lines += table.lines
        return lines.map { "\($0)\n" }.joined()
    }

    private func head(nowMs: Int64) -> [String] {
        let name = printable(user.text)
        guard let list else {
            return [
                "user \(name) has no list yet; this is the popular one, \(items.count) of \(itemsInAll) items",
                "read from Redis at \(printable(address))",
            ]
        }
        return [
            "user \(name), \(items.count) of \(itemsInAll) items",
            "read from Redis at \(printable(address))",
            "made \(RFC3339.text(epochMs: list.generatedAtMs)), "
                + "\(Age.text(since: list.generatedAtMs, nowMs: nowMs)), by model \(printable(list.model))",
            "knows events up to \(RFC3339.text(epochMs: list.eventTimeMs)) (\(printable(list.source)))",
        ]
    }
}

extension StoredItem {
    fileprivate var json: JSON {
        var members: [(name: String, value: JSON)] = [("id", .text(id)), ("score", .exact(score))]
        if let because { members.append(("because", .text(because))) }
        return .object(members)
    }

    /// With three decimals.
    fileprivate var shownScore: String { String(format: "%.3f", score) }
}
