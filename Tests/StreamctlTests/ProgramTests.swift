import Foundation
import Testing

@testable import streamctl

/// The program as a process: streams and exit codes.
@Suite struct ProgramTests {
    @Test func theVersionIsDataAndTheExitCodeIsDone() throws {
        let end = try run(["--version"])
        #expect(end == End(code: .done, output: "streamctl \(Program.version)\n", diagnostics: ""))
    }

    @Test func helpIsData() throws {
        let end = try run(["help", "topics", "plan"])
        #expect(end.code == .done)
        #expect(end.output.hasPrefix("streamctl topics plan: "))
        #expect(end.diagnostics.isEmpty)
    }

    @Test(arguments: [["replay", "--limt", "3"], [], ["topics"], ["nonsense"]])
    func wrongUsageIsOneLineOnStandardError(words: [String]) throws {
        let end = try run(words)
        #expect(end.code == .wrongUsage)
        #expect(end.output.isEmpty)
        #expect(end.diagnostics.hasPrefix("error: "))
        #expect(end.diagnostics.hasSuffix("--help'.\n"))
        #expect(end.diagnostics.split(separator: "\n").count == 1)
    }

    @Test func aClosedPipeIsQuiet() throws {
        let process = Process()
        process.executableURL = program
        process.arguments = ["--help"]
        let (output, diagnostics) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = diagnostics
        // Nobody will ever read: the first write already fails.
        try output.fileHandleForReading.close()
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        #expect(diagnostics.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }

    private struct End: Equatable {
        var code: ExitCode?
        var output: String
        var diagnostics: String
    }

    private func run(_ words: [String]) throws -> End {
        let process = Process()
        process.executableURL = program
        process.arguments = words
        let (output, diagnostics) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = diagnostics
        try process.run()
        // A few lines each: they fit the pipes, so that reading one after the other cannot block.
        let texts = try [output, diagnostics].map { try $0.fileHandleForReading.readToEnd() ?? Data() }
        process.waitUntilExit()
        return End(
            code: process.terminationReason == .exit ? ExitCode(rawValue: process.terminationStatus) : nil,
            output: String(decoding: texts[0], as: UTF8.self),
            diagnostics: String(decoding: texts[1], as: UTF8.self))
    }

    /// Built beside the tests.
    private var program: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "streamctl")
    }
}
