import Glibc
import Telemetry
import Testing

@testable import streamctl

@Suite struct TerminalTests {
    @Test func aTerminalIsAskedForItsWidth() throws {
        let (ours, theirs) = try openTerminal()
        defer {
            close(theirs)
            close(ours)
        }
        #expect(Terminal.surface(of: theirs, kind: "xterm") == .terminal(width: 80))
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(theirs, UInt(TIOCSWINSZ), &size) == 0)
        #expect(Terminal.surface(of: theirs, kind: "xterm") == .terminal(width: 132))
    }

    @Test(arguments: [nil, "", "dumb"])
    func aTerminalThatCannotDrawGetsLines(kind: String?) throws {
        let (ours, theirs) = try openTerminal()
        defer {
            close(theirs)
            close(ours)
        }
        #expect(Terminal.surface(of: theirs, kind: kind) == .lines)
    }

    @Test func whatIsNoTerminalGetsLines() throws {
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        #expect(Terminal.surface(of: null, kind: "xterm") == .lines)
        #expect(Terminal.surface(of: -1, kind: "xterm") == .lines)
    }

    /// Both ends of a new pseudo-terminal. `posix_openpt` and its kin are not visible from Swift, nor are the macros
    /// of the requests that they make: these are TIOCSPTLCK and TIOCGPTN of Linux.
    private func openTerminal() throws(NoTerminal) -> (ours: Int32, theirs: Int32) {
        let ours = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard ours >= 0, ioctl(ours, 0x4004_5431, &lock) == 0, ioctl(ours, 0x8004_5430, &number) == 0
        else { throw NoTerminal() }
        let theirs = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard theirs >= 0 else { throw NoTerminal() }
        return (ours, theirs)
    }
}

private struct NoTerminal: Error {}
