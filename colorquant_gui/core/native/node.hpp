// One node of the octree; plain data, so that the per-instruction-set kernels can read it.
#pragma once

#include <cstdint>

namespace cq {

struct Node {
    float lo[3], hi[3];       // box of the points in the clustering space
    std::int32_t begin, end;  // points
    std::int32_t next;        // the node after this one's subtree; a leaf has next == itself + 1
};

}  // namespace cq
