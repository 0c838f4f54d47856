import Glibc

/// Heap allocations of the calling thread, counted by a library that stands before `malloc`. It is no part of the
/// program, because a counter would cost everybody; `bench` starts itself anew with it where it lies beside it.
enum HeapCounter {
    /// Allocations of this thread so far; `nil` where nobody counts.
    static var count: UInt64? { counter.map { $0() } }

    private typealias Counter = @Sendable @convention(c) () -> UInt64

    private static let counter: Counter? = dlsym(nil, "freshet_allocations").map {
        unsafeBitCast($0, to: Counter.self)
    }

    /// What `swift build --product freshet-allocations` makes.
    private static let library = "libfreshet-allocations.so"
    private static let mark = "FRESHET_COUNTS_ALLOCATIONS"

    /// Runs this command line again, with the library, in this very process; returns where there is none or where
    /// it is in place already.
    static func begin() {
        guard counter == nil, getenv(mark) == nil, let path = besideProgram(),
            access(path, R_OK) == 0, !path.contains(where: { $0 == " " || $0 == ":" })
        else { return }
        setenv(mark, "1", 1)
        setenv("LD_PRELOAD", path, 1)
        execv("/proc/self/exe", CommandLine.unsafeArgv)
        unsetenv("LD_PRELOAD")
    }

    private static func besideProgram() -> String? {
        guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(resolved) }
        let program = String(cString: resolved)
        return program.lastIndex(of: "/").map { program[...$0] + library }
    }
}
