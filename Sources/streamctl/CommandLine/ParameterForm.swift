/// What the parser and the help page know of a parameter; its type is known to `Parameter`.
struct ParameterForm: Equatable, Sendable {
    enum Kind: Sendable {
        /// Known by its place: `FILE`.
        case operand
        /// Known by its name, with a value: `--limit N`.
        case option
        /// Known by its name, without a value: `--json`.
        case flag
    }

    var kind: Kind
    /// `limit` for `--limit`; `FILE` for an operand.
    var name: String
    var short: Character?
    /// What stands for the value in the help: `N`.
    var valueName = ""
    /// Sentences for the help page.
    var help: String
    /// How often it may be given.
    var occurs: ClosedRange<Int>
    /// What holds when it is left out, as it would be written.
    var defaultText: String?

    /// As in an error: `'--limit'`, or `FILE`.
    var shown: String { kind == .operand ? name : "'--\(name)'" }

    /// As in a usage line: `FILE...`, `[USER]`.
    var usage: String {
        let repeated = occurs.upperBound > 1 ? "\(name)..." : name
        return occurs.lowerBound == 0 ? "[\(repeated)]" : repeated
    }
}
