internal import CSimdjson

/// Owns simdjson's parser and its buffers, which grow to the longest text and are used again for each.
struct JSONParser: ~Copyable {
    private let handle: OpaquePointer

    init() {
        guard let handle = freshet_json_create(UInt32(FieldRules.depthMax)) else {
            preconditionFailure("no memory for a JSON parser")
        }
        self.handle = handle
    }

    deinit { freshet_json_destroy(handle) }

    /// The event's fields, and those of the object called `data` in it. Both live until the next call.
    mutating func parse(_ text: UnsafeRawBufferPointer) throws(Refusal) -> (
        body: JSONObject, data: JSONObject
    ) {
        var (body, data) = (freshet_json_object(), freshet_json_object())
        switch freshet_json_parse(handle, text.baseAddress, text.count, &body, &data) {
        case FRESHET_JSON_OK: return (JSONObject(body), JSONObject(data))
        case FRESHET_JSON_EMPTY: throw .emptyValue
        case FRESHET_JSON_BAD_UTF8:
            throw Refusal(.invalidUTF8, "the value is not UTF-8: encode the JSON as UTF-8")
        case FRESHET_JSON_NOT_OBJECT:
            throw Refusal(
                .notAnObject, "the value is JSON but not an object: send one event as one object {…}")
        case FRESHET_JSON_TOO_DEEP:
            throw Refusal(
                .tooDeep, "objects and arrays nest too deeply: nest at most \(FieldRules.depthMax) levels")
        case FRESHET_JSON_NO_MEMORY:
            preconditionFailure("no memory for a text of \(text.count) bytes")
        default:
            throw Refusal(
                .invalidJSON,
                "the value is not well-formed JSON: send one object as in RFC 8259, without NaN, comments or "
                    + "text behind it"
            )
        }
    }
}

/// The known fields of one JSON object, lent by the parser until it reads the next text.
struct JSONObject {
    private let fields: freshet_json_object

    fileprivate init(_ fields: freshet_json_object) {
        self.fields = fields
    }

    /// `nil` where the field is missing or null.
    subscript(_ field: freshet_json_field) -> freshet_json_value? {
        guard fields.present & (1 << field.rawValue) != 0 else { return nil }
        return fields.values[Int(field.rawValue)]
    }

    func refuseRepetition() throws(Refusal) {
        guard fields.repeated == 0 else {
            throw Refusal(
                .duplicateKey,
                "a field stands there twice, perhaps under two of its names: send each once, under one name"
            )
        }
    }
}

extension freshet_json_value {
    /// The bytes of a string, or of a number as it was written.
    var bytes: UnsafeRawBufferPointer { text.buffer }

    var isNumber: Bool { kind == FRESHET_JSON_INTEGER || kind == FRESHET_JSON_DECIMAL }

    /// An id as its bytes: a string, or the digits of a whole number. `nil` for anything else or of wrong
    /// length.
    func idBytes(max: Int) -> UnsafeRawBufferPointer? {
        guard kind == FRESHET_JSON_STRING || kind == FRESHET_JSON_INTEGER, (1...max).contains(bytes.count)
        else {
            return nil
        }
        return bytes
    }

    /// `nil` for what is no string, or too long for a text.
    var shortText: String? {
        kind == FRESHET_JSON_STRING ? text.shortText : nil
    }

    /// `nil` for what is no array of strings, has too many or one that is too long.
    func shortTexts(max: Int) -> [String]? {
        guard kind == FRESHET_JSON_STRINGS, strings_count <= max else { return nil }
        var texts: [String] = []
        texts.reserveCapacity(strings_count)
        for string in UnsafeBufferPointer(start: strings, count: strings_count) {
            guard let text = string.shortText else { return nil }
            texts.append(text)
        }
        return texts
    }
}

extension freshet_json_text {
    fileprivate var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

    fileprivate var shortText: String? {
        guard count <= FieldRules.textBytesMax else { return nil }
        return String(utf8: buffer)
    }
}
