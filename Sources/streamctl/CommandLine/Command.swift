/// A verb of the program: what it takes, what it says about itself and what it does. The parser and the help pages
/// are made from the same value, so they cannot disagree.
struct Command: Sendable {
    typealias Body = @Sendable (Arguments) throws(CommandFailure) -> ExitCode

    let name: String
    /// One line, without a full stop.
    let summary: String
    /// Paragraphs for the help page.
    var discussion: [String] = []
    /// In the order of the help page; operands in the order in which they are written.
    var parameters: [any DeclaredParameter] = []
    /// Options of which at most one may be given.
    var exclusive: [ParameterForm] = []
    /// Where there are any, the command itself does nothing.
    var subcommands: [Command] = []
    var examples: [Example] = []
    /// When the command ends with `ExitCode.failed`.
    var failsWhen = "it could not be done; the reason is on standard error"
    /// `nil` for a command with sub-commands.
    var body: Body?

    struct Example: Sendable {
        var purpose: String
        var line: String
    }

    var operands: [ParameterForm] { parameters.map(\.form).filter { $0.kind == .operand } }
    var options: [ParameterForm] { parameters.map(\.form).filter { $0.kind != .operand } }
}
