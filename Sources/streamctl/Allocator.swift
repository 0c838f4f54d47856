import Glibc

/// How glibc's `malloc` keeps what was freed. Calls that its module does not show are found by name.
enum Allocator {
    /// Has large blocks go back to the system when they are freed.
    ///
    /// Left alone glibc raises the size from which it does so to that of the largest block that was freed, and what is
    /// below stays: chunks of checkpoints and tables that have grown would leave holes that only their like fill, and
    /// the process would be as large as it was at its busiest moment.
    static func giveLargeBlocksBack() {
        typealias Set = @convention(c) (Int32, Int32) -> Int32
        guard let set = dlsym(nil, "mallopt").map({ unsafeBitCast($0, to: Set.self) }) else { return }
        _ = set(mmapThreshold, 512 << 10)
        // Naming either of them fixes both; the standard would have the heap shrink and grow all the time.
        _ = set(trimThreshold, 8 << 20)
    }

    /// Gives back everything that was freed.
    static func trim() {
        typealias Trim = @convention(c) (Int) -> Int32
        _ = dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: Trim.self)(0) }
    }

    /// `M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of malloc.h.
    private static let trimThreshold: Int32 = -1
    private static let mmapThreshold: Int32 = -3
}
