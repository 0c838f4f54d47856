import Foundation
import KafkaLog
import Settings

/// The topics folder: one YAML file per topic, and the schemas that they name.
struct TopicFolder: Sendable {
    private(set) var files: [TopicFile]

    var definitions: [TopicDefinition] { files.compactMap(\.definition) }
    var findings: [Finding] { files.flatMap(\.findings) }

    /// Reads every `.yaml` and `.yml` in the folder, in the order of their names.
    init(_ folder: String) throws(SmallFile.Problem) {
        var files: [TopicFile] = []
        for path in try Self.yamlFiles(in: folder) {
            let bytes = try SmallFile.read(path, bytesMax: YAMLDocument.bytesMax)
            files.append(TopicFile(path: path, document: YAMLDocument(parsing: bytes, source: path)))
        }
        guard !files.isEmpty else {
            throw SmallFile.Problem(
                problem: "holds no .yaml file", mend: "Write one per topic, with name, key and partitions.")
        }
        self.init(files)
    }

    /// Checks also what only several files together, or a file and its schema, can break.
    init(_ files: [TopicFile]) {
        self.files = files
        checkSchemas()
        checkNames()
        checkPartitions()
    }

    /// The paths of the YAML files in a folder, in the order of their names.
    static func yamlFiles(in folder: String) throws(SmallFile.Problem) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            _ = try SmallFile.read(folder, bytesMax: 0)  // Says why, if it is missing or forbidden.
            throw SmallFile.Problem(problem: "cannot be listed", mend: "Name a folder.")
        }
        let start = folder.hasSuffix("/") ? folder : "\(folder)/"
        return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { start + $0 }
    }

    private mutating func checkSchemas() {
        for index in files.indices {
            guard let schema = files[index].definition?.schema else { continue }
            let folder = URL(filePath: files[index].path).deletingLastPathComponent()
            let path = schema.hasPrefix("/") ? schema : folder.appending(path: schema).relativePath
            do throws(SmallFile.Problem) {
                let bytes = try SmallFile.read(path, bytesMax: 1 << 20)
                let json = try? JSONSerialization.jsonObject(with: Data(bytes))
                if json is [String: Any] { continue }
                files[index].report("schema", "names \(path), which is not a JSON object", "Mend that file.")
            } catch {
                files[index].report("schema", "names \(path), which \(error.problem)", error.mend)
            }
        }
    }

    private mutating func checkNames() {
        var places: [String: String] = [:]
        for index in files.indices {
            guard let name = files[index].definition?.name else { continue }
            if let other = places[name] {
                files[index].report("name", "is that of \(other)", "Give each topic one file.")
            }
            places[name] = files[index].path
        }
    }

    /// A task reads partition p of every topic with the user's key, so they need the same number of them.
    private mutating func checkPartitions() {
        let keyed = files.indices.filter { files[$0].definition?.key == TopicDefinition.userKey }
        guard let first = keyed.first.flatMap({ files[$0].definition }) else { return }
        for index in keyed {
            guard let partitions = files[index].definition?.partitions, partitions != first.partitions else {
                continue
            }
            files[index].report(
                "partitions",
                "is \(partitions), but \(first.name) has \(first.partitions), and both are keyed by user",
                "Give them the same number, so that a user's events meet in one task.")
        }
    }
}
