#include "octree.hpp"

#include <algorithm>

namespace cq {
namespace {

struct Range {
    std::int32_t begin, end;
    int bits;  // key bits that may still differ inside the range
};

// First index in [begin, end) whose key is at least `key`.
std::int32_t lower(const std::uint32_t* keys, std::int32_t begin, std::int32_t end, std::uint32_t key) {
    return static_cast<std::int32_t>(std::lower_bound(keys + begin, keys + end, key) - keys);
}

// Splits a range into its non-empty octants; skips the levels at which only one of them is filled.
int split(const std::uint32_t* keys, Range r, Range out[8]) {
    const std::uint32_t diff = keys[r.begin] ^ keys[r.end - 1];
    while (r.bits > 3 && (diff >> (r.bits - 3)) == 0) r.bits -= 3;
    const int shift = r.bits - 3;
    const std::uint32_t base = keys[r.begin] >> r.bits << r.bits;
    int count = 0;
    std::int32_t at = r.begin;
    for (std::uint32_t octant = 0; octant < 8; ++octant) {
        const std::int32_t to =
            octant == 7 ? r.end : lower(keys, at, r.end, base + ((octant + 1) << shift));
        if (to > at) out[count++] = {at, to, shift};
        at = to;
    }
    return count;
}

class Builder {
public:
    Builder(const Points& points, const std::uint32_t* keys, int leaf_size)
        : p_(points), keys_(keys), leaf_size_(leaf_size) {}

    std::vector<Node> nodes;
    std::vector<Moments> moments;

    void add(const Range& r) {
        const std::size_t me = nodes.size();
        nodes.push_back({{0, 0, 0}, {0, 0, 0}, r.begin, r.end, 0});
        moments.emplace_back();
        if (r.end - r.begin <= leaf_size_ || r.bits == 0) {
            measure(me);
        } else {
            Watch::check();
            Range parts[8];
            const int count = split(keys_, r, parts);
            for (int i = 0; i < count; ++i) {
                const std::size_t child = nodes.size();
                add(parts[i]);
                include(me, child, i == 0);
            }
        }
        nodes[me].next = static_cast<std::int32_t>(nodes.size());
    }

private:
    void include(std::size_t me, std::size_t child, bool first) {
        Node& a = nodes[me];
        const Node& b = nodes[child];
        for (int c = 0; c < 3; ++c) {
            a.lo[c] = first ? b.lo[c] : std::min(a.lo[c], b.lo[c]);
            a.hi[c] = first ? b.hi[c] : std::max(a.hi[c], b.hi[c]);
        }
        moments[me].add(moments[child]);
    }

    void measure(std::size_t me) {
        Node& a = nodes[me];
        const float* axes[3] = {p_.x.data(), p_.y.data(), p_.z.data()};
        for (int c = 0; c < 3; ++c) {
            float lo = axes[c][a.begin], hi = lo;
            for (std::int32_t i = a.begin + 1; i < a.end; ++i) {
                lo = std::min(lo, axes[c][i]);
                hi = std::max(hi, axes[c][i]);
            }
            a.lo[c] = lo;
            a.hi[c] = hi;
        }
        Moments m;
        for (std::int32_t i = a.begin; i < a.end; ++i)
            m.add_point(p_.weights[i], p_.x[i], p_.y[i], p_.z[i]);
        moments[me] = m;
    }

    const Points& p_;
    const std::uint32_t* keys_;
    int leaf_size_;
};

}  // namespace

void Octree::build(const Points& points, const std::uint32_t* keys, int leaf_size, Pool& pool) {
    const auto n = static_cast<std::int32_t>(points.n);
    // The roots are the tasks that threads share out: split until none holds a large part.
    const std::int32_t most = std::max<std::int32_t>(n / 48, 4 * leaf_size);
    std::vector<Range> ranges, pending{{0, n, 24}};
    while (!pending.empty()) {
        const Range r = pending.back();
        pending.pop_back();
        if (r.end - r.begin <= most || r.bits == 0) {
            ranges.push_back(r);
            continue;
        }
        Range parts[8];
        for (int i = split(keys, r, parts); i > 0; --i) pending.push_back(parts[i - 1]);
    }

    std::vector<Builder> builders(ranges.size(), Builder(points, keys, leaf_size));
    pool.run(ranges.size(), [&](std::size_t i, int) { builders[i].add(ranges[i]); }, n < 20000);

    std::size_t count = 0;
    for (const auto& b : builders) count += b.nodes.size();
    nodes.clear();
    nodes.reserve(count);
    moments.clear();
    moments.reserve(count);
    roots.clear();
    total = Moments();
    for (const auto& b : builders) {
        Watch::check();
        const auto base = static_cast<std::int32_t>(nodes.size());
        roots.push_back(base);
        total.add(b.moments[0]);
        for (Node node : b.nodes) {
            node.next += base;
            nodes.push_back(node);
        }
        moments.insert(moments.end(), b.moments.begin(), b.moments.end());
    }
}

}  // namespace cq
