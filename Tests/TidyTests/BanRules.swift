/// Words that do not stand in code, each with what to write instead.
enum BanRules {
    struct Ban: Sendable {
        var word: String
        var mend: String
    }

    /// In the pure rooms.
    static let pure: [Ban] = [
        .init(word: "Date(", mend: clock), .init(word: "ContinuousClock", mend: clock),
        .init(word: "SuspendingClock", mend: clock), .init(word: "clock_gettime(", mend: clock),
        .init(word: "gettimeofday(", mend: clock), .init(word: "time(nil", mend: clock),
        .init(word: "SystemRandomNumberGenerator", mend: dice), .init(word: ".random(", mend: dice),
        .init(word: ".randomElement(", mend: dice), .init(word: ".shuffled(", mend: dice),
        .init(word: ".shuffle(", mend: dice), .init(word: "arc4random", mend: dice),
        .init(word: "Foundation.", mend: "Take the value as an argument"),
        .init(
            word: ".addProduct(",
            mend:
                "Write 'sum += a * b' over SIMD lanes, or a kernel: without FMA it calls libm once per element"
        ),
    ]

    /// Everywhere.
    static let all: [Ban] = [
        .init(
            word: "fatalError(",
            mend: "Throw an error that ends with the mend, or use precondition for a caller's broken promise"),
        .init(word: "try!", mend: "Catch the error, or let the caller have it"),
        .init(
            word: "@unchecked Sendable",
            mend: "Use Mutex or Atomic, or say in a comment beside it why it is safe"),
    ]

    /// In tests.
    static let tests: [Ban] = ["sleep(", "usleep(", "nanosleep("].map {
        .init(word: $0, mend: "Wait for a condition, or move the fake clock")
    }

    /// In comments.
    static let unfinished: [Ban] = ["TODO", "FIXME"].map {
        .init(word: $0, mend: "Do it now, or open an issue and leave the code whole")
    }

    static func findings(in file: SourceFile) -> [Finding] {
        var bans = all
        if file.isTest { bans += tests }
        if let target = file.target, !file.isTest, Rooms.pure.contains(target) { bans += pure }
        return findings(of: bans, in: file.code, of: file)
            + findings(of: unfinished, in: file.comments, of: file)
    }

    private static func findings(of bans: [Ban], in lines: [String], of file: SourceFile) -> [Finding] {
        lines.enumerated().flatMap { index, line in
            bans.filter { stands($0.word, in: line) && !isArgued($0, at: index, in: file) }.map {
                Finding(
                    path: file.path, line: index + 1, problem: "'\($0.word)' does not belong here",
                    mend: $0.mend)
            }
        }
    }

    /// The word, and not the end of a longer one: `usleep(` is not `sleep(`.
    private static func stands(_ word: String, in line: String) -> Bool {
        guard line.contains(word) else { return false }
        let startsWithLetter = word.first?.isLetter == true
        return line.ranges(of: word).contains { range in
            guard startsWithLetter, range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || before == "_")
        }
    }

    /// `@unchecked Sendable` may stand where a comment on the line, or on one of the eight before, speaks of it.
    private static func isArgued(_ ban: Ban, at index: Int, in file: SourceFile) -> Bool {
        guard ban.word.hasPrefix("@") else { return false }
        return file.comments[max(0, index - 8)...index].contains { !$0.allSatisfy(\.isWhitespace) }
    }

    private static let clock = "Take the time as an argument: nowMs"
    private static let dice = "Take the seeded dice as an argument: the same seed gives the same state"
}
