// On-demand parsing reads each field once, in the order of the text. It does not look at what it skips, so
// unknown values are walked here, to the last escape and digit: whether a text is well-formed never depends
// on which of its fields we know. Error codes only: nothing here throws, and allocation failures are answers.

#if !defined(DEBUG) && !defined(NDEBUG)
#define NDEBUG  // In optimised builds without simdjson's checks of how we use it.
#endif
#define SIMDJSON_EXCEPTIONS 0

#include "freshet_simdjson.h"
#include "names.h"
#include "plain.h"

#include <simdjson.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <new>

namespace od = simdjson::ondemand;
using freshet::fieldNamed;
using freshet::isDigit;
using simdjson::error_code;

namespace {

/// The grammar of RFC 8259, section 6. Of a whole number that fits, also its value.
bool isNumber(std::string_view token, freshet_json_value &number) {
    const char *at = token.data(), *end = at + token.size();
    const bool negative = at < end && *at == '-';
    if (negative) { at++; }
    const char *digits = at;
    int64_t whole = 0;
    while (at < end && isDigit(*at)) {
        if (at - digits < 18) { whole = 10 * whole + (*at - '0'); }
        at++;
    }
    if (at == digits || (*digits == '0' && at - digits > 1)) { return false; }
    number.is_whole = at - digits <= 18;
    number.whole = negative ? -whole : whole;
    number.kind = at == end ? FRESHET_JSON_INTEGER : FRESHET_JSON_DECIMAL;
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        while (at < end && isDigit(*at)) { at++; }
        if (at == fraction) { return false; }
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) { at++; }
        const char *exponent = at;
        while (at < end && isDigit(*at)) { at++; }
        if (at == exponent) { return false; }
    }
    return at == end;
}

constexpr const char *whiteSpace = " \t\n\r";

std::string_view trimmedBehind(std::string_view text) {
    return text.substr(0, text.find_last_not_of(whiteSpace) + 1);
}

}  // namespace

struct freshet_json_parser {
    od::parser simd;
    int depthMax;
    std::unique_ptr<char[]> text;
    size_t capacity = 0;
    freshet_json_value values[2][FRESHET_JSON_FIELDS];
    freshet_json_text strings[FRESHET_JSON_STRINGS_MAX];
    size_t stringsCount = 0;

    explicit freshet_json_parser(uint32_t depthMax) : depthMax(int(depthMax)) {}

    bool reserve(size_t count) {
        if (text && count <= capacity) { return true; }
        size_t wanted = capacity < 4096 ? 4096 : capacity;
        while (wanted < count) { wanted *= 2; }
        std::unique_ptr<char[]> larger(new (std::nothrow) char[wanted + simdjson::SIMDJSON_PADDING]());
        if (!larger || simd.allocate(wanted, size_t(depthMax) + 2)) { return false; }
        text = std::move(larger);
        capacity = wanted;
        return true;
    }

    /// Finds the end of a key; resolves its escapes when there are any.
    static error_code readKey(od::field &field, std::string_view &key) {
        const char *start = field.key().raw(), *end = start;
        while (*end != '"' && *end != '\\') { end++; }
        key = std::string_view(start, size_t(end - start));
        return *end == '"' ? simdjson::SUCCESS : field.unescaped_key().get(key);
    }

    /// Walks a value that nobody asked for.
    error_code check(od::value &value, int depth) {
        freshet_json_value ignored;
        return read(value, FRESHET_JSON_FIELDS, depth, ignored);
    }

    error_code readStrings(od::array array, int depth, freshet_json_value &value) {
        if (depth > depthMax) { return simdjson::DEPTH_ERROR; }
        const size_t first = stringsCount;
        bool all = true;
        for (auto result : array) {
            od::value element;
            if (auto error = result.get(element)) { return error; }
            all = all && element.raw_json_token()[0] == '"' && stringsCount < FRESHET_JSON_STRINGS_MAX;
            if (all) {
                std::string_view view;
                if (auto error = element.get_string().get(view)) { return error; }
                strings[stringsCount++] = {view.data(), view.size()};
            } else if (auto error = check(element, depth)) {
                return error;
            }
        }
        value.kind = all ? FRESHET_JSON_STRINGS : FRESHET_JSON_OTHER;
        value.strings = strings + first;
        value.strings_count = stringsCount - first;
        return simdjson::SUCCESS;
    }

