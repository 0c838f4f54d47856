import Foundation

/// The files of the project as they lie on disk.
struct SourceTree {
    let root: URL

    /// The tree that this file is part of.
    static let project = SourceTree(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    /// Swift and C under `Sources` and `Tests`, and the manifest, in the order of their paths.
    func sourceFiles() throws -> [SourceFile] {
        let endings = [".swift", ".c", ".h", ".cpp"]
        let paths = try ["Sources", "Tests"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
                .filter { path in endings.contains { path.hasSuffix($0) } }
                .map { "\(folder)/\($0)" }
        }
        return try (["Package.swift"] + paths).sorted().map { SourceFile(path: $0, text: try text(of: $0)) }
    }

    func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func folders(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: path), includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent).sorted()
    }
}
