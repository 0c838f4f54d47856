/// Words on the command line that mean nothing to the program.
struct UsageError: Error, Equatable, Sendable {
    /// What is wrong, with the mend.
    var problem: String
    /// The command whose help says more: `streamctl topics plan`.
    var path: String

    /// One line: the problem, the mend and where to read on.
    var message: String { "\(problem) See '\(path) --help'." }
}
