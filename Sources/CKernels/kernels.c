#include "freshet_kernels.h"

#include <stdatomic.h>
#include <string.h>

#include "variants.h"

/// Tests choose another set while others of them compute. Relaxed loads cost what plain ones do.
static _Atomic(const struct freshet_kernels *) choice = &freshet_baseline;

static inline const struct freshet_kernels *chosen(void) {
    return atomic_load_explicit(&choice, memory_order_relaxed);
}

int freshet_kernels_choose(const char *name) {
    if (strcmp(name, "baseline") == 0) {
        atomic_store_explicit(&choice, &freshet_baseline, memory_order_relaxed);
        return 1;
    }
#if defined(__x86_64__)
    if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2")) {
        atomic_store_explicit(&choice, &freshet_avx2, memory_order_relaxed);
        return 1;
    }
    if (strcmp(name, "avx512") == 0 && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq")) {
        atomic_store_explicit(&choice, &freshet_avx512, memory_order_relaxed);
        return 1;
    }
#endif
    return 0;
}

/// Runs before `main`: the best that this machine has.
__attribute__((constructor)) static void choose_best(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
#endif
    if (!freshet_kernels_choose("avx512")) freshet_kernels_choose("avx2");
}

const char *freshet_kernels_name(void) { return chosen()->name; }

float freshet_dot(const float *a, const float *b, size_t n) { return chosen()->dot(a, b, n); }

void freshet_add_scaled(float *y, const float *x, float scale, size_t n) { chosen()->add_scaled(y, x, scale, n); }

float freshet_sgd_step(
    float *p, float *q, float rest, float miss_max, float decay, float rate_p, float rate_q, size_t n
) {
    return chosen()->sgd_step(p, q, rest, miss_max, decay, rate_p, rate_q, n);
}

void freshet_scores(const float *query, const float *rows, size_t count, size_t n, float *out) {
    chosen()->scores(query, rows, count, n, out);
}

void freshet_blend_items(
    const float *popularity, const float *first, size_t count, struct freshet_blend by, float *wants, float *ages
) {
    chosen()->blend_items(popularity, first, count, by, wants, ages);
}

void freshet_blend_scores(
    float *scores, const float *bias, const float *wants, const float *ages, const float *evidence,
    const float *damping, const float *liking, size_t count, struct freshet_blend by
) {
    chosen()->blend_scores(scores, bias, wants, ages, evidence, damping, liking, count, by);
}

void freshet_symmetric_times(const double *c, const double *x, double *out, size_t n) {
    chosen()->symmetric_times(c, x, out, n);
}

void freshet_symmetric_shrink(double *c, const double *g, double scale, size_t n) {
    chosen()->symmetric_shrink(c, g, scale, n);
}

float freshet_smallest(const float *values, size_t count, size_t rank) {
    return chosen()->smallest(values, count, rank);
}

size_t freshet_find(const uint32_t *ids, size_t count, uint32_t key) { return chosen()->find(ids, count, key); }

struct freshet_fit_sums freshet_fit(
    const struct freshet_sample *samples, size_t count, float *p, float *q, float *users, float *items, size_t n,
    struct freshet_fit_rates by
) {
    return chosen()->fit(samples, count, p, q, users, items, n, by);
}

void freshet_block_scores(
    const float *queries, const float *rows, size_t count, size_t n, size_t stride, float *out
) {
    chosen()->block_scores(queries, rows, count, n, stride, out);
}

void freshet_block_pick(
    const float *scores, size_t count, uint32_t first, const uint32_t *hidden, struct freshet_lists *lists
) {
    chosen()->block_pick(scores, count, first, hidden, lists);
}

void freshet_block_turn(const float *scores, size_t count, float *out, size_t stride) {
    chosen()->block_turn(scores, count, out, stride);
}

void freshet_pick(
    const float *scores, size_t count, uint32_t first, const uint32_t *hidden, size_t user,
    struct freshet_lists *lists
) {
    chosen()->pick(scores, count, first, hidden, user, lists);
}

int freshet_soften(const float *query, float *const *rows, size_t count, size_t n, float *shares) {
    return chosen()->soften(query, rows, count, n, shares);
}

void freshet_gather(float *out, float *const *rows, const float *weights, size_t count, size_t n) {
    chosen()->gather(out, rows, weights, count, n);
}

void freshet_scatter(
    float *const *rows, const float *weights, float scale, const float *x, size_t count, size_t n
) {
    chosen()->scatter(rows, weights, scale, x, count, n);
}

void freshet_pull(float *row, const float *query, float *gradient, float miss, float step, size_t n) {
    chosen()->pull(row, query, gradient, miss, step, n);
}
