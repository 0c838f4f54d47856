import Foundation
import Glibc

/// A folder of our own that only we can enter, removed with all it holds unless it is kept.
struct TemporaryFolder: ~Copyable {
    let path: String
    private var isKept = false

    /// Makes `<TMPDIR or /tmp>/<prefix>XXXXXX` with mode 0700.
    ///
    /// - Parameter pathBytesMax: how long the path of a file in it may become; where `TMPDIR` leaves no room for a
    ///   name of 20 bytes, `/tmp` is used.
    init(prefix: String, pathBytesMax: Int) throws(PrivateRedis.Problem) {
        let wanted = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let fits = wanted.utf8.count + prefix.utf8.count + 28 <= pathBytesMax
        let parent = fits && !wanted.isEmpty ? wanted : "/tmp"
        var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PrivateRedis.Problem(
                "No folder for a private Redis can be made in \(parent): \(String(cString: strerror(errno)))",
                mend: "Point TMPDIR at a folder that is writable.")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        // What cannot be removed is left to whatever sweeps the system's temporary folder.
        if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }

    mutating func keep() { isKept = true }
}
