import Glibc
import Processes

/// A Redis server of our own, for the demo and for tests: in memory only, in a folder that only we can enter.
///
/// It listens on a unix socket there and, where asked, on a free port of 127.0.0.1. It ends with this value, and
/// also when this process dies in whatever way, unless it was detached.
package struct PrivateRedis: ~Copyable, Sendable {
    /// The unix socket.
    package let address: RedisAddress
    /// The loopback port, where one was asked for.
    package let tcpAddress: RedisAddress?

    private let commandLine: [String]
    private var server: ServerProcess
    private var folder: TemporaryFolder

    private static let portTries = 5

    /// Starts the server and returns when it answers.
    ///
    /// - Parameters:
    ///   - tcp: whether it also listens on a port.
    ///   - password: the password of the default user, which then is part of the addresses.
    ///   - program: the server's binary, looked up in `PATH`.
    package init(
        tcp: Bool = false, password: String? = nil, program: String = "redis-server"
    ) throws(Problem) {
        let newFolder = try Self.makeFolder()
        let socket = RedisAddress(.socket(path: newFolder.path + "/redis.sock"), password: password)
        // Another process may take the free port before the server does: then look for another.
        var triesLeft = tcp ? Self.portTries : 1
        while true {
            triesLeft -= 1
            let port = tcp ? try Self.freePort() : 0
            let words = Self.words(program: program, port: port, folder: newFolder.path, password: password)
            do throws(Problem) {
                server = try ServerProcess(words, folder: newFolder.path, at: socket)
            } catch {
                guard triesLeft > 0, error.isPortTaken else { throw error }
                continue
            }
            address = socket
            tcpAddress =
                tcp ? RedisAddress(.tcp(host: "127.0.0.1", port: port), password: password) : nil
            commandLine = words
            folder = newFolder
            return
        }
    }

    package var pid: Int32 { server.pid }

    /// Kills the server as a crash would. Whoever is connected sees the connection close.
    package mutating func kill() { server.kill() }

    /// Starts it again, empty, at the same addresses; kills it first where it still runs.
    package mutating func restart() throws(Problem) {
        server.kill()
        server = try ServerProcess(commandLine, folder: folder.path, at: address)
    }

    /// Lets the server, and its folder, outlive this process.
    package consuming func detach() {
        server.release()
        folder.keep()
    }

    /// One command and its reply, on a connection of its own; patient, for some commands look at every key.
    @discardableResult
    package func ask(_ words: String...) throws(RedisError) -> RedisValue {
        var connection = try RedisConnection(to: address, timeoutMs: 20_000)
        return try connection.ask(words)
    }

    /// `CONFIG SET name value`
    package func configSet(_ name: String, _ value: String) throws(RedisError) {
        try ask("CONFIG", "SET", name, value)
    }

    private static func makeFolder() throws(Problem) -> TemporaryFolder {
        do {
            return try TemporaryFolder(
                prefix: "freshet-redis-", pathBytesMax: RedisAddress.socketPathBytesMax)
        } catch {
            throw Problem(error)
        }
    }

    private static func words(program: String, port: UInt16, folder: String, password: String?) -> [String] {
        let words = [
            program, "--port", "\(port)", "--bind", "127.0.0.1", "--protected-mode", "yes",
            "--unixsocket", folder + "/redis.sock", "--unixsocketperm", "700",
            "--dir", folder, "--save", "", "--appendonly", "no", "--daemonize", "no",
        ]
        return password.map { words + ["--requirepass", $0] } ?? words
    }

    /// A port of 127.0.0.1 that was free a moment ago.
    private static func freePort() throws(Problem) -> UInt16 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutableBytes(of: &name) { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(socket, base, length) == 0 && getsockname(socket, base, &length) == 0
        }
        guard bound else {
            throw Problem(
                "No port of 127.0.0.1 is free: \(String(cString: strerror(errno)))",
                mend: "See whether the loopback interface is up.")
        }
        return UInt16(bigEndian: name.sin_port)
    }
}
