import Glibc

/// The time, for the shell; the pure rooms are told it.
enum Clock {
    /// Epoch milliseconds of the system's clock.
    static func nowMs() -> Int64 {
        let now = time(CLOCK_REALTIME)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// Nanoseconds of a clock that never jumps, for durations.
    static func steadyNs() -> UInt64 {
        let now = time(CLOCK_MONOTONIC)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }

    /// Waits, for threads that have nothing to wait on.
    static func rest(ms: UInt32) {
        rest(us: ms * 1_000)
    }

    static func rest(us: UInt32) {
        usleep(us)
    }

    private static func time(_ clock: clockid_t) -> timespec {
        var now = timespec()
        clock_gettime(clock, &now)
        return now
    }
}
