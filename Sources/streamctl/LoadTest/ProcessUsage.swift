import Glibc

/// What a process has used so far, from /proc.
struct ProcessUsage: Equatable, Sendable {
    /// User and system time of all its threads.
    var cpuSeconds: Double
    /// What it holds of memory now.
    var residentBytes: Int

    /// `nil` when there is no such process any more.
    static func of(_ pid: Int32) -> ProcessUsage? {
        guard let stat = try? SmallFile.read("/proc/\(pid)/stat", bytesMax: 4_096),
            let statm = try? SmallFile.read("/proc/\(pid)/statm", bytesMax: 4_096)
        else { return nil }
        return ProcessUsage(
            stat: String(decoding: stat, as: UTF8.self), statm: String(decoding: statm, as: UTF8.self),
            ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))), pageBytes: sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Source: proc(5). The name of the program stands in parentheses and may hold anything.
    init?(stat: String, statm: String, ticksPerSecond: Double, pageBytes: Int) {
        guard let nameEnd = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: nameEnd)...].split(separator: " ")
        let pages = statm.split(separator: " ")
        // The first field after the name is the third of all; utime and stime are the 14th and the 15th.
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]),
            pages.count > 1, let resident = Int(pages[1])
        else { return nil }
        cpuSeconds = (user + system) / ticksPerSecond
        residentBytes = resident * pageBytes
    }
}
