import Glibc
import Synchronization

/// Where a command prints: data to standard output, everything else to standard error.
///
/// When the reader goes away (`| head`), what follows is dropped in silence and the command ends as it would
/// have: in order, with its own exit code. Any other failure, such as a full disk, is kept for the end.
final class Output: Sendable {
    static let standard = Output(descriptor: STDOUT_FILENO)
    static let diagnostics = Output(descriptor: STDERR_FILENO)

    private enum State {
        case open
        case closed
        case failed(errno: Int32)
    }

    private let descriptor: Int32
    private let state = Mutex(State.open)

    /// The descriptor stays the caller's. `SIGPIPE` must be ignored.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether somebody may still be reading: a command without an end of its own stops when nobody is.
    var isOpen: Bool {
        state.withLock { if case .open = $0 { true } else { false } }
    }

    /// Why not everything was written; `nil` when it was, or when the reader had enough.
    var failure: String? {
        state.withLock { if case .failed(let code) = $0 { String(cString: strerror(code)) } else { nil } }
    }

    /// A line and its line break, in one piece.
    func print(_ line: String) {
        write("\(line)\n")
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            state.withLock { state in
                var rest = UnsafeRawBufferPointer(bytes)
                while case .open = state, !rest.isEmpty {
                    let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                    if written >= 0 {
                        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                    } else if errno == EPIPE {
                        state = .closed
                    } else if errno == EAGAIN {
                        // A terminal or pipe that somebody else made non-blocking: wait as if it were not.
                        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        poll(&room, 1, -1)
                    } else if errno != EINTR {
                        state = .failed(errno: errno)
                    }
                }
            }
        }
    }
}