    error_code walkArray(od::array array, int depth) {
        if (depth > depthMax) { return simdjson::DEPTH_ERROR; }
        for (auto result : array) {
            od::value element;
            if (auto error = result.get(element)) { return error; }
            if (auto error = check(element, depth)) { return error; }
        }
        return simdjson::SUCCESS;
    }

    error_code walkObject(od::object object, int depth) {
        if (depth > depthMax) { return simdjson::DEPTH_ERROR; }
        for (auto result : object) {
            if (auto error = result.error()) { return error; }
            od::field field = std::move(result).value_unsafe();
            std::string_view key;
            if (auto error = readKey(field, key)) { return error; }
            if (auto error = check(field.value(), depth)) { return error; }
        }
        return simdjson::SUCCESS;
    }

    /// Reads any value but null, whose kind stays what it was. `depth`: of what holds it.
    error_code read(od::value &json, freshet_json_field field, int depth, freshet_json_value &value) {
        const std::string_view raw = json.raw_json_token();
        switch (raw[0]) {
        case '"': {
            std::string_view view;
            if (auto error = json.get_string().get(view)) { return error; }
            value.kind = FRESHET_JSON_STRING;
            value.text = {view.data(), view.size()};
            return simdjson::SUCCESS;
        }
        case '{': {
            od::object object;
            if (auto error = json.get_object().get(object)) { return error; }
            value.kind = FRESHET_JSON_OBJECT;
            return walkObject(object, depth + 1);
        }
        case '[': {
            od::array array;
            if (auto error = json.get_array().get(array)) { return error; }
            if (field == FRESHET_JSON_GENRES || field == FRESHET_JSON_PEOPLE) {
                return readStrings(array, depth + 1, value);
            }
            value.kind = FRESHET_JSON_OTHER;
            return walkArray(array, depth + 1);
        }
        default: {
            const std::string_view token = trimmedBehind(raw);
            if (token == "null") { return simdjson::SUCCESS; }
            if (token == "true" || token == "false") {
                value.kind = token == "true" ? FRESHET_JSON_TRUE : FRESHET_JSON_FALSE;
                return simdjson::SUCCESS;
            }
            if (!isNumber(token, value)) { return simdjson::TAPE_ERROR; }
            if (field == FRESHET_JSON_FIELDS) { return simdjson::SUCCESS; }
            value.text = {token.data(), token.size()};
            if (value.kind == FRESHET_JSON_INTEGER && value.is_whole) {
                value.real = double(value.whole);
            } else if (json.get_double().get(value.real)) {
                value.real = token[0] == '-' ? -INFINITY : INFINITY;  // Well-formed, so only too large.
            }
            return simdjson::SUCCESS;
        }
        }
    }

    /// Collects the known fields of an object; `data`, where it is not null, those of the object of that
    /// name.
    error_code collect(od::object object, int depth, freshet_json_object &fields, freshet_json_object *data) {
        if (depth > depthMax) { return simdjson::DEPTH_ERROR; }
        freshet_json_value *values = this->values[data ? 0 : 1];
        uint32_t seen = 0;
        fields = {0, 0, values};
        for (auto result : object) {
            if (auto error = result.error()) { return error; }
            od::field entry = std::move(result).value_unsafe();
            std::string_view key;
            if (auto error = readKey(entry, key)) { return error; }
            const freshet_json_field field = fieldNamed(key.data(), key.size());
            od::value &json = entry.value();
            const uint32_t bit = uint32_t(1) << field;
            if (field == FRESHET_JSON_FIELDS || (seen & bit)) {
                if (auto error = check(json, depth)) { return error; }
                if (field != FRESHET_JSON_FIELDS) { fields.repeated |= bit; }
                continue;
            }
            seen |= bit;
            if (data && field == FRESHET_JSON_DATA && json.raw_json_token()[0] == '{') {
                od::object inner;
                if (auto error = json.get_object().get(inner)) { return error; }
                if (auto error = collect(inner, depth + 1, *data, nullptr)) { return error; }
                values[field].kind = FRESHET_JSON_OBJECT;
                fields.present |= bit;
                continue;
            }
            const bool isNull = json.raw_json_token()[0] == 'n';
            if (auto error = read(json, field, depth, values[field])) { return error; }
            if (!isNull) { fields.present |= bit; }
        }
        return simdjson::SUCCESS;
    }

