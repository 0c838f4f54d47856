#if defined(__x86_64__)
#define TARGET __attribute__((target("avx2")))
#define TABLE freshet_avx2
#define NAME "avx2"
#include "loops.inc"
#endif
