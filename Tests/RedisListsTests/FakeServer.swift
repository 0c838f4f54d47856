import Glibc
import RedisLists

/// A server that says what it was told to say to its first client, reads what the client sent by then, and hangs up.
final class FakeServer: Sendable {
    let address: RedisAddress
    private let folder: String
    private let path: String
    private let listener: Int32

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
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(listener: listener, reply: Array(reply.utf8)))
        pthread_create(&thread, nil, { FakeServer.serve($0) }, job.toOpaque())
        pthread_detach(thread)
    }

    deinit {
        close(listener)
        unlink(path)
        rmdir(folder)
    }

    private static func serve(_ job: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let job else { return nil }
        let work = Unmanaged<Job>.fromOpaque(job).takeRetainedValue()
        let client = accept(work.listener, nil, nil)
        var bytes = [UInt8](repeating: 0, count: 4_096)
        _ = recv(client, &bytes, bytes.count, 0)
        _ = send(client, work.reply, work.reply.count, Int32(MSG_NOSIGNAL))
        shutdown(client, Int32(SHUT_WR))
        close(client)
        return nil
    }

    private final class Job: Sendable {
        let listener: Int32
        let reply: [UInt8]

        init(listener: Int32, reply: [UInt8]) {
            self.listener = listener
            self.reply = reply
        }
    }

    struct POSIXFailure: Error {
        let code: Int32
    }
}
