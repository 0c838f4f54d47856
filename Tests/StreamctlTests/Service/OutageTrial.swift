import Glibc
import KafkaLog
import RedisLists
import Settings
import Testing

@testable import streamctl

/// The program in the midst of its work, on servers of its own: something is broken, mended, and it is asked how it
/// went.
struct OutageTrial: ~Copyable {
    var servers: DemoServers
    let ratings: Ratings
    private let scratch: Scratch
    private(set) var program: RunningProgram
    /// The settings.
    let file: String

    /// - Parameter set: settings beyond those of `DemoServers.wiring`.
    static func start(
        partitions: Int = 2, set: [String] = [], before: (borrowing DemoServers) throws -> Void = { _ in }
    ) throws -> OutageTrial {
        let servers = try startServers(partitions: partitions)
        let scratch = try Scratch()
        let file = try scratch.write("freshet.yaml", servers.wiring.yaml)
        try before(servers)
        let program = try RunningProgram(words(file, set))
        try program.hear("running")
        return OutageTrial(
            servers: servers, ratings: try Ratings.few.get(), scratch: scratch, program: program, file: file)
    }

    private init(
        servers: consuming DemoServers, ratings: Ratings, scratch: Scratch, program: RunningProgram,
        file: String
    ) {
        (self.ratings, self.scratch, self.program, self.file) = (ratings, scratch, program, file)
        self.servers = servers
    }

    /// Patient with Redis, so that a busy machine is not taken for a slow server; a later setting wins.
    private static func words(_ file: String, _ set: [String]) -> [String] {
        ["run", "-c", file] + (["redis.timeout_ms=20000"] + set).flatMap { ["--set", $0] }
    }

    /// Starts it once more, on the same state.
    mutating func startAgain(set: [String] = []) throws {
        program = try RunningProgram(Self.words(file, set))
        try program.hear("running")
    }

    func publish(_ rows: Range<Int>) throws {
        try ratings.publish(rows, servers.wiring)
    }

    /// Waits until every user of these rows has a list that knows the newest event.
    func waitForLists(of rows: Range<Int>) throws {
        var front = Front(servers)
        let newest = ratings.byUser(rows: rows).mapValues { $0.map(\.timestampMs).max() }
        try program.wait("lists of \(rows)") {
            for (user, timeMs) in newest where try front.reader.list(of: user)?.eventTimeMs != timeMs {
                return false
            }
            return true
        }
    }

    /// The lines above INFO that it has said.
    var complaints: [String] {
        program.said.split(separator: "\n").map(String.init).filter {
            $0.contains(" WARNING ") || $0.contains(" ERROR ") || $0.hasPrefix("error: ")
        }
    }

    /// Stops it in order: it has learned these rows, each once, and their lists are right.
    func expectOrderlyEnd(
        learned rows: Range<Int>, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        program.signal(SIGTERM)
        let end = try program.end()
        #expect(end.code == 0, sourceLocation: sourceLocation)
        let sum = "events read   \(rows.count) = \(rows.count) learned + 0 duplicate + 0 late + 0 rejected"
        #expect(end.output.hasPrefix(sum), "\(end.output)", sourceLocation: sourceLocation)
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: rows), sourceLocation: sourceLocation)
    }
}
