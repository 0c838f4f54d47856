import Foundation
import StateStore

/// A folder for one test, gone with the value.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array("\(NSTemporaryDirectory())/freshet-state-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Where a state may be kept; not made yet.
    var folder: StateFolder { StateFolder("\(path)/state") }

    func bytes(_ file: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: file))) }

    func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
        let url = URL(filePath: file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }
}
