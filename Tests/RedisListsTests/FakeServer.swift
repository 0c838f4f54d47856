import Dispatch
import Glibc
import RedisLists

/// A server that waits for its first client to say something, answers what it was told to answer, then hangs up.
final class FakeServer: Sendable {
    let address: RedisAddress
    private let folder: String
    private let path: String
    private let listener: Int32

    /// - Parameter reply: what it answers; where that is empty it takes no client and says nothing for ever.
    init(saying reply: String) throws {
        var template = Array("/tmp/freshet-fake-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXFailure(code: errno) }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = folder + "/socket"
        address = RedisAddress(.socket(path: path))
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafeBytes(of: &name) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) {
                bind(listener, $0.baseAddress, socklen_t(bytes.count))
            }
        }
        guard bound == 0, listen(listener, 1) == 0 else { throw POSIXFailure(code: errno) }
        guard !reply.isEmpty else { return }
        DispatchQueue.global().async { [listener] in Self.serve(listener, reply) }
    }

    deinit {
        close(listener)
        unlink(path)
        rmdir(folder)
    }

    private static func serve(_ listener: Int32, _ reply: String) {
        let client = accept(listener, nil, nil)
        var bytes = [UInt8](repeating: 0, count: 4_096)
        _ = recv(client, &bytes, bytes.count, 0)
        _ = Array(reply.utf8).withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        close(client)
    }

    struct POSIXFailure: Error {
        let code: Int32
    }
}
