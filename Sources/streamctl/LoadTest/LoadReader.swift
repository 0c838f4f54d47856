import Events
import Load
import RedisLists
import Synchronization

/// The reading side of a load test, on a thread of its own: looks at the lists of those who are watched, as a front end
/// would, in one pipeline on one connection.
struct LoadReader: Sendable {
    let address: RedisAddress
    let topics: [Topic: String]
    let board: LoadBoard
    let pollMs: UInt32

    /// Lists of one look, in turns where there are more: a backlog must not make the reader a load of its own.
    private static let usersMax = 16

    func run() {
        var reader = RedisReader(from: address, timeoutMs: 60_000)
        do throws(RedisError) {
            while !board.isStopping {
                let users = board.users(atMost: Self.usersMax)
                if !users.isEmpty { try look(at: users, with: &reader) }
                Clock.rest(ms: pollMs)
            }
        } catch {
            board.fail(CommandFailure(.failed, "\(error)"))
        }
    }

    private func look(at users: [UInt32], with reader: inout RedisReader) throws(RedisError) {
        let names = users.compactMap { Identifier(Generator.userID($0)) }
        let marks = try reader.marks(of: names)
        let atNs = Clock.steadyNs() - board.startNs.load(ordering: .relaxed)
        board.saw(zip(users, marks).map { ($0, $1.flatMap(sighting)) }, atNs: atNs)
    }

    private func sighting(_ mark: ListMark) -> Watchlist.Sighting? {
        let topic: LoadEvent.Topic
        switch mark.source.topic {
        case topics[.ratings]: topic = .ratings
        case topics[.feedback]: topic = .feedback
        default: return nil
        }
        return Watchlist.Sighting(
            topic: topic, partition: mark.source.partition, offset: mark.source.offset,
            eventTimeMs: mark.eventTimeMs)
    }
}
