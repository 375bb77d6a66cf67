// An octree over points in Morton order, where every node is a range of them.
//
// G. M. Morton (1966), "A computer oriented geodetic data base": interleaving the bits of three
// coordinates sorts points so that each cube of the octree is one contiguous range. So the tree
// stores no points: only ranges, the box of the coordinates in the clustering space (which need not
// be the space of the keys), and the summed moments.
#pragma once

#include "node.hpp"
#include "points.hpp"
#include "pool.hpp"

namespace cq {

struct Octree {
    std::vector<Node> nodes;       // preorder: the first child follows its parent
    std::vector<Moments> moments;  // of each node
    std::vector<std::int32_t> roots;
    Moments total;

    // keys: the points' 24-bit Morton keys, ascending.
    void build(const Points& points, const std::uint32_t* keys, int leaf_size, Pool& pool);
};

}  // namespace cq
