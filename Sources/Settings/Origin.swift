/// Where a value comes from; later cases win over earlier ones.
package enum Origin: Equatable, Sendable {
    case standard
    /// The settings file, with the line.
    case file(line: Int)
    /// Environment variables that the file's line asks for.
    case environment([String], line: Int)
    /// `--set`.
    case override
}
