/// The narrow door to simdjson: a C interface, because Swift cannot import its C++ templates.
///
/// One call reads one JSON object and picks out the fields that an event can have; everything else is checked
/// for being well-formed JSON, and then forgotten. No exception and no C++ type crosses this line.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What became of the whole text. After anything but `FRESHET_JSON_OK` nothing else is set.
typedef enum {
    FRESHET_JSON_OK,
    /// No byte but white space.
    FRESHET_JSON_EMPTY,
    FRESHET_JSON_BAD_UTF8,
    FRESHET_JSON_BAD_SYNTAX,
    /// Well-formed JSON, but not an object.
    FRESHET_JSON_NOT_OBJECT,
    FRESHET_JSON_TOO_DEEP,
    FRESHET_JSON_NO_MEMORY,
} freshet_json_status;

/// The fields that are read; `names` in shim.cpp lists the spellings of each.
typedef enum {
    FRESHET_JSON_EVENT_ID,
    FRESHET_JSON_ID,
    FRESHET_JSON_USER,
    FRESHET_JSON_ITEM,
    FRESHET_JSON_RATING,
    FRESHET_JSON_TIMESTAMP,
    FRESHET_JSON_ACTION,
    FRESHET_JSON_TYPE,
    FRESHET_JSON_LIST_ID,
    FRESHET_JSON_TITLE,
    FRESHET_JSON_GENRES,
    FRESHET_JSON_YEAR,
    FRESHET_JSON_PEOPLE,
    FRESHET_JSON_AVAILABLE,
    FRESHET_JSON_SPECVERSION,
    FRESHET_JSON_SOURCE,
    FRESHET_JSON_TIME,
    FRESHET_JSON_DATA,
    FRESHET_JSON_FIELDS,
} freshet_json_field;

typedef enum {
    FRESHET_JSON_STRING,
    /// A number without fraction and exponent.
    FRESHET_JSON_INTEGER,
    /// Any other number.
    FRESHET_JSON_DECIMAL,
    FRESHET_JSON_TRUE,
    FRESHET_JSON_FALSE,
    /// `genres` or `people`: an array of nothing but strings, at most `FRESHET_JSON_STRINGS_MAX` in one text.
    FRESHET_JSON_STRINGS,
    FRESHET_JSON_OBJECT,
    /// An array that is not of the kind above.
    FRESHET_JSON_OTHER,
} freshet_json_kind;

#define FRESHET_JSON_STRINGS_MAX 512

typedef struct {
    const char *bytes;
    size_t count;
} freshet_json_text;

typedef struct {
    freshet_json_kind kind;
    /// Of an integer: whether `whole` holds it. Of up to 18 digits it always does.
    int32_t is_whole;
    /// A string with its escapes resolved, or a number as it was written.
    freshet_json_text text;
    /// Of strings.
    const freshet_json_text *strings;
    size_t strings_count;
    /// Of a number: the nearest double; infinite beyond their range.
    double real;
    int64_t whole;
} freshet_json_value;

/// The known fields of one object, as bits and slots numbered by `freshet_json_field`.
typedef struct {
    /// The fields that are there and not null. The slots of others hold rubbish.
    uint32_t present;
    /// The fields that are there more than once, be it by the same name or by two of their names.
    uint32_t repeated;
    const freshet_json_value *values;
} freshet_json_object;

typedef struct freshet_json_parser freshet_json_parser;

/// Null when there is no memory. `depth_max`: how deep objects and arrays may nest; a flat object is 1 deep.
freshet_json_parser *freshet_json_create(uint32_t depth_max);
void freshet_json_destroy(freshet_json_parser *parser);

/// Reads one object out of `count` bytes, which are copied first (the parser needs room behind them).
///
/// `data` gets the fields of the object called `data` inside `body`, where there is one, else nothing.
/// All pointers live until the next call. Memory: about three times the longest text so far.
freshet_json_status freshet_json_parse(freshet_json_parser *parser, const void *bytes, size_t count,
                                       freshet_json_object *body, freshet_json_object *data);

#ifdef __cplusplus
}
#endif
