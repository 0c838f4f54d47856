import Settings
import Telemetry

/// Everything that is wrong with some files, found without a server.
struct Lint: Sendable {
    /// What was looked at.
    private(set) var checked: [String] = []
    private(set) var findings: [Finding] = []
    /// Files that could not be looked at, each with the reason and the mend.
    private(set) var unread: [String] = []
    /// By folder: the files of one belong together.
    private var topicFiles: [(folder: Substring, files: [TopicFile])] = []

    private let environment: [String: String]

    /// - Parameters:
    ///   - paths: settings files, topic files, folders of either, pages of Markdown.
    ///   - environment: for `${VAR}` in settings.
    init(_ paths: [String], environment: [String: String]) {
        self.environment = environment
        for path in paths {
            do throws(SmallFile.Problem) {
                if SmallFile.isFolder(path) {
                    try takeFolder(path)
                } else {
                    try take(path)
                }
            } catch {
                unread.append("'\(path)' \(error.problem). \(error.mend)")
            }
        }
        for (_, files) in topicFiles { findings += TopicFolder(files).findings }
    }

    var errors: Int { findings.count { $0.level == .error } }
    var warnings: Int { findings.count - errors }

    var json: JSON {
        let findings = findings.map { finding -> JSON in
            [
                "level": .text(finding.level.rawValue), "source": .text(finding.source),
                "line": finding.line.map(JSON.whole) ?? .null, "path": .text(finding.path),
                "problem": .text(finding.problem), "mend": .text(finding.mend),
            ]
        }
        return [
            "checked": .list(checked.map(JSON.text)), "unread": .list(unread.map(JSON.text)),
            "errors": .whole(errors), "warnings": .whole(warnings), "findings": .list(findings),
        ]
    }

    /// One line per finding, in the form that editors can jump to, and the sum; empty where nothing was read.
    var text: String {
        if checked.isEmpty { return "" }
        let sum =
            findings.isEmpty
            ? "all well" : "\(counted(errors, "error")), \(counted(warnings, "warning"))"
        let lines = findings.map(\.description) + ["\(counted(checked.count, "file")) checked: \(sum)"]
        return lines.map { "\(printable($0))\n" }.joined()
    }

    private mutating func takeFolder(_ folder: String) throws(SmallFile.Problem) {
        let paths = try TopicFolder.yamlFiles(in: folder)
        guard !paths.isEmpty else {
            throw SmallFile.Problem(problem: "holds no .yaml file", mend: "Name a folder of topic files.")
        }
        for path in paths { try take(path, inFolder: true) }
    }

    private mutating func take(_ path: String, inFolder: Bool = false) throws(SmallFile.Problem) {
        let isPage = path.hasSuffix(".md")
        let bytes = try SmallFile.read(path, bytesMax: isPage ? 8 << 20 : YAMLDocument.bytesMax)
        checked.append(path)
        if isPage {
            for block in yamlBlocks(inMarkdown: String(decoding: bytes, as: UTF8.self)) {
                takeSettings(Array(block.text.utf8), path, firstLine: block.line)
            }
            return
        }
        let document = YAMLDocument(parsing: bytes, source: path)
        if Self.isScenario(document) {
            findings += Scenario.load(yaml: bytes, source: path, environment: environment).findings
        } else if Self.isTopic(document, inFolder: inFolder) {
            let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)
            let place = topicFiles.firstIndex { $0.folder == folder } ?? topicFiles.endIndex
            if place == topicFiles.endIndex { topicFiles.append((folder, [])) }
            topicFiles[place].files.append(TopicFile(path: path, document: document))
        } else {
            takeSettings(bytes, path, firstLine: 1)
        }
    }

    private mutating func takeSettings(_ yaml: [UInt8], _ path: String, firstLine: Int) {
        let loaded = Settings.load(yaml: yaml, source: path, environment: environment, firstLine: firstLine)
        findings += loaded.findings + loaded.nativeFindings
    }

    /// Whether the file is a scenario of a load test: by the keys at its top, none of which settings or topics have.
    private static func isScenario(_ document: YAMLDocument) -> Bool {
        let keys = document.root?.entries?.map(\.key) ?? []
        return keys.contains { Scenario.groups.contains($0) }
    }

    /// Whether the file declares a topic: by the keys at its top, and in doubt by whether a folder was named,
    /// as it is for topics, or the file itself, as it is for settings.
    private static func isTopic(_ document: YAMLDocument, inFolder: Bool) -> Bool {
        let keys = document.root?.entries?.map(\.key) ?? []
        let groups = Set(Settings.keys.map { $0.path.prefix { $0 != "." } })
        if keys.contains(where: { groups.contains($0[...]) }) { return false }
        return inFolder || keys.contains(where: TopicFile.keys.contains)
    }
}
