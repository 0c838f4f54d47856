/// A file of the tree, with its code and its comments apart, so that a rule about code does not trip over a sentence
/// and no rule trips over a string.
struct SourceFile {
    /// From the root: `Sources/Events/Event.swift`.
    let path: String
    let text: String
    /// The lines without comments and with empty strings.
    let code: [String]
    /// What stands in comments, line by line.
    let comments: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var scanner = SourceScanner(text)
        scanner.scan()
        self.code = Self.lines(scanner.code)
        self.comments = Self.lines(scanner.comments)
    }

    private var parts: [Substring] { path.split(separator: "/") }

    /// `Events` for `Sources/Events/…` and `EventsTests` for `Tests/EventsTests/…`.
    var target: String? { parts.count > 2 ? String(parts[1]) : nil }
    var isTest: Bool { path.hasPrefix("Tests/") }
    var isSwift: Bool { path.hasSuffix(".swift") }
    /// `Event` for `Event.swift`, and `Event+JSON` for `Event+JSON.swift`.
    var name: String { String((parts.last ?? "").split(separator: ".").first ?? "") }

    /// The modules that are imported, with their lines from 1.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@" || $0 == "#") }
            guard let keyword = words.firstIndex(of: "import"),
                words[..<keyword].allSatisfy({ $0.hasPrefix("@") || Self.accessWords.contains($0) })
            else { return nil }
            let rest = words[(keyword + 1)...].drop { Self.kindWords.contains($0) }
            return rest.first.map { (String($0), index + 1) }
        }
    }

    private static let accessWords: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let kindWords: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
