// A coreset by cutting the octree: each time the cell with the largest squared error is split, so that
// cells are small where the picture has its pixels and not of one size everywhere. What is optimal for
// the cells' weighted means is nearly so for the colours, at a hundredth of the work.
#include "problem.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace cq {
namespace {

constexpr int kLeafPoints = 96;
constexpr float kLargestCoordinate = 16384.0f;  // keeps weighted squares within 64 bits

struct Cell {
    std::int32_t begin, end, node;  // node: of the octree, or -1 below its leaves
    Moments moments;
};

struct Open {
    float error;
    std::int32_t cell;
    bool operator<(const Open& o) const { return error != o.error ? error < o.error : cell > o.cell; }
};

Cell cell_of_points(const Points& p, std::int32_t begin, std::int32_t end) {
    Cell c{begin, end, -1, {}};
    for (std::int32_t i = begin; i < end; ++i)
        c.moments.add_point(p.weights[i], p.x[i], p.y[i], p.z[i]);
    return c;
}

}  // namespace

std::unique_ptr<Problem> Problem::coarse(const Problem& fine, std::size_t size) {
    const Points& p = fine.points;
    const Octree& t = fine.tree;
    const std::uint32_t* keys = fine.keys.data();
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
    auto cell_of_node = [&](std::int32_t i) {
        const auto at = static_cast<std::size_t>(i);
        return Cell{t.nodes[at].begin, t.nodes[at].end, i, t.moments[at]};
    };
    cells.reserve(size + 8);
    for (const std::int32_t root : t.roots) put(cells.size(), cell_of_node(root));
    while (!open.empty() && cells.size() < size && open.top().error > 0.0f) {
        if (cells.size() % 64 == 0) Watch::check();
        const auto place = static_cast<std::size_t>(open.top().cell);
        open.pop();
        const Cell c = cells[place];
        if (c.node >= 0 && t.nodes[static_cast<std::size_t>(c.node)].next > c.node + 1) {
            std::size_t at = place;
            const std::int32_t end = t.nodes[static_cast<std::size_t>(c.node)].next;
            for (std::int32_t i = c.node + 1; i < end; i = t.nodes[static_cast<std::size_t>(i)].next) {
                put(at, cell_of_node(i));
                at = cells.size();
            }
            continue;
        }
        // Below the leaves: halve at the highest key bit in which the range differs.
        const std::uint32_t first = keys[c.begin], diff = first ^ keys[c.end - 1];
        int bit = 23;
        while ((diff >> bit & 1u) == 0) --bit;
        const std::uint32_t border = (first >> bit | 1u) << bit;
        const auto cut = static_cast<std::int32_t>(
            std::lower_bound(keys + c.begin, keys + c.end, border) - keys);
        put(place, cell_of_points(p, c.begin, cut));
        put(cells.size(), cell_of_points(p, cut, c.end));
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
    made->tree.build(points, made->keys.data(), kLeafPoints, alone);
    return made;
}

}  // namespace cq
