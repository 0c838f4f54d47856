import Glibc
import Telemetry

/// What is known of the terminal behind a file descriptor.
enum Terminal {
    /// Where progress is drawn: in place on a terminal that can, else line by line.
    ///
    /// - Parameter kind: the value of `TERM`.
    static func surface(
        of descriptor: Int32 = STDERR_FILENO, kind: String? = getenv("TERM").map { String(cString: $0) }
    ) -> ProgressMeter.Surface {
        guard isatty(descriptor) == 1, let kind, !kind.isEmpty, kind != "dumb" else { return .lines }
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return .terminal(width: isKnown ? Int(size.ws_col) : 80)
    }
}
