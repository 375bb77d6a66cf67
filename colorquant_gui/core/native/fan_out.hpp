#pragma once

namespace cq {

constexpr int kFanOut = 16;  // children of a node at most: the lanes of the widest vectors

}  // namespace cq
