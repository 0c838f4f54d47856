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

    private func openTerminal() throws -> (ours: Int32, theirs: Int32) {
        let ours = posix_openpt(O_RDWR | O_NOCTTY)
        guard ours >= 0, grantpt(ours) == 0, unlockpt(ours) == 0 else { throw NoTerminal() }
        guard let name = ptsname(ours) else { throw NoTerminal() }
        let theirs = open(name, O_RDWR | O_NOCTTY)
        guard theirs >= 0 else { throw NoTerminal() }
        return (ours, theirs)
    }
}

private struct NoTerminal: Error {}
