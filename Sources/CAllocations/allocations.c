#include "freshet_allocations.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

// What glibc calls its own allocator by, for those that stand before it.
extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *old, size_t bytes);
extern void *__libc_memalign(size_t alignment, size_t bytes);

/// Initial-exec, because the other models may allocate when a thread first touches the variable.
static _Thread_local uint64_t count __attribute__((tls_model("initial-exec")));

uint64_t freshet_allocations(void) { return count; }

void *malloc(size_t bytes) {
    count++;
    return __libc_malloc(bytes);
}

void *calloc(size_t number, size_t bytes) {
    count++;
    return __libc_calloc(number, bytes);
}

void *realloc(void *old, size_t bytes) {
    count++;
    return __libc_realloc(old, bytes);
}

void *memalign(size_t alignment, size_t bytes) {
    count++;
    return __libc_memalign(alignment, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void **out, size_t alignment, size_t bytes) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *start = memalign(alignment, bytes);
    if (start == NULL) return ENOMEM;
    *out = start;
    return 0;
}

/// Programs that this one starts are not counted.
__attribute__((constructor)) static void stand_alone(void) { unsetenv("LD_PRELOAD"); }
