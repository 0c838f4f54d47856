import Glibc

/// The right to write into a state folder: at most one process has it, and death gives it back.
///
/// It is a lock of the kernel on a file that is never removed (whoever removed it could let two in), and the file
/// holds the owner's process id for the others to read.
struct FolderLock: ~Copyable {
    private let descriptor: Int32

    init(_ folder: StateFolder) throws(StateError) {
        let path = folder.lock
        // Children must not keep what their parent has let go of.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let readOnly = errno == EACCES || errno == EROFS || errno == EPERM
            let kind: StateError.Kind =
                readOnly ? .readOnly : .unreachable(reason: StateError.systemReason(errno))
            throw StateError(kind, at: folder.path)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            defer { close(descriptor) }
            guard code == EWOULDBLOCK else {
                throw StateError(.unreachable(reason: StateError.systemReason(code)), at: folder.path)
            }
            throw StateError(.owned(pid: Self.owner(descriptor)), at: folder.path)
        }
        self.descriptor = descriptor
        // Only for people to read: a full disk must not keep anybody out.
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    deinit {
        // A process that is being started at this moment holds a copy of the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// `nil` in the moment before the owner has written it.
    private static func owner(_ descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &text, text.count, 0)
        return Int32(
            String(decoding: text.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
