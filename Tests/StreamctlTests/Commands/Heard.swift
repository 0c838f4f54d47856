import Glibc
import Telemetry

@testable import streamctl

/// What a command said, and how it ended.
struct Heard {
    var code: ExitCode
    /// What it gave as the reason, if it failed.
    var failure: String?
    var output: String
    var diagnostics: String
}

/// Runs the body of the command that a line names, in this process.
func hear(
    _ line: String, _ body: (Arguments, Console) throws(CommandFailure) -> ExitCode
) throws -> Heard {
    let arguments = try arguments(line)
    guard let output = tmpfile(), let diagnostics = tmpfile() else { throw NoTemporaryFile() }
    defer {
        fclose(output)
        fclose(diagnostics)
    }
    let console = Console(
        output: Output(descriptor: fileno(output)), diagnostics: Output(descriptor: fileno(diagnostics)),
        surface: .lines)
    var heard = Heard(code: .done, output: "", diagnostics: "")
    do throws(CommandFailure) {
        heard.code = try body(arguments, console)
    } catch {
        (heard.code, heard.failure) = (error.code, error.message)
    }
    heard.output = content(output)
    heard.diagnostics = content(diagnostics)
    return heard
}

private struct NoTemporaryFile: Error {}

private func content(_ file: UnsafeMutablePointer<FILE>) -> String {
    let descriptor = fileno(file)
    var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
}
