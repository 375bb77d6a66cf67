#include "tree.hpp"

#include <algorithm>

namespace cq {
namespace {

// Parts that the threads share out: so many, unless that makes them smaller than so many points.
constexpr std::int32_t kParts = 48, kLeastPart = 4096;
constexpr std::size_t kAlonePoints = 20000;

// Cuts [begin, end) into the largest aligned ranges of at most `most` items: those whose keys agree in
// all but their lowest bits and that hold every item which agrees so. The keys ascend, each once.
void cut(std::int32_t begin, std::int32_t end, std::int32_t most, const std::uint32_t* key,
         std::vector<std::int32_t>& starts) {
    for (std::int32_t at = begin; at < end;) {
        starts.push_back(at);
        // Aligned ranges around `at` are told apart by the lowest bits they leave free. With as many as
        // the highest bit in which a neighbour differs, they leave that neighbour out.
        const std::uint32_t here = key[at];
        std::uint32_t outside = ~0u;
        if (at > begin) outside = std::min(outside, here ^ key[at - 1]);
        std::int32_t stop = end;
        if (end - at > most) {
            stop = at + most;
            outside = std::min(outside, here ^ key[stop]);
        }
        int free = 31;
        while (free > 0 && (outside >> free) == 0) --free;
        std::int32_t low = at + 1;
        while (low < stop) {
            const std::int32_t middle = low + (stop - low) / 2;
            if ((key[middle] ^ here) >> free == 0)
                low = middle + 1;
            else
                stop = middle;
        }
        at = low;
    }
}

struct Box {
    float lo[3] = {3e38f, 3e38f, 3e38f}, hi[3] = {-3e38f, -3e38f, -3e38f};

    void add(int axis, float low, float high) {
        lo[axis] = low < lo[axis] ? low : lo[axis];
        hi[axis] = high > hi[axis] ? high : hi[axis];
    }
};

}  // namespace

void Tree::build(const Points& points, const std::uint32_t* keys, Pool& pool) {
    const auto n = static_cast<std::int32_t>(points.n);
    const float* axes[3] = {points.x.data(), points.y.data(), points.z.data()};

    std::vector<std::int32_t> parts;
    cut(0, n, std::max(n / kParts, kLeastPart), keys, parts);
    parts.push_back(n);
    const std::size_t n_parts = parts.size() - 1;
    std::vector<std::vector<std::int32_t>> starts(n_parts);
    pool.run(n_parts, [&](std::size_t p, int) {
        cut(parts[p], parts[p + 1], kLeafPoints, keys, starts[p]);
    }, points.n < kAlonePoints);

    std::vector<std::size_t> offset{0};
    for (const auto& s : starts) offset.push_back(offset.back() + s.size());
    const std::size_t n_leaves = offset.back();
    begin.assign(n_leaves + 1, n);
    key.assign(n_leaves + 1, 0);
    first.assign(n_leaves + 1, static_cast<std::int32_t>(n_leaves));
    pool.run(n_parts, [&](std::size_t p, int) {
        for (std::size_t i = offset[p]; i < offset[p + 1]; ++i) {
            begin[i] = starts[p][i - offset[p]];
            key[i] = keys[begin[i]];
            first[i] = static_cast<std::int32_t>(i);
        }
    }, points.n < kAlonePoints);
    leaf = first;
    // Levels above, until one node holds all; there is always one above the leaves.
    levels = {0, static_cast<std::int32_t>(begin.size())};
    do {
        Watch::check();
        const std::int32_t from = levels[levels.size() - 2], to = levels.back() - 1;
        cut(from, to, kFanOut, key.data(), first);
        first.push_back(to);
        for (std::size_t i = begin.size(); i < first.size(); ++i) {
            begin.push_back(begin[static_cast<std::size_t>(first[i])]);
            key.push_back(key[static_cast<std::size_t>(first[i])]);
            leaf.push_back(leaf[static_cast<std::size_t>(first[i])]);
        }
        levels.push_back(static_cast<std::int32_t>(begin.size()));
    } while (level_size(levels.size() - 2) > 1);

    for (int a = 0; a < 3; ++a) {
        mid[a].assign(begin.size() + kLanePadding, 0.0f);
        extent[a].assign(begin.size() + kLanePadding, 0.0f);
    }
    std::vector<Box> boxes(begin.size());
    const auto set_box = [&](std::size_t node) {
        for (int a = 0; a < 3; ++a) {
            mid[a][node] = 0.5f * (boxes[node].lo[a] + boxes[node].hi[a]);
            extent[a][node] = boxes[node].hi[a] - boxes[node].lo[a];
        }
    };
    packed = Zeroed<std::int16_t>(3 * points.n + kLanePadding);
    before.assign(static_cast<std::size_t>(leaves()) + 1, Moments());
    pool.run(n_parts, [&](std::size_t p, int) {
        Moments sum;
        for (std::size_t i = offset[p]; i < offset[p + 1]; ++i) {
            const std::int32_t from = begin[i], count = begin[i + 1] - from;
            std::int16_t* to = packed.data() + 3 * static_cast<std::size_t>(from);
            for (int a = 0; a < 3; ++a, to += count) {
                for (std::int32_t j = 0; j < count; ++j) to[j] = static_cast<std::int16_t>(axes[a][from + j]);
                std::int16_t low = to[0], high = to[0];
                for (std::int32_t j = 1; j < count; ++j) {
                    low = std::min(low, to[j]);
                    high = std::max(high, to[j]);
                }
                boxes[i].add(a, low, high);
            }
            set_box(i);
            for (std::int32_t j = from; j < from + count; ++j)
                sum.add_point(points.weights[j], points.x[j], points.y[j], points.z[j]);
            before[i + 1] = sum;
        }
    }, points.n < kAlonePoints);
    Moments base;
    for (std::size_t p = 0; p < n_parts; ++p) {
        Watch::check();
        for (std::size_t i = offset[p]; i < offset[p + 1]; ++i) before[i + 1].add(base);
        base = before[offset[p + 1]];
    }
    for (std::size_t level = 1; level + 1 < levels.size(); ++level) {
        Watch::check();
        for (std::int32_t node = levels[level]; node < levels[level + 1] - 1; ++node) {
            const auto i = static_cast<std::size_t>(node);
            for (std::int32_t child = first[i]; child < first[i + 1]; ++child)
                for (int a = 0; a < 3; ++a) {
                    const Box& box = boxes[static_cast<std::size_t>(child)];
                    boxes[i].add(a, box.lo[a], box.hi[a]);
                }
            set_box(i);
        }
    }
}

}  // namespace cq
