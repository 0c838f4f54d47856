import Foundation
import Settings
import Telemetry

/// A scenario by its name or its path, with the overrides of the command line.
enum ScenarioFile {
    static let folder = "loadtest/scenarios"

    /// Reads and checks it; prints everything that is wrong with it before it throws.
    static func load(
        _ name: String, overrides: [String], console: Console,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(CommandFailure) -> Scenario {
        let path = path(of: name)
        let yaml: [UInt8]
        do throws(SmallFile.Problem) {
            yaml = try SmallFile.read(path, bytesMax: YAMLDocument.bytesMax)
        } catch {
            throw CommandFailure(.badConfiguration, "\(missing(name, path, error))")
        }
        let loaded = Scenario.load(
            yaml: yaml, source: path, overrides: overrides, environment: environment)
        for finding in loaded.findings { console.diagnostics.print(printable("\(finding)")) }
        guard loaded.isUsable else {
            throw CommandFailure(
                .badConfiguration, "the scenario '\(printable(name))' has errors. Mend the lines above.")
        }
        return loaded.settings
    }

    /// The scenarios that are there, by name, each with what it shows.
    static func all() throws(CommandFailure) -> [(name: String, about: String)] {
        do throws(SmallFile.Problem) {
            return try TopicFolder.yamlFiles(in: folder).map { path throws(SmallFile.Problem) in
                let yaml = try SmallFile.read(path, bytesMax: YAMLDocument.bytesMax)
                return (stem(of: path), Scenario.load(yaml: yaml, source: path).settings.about)
            }
        } catch {
            throw CommandFailure(
                .failed, "the folder '\(folder)' \(error.problem). Start from the project's own folder.")
        }
    }

    private static func path(of name: String) -> String {
        name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
            ? name : "\(folder)/\(name).yaml"
    }

    private static func missing(_ name: String, _ path: String, _ problem: SmallFile.Problem) -> String {
        let what = "the scenario file '\(printable(path))' \(problem.problem)."
        let names = ((try? TopicFolder.yamlFiles(in: folder)) ?? []).map(stem)
        guard path != name, !names.isEmpty else {
            return
                "\(what) \(path == name ? problem.mend : "Name its path, or start from the project's own folder.")"
        }
        if let near = nearestName(to: name, among: names) { return "\(what) Did you mean '\(near)'?" }
        return "\(what) There are \(names.joined(separator: ", "))."
    }

    private static func stem(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return String(file.prefix { $0 != "." })
    }
}
