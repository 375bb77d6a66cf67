// X. Wu (1992), "Color quantization by dynamic programming and principal analysis", ACM TOG 11(4), in
// its greedy form (Graphics Gems II, 1991): the box with the largest squared error is cut by the
// plane that leaves the least, until there are k. Cumulative moments over a grid of cells give the
// sums of any box in eight look-ups. The grid spans the points' own box.
#include <algorithm>
#include <cmath>

#include "seeding.hpp"
#include "watch.hpp"

namespace cq {
namespace {

struct Box {
    int lo[3], hi[3];  // cells lo <= i < hi
    Moments moments;
    double error;
};

class Table {
public:
    Table(const Points& p, int side) : side_(side), edge_(side_ + 1), cells_(static_cast<std::size_t>(edge_) * edge_ * edge_) {
        const float* axes[3] = {p.x.data(), p.y.data(), p.z.data()};
        for (int a = 0; a < 3; ++a) {
            lo_[a] = hi_[a] = axes[a][0];
            for (std::size_t i = 1; i < p.n; ++i) {
                lo_[a] = axes[a][i] < lo_[a] ? axes[a][i] : lo_[a];
                hi_[a] = axes[a][i] > hi_[a] ? axes[a][i] : hi_[a];
            }
            step_[a] = static_cast<float>(side_) / (hi_[a] - lo_[a] + 1.0f);
        }
        for (std::size_t i = 0; i < p.n; ++i) {
            int c[3];
            for (int a = 0; a < 3; ++a) {
                c[a] = static_cast<int>((axes[a][i] - lo_[a]) * step_[a]);
                if (c[a] >= side_) c[a] = side_ - 1;
            }
            at(c[0] + 1, c[1] + 1, c[2] + 1).add_point(p.weights[i], p.x[i], p.y[i], p.z[i]);
        }
        Watch::check();
        for (int i = 1; i < edge_; ++i)
            for (int j = 1; j < edge_; ++j)
                for (int l = 2; l < edge_; ++l) at(i, j, l).add(at(i, j, l - 1));
        for (int i = 1; i < edge_; ++i)
            for (int j = 2; j < edge_; ++j)
                for (int l = 1; l < edge_; ++l) at(i, j, l).add(at(i, j - 1, l));
        for (int i = 2; i < edge_; ++i)
            for (int j = 1; j < edge_; ++j)
                for (int l = 1; l < edge_; ++l) at(i, j, l).add(at(i - 1, j, l));
    }

    int side() const { return side_; }

    // Where a cell begins, in the points' own coordinates; the end of the last is the last point.
    Vec3 corner(const int cell[3]) const {
        double at[3];
        for (int a = 0; a < 3; ++a)
            at[a] = std::min(static_cast<double>(hi_[a]),
                             static_cast<double>(lo_[a]) + cell[a] / static_cast<double>(step_[a]));
        return {at[0], at[1], at[2]};
    }

    Moments sum(const int lo[3], const int hi[3]) const {
        Moments m = at(hi[0], hi[1], hi[2]);
        m.sub(at(lo[0], hi[1], hi[2]));
        m.sub(at(hi[0], lo[1], hi[2]));
        m.sub(at(hi[0], hi[1], lo[2]));
        m.add(at(lo[0], lo[1], hi[2]));
        m.add(at(lo[0], hi[1], lo[2]));
        m.add(at(hi[0], lo[1], lo[2]));
        m.sub(at(lo[0], lo[1], lo[2]));
        return m;
    }

private:
    Moments& at(int i, int j, int l) { return cells_[(static_cast<std::size_t>(i) * edge_ + j) * edge_ + l]; }
    const Moments& at(int i, int j, int l) const { return cells_[(static_cast<std::size_t>(i) * edge_ + j) * edge_ + l]; }

    int side_;
    int edge_;
    float lo_[3], hi_[3], step_[3];
    std::vector<Moments> cells_;
};

// Squared length of the sum, over the weight: the larger, the less error is left.
double compactness(const Moments& m) {
    const double x = static_cast<double>(m.x), y = static_cast<double>(m.y), z = static_cast<double>(m.z);
    return (x * x + y * y + z * z) / static_cast<double>(m.w);
}

// Cuts the box where it leaves the least error; false where no plane parts its points.
bool cut(const Table& table, Box& box, Box& other) {
    double most = -1;
    int axis = -1, place = 0;
    for (int a = 0; a < 3; ++a) {
        int hi[3] = {box.hi[0], box.hi[1], box.hi[2]};
        for (int at = box.lo[a] + 1; at < box.hi[a]; ++at) {
            hi[a] = at;
            const Moments lower = table.sum(box.lo, hi);
            if (lower.w == 0) continue;
            if (lower.w == box.moments.w) break;
            Moments upper = box.moments;
            upper.sub(lower);
            const double score = compactness(lower) + compactness(upper);
            if (score > most) {
                most = score;
                axis = a;
                place = at;
            }
        }
    }
    if (axis < 0) return false;
    other = box;
    box.hi[axis] = other.lo[axis] = place;
    for (Box* b : {&box, &other}) {
        b->moments = table.sum(b->lo, b->hi);
        b->error = b->moments.spread();
    }
    return true;
}

Part part(const Table& table, const Box& b) {
    const double w = static_cast<double>(b.moments.w);
    const Vec3 mean{static_cast<double>(b.moments.x) / w, static_cast<double>(b.moments.y) / w,
                    static_cast<double>(b.moments.z) / w};
    return {mean, table.corner(b.lo), table.corner(b.hi)};
}

}  // namespace

WuSeeding seed_wu(const Points& points, int k, int side) {
    const Table table(points, side);
    std::vector<Box> boxes(1);
    for (int a = 0; a < 3; ++a) {
        boxes[0].lo[a] = 0;
        boxes[0].hi[a] = table.side();
    }
    boxes[0].moments = table.sum(boxes[0].lo, boxes[0].hi);
    boxes[0].error = boxes[0].moments.spread();
    WuSeeding made;
    made.parts.push_back(part(table, boxes[0]));
    while (static_cast<int>(boxes.size()) < k) {
        Watch::check();
        std::size_t worst = 0;
        for (std::size_t i = 1; i < boxes.size(); ++i)
            if (boxes[i].error > boxes[worst].error) worst = i;
        if (!(boxes[worst].error > 0)) break;
        Box other;
        if (!cut(table, boxes[worst], other)) {
            boxes[worst].error = 0;
            continue;
        }
        boxes.push_back(other);
        made.cuts.push_back(static_cast<std::int32_t>(worst));
        made.parts.push_back(part(table, boxes[worst]));
        made.parts.push_back(part(table, other));
    }
    for (const Box& b : boxes) made.centroids.push_back(part(table, b).mean);
    fill_up(points, k, made.centroids);
    return made;
}

}  // namespace cq
