#define TARGET
#define TABLE freshet_baseline
#define NAME "baseline"
#define ROWS 1
#define VECTORS 1
#include "loops.inc"
