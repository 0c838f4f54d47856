import Settings
import Telemetry

/// `streamctl config`: the settings as the program sees them.
enum ConfigCommand {
    static let explain = Parameter<Bool>.flag(
        "explain",
        "Say of each key what it does, its unit, range and default, and where its value comes from.")

    static let command = Command(
        name: "config",
        summary: "Show the settings that hold, and explain every key",
        discussion: ["Passwords are never shown."],
        parameters: [explain, CommonParameters.config, CommonParameters.set],
        examples: [
            .init(purpose: "Learn what can be set", line: "streamctl config --explain"),
            .init(
                purpose: "See what holds after an override",
                line: "streamctl config -c config/freshet.yaml --set lists.size=50"),
        ],
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let loaded = try SettingsFile.load(arguments, console: console)
        console.output.write(arguments[explain] ? explanation(of: loaded) : loaded.explain())
        return .done
    }

    /// A block per key: its value, what it is for, and what it may be.
    private static func explanation(of loaded: LoadedSettings) -> String {
        var blocks: [String] = []
        for key in Settings.keys {
            var lines = loaded.values(of: key).map { "\($0.path): \($0.text)  # \($0.origin)" }
            lines.append("    \(key.reason)")
            let unit = key.unit.isEmpty ? "" : " \(key.unit)"
            lines.append("    \(key.range)\(unit); default \(key.standard)")
            blocks.append(lines.map { "\(printable($0))\n" }.joined())
        }
        return blocks.joined(separator: "\n")
    }
}
