/// Counts the heap allocations of each thread. A library of its own, which a program must be started with
/// (LD_PRELOAD): then it stands before the C library's `malloc`, and no other program pays for it.
#pragma once

#include <stdint.h>

/// Allocations of the calling thread since it began: malloc, calloc, realloc and the aligned ones, each as one.
uint64_t freshet_allocations(void);
