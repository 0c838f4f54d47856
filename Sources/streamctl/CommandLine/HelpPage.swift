/// The help of a command as text, at most 80 columns wide.
struct HelpPage {
    private let path: [Command]
    private let command: Command
    private let width = 80

    /// - Parameter path: from the program down to the command; not empty.
    init(_ path: [Command]) {
        precondition(!path.isEmpty, "a help page needs a command")
        self.path = path
        self.command = path[path.count - 1]
    }

    var text: String {
        var sections = [wrapped("\(name): \(command.summary).", indent: 0)]
        sections += command.discussion.map { wrapped($0, indent: 0) }
        sections.append(usage)
        sections.append(table("Commands", command.subcommands.map { ($0.name, $0.summary) } + helpCommand))
        sections.append(table("Arguments", command.operands.map { ($0.usage, $0.help) }))
        sections.append(table("Options", command.options.map { (label($0), help($0)) } + helpOptions))
        sections.append(examples)
        sections.append(exitCodes)
        return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var name: String { path.map(\.name).joined(separator: " ") }
    private var isProgram: Bool { path.count == 1 }

    // MARK: Sections

    private var usage: String {
        let words: [String]
        if command.subcommands.isEmpty {
            let required = command.options.filter { $0.occurs.lowerBound > 0 }.map {
                "--\($0.name) \($0.valueName)"
            }
            words = [name] + required + ["[OPTIONS]"] + command.operands.map(\.usage)
        } else {
            words = [name, "COMMAND", "[OPTIONS]"]
        }
        return "Usage: \(words.joined(separator: " "))"
    }

    private var helpCommand: [(String, String)] {
        isProgram ? [("help", "Show the help of a command: 'help topics plan'")] : []
    }

    private var helpOptions: [(String, String)] {
        let version = isProgram ? [("    --version", "Show the version.")] : []
        return version + [("-h, --help", "Show this page.")]
    }

    private func label(_ form: ParameterForm) -> String {
        let short = form.short.map { "-\($0), " } ?? "    "
        return "\(short)--\(form.name)\(form.valueName.isEmpty ? "" : " \(form.valueName)")"
    }

    private func help(_ form: ParameterForm) -> String {
        var notes: [String] = []
        if form.occurs.lowerBound > 0 { notes.append("required") }
        if form.kind == .option && form.occurs.upperBound > 1 { notes.append("repeatable") }
        if let text = form.defaultText { notes.append("default: \(text)") }
        return notes.isEmpty ? form.help : "\(form.help) (\(notes.joined(separator: "; ")))"
    }

    private var examples: String {
        guard !command.examples.isEmpty else { return "" }
        return "Examples:\n"
            + command.examples.map { "  \($0.purpose):\n    \($0.line)" }.joined(separator: "\n")
    }

    private var exitCodes: String {
        let meanings = ExitCode.allCases.map { code in
            switch code {
            case .done: ("\(code.rawValue)", "done")
            case .failed: ("\(code.rawValue)", isProgram ? "failed" : "failed: \(command.failsWhen)")
            case .wrongUsage: ("\(code.rawValue)", "wrong usage")
            case .badConfiguration: ("\(code.rawValue)", "bad configuration")
            }
        }
        return command.subcommands.isEmpty || isProgram ? table("Exit codes", meanings) : ""
    }

    // MARK: Layout

    /// Two columns; a label that is too long for its column gets a line of its own.
    private func table(_ title: String, _ rows: [(label: String, text: String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let widest = 26
        let column = min(rows.map(\.label.count).max() ?? 0, widest)
        let lines = rows.map { row in
            let text = wrapped(row.text, indent: column + 4)
            guard row.label.count <= column else { return "  \(row.label)\n\(text)" }
            let gap = String(repeating: " ", count: column - row.label.count + 2)
            return "  \(row.label)\(gap)\(text.drop { $0 == " " })"
        }
        return "\(title):\n\(lines.joined(separator: "\n"))"
    }

    /// Breaks at blanks; each line begins with the indent.
    private func wrapped(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = margin
        for word in text.split(separator: " ") {
            if line.count > indent && line.count + 1 + word.count > width {
                lines.append(line)
                line = margin
            }
            line += (line.count > indent ? " " : "") + word
        }
        lines.append(line)
        return lines.joined(separator: "\n")
    }
}
