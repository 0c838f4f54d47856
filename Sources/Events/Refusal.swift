/// Why an event was refused. The raw values are public: they stand in the `freshet.rule` header of a dead
/// letter and in the `rule` label of `freshet_events_rejected_total`, and are never renamed.
///
/// Most rules are broken by the record itself. The last two are not: such an event is well-formed, it is counted,
/// and there is no dead letter of it.
package enum Rule: String, CaseIterable, Sendable {
    case emptyValue = "empty-value"
    case tooLarge = "too-large"
    case invalidUTF8 = "invalid-utf8"
    case invalidJSON = "invalid-json"
    case notAnObject = "not-an-object"
    case tooDeep = "too-deep"
    case duplicateKey = "duplicate-key"
    case unsupportedFraming = "unsupported-framing"
    case unknownType = "unknown-type"
    case missingUser = "missing-user"
    case missingItem = "missing-item"
    case missingRating = "missing-rating"
    case missingAction = "missing-action"
    case missingTimestamp = "missing-timestamp"
    case invalidUser = "invalid-user"
    case invalidItem = "invalid-item"
    case invalidEventID = "invalid-event-id"
    case invalidRating = "invalid-rating"
    case ratingOutOfRange = "rating-out-of-range"
    case invalidAction = "invalid-action"
    case invalidTimestamp = "invalid-timestamp"
    case timestampOutOfRange = "timestamp-out-of-range"
    case timestampInFuture = "timestamp-in-future"
    case invalidField = "invalid-field"

    /// The user was forgotten, and this happened before. A letter would keep what must not be kept.
    case erasedUser = "erased-user"
    /// The event needs a row for a new user or item, and there are as many as the settings allow. When there is
    /// room again, the event can be sent again.
    case modelFull = "model-full"

    /// Whether a refused record goes to the dead letters.
    package var makesLetter: Bool { self != .erasedUser && self != .modelFull }
}

/// A refusal: the rule that was broken, and a sentence for the producer that ends with the mend. It never
/// quotes a user's id or value.
package struct Refusal: Error, Equatable, Sendable {
    package var rule: Rule
    package var reason: String

    package init(rule: Rule, reason: String) {
        self.rule = rule
        self.reason = reason
    }

    init(_ rule: Rule, _ reason: String) {
        self.init(rule: rule, reason: reason)
    }

    static var emptyValue: Refusal {
        Refusal(.emptyValue, "the record has no value: send the event as a JSON object")
    }
}
