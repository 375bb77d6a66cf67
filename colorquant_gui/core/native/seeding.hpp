// Initial centroids.
#pragma once

#include "points.hpp"

namespace cq {

// Greedy k-means++ over all the points.
std::vector<Vec3> seed_plus_plus(const Points& points, int k, std::uint64_t seed);

// Wu's variance-minimising boxes over a grid of side cells per axis.
std::vector<Vec3> seed_wu(const Points& points, int k, int side);

// Adds the points with the greatest error until there are k centroids.
void fill_up(const Points& points, int k, std::vector<Vec3>& centroids);

}  // namespace cq
