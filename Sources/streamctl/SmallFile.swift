import Glibc
import Telemetry

/// A file that is read whole: settings, topics, schemas, pages.
enum SmallFile {
    /// Why not, as the end of a sentence about the path, and the mend.
    struct Problem: Error, Equatable {
        var problem: String
        var mend: String
    }

    /// At most `bytesMax` and one more byte, so that whoever has a limit can see that it was passed.
    static func read(_ path: String, bytesMax: Int) throws(Problem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= bytesMax {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw problem(errno) }
            guard count > 0 else { break }
            bytes += block[..<count]
        }
        return bytes.count > bytesMax ? Array(bytes[...bytesMax]) : bytes
    }

    static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    private static func problem(_ code: Int32) -> Problem {
        switch code {
        case ENOENT, ENOTDIR: Problem(problem: "does not exist", mend: "Check the path.")
        case EISDIR: Problem(problem: "is a folder", mend: "Name a file in it.")
        case EACCES, EPERM:
            Problem(
                problem: "may not be read by this user",
                mend: "Allow it with 'chmod u+r', or run as its owner.")
        default:
            Problem(
                problem: "cannot be read: \(String(cString: strerror(code)))",
                mend: "Check the disk, then try again.")
        }
    }
}
