#define TARGET
#define TABLE freshet_baseline
#define NAME "baseline"
#include "loops.inc"
