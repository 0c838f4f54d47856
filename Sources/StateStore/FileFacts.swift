import Glibc

/// What the file system says of a file.
struct FileFacts {
    let bytes: Int64

    /// `nil` where there is no such file.
    init?(_ path: String) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        bytes = Int64(facts.st_size)
    }
}
