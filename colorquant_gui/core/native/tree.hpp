// A wide tree over points in Morton order, where every node is a range of them.
//
// G. M. Morton (1966), "A computer oriented geodetic data base": interleaving the bits of three
// coordinates sorts points so that each cube of the octree, and each half and quarter of one, is one
// contiguous range. Here a leaf is the largest such range that holds few enough points, and a node
// the largest one that holds at most 16 nodes of the level below: one for every lane of a vector, so
// that a node's children are looked at all at once, as wide trees are in ray tracing (H. Dammertz et
// al. 2008, "Shallow bounding volume hierarchies for fast SIMD ray tracing of incoherent rays").
//
// Stored are the ranges, the boxes of their coordinates in the clustering space (which need not be
// the space of the keys), moments summed up to each leaf, and once more the coordinates: in half the
// size and leaf by leaf, as an iteration's time is largely that of fetching them.
#pragma once

#include "fan_out.hpp"
#include "points.hpp"
#include "pool.hpp"

namespace cq {

// Measured: smaller leaves cost more visits, larger ones more distances.
constexpr std::int32_t kLeafPoints = 64;

// Nodes are numbered level by level, the leaves first; each level ends with a node of no points, so
// that a node's range ends where the next one's begins.
struct Tree {
    std::vector<float> mid[3], extent[3];  // of the boxes: middle and size; readable 16 lanes on
    std::vector<std::int32_t> begin;       // first point
    std::vector<std::uint32_t> key;        // its key
    std::vector<std::int32_t> first;       // first child; of a leaf itself
    std::vector<std::int32_t> leaf;        // first leaf
    std::vector<std::int32_t> levels;      // first node of each level, and the number of nodes
    std::vector<Moments> before;           // of all points before a leaf
    // All x of a leaf's points, then all y, all z; the leaf that begins at point p begins at 3 p.
    Zeroed<std::int16_t> packed;

    // keys: the points' 24-bit Morton keys, ascending, each once.
    void build(const Points& points, const std::uint32_t* keys, Pool& pool);

    // The node of all points, of which there must be some.
    std::size_t top() const { return static_cast<std::size_t>(levels[levels.size() - 2]); }
    const Moments& total() const { return before.back(); }
    std::int32_t leaves() const { return levels[1] - 1; }
    std::int32_t level_size(std::size_t level) const { return levels[level + 1] - levels[level] - 1; }
};

}  // namespace cq
