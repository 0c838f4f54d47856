/// Something to mend in a settings file, in an override or in a topic file.
package struct Finding: Equatable, Sendable {
    package enum Level: String, Sendable {
        /// `run` refuses to start.
        case error
        /// It works, but hardly as it was meant.
        case warning
    }

    /// What a reader can take in; where more is wrong, the rest waits until these are mended.
    package static let countMax = 100

    package var level: Level
    /// The file's name as it was given, or `--set <key>`.
    package var source: String
    /// From 1; `nil` where there is no line, as in an override.
    package var line: Int?
    /// The key with dots between its parts; empty when the finding is about the file as a whole.
    package var path: String
    /// What is wrong, as a sentence without its subject (the path) and its full stop.
    package var problem: String
    /// What to do, as one or more whole sentences.
    package var mend: String

    package init(
        level: Level = .error, source: String, line: Int? = nil, path: String = "", problem: String,
        mend: String
    ) {
        self.level = level
        self.source = source
        self.line = line
        self.path = path
        self.problem = problem
        self.mend = mend
    }
}

extension Finding: CustomStringConvertible {
    /// `config/freshet.yaml:12: error: window.latenes_seconds is not a known key. Did you mean …?`, the form
    /// that editors can jump to.
    package var description: String {
        let place = line.map { "\(source):\($0)" } ?? source
        let subject = path.isEmpty ? "" : "\(path) "
        return "\(place): \(level.rawValue): \(subject)\(problem). \(mend)"
    }
}
