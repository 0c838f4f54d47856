import Glibc

/// An open file, closed with its owner.
struct FileDescriptor: ~Copyable {
    private let number: Int32
    /// In bytes, for a regular file; `nil` for a pipe or a terminal.
    let size: Int?

    /// Opens for reading; `-` is standard input.
    init(path: String) throws(RatingFileError) {
        let number = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw Self.error(errno, path: path) }
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            let failure = status.st_mode & S_IFMT == S_IFDIR ? EISDIR : errno
            close(number)
            throw Self.error(failure, path: path)
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        if isRegular { posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL) }
        self.number = number
        size = isRegular ? Int(status.st_size) : nil
    }

    deinit { close(number) }

    /// Reads at least one byte and as many as there are; returns 0 only at the end.
    func read(into room: UnsafeMutableRawBufferPointer, path: String) throws(RatingFileError) -> Int {
        while true {
            let count = Glibc.read(number, room.baseAddress, room.count)
            if count >= 0 { return count }
            if errno != EINTR { throw Self.error(errno, path: path) }
        }
    }

    func seek(to place: Int, path: String) throws(RatingFileError) {
        guard lseek(number, off_t(place), SEEK_SET) >= 0 else { throw Self.error(errno, path: path) }
    }

    /// Where the first line begins that begins at `place` or later; `nil` where none does.
    func lineStart(from place: Int, path: String) throws(RatingFileError) -> Int? {
        guard place > 0 else { return 0 }
        try seek(to: place - 1, path: path)
        let room = OwnedBytes(count: 64 << 10)
        var start = place - 1
        while true {
            let count = try read(into: room.bytes, path: path)
            guard count > 0 else { return nil }
            if let found = memchr(room.start, 10, count) {
                return start + UnsafeRawPointer(room.start).distance(to: found) + 1
            }
            start += count
        }
    }

    private static func error(_ failure: Int32, path: String) -> RatingFileError {
        switch failure {
        case ENOENT, ENOTDIR: .missing(path: path)
        case EISDIR: .folder(path: path)
        case EACCES, EPERM: .notAllowed(path: path)
        default: .unreadable(path: path, reason: String(cString: strerror(failure)))
        }
    }
}
