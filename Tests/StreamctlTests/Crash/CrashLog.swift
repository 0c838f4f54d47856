import Events
import Foundation
import Model
import RatingFiles

@testable import streamctl

/// What is published before anything is read: real ratings in the order of time, with everything that goes wrong.
struct CrashLog {
    private(set) var messages: [Message] = []
    private(set) var ratings = 0
    /// Sent again, byte for byte.
    private(set) var repeated = 0
    /// Sent long after their time.
    private(set) var belated = 0
    private(set) var malformed = 0

    private var dice: Dice
    private var again: [(message: Message, due: Int)] = []

    /// Every twentieth rating is sent again a little later; one of fifty comes from a clock that is long behind, and
    /// one of fifty is malformed.
    init(_ plan: CrashPlan) throws {
        dice = Dice(seed: plan.seed)
        let table = try Self.table()
        let columns = table.columns
        let count = min(plan.events, columns.count)
        for number in 0..<count {
            // Spread over the whole file, so that few ratings are still by many users.
            let row = number * columns.count / count
            let (user, item) = (table.users.id(columns.users[row]), table.items.id(columns.items[row]))
            let rating = Message.rating(
                user: user.text, item: item.text, rating: Double(columns.ratings[row]),
                timestampMs: columns.timestampsMs[row])
            messages.append(rating)
            ratings += 1
            if number % 20 == 19 { again.append((rating, number + 1 + dice.below(60))) }
            if number % 50 == 24 { sendBelated(user.text, columns.timestampsMs[row]) }
            if number % 50 == 49 { sendMalformed() }
            sendAgain(upTo: number)
        }
        sendAgain(upTo: .max)
    }

    /// Ninety days behind: no window is that patient.
    private mutating func sendBelated(_ user: String, _ timestampMs: Int64) {
        belated += 1
        messages.append(
            .rating(user: user, item: "1", rating: 1, timestampMs: timestampMs - 90 * 86_400_000))
    }

    private mutating func sendMalformed() {
        var message = MalformedMessages.message(malformed).message
        // Without a key any partition would do: the log of a seed is to be the same each time.
        if message.key?.isEmpty ?? true { message.key = Array("malformed-\(malformed)".utf8) }
        malformed += 1
        messages.append(message)
    }

    private mutating func sendAgain(upTo number: Int) {
        for (message, _) in again.filter({ $0.due <= number }) {
            messages.append(message)
            repeated += 1
        }
        again.removeAll { $0.due <= number }
    }

    private static func table() throws -> RatingTable {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Data/ml-latest-small/ratings.csv")
        var table = RatingTable()
        _ = try RatingFileReader().read(file.path, into: &table)
        table.sortByTime()
        return table
    }
}
