import Foundation
import Synchronization
import Testing

@testable import Telemetry

@Suite struct LoggerTests {
    @Test func textIsForEyes() {
        let lines = logged(.text) { log in
            log.info("lists written", ["count": 12, "topic": "ratings.v1", "ratio": 0.5, "full": true])
            log.warning("slow")
            log.error("no answer", ["reason": "time is up", "path": #"C:\x"y"#, "empty": "", "sum": "a=b"])
        }
        #expect(
            lines == """
                2018-09-24T14:27:30.123Z INFO    lists written  count=12 topic=ratings.v1 ratio=0.5 full=true
                2018-09-24T14:27:30.123Z WARNING slow
                2018-09-24T14:27:30.123Z ERROR   no answer  reason="time is up" path="C:\\\\x\\"y" empty="" sum="a=b"

                """)
    }

    @Test func jsonIsForMachines() {
        let lines = logged(.json) { log in
            log.info("said \"hi\"", ["count": UInt64.max, "gone": Double.nan, "path": #"a\b"#])
        }
        #expect(
            lines == """
                {"time":"2018-09-24T14:27:30.123Z","level":"info","message":"said \\"hi\\"",\
                "count":18446744073709551615,"gone":"nan","path":"a\\\\b"}

                """)
    }

    @Test func whatIsBelowTheLevelIsNotEvenMade() {
        let made = Mutex(0)
        func costly() -> String {
            made.withLock { $0 += 1 }
            return "x"
        }
        let lines = logged(.text, level: .warning) { log in
            log.debug(costly(), ["field": costly()])
            log.info(costly())
            log.error("seen")
        }
        #expect(made.withLock { $0 } == 0)
        #expect(lines.hasSuffix("ERROR   seen\n") && lines.filter { $0 == "\n" }.count == 1)
    }

    /// Every control character, line separator and mark of direction, in every place where text can stand.
    @Test(arguments: LogFormat.allCases)
    func nothingCanForgeALineOrSteerATerminal(format: LogFormat) throws {
        let hostile = (0...0x2070).compactMap { UnicodeScalar($0) }.filter(isUnsafe)
        #expect(hostile.count > 70)
        for scalar in hostile {
            let text = "a\(scalar)2018-09-24T14:27:30.123Z ERROR forged"
            let line = format.line(timeMs: 0, level: .info, message: text, fields: [text: text])
            #expect(line.unicodeScalars.filter { isUnsafe($0) } == ["\n"])
            #expect(line.hasSuffix("\n"))
            guard format == .json else { continue }
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(object?["message"] == text && object?[text] == text)
        }
    }

    @Test func linesOfManyThreadsDoNotMix() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let writer = LogWriter(descriptor: ends[1])
        let log = Logger(nowMs: { 0 }, write: { writer.write($0) })
        let (threads, linesEach) = (8, 20)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for line in 0..<linesEach { log.info("line", ["thread": thread, "line": line]) }
        }
        close(ends[1])
        let bytes = try FileHandle(fileDescriptor: ends[0], closeOnDealloc: true).readToEnd() ?? Data()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == threads * linesEach)
        #expect(Set(lines).count == lines.count)
        #expect(lines.allSatisfy { $0.hasPrefix("1970-01-01T00:00:00.000Z INFO    line  thread=") })
    }

    @Test func aLogThatCannotBeWrittenIsGivenUp() {
        LogWriter(descriptor: -1).write("nobody reads this\n")
    }

    private func logged(_ format: LogFormat, level: LogLevel = .debug, _ say: (Logger) -> Void) -> String {
        let lines = Lines()
        let log = Logger(
            level: level, format: format, nowMs: { 1_537_799_250_123 }, write: { lines.append($0) })
        say(log)
        return lines.text
    }
}

private final class Lines: Sendable {
    private let held = Mutex("")

    var text: String { held.withLock { $0 } }

    func append(_ line: String) {
        held.withLock { $0 += line }
    }
}
