internal import CSimdjson

/// How an event's fields are wrapped: bare, or as a CloudEvent 1.0 in one of its two modes.
///
/// Structured: the value is the whole CloudEvent, known by its `specversion`; the fields are in `data`.
/// Binary: the attributes are record headers `ce_…`, known by `ce_id` or `ce_specversion`; the value is the
/// data. A CloudEvent's `id` and `source` together are the event id, and its `time` is the event time where
/// the data has none.
///
/// Source: CloudEvents 1.0.2, "JSON Event Format" and "Kafka Protocol Binding" (section 3).
enum Wrapping {
    case bare
    case structured(JSONObject)
    case binary([Header])

    init(body: JSONObject, headers: [Header]) {
        if body[FRESHET_JSON_SPECVERSION] != nil {
            self = .structured(body)
        } else if !headers.isEmpty,
            headers.contains(where: { $0.name == "ce_id" || $0.name == "ce_specversion" })
        {
            self = .binary(headers)
        } else {
            self = .bare
        }
    }

    /// Where the event's own fields are.
    func fields(body: JSONObject, data: JSONObject) throws(Refusal) -> JSONObject {
        guard case .structured = self else { return body }
        guard let content = body[FRESHET_JSON_DATA], content.kind == FRESHET_JSON_OBJECT else {
            throw Refusal(
                .notAnObject,
                "the CloudEvent's data is missing or no object: put the event's fields into data as JSON")
        }
        try data.refuseRepetition()
        return data
    }

    /// Lends an attribute's text; `nil` where it is missing, and no bytes at all where it is no string.
    func withAttribute<Answer>(
        _ name: Attribute, _ body: (UnsafeRawBufferPointer?) -> Answer
    ) -> Answer {
        switch self {
        case .bare: return body(nil)
        case .structured(let envelope):
            guard let value = envelope[name.field] else { return body(nil) }
            let isString = value.kind == FRESHET_JSON_STRING
            return body(isString ? value.bytes : UnsafeRawBufferPointer(start: nil, count: 0))
        case .binary(let headers):
            // Of a name that repeats the last counts, as Kafka's own clients read it.
            guard let value = headers.last(where: { $0.name == name.header })?.value else { return body(nil) }
            return value.withUnsafeBytes { body($0) }
        }
    }
}

/// The attributes of a CloudEvent that matter here.
enum Attribute {
    case id, source, type, time

    var field: freshet_json_field {
        switch self {
        case .id: FRESHET_JSON_ID
        case .source: FRESHET_JSON_SOURCE
        case .type: FRESHET_JSON_TYPE
        case .time: FRESHET_JSON_TIME
        }
    }

    var header: String {
        switch self {
        case .id: "ce_id"
        case .source: "ce_source"
        case .type: "ce_type"
        case .time: "ce_time"
        }
    }
}
