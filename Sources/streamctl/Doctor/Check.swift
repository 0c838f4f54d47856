/// One line of `doctor`: what was looked at, how it is, and what to do about it.
struct Check: Equatable, Sendable {
    /// The raw values stand in the output that programs read.
    enum Level: String, Sendable {
        case ok
        /// It works, but hardly as it was meant.
        case warn
        /// `run` would stop, or wait for ever.
        case fail
    }

    /// `kafka`, `topics`, `redis`, `state`.
    var subject: String
    var level: Level
    /// A sentence.
    var message: String
    /// One or more sentences; empty where all is well.
    var mend: String

    init(_ subject: String, _ level: Level, _ message: String, mend: String = "") {
        self.subject = subject
        self.level = level
        self.message = message
        self.mend = mend
    }
}
