// What the assignment kernels share with the code that drives them: plain data only, because the
// kernels are compiled once per instruction set and must not carry inline library code of their own.
#pragma once

#include <cstdint>

#include "node.hpp"

namespace cq {

struct Moments;

// A leaf that several centroids may own, with the ones that come into question.
struct Entry {
    std::int32_t begin, count;
    std::uint32_t list;  // offset into Worker::lists
    std::int32_t m;      // length of that list
};

// Candidate centroids in structure-of-arrays form, padded to whole vectors.
struct Candidates {
    alignas(64) float x[272], y[272], z[272], reach[272];
    std::uint8_t id[272];
    int m;
};

// A point on its way from one centroid to another.
struct Move {
    std::int32_t point;
    std::uint8_t from, to;
};
constexpr int kPendingMoves = 64;

// What one thread writes.
struct Worker {
    Moments* delta;  // per centroid, against the moments before this assignment
    std::int64_t changed;
    Move pending[kPendingMoves];  // moves whose weights are on their way from memory
    int n_pending;
    Entry* entries;
    std::uint32_t n_entries;
    std::uint8_t* lists;
    std::uint32_t n_lists;
    Candidates* stack;  // one per depth of the tree
};

// What all threads read; labels and owner are written, each element by one thread only.
struct Job {
    const float *x, *y, *z;  // points
    const std::int64_t* weights;
    const Node* nodes;
    const Moments* moments;  // of the nodes
    std::uint8_t* labels;
    std::int16_t* owner;  // the one label of a node's points, or -1 where the labels must be read
    int k;
    const float *cx, *cy, *cz, *half_norm;  // centroids as float32, for the filter
    const double* centroids;                // k x 3, for the decision
    const float* reach;    // how far each centroid may travel before the entries are stale
    bool record;           // keep entries for `refresh`
    float prune_slack;     // bound on the rounding of a pruning test
    float score_slack;     // bound on the rounding of a score difference
    const Candidates* all;
};

// Assigns all points of a subtree, from all centroids.
using AssignTree = void (*)(const Job&, Worker&, std::int32_t root);
// Assigns the points of recorded entries again, from each entry's candidates.
using AssignEntries = void (*)(const Job&, Worker&, const Entry* entries, std::uint32_t count,
                               const std::uint8_t* lists);

struct AssignKernels {
    AssignTree tree;
    AssignEntries entries;
};

// The kernels for the instruction set in force (see cpu.hpp).
AssignKernels assign_kernels();

// Called by the kernels. Compiled once, for the baseline, without fused multiply-add: what decides a
// label and what is summed is the same on every machine.
std::uint8_t exact_nearest(const Job& job, std::int32_t point, const std::uint8_t* ids, int m);
void apply_moves(const Job& job, Worker& worker);  // the pending ones
void move_node(const Job& job, Worker& worker, std::int32_t node, std::uint8_t from, std::uint8_t to);

}  // namespace cq
