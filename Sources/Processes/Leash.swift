import Glibc

/// Kills a process and removes its folder when *we* die, in whatever way.
///
/// A shell waits for the end of a stream whose other end only we hold; the kernel closes it when we are gone. The
/// kernel's own means, the parent-death signal, would be sent when the *thread* that started the process ends,
/// which on a pool of threads may be any moment.
package struct Leash: ~Copyable {
    private let watcher: ChildProcess
    private let ourEnd: Int32

    private static let script = #"read -r line; kill -KILL "$1"; rm -rf -- "$2""#

    /// - Parameter folder: a folder that belongs to the process alone.
    package init(pid: Int32, folder: String) throws(ChildProcess.StartFailure) {
        var ends: [Int32] = [-1, -1]
        // A pair of sockets, because a pipe cannot be born closed on exec in Swift's Glibc.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw ChildProcess.StartFailure(code: errno) }
        defer { close(ends[0]) }
        do {
            watcher = try ChildProcess(
                ["/bin/sh", "-c", Self.script, "sh", "\(pid)", folder], input: ends[0], output: "/dev/null")
        } catch {
            close(ends[1])
            throw error
        }
        ourEnd = ends[1]
    }

    deinit {
        untie()
        close(ourEnd)
    }

    /// From here on the leash does nothing. To be called before the process is collected, after which its number
    /// may be given to another.
    package func untie() { watcher.sendKill() }
}
