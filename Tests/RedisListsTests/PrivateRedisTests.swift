import Foundation
import Glibc
import RedisLists
import Testing

struct PrivateRedisTests {
    @Test func itsFolderIsOursAloneAndGoesWithIt() throws {
        let folder: String
        let pid: Int32
        do {
            let redis = try PrivateRedis(tcp: true)
            folder = try redis.folder
            pid = redis.pid
            var status = stat()
            #expect(stat(folder, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            #expect(try redis.ask("CONFIG", "GET", "save").list == [.bytes(Array("save".utf8)), .bytes([])])
            #expect(getsid(pid) == pid)
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(kill(pid, 0) == -1)
    }

    @Test func itStartsAgainEmptyAtTheSameAddresses() throws {
        var redis = try PrivateRedis(tcp: true, password: "pw")
        let tcp = redis.tcpAddress
        let firstPID = redis.pid
        try redis.ask("SET", "a", "b")
        for _ in 0..<2 { try redis.restart() }
        redis.kill()
        redis.kill()
        #expect(throws: RedisError.self) { try redis.ask("PING") }
        try redis.restart()
        #expect(redis.pid != firstPID)
        #expect(try redis.ask("DBSIZE").integer == 0)
        var connection = try RedisConnection(to: try #require(tcp), timeoutMs: 1_000)
        #expect(try connection.ask("PING").text == "PONG")
    }

    @Test func whenDetachedItOutlivesItsOwner() throws {
        let redis = try PrivateRedis()
        let address = redis.address
        let pid = redis.pid
        let folder = try redis.folder
        redis.detach()
        defer {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
            try? FileManager.default.removeItem(atPath: folder)
        }
        var connection = try RedisConnection(to: address, timeoutMs: 1_000)
        #expect(try connection.ask("PING").text == "PONG")
    }

    @Test func aMissingServerIsNamedWithTheMend() {
        #expect {
            _ = try PrivateRedis(program: "redis-server-that-is-not-here")
        } throws: { error in
            "\(error)" == "'redis-server-that-is-not-here' is not installed or not in PATH. "
                + "Run 'apt-get install redis-server'."
        }
    }

    @Test func aProgramThatIsNoServerIsNamedWithWhatItSaid() {
        #expect {
            _ = try PrivateRedis(program: "ls")
        } throws: { error in
            "\(error)".hasPrefix("'ls' does not answer. It said: ")
        }
    }
}

extension PrivateRedis {
    fileprivate var folder: String {
        get throws {
            guard case .socket(let path) = address.place else { throw CocoaError(.fileNoSuchFile) }
            return (path as NSString).deletingLastPathComponent
        }
    }
}