    /// A text that is not an object: is it at least JSON?
    error_code checkOther(od::document &document, std::string_view whole) {
        if (whole[0] == '[') {
            od::array array;
            if (auto error = document.get_array().get(array)) { return error; }
            if (auto error = walkArray(array, 1)) { return error; }
            return document.current_location().error() ? simdjson::INCORRECT_TYPE : simdjson::TAPE_ERROR;
        }
        freshet_json_value ignored;
        if (whole[0] == '"') {
            std::string_view view;
            if (auto error = document.get_string().get(view)) { return error; }
            return document.current_location().error() ? simdjson::INCORRECT_TYPE : simdjson::TAPE_ERROR;
        }
        const bool literal = whole == "null" || whole == "true" || whole == "false";
        return literal || isNumber(whole, ignored) ? simdjson::INCORRECT_TYPE : simdjson::TAPE_ERROR;
    }

    error_code parse(size_t count, freshet_json_object &body, freshet_json_object &data) {
        stringsCount = 0;
        body = {0, 0, values[0]};
        data = {0, 0, values[1]};
        std::string_view whole = trimmedBehind(std::string_view(text.get(), count));
        if (whole.empty()) { return simdjson::EMPTY; }
        whole.remove_prefix(whole.find_first_not_of(whiteSpace));
        od::document document;
        const size_t room = capacity + simdjson::SIMDJSON_PADDING;
        if (auto error = simd.iterate(text.get(), count, room).get(document)) { return error; }
        if (whole[0] != '{') { return checkOther(document, whole); }
        od::object object;
        if (auto error = document.get_object().get(object)) { return error; }
        if (auto error = collect(object, 1, body, &data)) { return error; }
        // Only at the end is there no current location; anything else is text behind the object.
        return document.current_location().error() ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
    }
};

freshet_json_parser *freshet_json_create(uint32_t depth_max) {
    return new (std::nothrow) freshet_json_parser(depth_max);
}

void freshet_json_destroy(freshet_json_parser *parser) { delete parser; }

freshet_json_status freshet_json_parse(freshet_json_parser *parser, const void *bytes, size_t count,
                                       freshet_json_object *body, freshet_json_object *data) {
    *data = {0, 0, parser->values[1]};
    if (freshet::readPlain(static_cast<const char *>(bytes), count, parser->values[0], body->present)) {
        body->repeated = 0;
        body->values = parser->values[0];
        return FRESHET_JSON_OK;
    }
    if (!parser->reserve(count)) { return FRESHET_JSON_NO_MEMORY; }
    if (count > 0) { memcpy(parser->text.get(), bytes, count); }
    // The parser looks one byte behind an unclosed text: what a longer one left there must not close it.
    memset(parser->text.get() + count, 0, simdjson::SIMDJSON_PADDING);
    switch (parser->parse(count, *body, *data)) {
    case simdjson::SUCCESS: return FRESHET_JSON_OK;
    case simdjson::EMPTY: return FRESHET_JSON_EMPTY;
    case simdjson::INCORRECT_TYPE: return FRESHET_JSON_NOT_OBJECT;
    case simdjson::DEPTH_ERROR: return FRESHET_JSON_TOO_DEEP;
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY: return FRESHET_JSON_NO_MEMORY;
    default:
        // Which of two faults is found first depends on the machine; what we answer does not.
        if (!simdjson::validate_utf8(parser->text.get(), count)) { return FRESHET_JSON_BAD_UTF8; }
        return FRESHET_JSON_BAD_SYNTAX;
    }
}
