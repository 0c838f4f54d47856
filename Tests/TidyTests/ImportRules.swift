/// Who may import whom.
enum ImportRules {
    static func findings(in file: SourceFile) -> [Finding] {
        guard file.isSwift, let target = file.target else { return [] }
        guard let allowed = Rooms.allowed(for: target) else {
            return [
                Finding(
                    path: file.path, problem: "the target \(target) has no place in the design",
                    mend:
                        "Draw its arrows in Tests/TidyTests/Rooms.swift, or move the file into a room that exists"
                )
            ]
        }
        return file.imports.compactMap { module, line in
            let isOurs = Rooms.arrows[module] != nil || Rooms.c.contains(module)
            if isOurs && !allowed.contains(module) {
                return forbidden(module, in: target, at: line, of: file)
            }
            if Rooms.pure.contains(target) && impure.contains(module) {
                return Finding(
                    path: file.path, line: line, problem: "\(target) is pure and imports \(module)",
                    mend:
                        "Take what it offers as an argument, or move the code into the shell; mathematics is in Glibc"
                )
            }
            return nil
        }
    }

    /// What the manifest lets a room depend on must not be wider than the arrows.
    static func findings(inManifest text: String) -> [Finding] {
        text.matches(of: /room\("(?<room>\w+)"(?:, \[(?<names>[^\]]*)\])?/).flatMap { match in
            let room = String(match.room)
            let names = (match.names ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
            guard let allowed = Rooms.arrows[room] else {
                return [
                    Finding(
                        path: "Package.swift", problem: "the target \(room) has no place in the design",
                        mend: "Draw its arrows in Tests/TidyTests/Rooms.swift")
                ]
            }
            return names.filter { !allowed.contains($0) }.map {
                Finding(
                    path: "Package.swift", problem: "\(room) may not depend on \($0)",
                    mend: "Take it out of the dependencies of \(room), which may have \(listed(allowed))")
            }
        }
    }

    private static let impure: Set<String> = ["Foundation", "FoundationEssentials", "Dispatch"]

    private static func forbidden(_ module: String, in target: String, at line: Int, of file: SourceFile)
        -> Finding
    {
        let owner = Rooms.arrows.filter { $0.value.contains(module) }.keys.sorted().first ?? "nobody"
        let mend =
            Rooms.c.contains(module)
            ? "Only \(owner) imports \(module): call \(owner), or give it the function that is missing"
            : "\(target) may import \(listed(Rooms.allowed(for: target) ?? [])): pass the value in, or use a port"
        return Finding(path: file.path, line: line, problem: "\(target) may not import \(module)", mend: mend)
    }

    private static func listed(_ names: Set<String>) -> String {
        names.isEmpty ? "nothing of ours" : names.sorted().joined(separator: ", ")
    }
}
