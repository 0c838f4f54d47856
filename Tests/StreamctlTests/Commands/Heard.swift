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
    let (output, diagnostics) = (memfd_create("output", 0), memfd_create("diagnostics", 0))
    defer {
        close(output)
        close(diagnostics)
    }
    let console = Console(
        output: Output(descriptor: output), diagnostics: Output(descriptor: diagnostics), surface: .lines)
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

private func content(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}
