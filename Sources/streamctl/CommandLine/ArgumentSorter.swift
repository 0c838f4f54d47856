/// Sorts the words behind a command into its parameters, by the conventions of GNU and POSIX: `--name value`,
/// `--name=value`, `-n 10`, `-n10`, options and operands in any order, and nothing but operands after `--`.
struct ArgumentSorter {
    /// What was given to each option, by its name, in order. A flag gets an empty text each time.
    private(set) var texts: [String: [String]] = [:]
    private(set) var asksForHelp = false

    private let command: Command
    /// As in an error: `streamctl topics plan`.
    private let path: String
    private var operands: [String] = []

    init(_ command: Command, path: String) {
        self.command = command
        self.path = path
    }

    /// Sorts all words and checks how often each parameter was given; stops early when help is asked for.
    mutating func sort(_ words: ArraySlice<String>) throws(UsageError) {
        var rest = words
        while let word = rest.popFirst() {
            if word == "--help" || word == "-h" {
                asksForHelp = true
                return
            } else if word == "--" {
                operands += rest
                break
            } else if word.hasPrefix("--") {
                try sortLong(word, &rest)
            } else if Self.isOption(word) {
                try sortShort(word, &rest)
            } else {
                operands.append(word)
            }
        }
        try placeOperands()
        try checkOptions()
    }

    /// A dash alone is standard input, and a dash before a digit or a point is a negative number.
    private static func isOption(_ word: String) -> Bool {
        guard word.hasPrefix("-"), let second = word.dropFirst().first else { return false }
        return !("0"..."9").contains(second) && second != "."
    }

    // MARK: Options

    private mutating func sortLong(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let halves = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let form = command.options.first(where: { $0.name == halves[0] }) else {
            throw unknown("--\(halves[0])", meaning: String(halves[0]))
        }
        try give(form, halves.count == 2 ? String(halves[1]) : nil, &rest)
    }

    /// `-n 10`, `-n10`, or several flags together.
    private mutating func sortShort(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let form = command.options.first(where: { $0.short == letter }) else {
                throw unknown(word, meaning: String(word.dropFirst()))
            }
            if form.kind == .flag {
                try give(form, nil, &rest)
            } else {
                return try give(form, letters.isEmpty ? nil : String(letters), &rest)
            }
        }
    }

    /// - Parameter attached: the value that came in the same word.
    private mutating func give(
        _ form: ParameterForm, _ attached: String?, _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        guard form.kind == .option else {
            guard attached == nil else {
                throw problem("option '--\(form.name)' takes no value: write '--\(form.name)' alone.")
            }
            texts[form.name, default: []].append("")
            return
        }
        if let attached {
            texts[form.name, default: []].append(attached)
        } else if let next = rest.first, !Self.isOption(next) {
            texts[form.name, default: []].append(next)
            rest.removeFirst()
        } else {
            let dash = rest.isEmpty ? "" : " If it begins with a dash: '--\(form.name)=-…'."
            throw problem(
                "option '--\(form.name)' needs a value: write '--\(form.name) \(form.valueName)'.\(dash)")
        }
    }

    private func checkOptions() throws(UsageError) {
        for form in command.options {
            let count = texts[form.name]?.count ?? 0
            if count < form.occurs.lowerBound {
                throw problem("missing option '--\(form.name)': write '--\(form.name) \(form.valueName)'.")
            }
            if count > form.occurs.upperBound {
                throw problem("option '--\(form.name)' was given \(count) times: give it once.")
            }
        }
        let rivals = command.exclusive.filter { texts[$0.name] != nil }
        if rivals.count > 1 {
            let names = rivals.map(\.shown).joined(separator: " and ")
            throw problem("\(names) exclude one another: give one of them.")
        }
    }

    // MARK: Operands

    /// One word to each operand; those left to the last one, if it takes many.
    private mutating func placeOperands() throws(UsageError) {
        var rest = operands[...]
        for form in command.operands {
            let share = rest.prefix(form.occurs.upperBound)
            guard share.count >= form.occurs.lowerBound else {
                throw problem("missing \(form.name): write '\(path) \(usageOfOperands)'.")
            }
            texts[form.name] = Array(share)
            rest = rest.dropFirst(share.count)
        }
        guard let extra = rest.first else { return }
        let mend =
            command.operands.isEmpty
            ? "'\(path)' takes options only." : "write '\(path) \(usageOfOperands)'."
        throw problem("unexpected argument \(Misreading.shown(extra)): \(mend)")
    }

    private var usageOfOperands: String { command.operands.map(\.usage).joined(separator: " ") }

    // MARK: Errors

    private func problem(_ text: String) -> UsageError {
        UsageError(problem: text, path: path)
    }

    private func unknown(_ word: String, meaning name: String) -> UsageError {
        let nearest = nearestName(to: name, among: command.options.map(\.name) + ["help"])
        let hint = nearest.map { " Did you mean '--\($0)'?" } ?? ""
        return problem("unknown option \(Misreading.shown(word)).\(hint)")
    }
}
