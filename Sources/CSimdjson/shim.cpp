#include "freshet_simdjson.h"
