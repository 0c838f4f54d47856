/// What the shell is told. The numbers are public: scripts test them.
enum ExitCode: Int32, CaseIterable, Sendable {
    case done = 0
    case failed = 1
    /// `EX_USAGE` of sysexits.h.
    case wrongUsage = 64
    /// `EX_CONFIG` of sysexits.h.
    case badConfiguration = 78
}
