/// The few loops that dominate a profile, compiled once per instruction set and chosen when the program starts.
///
/// Every variant gives the same bits: sums run in 16 lanes that are folded in one fixed order, products are rounded
/// before they are added (no fused multiply-add), and nothing is reassociated. State that was learned on one
/// machine therefore goes on unchanged on another. Rows are float[n] with n a multiple of 16, 64-byte aligned.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The instruction set that was chosen: "avx512", "avx2" or "baseline".
const char *freshet_kernels_name(void);

/// Chooses a variant by name; returns 0 when this machine lacks it or there is no such name. For tests and for
/// comparing; not while another thread computes.
int freshet_kernels_choose(const char *name);

/// Sum of a[i] * b[i].
float freshet_dot(const float *a, const float *b, size_t n);

/// y[i] += scale * x[i].
void freshet_add_scaled(float *y, const float *x, float scale, size_t n);

/// One step of stochastic gradient descent on a (user, item) pair, both from their old values:
/// p[i] = keep_p * p[i] + rate_p * q[i];  q[i] = keep_q * q[i] + rate_q * p_old[i].
void freshet_descend(float *p, float *q, float keep_p, float rate_p, float keep_q, float rate_q, size_t n);

/// out[r] = dot(query, rows + r * n) for r in 0 ..< count.
void freshet_scores(const float *query, const float *rows, size_t count, size_t n, float *out);

/// Blends the parts of a ranking score, in place, for items 0 ..< count (a multiple of 16, arrays 64-byte aligned):
/// scores[i] = match * (scores[i] + bias[i]) + wanted * max(floor, popularity[i] - now)
///           + ln(1 + evidence[i] * damping[i] * sharpness).
/// The logarithm is good to 1e-6 and exactly 0 where there is no evidence.
struct freshet_blend {
    float match, wanted, floor, now, sharpness;
};
void freshet_blend_scores(
    float *scores, const float *bias, const float *popularity, const float *evidence, const float *damping,
    size_t count, struct freshet_blend by);

/// out[0 ..< n] = C x for a symmetric matrix C of doubles, n * n by rows; n a multiple of 8, all 64-byte aligned.
void freshet_symmetric_times(const double *c, const double *x, double *out, size_t n);

/// C[r][k] -= scale * g[r] * g[k], for the same shapes.
void freshet_symmetric_shrink(double *c, const double *g, double scale, size_t n);

/// The index of `key` in ids[0 ..< count], or `count` when it is not there.
size_t freshet_find(const uint32_t *ids, size_t count, uint32_t key);

/// One rating of batch training: numbers of rows, and the rating in standard units.
struct freshet_sample {
    uint32_t user, item;
    float rating;
};

struct freshet_fit_rates {
    /// Of the factors, and of the biases with their decay.
    float step, bias_step, bias_decay;
    /// A miss that is not below this, or is no number, changes nothing.
    float miss_max;
};

struct freshet_fit_sums {
    /// Squared misses, each as it was before its own step.
    double squares;
    /// Samples that were refused.
    uint64_t refused;
};

/// Stochastic gradient descent over samples, in their order, on
///     rating = bias_user + bias_item + p . q
/// with p and q of n floats a row. `users` and `items` hold two floats a row: the bias, and the decay of the row's
/// factors. The first factor of every item is fixed: it is used and never changed.
struct freshet_fit_sums freshet_fit(
    const struct freshet_sample *samples, size_t count, float *p, float *q, float *users, float *items, size_t n,
    struct freshet_fit_rates by);
