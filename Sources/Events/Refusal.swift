/// Why an event was refused. The raw values are public: they stand in the `freshet.rule` header of a dead
/// letter and in the `rule` label of `freshet_events_rejected_total`, and are never renamed.
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
