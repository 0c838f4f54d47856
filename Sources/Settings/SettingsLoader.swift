/// Puts a file and overrides into settings, one value at a time, and notes where each came from.
struct SettingsLoader<Subject: KeyedSettings> {
    private let source: String
    private let environment: [String: String]
    private var settings = Subject()
    private var findings: [Finding]
    private var origins: [String: Origin] = [:]
    /// Paths whose value was refused: rules that look at them would judge the default.
    private var refused: Set<String> = []
    private let option = Subject.overrideOption

    init(source: String, environment: [String: String], findings: [Finding]) {
        self.source = source
        self.environment = environment
        self.findings = findings
    }

    /// Takes a whole file.
    mutating func take(_ root: YAMLNode) {
        if root.isNull { return }
        guard let entries = root.entries else {
            return report(
                line: root.line, path: "", "The file is \(root.noun), not a group of keys",
                mend: "Begin with a key such as '\(Subject.groups.first ?? ""):' at the start of a line.")
        }
        take(entries, under: "")
    }

    /// Takes an override, `key.path=value`.
    mutating func take(override: String) {
        let path = String(override.prefix { $0 != "=" })
        guard path.count < override.count else {
            // Only what looks like a key is repeated: the rest could hold a password.
            let name = override.prefix { $0.isLetter || $0 == "." || $0 == "_" }
            return report(
                path: "\(option) \(name)", "has no '='", mend: "Write \(option) key.path=value.",
                at: .override)
        }
        let text = String(override.dropFirst(path.count + 1))
        switch KeyTable<Subject>.row(at: path) {
        case .value(let key, let name):
            set(key, name: name, path: path, text: text, origin: .override)
        case .group, .map:
            let child = KeyTable<Subject>.children(of: path).first ?? "client.id"
            report(
                path: path, "is a group of keys", mend: "Set one of its keys, such as \(path).\(child).",
                at: .override)
        case nil:
            report(
                path: path, "is not a known key", mend: KeyTable<Subject>.mend(forUnknown: path),
                at: .override)
        }
    }

    /// Checks what only two keys together can break.
    mutating func checkRules() {
        for rule in Subject.rules where refused.isDisjoint(with: rule.paths) {
            guard let fault = rule.check(settings) else { continue }
            let culprit = rule.paths.first { origins[$0] != nil } ?? rule.paths[0]
            report(
                path: rule.paths[0], fault.problem, mend: fault.mend ?? "", at: origins[culprit] ?? .standard)
        }
    }

    consuming func finish() -> Loaded<Subject> {
        if findings.count > Finding.countMax {
            findings.removeLast(findings.count - Finding.countMax)
            report(path: "", "There is more to find", mend: "Mend these first.", at: .standard, isLast: true)
        }
        let order = findings.indices.sorted {
            (findings[$0].line ?? .max, $0) < (findings[$1].line ?? .max, $1)
        }
        return Loaded(
            settings: settings, findings: order.map { findings[$0] }, origins: origins, source: source)
    }

    private mutating func take(_ entries: [YAMLNode.Entry], under prefix: String) {
        for entry in entries {
            if findings.count > Finding.countMax { return }
            let path = prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)"
            take(entry, path: path)
        }
    }

    private mutating func take(_ entry: YAMLNode.Entry, path: String) {
        let (line, value) = (entry.keyLine, entry.value)
        switch KeyTable<Subject>.row(at: path) {
        case .group, .map:
            if value.isNull { return }
            if let entries = value.entries { return take(entries, under: path) }
            let names = KeyTable<Subject>.children(of: path).joined(separator: ", ")
            report(
                line: line, path: path, "is \(value.noun), not a group of keys",
                mend: "Put its keys below it, indented\(names.isEmpty ? "" : ": \(names)").")
        case .value(let key, let name):
            guard let text = key.isList ? value.listText : value.text, !value.isNull else {
                refused.insert(path)
                let isListed = key.isList && value.items != nil
                let problem = isListed ? "has an entry that is not a single value" : "is \(value.noun)"
                return report(line: line, path: path, problem, mend: key.mend)
            }
            take(key, name: name, path: path, scalar: text, line: line)
        case nil:
            report(
                line: line, path: path, "is not a known key", mend: KeyTable<Subject>.mend(forUnknown: path))
        }
    }

    private mutating func take(_ key: KeyRow<Subject>, name: String, path: String, scalar: String, line: Int)
    {
        if case .file(let earlier)? = origins[path] {
            return report(
                line: line, path: path, "stands here for the second time, after line \(earlier)",
                mend: "Keep one of the two.")
        }
        do throws(Fault) {
            let value = try Interpolation(of: scalar, environment: environment)
            let origin: Origin =
                value.variables.isEmpty ? .file(line: line) : .environment(value.variables, line: line)
            set(key, name: name, path: path, text: value.text, origin: origin)
        } catch {
            refused.insert(path)
            report(line: line, path: path, error.problem, mend: error.mend ?? "")
        }
    }

    private mutating func set(
        _ key: KeyRow<Subject>, name: String, path: String, text: String, origin: Origin
    ) {
        origins[path] = origin
        do throws(Fault) {
            try key.write(&settings, name, text)
            if origin == .override { refused.remove(path) }
        } catch {
            refused.insert(path)
            report(path: path, error.problem, mend: error.mend ?? "", at: origin)
        }
    }

    private mutating func report(line: Int, path: String, _ problem: String, mend: String) {
        report(path: path, problem, mend: mend, at: .file(line: line))
    }

    private mutating func report(
        path: String, _ problem: String, mend: String, at origin: Origin, isLast: Bool = false
    ) {
        guard isLast || findings.count <= Finding.countMax else { return }
        switch origin {
        case .file(let line), .environment(_, let line):
            findings.append(Finding(source: source, line: line, path: path, problem: problem, mend: mend))
        case .standard:
            findings.append(Finding(source: source, path: path, problem: problem, mend: mend))
        case .override:
            findings.append(Finding(source: option, path: path, problem: problem, mend: mend))
        }
    }
}
