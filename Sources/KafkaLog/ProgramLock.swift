import Glibc

/// Holds all of this program for a moment that must not be shared: the change of a listening socket.
///
/// A child that is being started lends itself every socket until it has become another program. A broker that gives its
/// port up at that moment does not get it back, and librdkafka's mock aborts the process.
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
