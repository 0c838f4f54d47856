/// Names, each once: a list in YAML, or in one text with commas between them.
struct NameList: Notation {
    let noun: String

    private static let countMax = 10_000
    private static let bytesMax = 128

    var expectation: String { "a list of \(noun), such as [a, b]" }
    var range: String { "list of \(noun)" }
    var isList: Bool { true }

    /// A text that begins with a line break has one name in each line: so a list in YAML comes here, whose names may
    /// hold commas.
    func read(_ text: String) throws(Fault) -> [String] {
        let isListed = text.hasPrefix("\n")
        let inner =
            !isListed && text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
        if inner.allSatisfy({ $0 == " " }) { return [] }
        let separator: Character = isListed ? "\n" : ","
        let parts = (isListed ? inner.dropFirst() : inner).split(
            separator: separator, omittingEmptySubsequences: false)
        guard parts.count <= Self.countMax else {
            throw Fault("has \(parts.count) entries, more than \(WholeNumber.grouped(Self.countMax))")
        }
        var names: [String] = []
        for part in parts {
            let name = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            guard !name.isEmpty else { throw Fault("has an empty entry") }
            _ = try PlainText(bytesMax: Self.bytesMax).read(name)
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    func show(_ names: [String]) -> String { "[\(names.joined(separator: ", "))]" }
}
