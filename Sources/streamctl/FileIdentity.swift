import Glibc

/// Which file a path leads to: the same for links and for other spellings of the path.
struct FileIdentity: Equatable {
    private let device: dev_t
    private let number: ino_t

    /// `nil` where there is no such file; `-` is standard input.
    init?(_ path: String) {
        var facts = stat()
        guard (path == "-" ? fstat(STDIN_FILENO, &facts) : stat(path, &facts)) == 0 else { return nil }
        (device, number) = (facts.st_dev, facts.st_ino)
    }

    /// Refuses to write a file that is being read.
    ///
    /// - Parameters:
    ///   - path: what an option asks to write.
    ///   - inputs: what is read; `-` is standard input.
    static func check(
        _ path: String, of option: String, against inputs: [String]
    ) throws(CommandFailure) {
        guard let output = FileIdentity(path) else { return }
        guard let input = inputs.first(where: { FileIdentity($0) == output }) else { return }
        throw CommandFailure(
            .wrongUsage,
            "'\(option)' would write over \(fileName(input)), which is read. Give it another path.")
    }
}
