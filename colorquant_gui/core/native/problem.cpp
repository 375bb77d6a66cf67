#include "problem.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include "convert.hpp"
#include "morton.hpp"

namespace cq {
namespace {

constexpr std::size_t kBlock = 1 << 14;

struct Range {
    float lo[3] = {3e38f, 3e38f, 3e38f}, hi[3] = {-3e38f, -3e38f, -3e38f};
};

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
    std::vector<Range> ranges(blocks);
    pool->run(blocks, [&](std::size_t b, int) {
        const std::size_t begin = b * kBlock, end = std::min(n, begin + kBlock);
        const std::uint8_t* c = colors + 3 * begin;
        for (std::size_t i = begin; i < end; ++i, c += 3) keys[i] = morton(c[0], c[1], c[2]);
        if (conversion) {
            convert(*conversion, colors + 3 * begin, end - begin, axes[0] + begin, axes[1] + begin,
                    axes[2] + begin);
        } else {
            c = colors + 3 * begin;
            for (std::size_t i = begin; i < end; ++i, c += 3)
                for (int a = 0; a < 3; ++a) axes[a][i] = c[a];
        }
        for (int a = 0; a < 3; ++a)
            for (std::size_t i = begin; i < end; ++i) {
                ranges[b].lo[a] = std::min(ranges[b].lo[a], axes[a][i]);
                ranges[b].hi[a] = std::max(ranges[b].hi[a], axes[a][i]);
            }
    }, n < 60000);
    float middle[3] = {0, 0, 0};
    for (int a = 0; a < 3 && n > 0; ++a) {
        float lo = ranges[0].lo[a], hi = ranges[0].hi[a];
        for (const Range& r : ranges) {
            lo = std::min(lo, r.lo[a]);
            hi = std::max(hi, r.hi[a]);
        }
        // sRGB stays where it is, so that means come out as plain arithmetic gives them
        if (conversion) middle[a] = std::floor(0.5f * (lo + hi));
        points.origin[a] = static_cast<std::int32_t>(middle[a]);
        points.radius_max = std::max({points.radius_max, hi - middle[a], std::fabs(middle[a] - lo)});
    }
    std::atomic<bool> ordered{true};
    pool->run(blocks, [&](std::size_t b, int) {
        const std::size_t begin = b * kBlock, end = std::min(n, begin + kBlock);
        // with the first of the next block, so that no pair is left out
        if (!std::is_sorted(keys.data() + begin, keys.data() + std::min(n, end + 1))) ordered = false;
        for (int a = 0; a < 3; ++a)
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
