import KafkaLog

/// Which dead letters a command is about: all of them, unless something is said.
struct LetterChoice: Sendable {
    static let rule = Parameter<[String]>.repeated(
        "rule", "NAME", as: .text("the name of a rule, such as missing-rating"),
        "Only letters refused by this rule.")
    static let from = Parameter<Int64?>.option(
        "from", "TIME", as: .time, "Only letters that were kept at this time or later.")
    static let to = Parameter<Int64?>.option("to", "TIME", as: .time, "Only letters kept before this time.")
    static let partition = Parameter<Int?>.option(
        "partition", "N", as: .number(in: 0...Int(Int32.max)), "Only this partition of the dead letters.")
    static let at = Parameter<ClosedRange<Int64>?>.option(
        "at", "OFFSETS", as: .offsets, "Only these offsets: 120, 120-180 or 120-; with --partition.")

    static let parameters: [any DeclaredParameter] = [rule, from, to, partition, at]

    var rules: Set<String>
    var times: Range<Int64>
    var partition: Int32?
    var offsets: ClosedRange<Int64>

    static let all = LetterChoice()

    private init() {
        (rules, times, partition, offsets) = ([], .min ..< .max, nil, 0...Int64.max)
    }

    /// - Parameter command: as it is called, for the help that an error points to.
    init(_ arguments: Arguments, command: String) throws(CommandFailure) {
        let (from, to) = (arguments[Self.from] ?? .min, arguments[Self.to] ?? .max)
        guard from < to else {
            throw CommandFailure(
                .wrongUsage, "'--from' must be before '--to'. See 'streamctl \(command) --help'.")
        }
        guard arguments[Self.at] == nil || arguments[Self.partition] != nil else {
            throw CommandFailure(
                .wrongUsage,
                "'--at' needs '--partition': each partition counts its offsets anew. "
                    + "See 'streamctl \(command) --help'.")
        }
        rules = Set(arguments[Self.rule])
        times = from..<to
        partition = arguments[Self.partition].map(Int32.init)
        offsets = arguments[Self.at] ?? 0...Int64.max
    }

    func contains(_ letter: borrowing KeptLetter) -> Bool {
        guard offsets.contains(letter.place.offset), rules.isEmpty || rules.contains(letter.ruleName) else {
            return false
        }
        // A record without a time is as old as can be.
        return times.contains(letter.keptMs ?? .min)
    }

    /// Begins where `--offset` says: letters that are older are not chosen, wherever the reading begins.
    mutating func begin(at offset: StartOffset, nowMs: Int64) -> LetterStart {
        switch offset {
        case .earliest: return start
        case .latest: return .latest
        case .at(let epochMs): times = min(epochMs, times.upperBound)..<times.upperBound
        case .last(let ms): times = min(nowMs - ms, times.upperBound)..<times.upperBound
        }
        return start
    }

    /// Where each partition is to be read from, so that nothing of the choice is missed.
    var start: LetterStart {
        if offsets.lowerBound > 0 { return .offset(offsets.lowerBound) }
        return times.lowerBound > .min ? .timestamp(times.lowerBound) : .earliest
    }
}

extension KeptLetter {
    /// What letters are told apart by: ours name a rule, those of other writers at least a class.
    var ruleName: String { text(of: .rule) ?? text(of: .exceptionClass) ?? "(none)" }
}
