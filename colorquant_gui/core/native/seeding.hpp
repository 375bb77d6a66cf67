// Initial centroids.
#pragma once

#include "points.hpp"

namespace cq {

// Greedy k-means++ over all the points, in the order of drawing.
std::vector<Vec3> seed_plus_plus(const Points& points, int k, std::uint64_t seed);

struct Part {
    Vec3 mean, low, high;  // of a box: the mean of its points, and its corners
};

struct WuSeeding {
    std::vector<Vec3> centroids;     // means of the boxes in the end, then what filled up
    std::vector<std::int32_t> cuts;  // cut i: which of the i + 1 boxes was halved
    std::vector<Part> parts;         // all points' box; then of cut i at 2i + 1 what took the place
                                     // of the box, and at 2i + 2 what became box i + 1
};

// Wu's variance-minimising boxes over a grid of side cells per axis.
WuSeeding seed_wu(const Points& points, int k, int side);

// Adds the points with the greatest error until there are k centroids.
void fill_up(const Points& points, int k, std::vector<Vec3>& centroids);

}  // namespace cq
