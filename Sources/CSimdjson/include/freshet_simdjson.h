/// The narrow door to simdjson: a C interface, because Swift cannot import its C++ templates.
#pragma once
