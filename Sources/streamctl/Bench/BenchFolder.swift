import Foundation

/// A folder that goes with its last owner, and everything in it.
final class BenchFolder {
    let path: String

    init() throws(CommandFailure) {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "freshet-bench-\(UUID().uuidString)")
        path = folder.path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        } catch {
            throw CommandFailure(
                .failed, "no folder can be made at \(path). Set TMPDIR to a folder with room for 3 GB.")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
