/// How a command ends when it cannot do what it was asked: printed as `error: …`, then the exit code.
struct CommandFailure: Error, Equatable, Sendable {
    var code: ExitCode
    /// What is wrong and where, with the mend as its last sentence; no secrets.
    var message: String

    init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
