#include "problem.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include "convert.hpp"
#include "morton.hpp"

namespace cq {
namespace {

constexpr std::size_t kBlock = 1 << 14;

struct Range {
    float lo = 3e38f, hi = -3e38f;

    void add(const Range& o) {
        lo = std::min(lo, o.lo);
        hi = std::max(hi, o.hi);
    }
};

// In lanes, as a compiler may not change the order of a single minimum's comparisons.
Range range_of(const float* values, std::size_t n) {
    constexpr std::size_t lanes = 16;
    float lo[lanes], hi[lanes];
    std::fill(lo, lo + lanes, 3e38f);
    std::fill(hi, hi + lanes, -3e38f);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        for (std::size_t l = 0; l < lanes; ++l) {
            lo[l] = values[i + l] < lo[l] ? values[i + l] : lo[l];
            hi[l] = values[i + l] > hi[l] ? values[i + l] : hi[l];
        }
    Range r;
    for (std::size_t l = 0; l < lanes; ++l) r.add({lo[l], hi[l]});
    for (; i < n; ++i) r.add({values[i], values[i]});
    return r;
}

}  // namespace

Problem::Problem(const std::uint8_t* colors, const std::int64_t* counts, std::size_t n,
                 const Conversion* conversion, int threads)
    : keys(n), pool(std::make_shared<Pool>(threads)) {
    points.resize(n);
    points.weights = counts;
    if (conversion) scale = conversion->scale;
    float* axes[3] = {points.x.data(), points.y.data(), points.z.data()};
    const Convert convert = convert_kernel();
    const std::size_t blocks = (n + kBlock - 1) / kBlock;
    std::vector<std::array<Range, 3>> ranges(blocks);
    pool->run(blocks, [&](std::size_t b, int) {
        const std::size_t begin = b * kBlock, end = std::min(n, begin + kBlock);
        const std::uint8_t* c = colors + 3 * begin;
        std::uint32_t* key = keys.data();
        for (std::size_t i = begin; i < end; ++i, c += 3) key[i] = morton(c[0], c[1], c[2]);
        c = colors + 3 * begin;
        if (conversion) {
            convert(*conversion, c, end - begin, axes[0] + begin, axes[1] + begin, axes[2] + begin);
        } else {
            for (int a = 0; a < 3; ++a) {
                float* axis = axes[a] + begin;
                for (std::size_t i = 0; i < end - begin; ++i) axis[i] = c[3 * i + static_cast<std::size_t>(a)];
            }
        }
        for (std::size_t a = 0; a < 3; ++a) ranges[b][a] = range_of(axes[a] + begin, end - begin);
    }, n < 60000);
    float middle[3] = {0, 0, 0};
    for (std::size_t a = 0; a < 3 && n > 0; ++a) {
        Range all;
        for (const auto& r : ranges) all.add(r[a]);
        // sRGB stays where it is, so that means come out as plain arithmetic gives them
        if (conversion) middle[a] = std::floor(0.5f * (all.lo + all.hi));
        points.origin[a] = static_cast<std::int32_t>(middle[a]);
        points.radius_max = std::max({points.radius_max, all.hi - middle[a], std::fabs(middle[a] - all.lo)});
    }
    std::atomic<bool> ordered{true};
    pool->run(blocks, [&](std::size_t b, int) {
        const std::size_t begin = b * kBlock, end = std::min(n, begin + kBlock);
        // with the first of the next block, so that no pair is left out
        if (!std::is_sorted(keys.data() + begin, keys.data() + std::min(n, end + 1))) ordered = false;
        for (int a = 0; a < 3 && conversion; ++a)
            for (std::size_t i = begin; i < end; ++i) axes[a][i] -= middle[a];
    }, n < 60000);
    if (!ordered) throw std::invalid_argument("colors must be in Morton order");
    tree.build(points, keys.data(), *pool);
}

Vec3 Problem::to_grid(const double* c) const {
    return {c[0] * scale - points.origin[0], c[1] * scale - points.origin[1],
            c[2] * scale - points.origin[2]};
}

void Problem::from_grid(const Vec3& v, double* c) const {
    c[0] = (v.x + points.origin[0]) / scale;
    c[1] = (v.y + points.origin[1]) / scale;
    c[2] = (v.z + points.origin[2]) / scale;
}

}  // namespace cq
