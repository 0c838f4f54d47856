/// How files and targets are called and how long they are.
enum ShapeRules {
    static let linesMax = 400

    static func findings(in file: SourceFile) -> [Finding] {
        lengthFindings(in: file) + nameFindings(in: file)
    }

    /// Targets say what they own.
    static func findings(inTargets names: [String]) -> [Finding] {
        let vague = ["utilities", "utils", "helpers", "common", "shared", "misc"]
        return names.filter { vague.contains($0.lowercased()) }.map {
            Finding(
                path: "Sources/\($0)", problem: "'\($0)' does not say what the target owns",
                mend:
                    "Call it after what it forbids others to do, or make it a folder of the target that needs it"
            )
        }
    }

    private static func lengthFindings(in file: SourceFile) -> [Finding] {
        let count = file.text.utf8.count { $0 == UInt8(ascii: "\n") }
        guard count > linesMax else { return [] }
        return [
            Finding(
                path: file.path, problem: "\(count) lines, and \(linesMax) are the most",
                mend: "Move one aspect into Type+Aspect.swift, or a type into a file of its own")
        ]
    }

    /// A file that declares types is called after one of them, or `Type+Aspect`. Files of functions are free, and
    /// so are tests.
    private static func nameFindings(in file: SourceFile) -> [Finding] {
        if file.path.contains(" ") {
            return [Finding(path: file.path, problem: "there is a blank in the path", mend: "Leave it out")]
        }
        guard file.isSwift, !file.isTest, file.target != nil else { return [] }
        let types = declaredTypes(in: file)
        let owner = String(file.name.split(separator: "+").first ?? "")
        guard !types.isEmpty, !types.contains(owner) else { return [] }
        return [
            Finding(
                path: file.path, problem: "no type in it is called \(owner)",
                mend: "Call the file \(types[0]).swift, or \(types[0])+Aspect.swift for an extension")
        ]
    }

    /// The types that are declared or extended at the outermost level, in order.
    private static func declaredTypes(in file: SourceFile) -> [String] {
        let kinds: Set<Substring> = [
            "struct", "class", "enum", "actor", "protocol", "typealias", "extension",
        ]
        var depth = 0
        var types: [String] = []
        for line in file.code {
            if depth == 0 {
                let words = line.split { !($0.isLetter || $0.isNumber || "_.".contains($0)) }
                if let kind = words.firstIndex(where: { kinds.contains($0) }), kind + 1 < words.count,
                    !words[..<kind].contains(where: {
                        ["func", "let", "var", "import", "private"].contains($0)
                    })
                {
                    types.append(String(words[kind + 1].split(separator: ".").last ?? ""))
                }
            }
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
        }
        return types
    }
}
