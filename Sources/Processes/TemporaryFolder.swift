import Foundation
import Glibc

/// A folder of our own that only we can enter, removed with all it holds unless it is kept.
package struct TemporaryFolder: ~Copyable {
    package let path: String
    private var isKept = false

    /// Makes `<TMPDIR or /tmp>/<prefix>XXXXXX` with mode 0700.
    ///
    /// - Parameter pathBytesMax: how long the path of a file in it may become; where `TMPDIR` leaves no room for a
    ///   name of 20 bytes, `/tmp` is used.
    package init(prefix: String, pathBytesMax: Int = 4_096) throws(Problem) {
        let wanted = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let fits = wanted.utf8.count + prefix.utf8.count + 28 <= pathBytesMax
        let parent = fits && !wanted.isEmpty ? wanted : "/tmp"
        var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Problem(
                message: "No folder can be made in \(parent): \(String(cString: strerror(errno))). "
                    + "Point TMPDIR at a folder that is writable.")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        // What cannot be removed is left to whatever sweeps the system's temporary folder.
        if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }

    package mutating func keep() { isKept = true }

    /// Why there is no folder; ends with the mend.
    package struct Problem: Error {
        package let message: String
    }
}
