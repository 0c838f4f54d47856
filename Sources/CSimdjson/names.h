// The spellings of the fields that an event can have.
#pragma once

#include "freshet_simdjson.h"

#include <cstdint>
#include <cstring>

namespace freshet {

struct Name {
    const char *text;
    freshet_json_field field;
};

// By length, for `firstOfLength`.
inline constexpr Name names[] = {
    {"id", FRESHET_JSON_ID},
    {"ts", FRESHET_JSON_TIMESTAMP},
    {"user", FRESHET_JSON_USER},
    {"item", FRESHET_JSON_ITEM},
    {"type", FRESHET_JSON_TYPE},
    {"time", FRESHET_JSON_TIME},
    {"year", FRESHET_JSON_YEAR},
    {"data", FRESHET_JSON_DATA},
    {"value", FRESHET_JSON_RATING},
    {"title", FRESHET_JSON_TITLE},
    {"userId", FRESHET_JSON_USER},
    {"itemId", FRESHET_JSON_ITEM},
    {"rating", FRESHET_JSON_RATING},
    {"action", FRESHET_JSON_ACTION},
    {"genres", FRESHET_JSON_GENRES},
    {"people", FRESHET_JSON_PEOPLE},
    {"source", FRESHET_JSON_SOURCE},
    {"user_id", FRESHET_JSON_USER},
    {"item_id", FRESHET_JSON_ITEM},
    {"movieId", FRESHET_JSON_ITEM},
    {"list_id", FRESHET_JSON_LIST_ID},
    {"event_id", FRESHET_JSON_EVENT_ID},
    {"timestamp", FRESHET_JSON_TIMESTAMP},
    {"available", FRESHET_JSON_AVAILABLE},
    {"specversion", FRESHET_JSON_SPECVERSION},
};
inline constexpr size_t namesCount = sizeof(names) / sizeof(names[0]);
inline constexpr size_t nameBytesMax = 11;

constexpr size_t length(const char *text) { return *text ? 1 + length(text + 1) : 0; }

/// Where the names of each length begin in `names`.
struct Index {
    uint8_t first[nameBytesMax + 2];

    constexpr Index() : first() {
        size_t next = 0;
        for (size_t bytes = 0; bytes <= nameBytesMax + 1; bytes++) {
            while (next < namesCount && length(names[next].text) < bytes) { next++; }
            first[bytes] = uint8_t(next);
        }
    }
};
inline constexpr Index firstOfLength;

template <typename Word> inline bool sameEnds(const char *left, const char *right, size_t count) {
    Word words[4];
    memcpy(&words[0], left, sizeof(Word));
    memcpy(&words[1], right, sizeof(Word));
    memcpy(&words[2], left + count - sizeof(Word), sizeof(Word));
    memcpy(&words[3], right + count - sizeof(Word), sizeof(Word));
    return words[0] == words[1] && words[2] == words[3];
}

/// `memcmp` of 2 to 16 bytes, without a call: they are all within two words that may overlap.
inline bool same(const char *left, const char *right, size_t count) {
    if (count >= 8) { return sameEnds<uint64_t>(left, right, count); }
    return count >= 4 ? sameEnds<uint32_t>(left, right, count) : sameEnds<uint16_t>(left, right, count);
}

inline freshet_json_field fieldNamed(const char *bytes, size_t count) {
    if (count > nameBytesMax) { return FRESHET_JSON_FIELDS; }
    for (size_t at = firstOfLength.first[count]; at < firstOfLength.first[count + 1]; at++) {
        if (same(names[at].text, bytes, count)) { return names[at].field; }
    }
    return FRESHET_JSON_FIELDS;
}

inline bool isDigit(char byte) { return byte >= '0' && byte <= '9'; }

}  // namespace freshet
