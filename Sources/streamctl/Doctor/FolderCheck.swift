import Glibc

/// Whether the state folder is there or can be made, can be written to, and has room.
enum FolderCheck {
    /// Below this a person should look.
    private static let roomyBytes: UInt64 = 1 << 30
    /// Below this nothing sensible fits.
    private static let leastBytes: UInt64 = 64 << 20

    static func look(_ path: String) -> [Check] {
        var facts = stat()
        if stat(path, &facts) == 0 {
            guard facts.st_mode & S_IFMT == S_IFDIR else {
                return [
                    Check(
                        "state", .fail, "'\(path)' is not a folder.",
                        mend: "Move it away, or set state.folder to another place.")
                ]
            }
            return writable(path, "'\(path)' can be written to")
        }
        let reason = errno
        guard reason == ENOENT, let parent = nearestFolder(above: path) else {
            return [
                Check(
                    "state", .fail, "'\(path)' cannot be reached: \(String(cString: strerror(reason))).",
                    mend: "Set state.folder to a folder of this user.")
            ]
        }
        return writable(parent, "'\(path)' is not there yet and can be made")
    }

    private static func writable(_ folder: String, _ message: String) -> [Check] {
        guard access(folder, W_OK | X_OK) == 0 else {
            return [
                Check(
                    "state", .fail, "'\(folder)' cannot be written to: \(String(cString: strerror(errno))).",
                    mend:
                        "Give this user the right with chown or chmod, or set state.folder to another place.")
            ]
        }
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { return [Check("state", .ok, "\(message).")] }
        let bytes = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
        let room = "\(message); \(inUnits(bytes)) are free."
        let mend = "Make room on its disk, or set state.folder to another one."
        if bytes < leastBytes { return [Check("state", .fail, room, mend: mend)] }
        return [bytes < roomyBytes ? Check("state", .warn, room, mend: mend) : Check("state", .ok, room)]
    }

    /// The nearest folder above a path that is not there; `nil` where something else is in the way.
    private static func nearestFolder(above path: String) -> String? {
        var path = path[...]
        while true {
            while path.last == "/" { path.removeLast() }
            guard let slash = path.lastIndex(of: "/") else { return "." }
            path = path[..<slash]
            if path.isEmpty { return "/" }
            var facts = stat()
            if stat(String(path), &facts) == 0 {
                return facts.st_mode & S_IFMT == S_IFDIR ? String(path) : nil
            }
            guard errno == ENOENT else { return nil }
        }
    }

    /// `1.5 GB`, in powers of ten.
    private static func inUnits(_ bytes: UInt64) -> String {
        let (unit, name): (UInt64, String) =
            bytes >= 1_000_000_000 ? (1_000_000_000, "GB") : (1_000_000, "MB")
        return "\(bytes / unit).\(bytes % unit / (unit / 10)) \(name)"
    }
}
