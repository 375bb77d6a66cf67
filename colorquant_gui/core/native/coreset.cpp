// A coreset by cutting the cube of colours: each time the cell with the largest squared error is split,
// so that cells are small where the picture has its pixels and not of one size everywhere. What is
// optimal for the cells' weighted means is nearly so for the colours, at a hundredth of the work.
#include "problem.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace cq {
namespace {

constexpr std::int32_t kOctants = 128;  // cells with more points are split in eight, others in two
constexpr std::int32_t kLargestStart = 48, kLeastStart = 512;  // cells to start from: parts of all, points
constexpr float kLargestCoordinate = 16384.0f;  // keeps weighted squares within 64 bits

struct Cell {
    std::int32_t begin, end;
    std::int32_t first_leaf, end_leaf;  // of the tree; where the border is inside a leaf, the next one
    Moments moments;
};

struct Open {
    float error;
    std::int32_t cell;
    bool operator<(const Open& o) const { return error != o.error ? error < o.error : cell > o.cell; }
};

// The first index in [begin, end) whose key is at least `key`, or end; without a branch to guess.
std::int32_t first_not_below(const std::uint32_t* keys, std::int32_t begin, std::int32_t end,
                             std::uint32_t key) {
    std::int32_t left = end - begin;
    while (left > 0) {
        const std::int32_t half = left - left / 2;
        begin += keys[begin + half - 1] < key ? half : 0;
        left -= half;
    }
    return begin;
}

class Cutter {
public:
    explicit Cutter(const Problem& fine) : p_(fine.points), tree_(fine.tree), keys_(fine.keys.data()) {}

    Cell whole() const { return cell(0, static_cast<std::int32_t>(p_.n), 0, tree_.leaves()); }

    // The parts of a cell of several points; returns how many.
    int split(const Cell& c, Cell parts[8]) const {
        const std::uint32_t first = keys_[c.begin], diff = first ^ keys_[c.end - 1];
        int high = 23;
        while ((diff >> high & 1u) == 0) --high;
        // Skips the levels at which only one octant is filled.
        const int shift = c.end - c.begin > kOctants ? high / 3 * 3 : high;
        const std::uint32_t last = keys_[c.end - 1] >> shift;
        int count = 0;
        std::int32_t at = c.begin, leaf = c.first_leaf;
        for (std::uint32_t prefix = first >> shift; prefix <= last; ++prefix) {
            // The first leaf behind the part, and the part's end, which may lie in the leaf before.
            const std::uint32_t border = (prefix + 1) << shift;
            const std::int32_t end_leaf = first_not_below(tree_.key.data(), leaf, c.end_leaf, border);
            std::int32_t end = std::min(c.end, tree_.begin[static_cast<std::size_t>(end_leaf)]);
            if (end > at && keys_[end - 1] >= border) {
                const std::int32_t from =
                    end_leaf > leaf ? tree_.begin[static_cast<std::size_t>(end_leaf) - 1] : at;
                end = first_not_below(keys_, std::max(at, from), end, border);
            }
            if (end == at) continue;
            parts[count++] = cell(at, end, leaf, end_leaf);
            at = end;
            leaf = end_leaf;
        }
        return count;
    }

private:
    Cell cell(std::int32_t begin, std::int32_t end, std::int32_t first_leaf, std::int32_t end_leaf) const {
        Cell c{begin, end, first_leaf, end_leaf, {}};
        // Most cells consist of leaves.
        if (tree_.begin[static_cast<std::size_t>(first_leaf)] == begin &&
            tree_.begin[static_cast<std::size_t>(end_leaf)] == end) {
            c.moments = tree_.before[static_cast<std::size_t>(end_leaf)];
            c.moments.sub(tree_.before[static_cast<std::size_t>(first_leaf)]);
        } else {
            for (std::int32_t i = begin; i < end; ++i)
                c.moments.add_point(p_.weights[i], p_.x[i], p_.y[i], p_.z[i]);
        }
        return c;
    }

    const Points& p_;
    const Tree& tree_;
    const std::uint32_t* keys_;
};

}  // namespace

std::unique_ptr<Problem> Problem::coarse(const Problem& fine, std::size_t size) {
    const Points& p = fine.points;
    const std::uint32_t* keys = fine.keys.data();
    const Cutter cutter(fine);
    std::vector<Cell> cells;
    std::priority_queue<Open> open;
    // Puts a cell at a place of the list, where it waits to be split.
    auto put = [&](std::size_t at, const Cell& c) {
        if (at == cells.size())
            cells.push_back(c);
        else
            cells[at] = c;
        if (c.end - c.begin > 1)
            open.push({static_cast<float>(c.moments.spread()), static_cast<std::int32_t>(at)});
    };
    cells.reserve(size + 8);
    const auto n = static_cast<std::int32_t>(p.n);
    std::vector<Cell> start{cutter.whole()};
    Cell parts[8];
    while (!start.empty()) {
        const Cell c = start.back();
        start.pop_back();
        if (c.end - c.begin <= std::max(n / kLargestStart, kLeastStart)) {
            put(cells.size(), c);
            continue;
        }
        for (int i = cutter.split(c, parts); i > 0; --i) start.push_back(parts[i - 1]);
    }
    for (int splits = 0; !open.empty() && cells.size() < size && open.top().error > 0.0f; ++splits) {
        if (splits % 16 == 0) Watch::check();
        auto place = static_cast<std::size_t>(open.top().cell);
        open.pop();
        const int count = cutter.split(cells[place], parts);
        for (int i = 0; i < count; ++i) {
            put(place, parts[i]);
            place = cells.size();
        }
    }
    std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.begin < b.begin; });

    double grain = 1;
    while (grain < 64 && 2 * grain * static_cast<double>(p.radius_max) <= kLargestCoordinate) grain *= 2;
    std::unique_ptr<Problem> made(new Problem);
    Points& points = made->points;
    points.resize(cells.size());
    made->keys = Zeroed<std::uint32_t>(cells.size());
    points.own_weights.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& c = cells[i];
        const double w = static_cast<double>(c.moments.w);
        points.x[i] = static_cast<float>(std::nearbyint(grain * static_cast<double>(c.moments.x) / w));
        points.y[i] = static_cast<float>(std::nearbyint(grain * static_cast<double>(c.moments.y) / w));
        points.z[i] = static_cast<float>(std::nearbyint(grain * static_cast<double>(c.moments.z) / w));
        points.own_weights[i] = c.moments.w;
        made->keys[i] = keys[c.begin];
    }
    points.weights = points.own_weights.data();
    points.radius_max = static_cast<float>(grain) * p.radius_max;
    for (int a = 0; a < 3; ++a) points.origin[a] = p.origin[a] * static_cast<std::int32_t>(grain);
    made->scale = fine.scale * grain;
    made->pool = fine.pool;
    Pool alone(1);
    made->tree.build(points, made->keys.data(), alone);
    return made;
}

}  // namespace cq
