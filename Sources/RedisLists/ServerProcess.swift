import Foundation
import Glibc
import Processes

/// A running `redis-server` that ends with this value and, while it is tied, with this process.
///
/// It is killed, not asked to stop: it holds nothing that should be saved.
struct ServerProcess: ~Copyable {
    private let leash: Leash
    private var process: ChildProcess

    private static let patience = Duration.seconds(10)

    /// Starts the server and returns when it answers at `address`.
    init(_ words: [String], folder: String, at address: RedisAddress) throws(PrivateRedis.Problem) {
        let log = folder + "/redis.log"
        var started = try Self.start(words, folder: folder, log: log)
        let deadline = ContinuousClock.now + Self.patience
        while !Self.answers(at: address) {
            guard !started.process.hasEnded(), ContinuousClock.now < deadline else {
                throw PrivateRedis.Problem(
                    "'\(words[0])' does not answer", mend: "It said: \(Self.lastLine(of: log))")
            }
            poll(nil, 0, 2)
        }
        self = started
    }

    private init(leash: consuming Leash, process: consuming ChildProcess) {
        self.leash = leash
        self.process = process
    }

    deinit { leash.untie() }

    private static func start(
        _ words: [String], folder: String, log: String
    ) throws(PrivateRedis.Problem) -> ServerProcess {
        do {
            let process = try ChildProcess(words, output: log)
            // Should we die before the leash is tied, the server stays: a window of about a millisecond.
            let leash = try Leash(pid: process.pid, folder: folder)
            return ServerProcess(leash: leash, process: process)
        } catch {
            guard error.code == ENOENT else {
                throw PrivateRedis.Problem(
                    "'\(words[0])' cannot be started: \(String(cString: strerror(error.code)))",
                    mend: "See whether it is executable and whether this system allows more processes.")
            }
            throw PrivateRedis.Problem(
                "'\(words[0])' is not installed or not in PATH", mend: "Run 'apt-get install redis-server'.")
        }
    }

    var pid: pid_t { process.pid }

    mutating func kill() {
        leash.untie()
        process.kill()
    }

    /// Lets the server outlive us.
    mutating func release() {
        leash.untie()
        process.release()
    }

    private static func answers(at address: RedisAddress) -> Bool {
        do throws(RedisError) {
            var connection = try RedisConnection(to: address, timeoutMs: 500)
            return try connection.ask("PING").text == "PONG"
        } catch {
            return false
        }
    }

    private static func lastLine(of log: String) -> String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "nothing"
    }
}
