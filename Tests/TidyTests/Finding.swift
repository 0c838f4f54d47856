/// A rule that is broken: where, what, and what to write instead.
struct Finding: Equatable, CustomStringConvertible {
    var path: String
    /// From 1; `nil` where the whole file is meant.
    var line: Int?
    var problem: String
    var mend: String

    var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(problem). \(mend)." }
}
