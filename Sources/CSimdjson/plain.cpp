#include "plain.h"

#include "names.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace freshet {
namespace {

/// Fields whose values are strings or numbers; the others hold objects or lists.
constexpr uint32_t plainFields = (uint32_t(1) << FRESHET_JSON_EVENT_ID) | (uint32_t(1) << FRESHET_JSON_ID)
    | (uint32_t(1) << FRESHET_JSON_USER) | (uint32_t(1) << FRESHET_JSON_ITEM)
    | (uint32_t(1) << FRESHET_JSON_RATING) | (uint32_t(1) << FRESHET_JSON_TIMESTAMP)
    | (uint32_t(1) << FRESHET_JSON_ACTION) | (uint32_t(1) << FRESHET_JSON_TYPE)
    | (uint32_t(1) << FRESHET_JSON_LIST_ID);

/// Doubles hold fifteen digits and these powers exactly, so that one division rounds as it must.
constexpr double powersOfTen[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr ptrdiff_t digitsMax = 15;

/// The first quote, backslash, control character or byte that is not ASCII.
const char *endOfText(const char *at, const char *end) {
#if defined(__SSE2__)
    while (end - at >= 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        // As signed numbers, bytes above 127 are below the space as well.
        const __m128i special = _mm_or_si128(
            _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
        const int mask = _mm_movemask_epi8(special);
        if (mask != 0) { return at + __builtin_ctz(unsigned(mask)); }
        at += 16;
    }
#endif
    while (at < end && static_cast<signed char>(*at) >= ' ' && *at != '"' && *at != '\\') { at++; }
    return at;
}

/// Behind a string whose opening quote is at `at`; null where it is not plain.
const char *readText(const char *at, const char *end, freshet_json_text &text) {
    const char *start = at + 1, *quote = endOfText(start, end);
    if (quote >= end || *quote != '"') { return nullptr; }
    text = {start, size_t(quote - start)};
    return quote + 1;
}

/// Behind a number; null where it is not plain. What follows it is for the caller to judge.
const char *readNumber(const char *at, const char *end, freshet_json_value &value) {
    const char *start = at;
    int64_t digits = 0;
    while (at < end && isDigit(*at)) { digits = 10 * digits + (*at++ - '0'); if (at - start > digitsMax) { return nullptr; } }
    if (at == start || (*start == '0' && at - start > 1)) { return nullptr; }
    value.kind = FRESHET_JSON_INTEGER;
    value.is_whole = 1;
    value.whole = digits;
    value.real = double(digits);
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        while (at < end && isDigit(*at)) { digits = 10 * digits + (*at++ - '0'); if (at - start > digitsMax + 1) { return nullptr; } }
        if (at == fraction) { return nullptr; }
        value.kind = FRESHET_JSON_DECIMAL;
        value.real = double(digits) / powersOfTen[at - fraction];
    }
    value.text = {start, size_t(at - start)};
    return at;
}

const char *skipSpaces(const char *at, const char *end) {
    while (at < end && *at == ' ') { at++; }
    return at;
}

}  // namespace

bool readPlain(const char *text, size_t count, freshet_json_value *values, uint32_t &present) {
    const char *at = text, *end = text + count;
    if (count < 2 || *at != '{') { return false; }
    uint32_t seen = 0;
    do {
        at = skipSpaces(at + 1, end);
        freshet_json_text key;
        if (at >= end || *at != '"' || !(at = readText(at, end, key))) { return false; }
        const freshet_json_field field = fieldNamed(key.bytes, key.count);
        const uint32_t bit = uint32_t(1) << field;
        if (!(plainFields & bit) || (seen & bit)) { return false; }
        seen |= bit;
        at = skipSpaces(at, end);
        if (at >= end || *at != ':') { return false; }
        at = skipSpaces(at + 1, end);
        if (at >= end) { return false; }
        freshet_json_value &value = values[field];
        if (*at == '"') {
            value.kind = FRESHET_JSON_STRING;
            at = readText(at, end, value.text);
        } else {
            at = readNumber(at, end, value);
        }
        if (!at) { return false; }
        at = skipSpaces(at, end);
        if (at >= end) { return false; }
    } while (*at == ',');
    if (*at != '}' || at + 1 != end) { return false; }
    present = seen;
    return true;
}

}  // namespace freshet
