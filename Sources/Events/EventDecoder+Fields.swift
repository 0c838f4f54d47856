internal import CSimdjson

/// The fields of ratings and feedback.
extension EventDecoder {
    enum IDField {
        case user, item
    }

    static let idForm = "a string of 1 to \(Identifier.bytesMax) bytes or a whole number"

    func identifier(_ value: freshet_json_value?, _ field: IDField) throws(Refusal) -> Identifier {
        guard let value else {
            throw field == .user
                ? Refusal(.missingUser, "the event names no user: add user_id")
                : Refusal(.missingItem, "the event names no item: add item_id")
        }
        guard let bytes = value.idBytes(max: Identifier.bytesMax), let id = Identifier(copying: bytes) else {
            throw field == .user
                ? Refusal(.invalidUser, "user_id is no id: send \(Self.idForm)")
                : Refusal(.invalidItem, "item_id is no id: send \(Self.idForm)")
        }
        return id
    }

    func rating(_ fields: JSONObject) throws(Refusal) -> Float {
        guard let value = fields[FRESHET_JSON_RATING] else {
            throw Refusal(.missingRating, "the event has no rating: add rating as a number")
        }
        guard value.isNumber else {
            throw Refusal(.invalidRating, "the rating is no number: send a JSON number without quotes")
        }
        guard value.real >= rules.ratingMin, value.real <= rules.ratingMax else {
            throw Refusal(
                .ratingOutOfRange,
                "the rating is off the scale: send a number from \(rules.ratingMin) to \(rules.ratingMax)"
            )
        }
        return Float(value.real)
    }

    func action(_ fields: JSONObject) throws(Refusal) -> Action {
        guard let value = fields[FRESHET_JSON_ACTION] else {
            throw Refusal(.missingAction, "the event has no action: add one of \(Self.actions)")
        }
        guard value.kind == FRESHET_JSON_STRING, value.bytes.count <= 16,
            let action = Action(rawValue: String(decoding: value.bytes, as: UTF8.self)), action != .rating
        else {
            throw Refusal(
                .invalidAction, "the action is none that feedback knows: send one of \(Self.actions)")
        }
        return action
    }

    private static let actions =
        Action.allCases.filter { $0 != .rating }.map(\.rawValue).joined(separator: ", ")

    /// How strong the feedback is; 1 where the producer does not say.
    func strength(_ fields: JSONObject) throws(Refusal) -> Float {
        guard let value = fields[FRESHET_JSON_RATING] else { return 1 }
        guard value.isNumber, value.real.magnitude <= rules.strengthMax else {
            throw Refusal(
                .invalidField,
                "the value is no number of at most \(rules.strengthMax): send one, or leave it out"
            )
        }
        return Float(value.real)
    }
}
