import Glibc

/// Holds all of this program for a moment that must not be shared: the start of a child.
///
/// Until it has become another program, a child holds every socket that is open here: whoever closes one and wants its
/// port back at once has to wait.
///
/// It is a lock on the program's own file, so that rooms which do not know of each other share it.
enum ProgramLock {
    /// Waits until nobody else holds it. Where the program has no file, nothing is locked.
    static func held<Outcome>(_ body: () -> Outcome) -> Outcome {
        let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return body() }
        defer { close(file) }
        while flock(file, LOCK_EX) != 0, errno == EINTR {}
        return body()
    }
}
