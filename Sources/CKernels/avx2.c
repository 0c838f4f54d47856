#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2")))
#define TABLE freshet_avx2
#define NAME "avx2"
#define ROWS 2
#define VECTORS 1
#include "loops.inc"
#endif
