/// The table of one variant's loops, so that choosing is one pointer.
#pragma once

#include "freshet_kernels.h"

struct freshet_kernels {
    const char *name;
    float (*dot)(const float *, const float *, size_t);
    void (*add_scaled)(float *, const float *, float, size_t);
    float (*sgd_step)(float *, float *, float, float, float, float, float, size_t);
    void (*scores)(const float *, const float *, size_t, size_t, float *);
    void (*blend_items)(const float *, const float *, size_t, struct freshet_blend, float *, float *);
    void (*blend_scores)(
        float *, const float *, const float *, const float *, const float *, const float *, const float *,
        size_t, struct freshet_blend);
    void (*symmetric_times)(const double *, const double *, double *, size_t);
    void (*symmetric_shrink)(double *, const double *, double, size_t);
    size_t (*find)(const uint32_t *, size_t, uint32_t);
    float (*smallest)(const float *, size_t, size_t);
    void (*block_scores)(const float *, const float *, size_t, size_t, size_t, float *);
    void (*block_pick)(const float *, size_t, uint32_t, const uint32_t *, struct freshet_lists *);
    void (*block_turn)(const float *, size_t, float *, size_t);
    void (*pick)(const float *, size_t, uint32_t, const uint32_t *, size_t, struct freshet_lists *);
    struct freshet_fit_sums (*fit)(
        const struct freshet_sample *, size_t, float *, float *, float *, float *, size_t,
        struct freshet_fit_rates);
    int (*soften)(const float *, float *const *, size_t, size_t, float *);
    void (*gather)(float *, float *const *, const float *, size_t, size_t);
    void (*scatter)(float *const *, const float *, float, const float *, size_t, size_t);
    void (*pull)(float *, const float *, float *, float, float, size_t);
};

extern const struct freshet_kernels freshet_baseline;
#if defined(__x86_64__)
extern const struct freshet_kernels freshet_avx2;
extern const struct freshet_kernels freshet_avx512;
#endif
