#if defined(__x86_64__)
#define TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq")))
#define TABLE freshet_avx512
#define NAME "avx512"
#define ROWS 2
#define VECTORS 2
#include "loops.inc"
#endif
