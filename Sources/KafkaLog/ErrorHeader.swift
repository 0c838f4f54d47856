import Events
import Pipeline

/// The headers of a dead letter: Kafka Connect's names, which its tools and people know, and one of ours.
///
/// They follow the record's own headers; where a name repeats (a letter that died twice), the last one counts.
package enum ErrorHeader: String, CaseIterable {
    case topic = "__connect.errors.topic"
    case partition = "__connect.errors.partition"
    case offset = "__connect.errors.offset"
    case stage = "__connect.errors.stage"
    case exceptionClass = "__connect.errors.exception.class.name"
    case exceptionMessage = "__connect.errors.exception.message"
    case rule = "freshet.rule"

    /// Which try of a record this is, from 2 on: a header that sending a letter again adds, and that stays with the
    /// record when it is refused again.
    package static let attempt = "freshet.attempt"
    /// Which letter that try came from, as `partition/offset` of the dead letters: the letter of a try that is refused
    /// again stands for the one before.
    package static let letter = "freshet.letter"

    /// Whether a header tells of a refusal or of a new try, and is not the record's own.
    static func isOurs(_ name: String) -> Bool {
        name.hasPrefix("__connect.errors.") || [Self.rule.rawValue, attempt, letter].contains(name)
    }

    /// What stands in this header of a letter; numbers are decimal text, as Connect writes them.
    func text(for letter: borrowing DeadLetter, topicName: String) -> String {
        switch self {
        case .topic: topicName
        case .partition: String(letter.position.lane.partition)
        case .offset: String(letter.position.offset)
        case .stage: Self.stage(of: letter.refusal.rule)
        case .exceptionClass: "freshet.Refusal"
        case .exceptionMessage: letter.refusal.reason
        case .rule: letter.refusal.rule.rawValue
        }
    }

    /// Connect's stages: the bytes could not be read, or what they said was refused.
    private static func stage(of rule: Rule) -> String {
        switch rule {
        case .emptyValue, .tooLarge, .invalidUTF8, .invalidJSON, .notAnObject, .tooDeep, .duplicateKey,
            .unsupportedFraming:
            "VALUE_CONVERTER"
        default: "TRANSFORMATION"
        }
    }
}
