import Foundation

/// The real program as a child process: its diagnostics are heard while it runs.
final class RunningProgram {
    struct End: Equatable {
        /// `nil` where a signal ended it.
        var code: Int32?
        var output: String
    }

    private let process = Process()
    private let output = Pipe()
    private let diagnostics = Pipe()
    /// What it has said on standard error so far.
    private(set) var said = ""

    /// - Parameter program: the binary; without one, that which is built beside the tests.
    init(_ words: [String], environment: [String: String]? = nil, program: URL? = nil) throws {
        process.executableURL = program ?? Self.binary
        process.arguments = words
        if let environment { process.environment = environment }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = diagnostics
        try process.run()
    }

    /// That which is built beside the tests.
    static var binary: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "streamctl")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Waits until it has said so, at most a minute.
    func hear(_ words: String) throws {
        try wait("'\(words)'") { said.contains(words) }
    }

    /// Waits until something is so, asked whenever it says something and at least every `stepMs`; some
    /// `secondsMax` long.
    func wait(
        _ purpose: String, stepMs: Int32 = 20, secondsMax: Int = 60, until isSo: () throws -> Bool
    ) throws {
        for _ in 0..<(secondsMax * 1_000 / Int(stepMs)) {
            if try isSo() { return }
            guard listen(timeoutMs: stepMs) else { break }
        }
        guard try !isSo() else { return }
        throw Stuck(description: "waited for \(purpose); it said:\n\(said)")
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until it has ended.
    func end() throws -> End {
        while listen(timeoutMs: 60_000) {}
        // A few lines, which fit the pipe: they are all there by now.
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return End(
            code: process.terminationReason == .exit ? process.terminationStatus : nil,
            output: String(decoding: text, as: UTF8.self))
    }

    /// Takes in what it says next; `false` when it will say no more.
    private func listen(timeoutMs: Int32) -> Bool {
        let descriptor = diagnostics.fileHandleForReading.fileDescriptor
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, timeoutMs) > 0 else { return true }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return false }
        said += String(decoding: bytes[..<count], as: UTF8.self)
        return true
    }
}
