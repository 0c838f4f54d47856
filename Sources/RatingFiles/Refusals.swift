/// What can be wrong with a row. The raw values are stable: they stand in reports that programs read.
package enum RowFault: String, Error, CaseIterable, Sendable {
    case wrongColumnCount = "wrong-column-count"
    case brokenQuotes = "broken-quotes"
    case emptyUser = "empty-user"
    case userTooLong = "user-too-long"
    case emptyItem = "empty-item"
    case itemTooLong = "item-too-long"
    case invalidUTF8 = "invalid-utf8"
    case ratingNotANumber = "rating-not-a-number"
    case ratingNotFinite = "rating-not-finite"
    case unknownAction = "unknown-action"
    case timestampNotATime = "timestamp-not-a-time"
    case timestampOutOfRange = "timestamp-out-of-range"
    case lineTooLong = "line-too-long"

    /// What is wrong, in words, with what would be right.
    package var text: String {
        switch self {
        case .wrongColumnCount: "the row has more or fewer columns than the first one"
        case .brokenQuotes: "a quoted field does not end where the field ends"
        case .emptyUser: "the user id is empty"
        case .userTooLong: "the user id is longer than 128 bytes"
        case .emptyItem: "the item id is empty"
        case .itemTooLong: "the item id is longer than 128 bytes"
        case .invalidUTF8: "the text is not valid UTF-8"
        case .ratingNotANumber: "the rating or the value is not a decimal number"
        case .ratingNotFinite: "the rating or the value is not finite"
        case .unknownAction:
            "the action has none of the names \(ActionNames.list); '--action NAME=click' says what NAME means"
        case .timestampNotATime: "the timestamp is neither an epoch number nor RFC 3339"
        case .timestampOutOfRange: "the timestamp is outside the years 1990 to 2099"
        case .lineTooLong: "the line is longer than 1 MiB"
        }
    }
}

/// The rows of one file that were refused: how many for each reason, and the first few of each.
package struct Refusals: Equatable, Sendable {
    /// Where a refused row stands and how it begins.
    package struct Example: Equatable, Sendable {
        /// Counted from 1, blank lines and the header included.
        package var line: Int
        /// At most 80 bytes of the row, escaped so that printing it is safe anywhere.
        package var excerpt: String
    }

    /// One reason with its count, at least 1, and its first examples, at most `examplesMax`.
    package struct Entry: Equatable, Sendable {
        package var fault: RowFault
        package var count: Int
        package var examples: [Example]
    }

    package static let examplesMax = 5
    static let excerptBytesMax = 80

    /// In the order in which the reasons were first met.
    package private(set) var entries: [Entry] = []

    package init() {}

    package var total: Int { entries.reduce(0) { $0 + $1.count } }

    package func count(of fault: RowFault) -> Int {
        entries.first { $0.fault == fault }?.count ?? 0
    }

    /// Adds those of the part of a file that begins after so many lines.
    mutating func add(_ others: Refusals, after lines: Int) {
        for other in others.entries {
            let place = entries.firstIndex { $0.fault == other.fault } ?? entries.endIndex
            if place == entries.endIndex {
                entries.append(Entry(fault: other.fault, count: 0, examples: []))
            }
            entries[place].count += other.count
            for example in other.examples where entries[place].examples.count < Self.examplesMax {
                entries[place].examples.append(
                    Example(line: example.line + lines, excerpt: example.excerpt))
            }
        }
    }

    mutating func add(_ fault: RowFault, line: Int, bytes: UnsafeBufferPointer<UInt8>) {
        let place = entries.firstIndex { $0.fault == fault } ?? entries.endIndex
        if place == entries.endIndex { entries.append(Entry(fault: fault, count: 0, examples: [])) }
        entries[place].count += 1
        guard entries[place].examples.count < Self.examplesMax else { return }
        let row = bytes.last == 13 ? bytes.dropLast() : bytes[...]
        let excerpt = escaped(row, bytesMax: Self.excerptBytesMax)
        entries[place].examples.append(Example(line: line, excerpt: excerpt))
    }
}
