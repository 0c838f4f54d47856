import Foundation
import Processes
import Telemetry

/// Draws charts with gnuplot, which is a program of its own that may not be there.
enum Gnuplot {
    /// Runs a script to its end, in a folder that is made if it is missing.
    ///
    /// The script goes through a file beside the charts, which is taken away again.
    static func run(
        _ script: String, in folder: String, program: String = "gnuplot"
    ) throws(CommandFailure) {
        let name = "\(folder)/.gnuplot-\(UUID().uuidString)"
        defer { for end in ["gp", "log"] { try? FileManager.default.removeItem(atPath: "\(name).\(end)") } }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(script.utf8).write(to: URL(filePath: "\(name).gp"))
        } catch {
            throw CommandFailure(
                .failed,
                "charts cannot be written to '\(printable(folder))': \(error.localizedDescription) Name a folder "
                    + "that is yours.")
        }
        var process: ChildProcess
        do {
            process = try ChildProcess([program, "\(name).gp"], output: "\(name).log")
        } catch {
            throw CommandFailure(
                .failed,
                error.code == ENOENT
                    ? "gnuplot is not installed, or not in PATH. Run 'apt-get install gnuplot-nox'."
                    : "gnuplot cannot be started: \(String(cString: strerror(error.code))). Try 'gnuplot --version'."
            )
        }
        process.waitForEnd()
        guard process.exitCode == 0 else {
            let said = (try? String(contentsOfFile: "\(name).log", encoding: .utf8)) ?? ""
            let reason = said.split(separator: "\n").last.map { printable(String($0)) } ?? "nothing"
            throw CommandFailure(.failed, "gnuplot drew no charts. It said: \(reason)")
        }
    }

    /// A text as gnuplot takes it, in single quotes.
    static func quoted(_ text: String) -> String {
        "'\(text.replacing("'", with: "''"))'"
    }
}
