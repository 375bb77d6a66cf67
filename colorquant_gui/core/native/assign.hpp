// What the assignment kernels share with the code that drives them: plain data only, because the
// kernels are compiled once per instruction set and must not carry inline library code of their own.
#pragma once

#include <cstdint>

namespace cq {

struct Moments;

constexpr int kPendingMoves = 256;

// What one thread writes.
struct Worker {
    Moments* delta;  // per centroid, against the moments before this assignment
    std::int64_t changed;
    // Points on their way from one centroid to another; their weights are seldom in the cache.
    std::int32_t point[kPendingMoves + 16];
    std::int32_t route[kPendingMoves + 16];  // from * 256 + to
    std::int32_t x[kPendingMoves + 16], y[kPendingMoves + 16], z[kPendingMoves + 16];
    int n_pending;
    alignas(64) float distance[256 * 16];
};

// What all threads read; labels and owner are written, each element by one thread only.
struct Job {
    const std::int64_t* weights;
    // The tree (see tree.hpp).
    const float *mid[3], *extent[3];
    const std::int32_t *begin, *first, *leaf;
    const std::int16_t* packed;
    std::int32_t leaves;
    const Moments* before;
    std::uint8_t* labels;
    std::int16_t* owner;  // the one label of a node's points, or -1 where the labels must be read
    int k;
    const float *cx, *cy, *cz, *half_norm;  // centroids as float32, for the filter
    const double* centroids;                // k x 3, for the decision
    float prune_slack;     // bound on the rounding of a pruning test
    float score_slack;     // bound on the rounding of a score difference
};

// Assigns all points below a node that is no leaf, from all centroids.
using AssignTree = void (*)(const Job&, Worker&, std::int32_t node);

// The kernel for the instruction set in force (see cpu.hpp).
AssignTree assign_kernel();

// Called by the kernels. Compiled once, for the baseline, without fused multiply-add: what decides a
// label and what is summed is the same on every machine.
std::uint8_t exact_nearest(const Job& job, const double point[3], const std::uint8_t* ids, int m);
void apply_moves(const Job& job, Worker& worker);  // the pending ones
void move_node(const Job& job, Worker& worker, std::int32_t node, std::uint8_t from, std::uint8_t to);

}  // namespace cq
