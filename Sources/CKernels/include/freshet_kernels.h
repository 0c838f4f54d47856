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
/// miss = rest - dot(p, q);
/// p[i] = (1 - decay * rate_p) * p[i] + rate_p * miss * q[i];  q[i] = (1 - decay * rate_q) * q[i] + rate_q * miss * p_old[i].
/// Returns miss. Where |miss| is not below miss_max, which includes what is not a number, nothing is changed.
float freshet_sgd_step(
    float *p, float *q, float rest, float miss_max, float decay, float rate_p, float rate_q, size_t n);

/// out[r] = dot(query, rows + r * n) for r in 0 ..< count.
void freshet_scores(const float *query, const float *rows, size_t count, size_t n, float *out);

/// How the parts of a ranking score are blended, for items 0 ..< count (a multiple of 16, arrays 64-byte aligned), in two
/// steps: what is the same for everybody, and then the scores of one user, in place.
/// wants[i]  = wanted * max(floor, popularity[i] - now)
/// ages[i]   = age * ln(0.01 + max(0, 1 - first[i] * per_event))
/// scores[i] = match * (scores[i] + bias[i]) + wants[i] + ages[i] + ln(1 + evidence[i] * damping[i] * sharpness)
///             + liking[i]
/// Logarithms are good to 1e-6; the last one is exactly 0 where there is no evidence.
struct freshet_blend {
    float match, wanted, floor, now, age, per_event, sharpness;
};
void freshet_blend_items(
    const float *popularity, const float *first, size_t count, struct freshet_blend by, float *wants, float *ages);
void freshet_blend_scores(
    float *scores, const float *bias, const float *wants, const float *ages, const float *evidence,
    const float *damping, const float *liking, size_t count, struct freshet_blend by);

/// out[0 ..< n] = C x for a symmetric matrix C of doubles, n * n by rows; n a multiple of 8, all 64-byte aligned.
void freshet_symmetric_times(const double *c, const double *x, double *out, size_t n);

/// C[r][k] -= scale * g[r] * g[k], for the same shapes.
void freshet_symmetric_shrink(double *c, const double *g, double scale, size_t n);

/// The index of `key` in ids[0 ..< count], or `count` when it is not there.
size_t freshet_find(const uint32_t *ids, size_t count, uint32_t key);

/// The rank-th smallest of `count` numbers, counted from 1; none below 0, none that is not a number. Cost: 31 passes over
/// the numbers, without a branch that could be guessed wrong.
float freshet_smallest(const float *values, size_t count, size_t rank);

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

/// Users that are scored side by side.
#define FRESHET_BLOCK_USERS 32

/// out[r * 32 + u] = dot(query of user u, rows + r * stride) of n floats, bit for bit as `freshet_dot`, for r in
/// 0 ..< count. `queries` holds factor k of user u at [k * 32 + u]; it and `out` are 64-byte aligned. An item's row is
/// read once.
void freshet_block_scores(
    const float *queries, const float *rows, size_t count, size_t n, size_t stride, float *out);

/// Floats or rows that the list of a user takes: a lead of 16, and the entries in whole lanes.
#define FRESHET_LIST_ROOM(limit) (16 + ((limit) + 15) / 16 * 16)

/// The best of each user of a block so far: the list of user u begins at [u * room + 16] of scores and rows, best
/// first, of equals the earlier row. The score before it, at [u * room + 15], is plus infinity; where there is no entry
/// yet, scores are minus infinity. `bars` is each user's score at place `limit` - 1. All are 64-byte aligned.
struct freshet_lists {
    float *scores;
    uint32_t *rows;
    float *bars;
    size_t limit;
};

/// Takes the scores [r * 32 + u] of rows first ..< first + count into the lists. Rows must come in rising order.
/// Bit u of hidden[row] keeps a row from user u; minus infinity and what is not a number never get in.
void freshet_block_pick(
    const float *scores, size_t count, uint32_t first, const uint32_t *hidden, struct freshet_lists *lists);

/// Turns the scores [r * 32 + u] of a block, so that those of user u stand at out[u * stride + r]; `count` and `stride`
/// are multiples of 16, all 64-byte aligned.
void freshet_block_turn(const float *scores, size_t count, float *out, size_t stride);

/// `freshet_block_pick` for one user of a block, whose scores stand one behind the other; what comes up to the next
/// multiple of 16 is read and left out.
void freshet_pick(
    const float *scores, size_t count, uint32_t first, const uint32_t *hidden, size_t user,
    struct freshet_lists *lists);

/// Softmax over rows that lie apart: shares[k] = e^(z[k]) / sum of e^(z), z[k] = shares[k] + dot(query, rows[k]), so
/// `shares` brings what is added to each product. 64-byte aligned, room for whole lanes of 16; the exponential is good
/// to 1e-6. Returns 0, and `shares` is of no use, where a z is not a number below 10,000.
int freshet_soften(const float *query, float *const *rows, size_t count, size_t n, float *shares);

/// out[i] += weights[r] * rows[r][i], row after row.
void freshet_gather(float *out, float *const *rows, const float *weights, size_t count, size_t n);

/// rows[r][i] += scale * weights[r] * x[i], row after row.
void freshet_scatter(
    float *const *rows, const float *weights, float scale, const float *x, size_t count, size_t n);

/// gradient[i] += miss * row[i];  row[i] += step * query[i], in that order.
void freshet_pull(float *row, const float *query, float *gradient, float miss, float step, size_t n);

/// Asks for memory that is soon to be read and written: the lines of `bytes` from `start` on.
static inline void freshet_expect(const void *start, size_t bytes) {
    for (size_t line = 0; line < bytes; line += 64) __builtin_prefetch((const char *)start + line, 1);
}
