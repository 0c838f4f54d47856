#pragma once

#include "freshet_simdjson.h"

namespace freshet {

/// Reads an event in one pass and in place, if it is as plain as nearly all are: one object of known fields, each once,
/// with strings of ASCII without escapes and numbers of up to fifteen digits without exponents. `false` says nothing
/// about the text but that simdjson has to look at it; what is read here is what simdjson would read.
bool readPlain(const char *text, size_t count, freshet_json_value *values, uint32_t &present);

}  // namespace freshet
