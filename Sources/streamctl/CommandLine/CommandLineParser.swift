/// Finds out what the words of a command line ask for.
struct CommandLineParser: Sendable {
    /// The program itself, with its commands.
    let program: Command

    enum Request: Sendable {
        case run(Command, Arguments)
        /// The text of a help page.
        case help(String)
        case version
    }

    /// - Parameter words: without the name of the program.
    func request(for words: [String]) throws(UsageError) -> Request {
        if words.first == "help" { return .help(try helpPage(for: words.dropFirst())) }
        if words.first == "--version" { return .version }

        var path = [program]
        var command = program
        var rest = words[...]
        while !command.subcommands.isEmpty {
            if rest.first == "--help" || rest.first == "-h" { return .help(HelpPage(path).text) }
            command = try subcommand(of: path, named: rest.popFirst())
            path.append(command)
        }
        var sorter = ArgumentSorter(command, path: Self.text(of: path))
        try sorter.sort(rest)
        if sorter.asksForHelp { return .help(HelpPage(path).text) }
        let arguments = try Arguments(sorter.texts, of: command.parameters, path: Self.text(of: path))
        return .run(command, arguments)
    }

    /// `help`, `help replay`, `help topics plan`.
    private func helpPage(for words: ArraySlice<String>) throws(UsageError) -> String {
        var path = [program]
        for word in words where !["--help", "-h"].contains(word) {
            path.append(try subcommand(of: path, named: word))
        }
        return HelpPage(path).text
    }

    private func subcommand(of path: [Command], named word: String?) throws(UsageError) -> Command {
        let commands = path.last?.subcommands ?? []
        if let word, let command = commands.first(where: { $0.name == word }) { return command }

        let names = commands.map(\.name)
        let isProgram = path.count == 1
        let problem: String
        switch word {
        case _ where commands.isEmpty:
            problem = "'\(Self.text(of: path))' has no commands of its own: leave out what follows it."
        case nil:
            problem = "missing command: write '\(Self.text(of: path)) COMMAND', one of \(listed(names))."
        case let word? where word.hasPrefix("-"):
            let known = isProgram ? ["--help", "--version"] : ["--help"]
            let hint = nearestName(to: word, among: known).map { "Did you mean '\($0)'?" }
            let mend = hint ?? "Options come after the command."
            problem = "unknown option \(Misreading.shown(word)). \(mend)"
        case let word?:
            let hint = nearestName(to: word, among: isProgram ? names + ["help"] : names)
            let mend = hint.map { "Did you mean '\($0)'?" } ?? "There are \(listed(names))."
            problem = "unknown command \(Misreading.shown(word)). \(mend)"
        }
        throw UsageError(problem: problem, path: Self.text(of: path))
    }

    private static func text(of path: [Command]) -> String {
        path.map(\.name).joined(separator: " ")
    }

    private func listed(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "none" }
        return "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }
}
