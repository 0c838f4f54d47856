import Events
import Load
import RedisLists

/// What a front end finds in Redis when a load test is over: for every user who must have one, whether the list knows
/// the newest event.
struct LoadLists: Equatable, Sendable {
    /// Users of whom something must be learned.
    private(set) var users = 0
    private(set) var missing = 0
    /// Lists that know no event as new as the user's newest.
    private(set) var behind = 0

    private static let usersAtATime = 1_000

    init(newestMs: [Int64], address: RedisAddress) throws(CommandFailure) {
        var reader = RedisReader(from: address, timeoutMs: 60_000)
        let rows = newestMs.indices.filter { newestMs[$0] > .min }
        users = rows.count
        do throws(RedisError) {
            for start in stride(from: 0, to: rows.count, by: Self.usersAtATime) {
                let some = rows[start..<min(start + Self.usersAtATime, rows.count)]
                let names = some.compactMap { Identifier(Generator.userID(UInt32($0))) }
                for (row, timeMs) in zip(some, try reader.eventTimes(of: names)) {
                    guard let timeMs else {
                        missing += 1
                        continue
                    }
                    if timeMs < newestMs[row] { behind += 1 }
                }
            }
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }

    init(users: Int, missing: Int = 0, behind: Int = 0) {
        (self.users, self.missing, self.behind) = (users, missing, behind)
    }
}
