// The weighted points of a fit and the sums that every stage works with.
//
// Coordinates are whole numbers (sRGB as it is, the other spaces in fixed point), moved so that the
// middle of their box is the origin. Sums of whole numbers in 64 bits are exact, so that they do not
// depend on the order of adding: any number of threads gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "memory.hpp"

namespace cq {

constexpr int kMaxClusters = 256;
constexpr int kLanePadding = 16;  // readable elements behind the last one, for whole-vector loads

// Weight, weighted sum and weighted squared norm of a set of points.
struct Moments {
    std::int64_t w = 0, x = 0, y = 0, z = 0, q = 0;

    void add(const Moments& o) { w += o.w; x += o.x; y += o.y; z += o.z; q += o.q; }
    void sub(const Moments& o) { w -= o.w; x -= o.x; y -= o.y; z -= o.z; q -= o.q; }
    void add_point(std::int64_t weight, float px, float py, float pz) {
        add_point(weight, static_cast<std::int32_t>(px), static_cast<std::int32_t>(py),
                  static_cast<std::int32_t>(pz));
    }
    void add_point(std::int64_t weight, std::int32_t px, std::int32_t py, std::int32_t pz) {
        const std::int64_t ix = px, iy = py, iz = pz;
        w += weight;
        x += weight * ix;
        y += weight * iy;
        z += weight * iz;
        q += weight * (ix * ix + iy * iy + iz * iz);
    }
    // Squared distances to (cx, cy, cz), summed.
    double spread_about(double cx, double cy, double cz) const {
        const double dot = cx * static_cast<double>(x) + cy * static_cast<double>(y) +
                           cz * static_cast<double>(z);
        const double norm = cx * cx + cy * cy + cz * cz;
        const double s = static_cast<double>(q) - 2.0 * dot + static_cast<double>(w) * norm;
        return s > 0.0 ? s : 0.0;
    }
    // Squared distances to the mean, summed.
    double spread() const {
        if (w == 0) return 0.0;
        const double dx = static_cast<double>(x), dy = static_cast<double>(y),
                     dz = static_cast<double>(z);
        const double s = static_cast<double>(q) - (dx * dx + dy * dy + dz * dz) / static_cast<double>(w);
        return s > 0.0 ? s : 0.0;
    }
};

struct Vec3 {
    double x = 0, y = 0, z = 0;
};

struct Points {
    std::size_t n = 0;
    Zeroed<float> x, y, z;           // whole numbers, n + kLanePadding of each
    const std::int64_t* weights = nullptr;  // n, owned by whoever made the points
    std::vector<std::int64_t> own_weights;  // used where nobody else holds them
    std::int32_t origin[3] = {0, 0, 0};   // added back to get the coordinate in the space
    float radius_max = 0;                 // largest |coordinate|, below 2**15

    void resize(std::size_t count) {
        n = count;
        x = Zeroed<float>(count + kLanePadding);
        y = Zeroed<float>(count + kLanePadding);
        z = Zeroed<float>(count + kLanePadding);
    }
};

}  // namespace cq
