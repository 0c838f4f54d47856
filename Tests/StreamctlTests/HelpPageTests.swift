import Foundation
import Testing

@testable import streamctl

@Suite struct HelpPageTests {
    /// Every page as it is printed. `RECORD_GOLDEN=1 swift test --filter HelpPageTests` writes the files anew:
    /// read the difference before it is committed.
    @Test(arguments: everyPath().map { $0.map(\.name) })
    func pageIsAsRecorded(names: [String]) throws {
        let path = try #require(everyPath().first { $0.map(\.name) == names })
        let page = HelpPage(path).text
        let file = golden.appending(path: "\(names.joined(separator: "-")).txt")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try Data(page.utf8).write(to: file)
        }
        let recorded = try String(contentsOf: file, encoding: .utf8)
        #expect(page == recorded, "if this is meant: RECORD_GOLDEN=1 swift test --filter HelpPageTests")
    }

    @Test func noPageIsRecordedForACommandThatIsGone() throws {
        let recorded = try FileManager.default.contentsOfDirectory(atPath: golden.path).sorted()
        #expect(recorded == everyPath().map { "\($0.map(\.name).joined(separator: "-")).txt" }.sorted())
    }

    @Test func pagesFitEightyColumns() {
        for path in everyPath() {
            for line in HelpPage(path).text.split(separator: "\n") {
                #expect(line.count <= 80, "\(line)")
                #expect(line.last != " ", "trailing blank in '\(line)'")
            }
        }
    }

    @Test(arguments: [
        ["replay", "--help"], ["replay", "-h"], ["help", "replay"], ["replay", "x", "--help", "--bad"],
    ])
    func everyWayToAskGivesTheSamePage(words: [String]) throws {
        guard case .help(let page) = try request(words) else {
            Issue.record("no help for \(words)")
            return
        }
        #expect(page == HelpPage([Program.command, ReplayCommand.command]).text)
    }

    @Test(arguments: [["--help"], ["-h"], ["help"], ["help", "--help"]])
    func theProgramHasAPage(words: [String]) throws {
        guard case .help(let page) = try request(words) else {
            Issue.record("no help for \(words)")
            return
        }
        #expect(page == HelpPage([Program.command]).text)
    }

    private var golden: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/help")
    }
}
