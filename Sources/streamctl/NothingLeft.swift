import Events
import Pipeline
import RatingFiles
import Telemetry

/// Rating files of which nothing can be used: what was refused, by rule, and the mend for the rule that refused most.
struct NothingLeft {
    /// What the ratings are wanted for, as `to learn`.
    private let purpose: String
    private let refusals: [(rule: String, count: UInt64, mend: String)]

    /// - Parameters:
    ///   - refused: sound rows that the core refuses, by rule.
    ///   - table: the rows that could be read.
    init(
        _ purpose: String, of files: [RatingFile], refused: [(rule: Rule, count: UInt64)] = [],
        table: RatingTable, rules: FieldRules
    ) {
        self.purpose = purpose
        let unreadable = RowFault.allCases.map { fault in
            (fault.rawValue, UInt64(files.reduce(0) { $0 + $1.refusals.count(of: fault) }), fault.mend)
        }
        let rejected = refused.map { rule, count in
            (rule.rawValue, count, rule.mend(table.columns, rules))
        }
        refusals = (unreadable + rejected).filter { $0.1 > 0 }
    }

    var failure: CommandFailure {
        let beginning = "there are no ratings \(purpose): "
        guard let most = refusals.max(by: { $0.count < $1.count }) else {
            return CommandFailure(
                .failed, beginning + "the files hold no rows. Name files with ratings in them.")
        }
        let counts = refusals.map { "\(grouped($0.count)) \($0.rule)" }
        return CommandFailure(
            .failed, beginning + "all were refused (\(counts.joined(separator: ", "))). \(most.mend)")
    }
}

extension RowFault {
    /// What to do about rows of which this is true.
    fileprivate var mend: String {
        switch self {
        case .wrongColumnCount: "Give each row as many columns as the first line has."
        case .brokenQuotes: "End quoted fields with a quote, and write a quote within them twice."
        case .emptyUser, .userTooLong: "Give each row a user id of 1 to 128 bytes."
        case .emptyItem, .itemTooLong: "Give each row an item id of 1 to 128 bytes."
        case .invalidUTF8: "Write the file as UTF-8: 'iconv -f LATIN1 -t UTF-8' does it for Latin-1."
        case .ratingNotANumber, .ratingNotFinite: "Write each rating as a decimal number, such as 4.5."
        case .unknownAction:
            "Say what its actions mean: '--action NAME=click', NAME as it stands in the file."
        case .timestampNotATime, .timestampOutOfRange:
            "Write each time as epoch seconds, epoch milliseconds or RFC 3339, within the years 1990 to 2099."
        case .lineTooLong: "End each row with a line feed."
        }
    }
}

extension Rule {
    /// What to do about rows of a file that break it.
    fileprivate func mend(_ columns: RatingColumns, _ rules: FieldRules) -> String {
        switch self {
        case .ratingOutOfRange: OffScale(columns, rows: 0..<columns.count, rules: rules).mend
        case .timestampInFuture:
            "Correct the times, or the clock of this machine: they lie more than \(rules.futureMs / 1_000) s ahead of "
                + "it (events.future_seconds)."
        case .timestampOutOfRange: "Set events.earliest to a moment before these ratings."
        case .tooLarge: "Raise events.bytes_max."
        case .erasedUser: "Name files of users who were not forgotten."
        case .modelFull: "Raise limits.users and limits.items."
        default: "See the rows with 'streamctl replay --dry-run'."
        }
    }
}
