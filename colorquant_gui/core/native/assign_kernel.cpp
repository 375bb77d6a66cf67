// One assignment step of Lloyd's algorithm, by pruning candidates down a wide tree.
//
// T. Kanungo et al. (2002), "An efficient k-means clustering algorithm: analysis and implementation",
// IEEE TPAMI 24(7): at a node, the centroid s nearest to the middle of the box beats another one z
// for the whole box if it beats it at the corner that lies farthest towards z. What is left goes down
// to the children; a node with one candidate left moves its summed moments as a whole.
//
// Here all children of a node are pruned at once, one in each lane, so that no step of a test waits
// for another lane. With d = z - s, m the box's middle and e its extent, the test at the corner is
// |z - m|^2 - |s - m|^2 > e_x |d_x| + e_y |d_y| + e_z |d_z|. Only changes are summed: a node or point
// that keeps its owner costs no arithmetic.
//
// float32 decides only what it can decide for sure: pruning tests and score differences are held
// against a bound on their rounding, and closer calls go to exact_nearest(). So the outcome does not
// depend on the instruction set that this file is compiled for (macro CQ_ISA names it).
#include "assign.hpp"
#include "fan_out.hpp"
#include "lanes.hpp"

namespace cq {
namespace CQ_ISA {
namespace {

static_assert(kFanOut % W == 0, "a node's children fill whole vectors");

// A bit for each lane that holds one of `count` elements.
inline unsigned lanes(std::int32_t count) {
    return count < W ? (1u << count) - 1u : (1u << W) - 1u;
}

// A vector of a leaf's points.
struct Batch {
    std::int32_t at, count;  // number of the first point; points from there to the leaf's end
    Ints x, y, z;
};

// Hands all points of a leaf to `take`.
template <class Take>
inline void for_batches(const Job& job, std::int32_t leaf, const Take& take) {
    const std::int32_t begin = job.begin[leaf], n = job.begin[leaf + 1] - begin;
    const std::int16_t *x = job.packed + 3 * static_cast<std::ptrdiff_t>(begin), *y = x + n, *z = y + n;
    for (std::int32_t v = 0; v < n; v += W)
        take(Batch{begin + v, n - v, widen(x + v), widen(y + v), widen(z + v)});
}

// Gives points new labels; those closer to call than rounding allows are called again, exactly.
// Their moments follow later, together, as their weights are seldom in the cache.
inline void give_labels(const Job& job, Worker& worker, const Batch& batch, Ints label, unsigned close,
                        const std::uint8_t* ids, int m) {
    const unsigned present = lanes(batch.count);
    close &= present;
    while (__builtin_expect(close != 0, 0)) {
        const int lane = take_lowest(close);
        const double point[3] = {static_cast<double>(batch.x[lane]), static_cast<double>(batch.y[lane]),
                                 static_cast<double>(batch.z[lane])};
        label[lane] = exact_nearest(job, point, ids, m);
    }
    std::uint8_t* labels = job.labels + batch.at;
    const Ints old = widen(labels);
    unsigned moved = bits(differ(label, old)) & present;
    if (moved == 0) return;
    const int n = worker.n_pending;
#if defined(__AVX512F__)
    const auto mask = static_cast<Mask>(moved);
    const Ints iota{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    store(worker.point + n, compress(mask, iota + batch.at));
    store(worker.route + n, compress(mask, old << 8 | label));
    store(worker.x + n, compress(mask, batch.x));
    store(worker.y + n, compress(mask, batch.y));
    store(worker.z + n, compress(mask, batch.z));
    _mm_mask_storeu_epi8(labels, mask, _mm512_maskz_cvtepi32_epi8(mask, raw(label)));
#else
    int at = n;
    for (unsigned left = moved; left != 0; ++at) {
        const int lane = take_lowest(left);
        worker.point[at] = batch.at + lane;
        worker.route[at] = old[lane] << 8 | label[lane];
        worker.x[at] = batch.x[lane];
        worker.y[at] = batch.y[lane];
        worker.z[at] = batch.z[lane];
        labels[lane] = static_cast<std::uint8_t>(label[lane]);
    }
#endif
    __builtin_prefetch(job.weights + batch.at + __builtin_ctz(moved));
    worker.n_pending = n + __builtin_popcount(moved);
    if (worker.n_pending >= kPendingMoves) apply_moves(job, worker);
}

// Labels a leaf's points from two candidates, a before b.
void label_by_two(const Job& job, Worker& worker, std::int32_t leaf, int a, int b) {
    const std::uint8_t ids[2] = {static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)};
    // |p - b|^2 - |p - a|^2 = 2 lead.
    const Floats dx = all(job.cx[a] - job.cx[b]), dy = all(job.cy[a] - job.cy[b]),
                 dz = all(job.cz[a] - job.cz[b]);
    const Floats rest = all(job.half_norm[b] - job.half_norm[a]), slack = all(job.score_slack);
    const Ints near_a = all(a), near_b = all(b);
    for_batches(job, leaf, [&](const Batch& p) {
        const Floats lead = fused(floats(p.x), dx, fused(floats(p.y), dy, fused(floats(p.z), dz, rest)));
        const Ints label = pick(less(lead, Floats{}), near_b, near_a);
        give_labels(job, worker, p, label, bits(less(magnitude(lead), slack)), ids, 2);
    });
}

// Labels a leaf's points from m candidates (ascending, so that the lowest wins a tie).
void label_by_many(const Job& job, Worker& worker, std::int32_t leaf, const std::uint8_t* ids, int m) {
    const float *cx = job.cx, *cy = job.cy, *cz = job.cz, *half = job.half_norm;
    const Floats slack = all(job.score_slack);
    for_batches(job, leaf, [&](const Batch& p) {
        const Floats x = -floats(p.x), y = -floats(p.y), z = -floats(p.z);
        // |p - c|^2 = |p|^2 + 2 score, so the lowest score is the nearest.
        Floats best = all(3e38f), second = best;
        Ints label{};
        for (int j = 0; j < m; ++j) {
            const int c = ids[j];
            const Floats score =
                fused(x, all(cx[c]), fused(y, all(cy[c]), fused(z, all(cz[c]), all(half[c]))));
            label = pick(less(score, best), all(c), label);
            second = min(second, max(best, score));
            best = min(best, score);
        }
        give_labels(job, worker, p, label, bits(less(second - best, slack)), ids, m);
    });
}

// Everything below a node goes to one centroid.
void give_node(const Job& job, Worker& worker, std::int32_t node, int from, int to) {
    if (from >= 0) {
        move_node(job, worker, node, static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(to));
        return;
    }
    for (std::int32_t leaf = job.leaf[node]; leaf < job.leaf[node + 1]; ++leaf)
        for_batches(job, leaf, [&](const Batch& p) { give_labels(job, worker, p, all(to), 0, nullptr, 0); });
}

// What pruning says of a node's children.
struct Family {
    alignas(64) std::int32_t star[kFanOut];  // the centroid nearest to the middle
    std::int32_t size[kFanOut];              // candidates left
    std::uint32_t last[kFanOut];             // the last four of them, a byte each, the last one lowest
    std::int32_t owner[kFanOut];             // before
    std::uint16_t keep[256];                 // of each candidate, the children it is left to
    unsigned mixed, moved;                   // children with several candidates; with one, another one
};

// Prunes m candidates at `count` children, of which `owner` owns all unless it is -1.
void prune(const Job& job, Worker& worker, std::int32_t first, std::int32_t count, const std::uint8_t* ids,
           int m, int owner, Family& family) {
    const Floats slack = all(job.prune_slack);
    family.mixed = family.moved = 0;
    for (int v = 0; v < count; v += W) {
        const std::int32_t at = first + v;
        const Floats mx = load<Floats>(job.mid[0] + at), my = load<Floats>(job.mid[1] + at),
                     mz = load<Floats>(job.mid[2] + at);
        Floats low = all(3e38f), sx{}, sy{}, sz{};
        Ints star{};
        for (int j = 0; j < m; ++j) {
            const int c = ids[j];
            const Floats x = all(job.cx[c]), y = all(job.cy[c]), z = all(job.cz[c]);
            const Floats dx = x - mx, dy = y - my, dz = z - mz;
            const Floats d = fused(dx, dx, fused(dy, dy, dz * dz));
            store(worker.distance + j * W, d);
            const Mask nearer = less(d, low);
            sx = pick(nearer, x, sx);
            sy = pick(nearer, y, sy);
            sz = pick(nearer, z, sz);
            star = pick(nearer, all(c), star);
            low = min(low, d);
        }
        const Floats ex = load<Floats>(job.extent[0] + at), ey = load<Floats>(job.extent[1] + at),
                     ez = load<Floats>(job.extent[2] + at);
        low += slack;
        Ints size{}, last{};
        for (int j = 0; j < m; ++j) {
            const int c = ids[j];
            const Floats dx = magnitude(all(job.cx[c]) - sx), dy = magnitude(all(job.cy[c]) - sy),
                         dz = magnitude(all(job.cz[c]) - sz);
            const Floats bar = fused(ex, dx, fused(ey, dy, fused(ez, dz, low)));
            const Mask beaten = less(bar, load<Floats>(worker.distance + j * W));
            const auto kept = static_cast<std::uint16_t>((~bits(beaten) & lanes(W)) << v);
            family.keep[j] = v == 0 ? kept : static_cast<std::uint16_t>(family.keep[j] | kept);
            size = pick(beaten, size, size + 1);
            last = pick(beaten, last, last << 8 | c);
        }
        const Ints old = owner >= 0 ? all(owner) : widen(job.owner + at);
        const Mask several = differ(size, all(1));
        const Shorts now = __builtin_convertvector(pick(several, all(-1), star), Shorts);
        const unsigned mixed = bits(several) & lanes(count - v);
        family.mixed |= mixed << v;
        family.moved |= (bits(differ(star, old)) & lanes(count - v) & ~mixed) << v;
        store(family.star + v, star);
        store(family.size + v, size);
        store(family.last + v, last);
        store(family.owner + v, old);
        if (count - v >= W) {
            store(job.owner + at, now);
        } else {
            for (int i = 0; i < count - v; ++i) job.owner[at + i] = now[i];
        }
    }
}

void visit(const Job& job, Worker& worker, std::int32_t node, const std::uint8_t* ids, int m, int owner) {
    const std::int32_t first = job.first[node], count = job.first[node + 1] - first;
    Family family;
    prune(job, worker, first, count, ids, m, owner, family);
    while (family.moved) {
        const int i = take_lowest(family.moved);
        give_node(job, worker, first + i, family.owner[i], family.star[i]);
    }
    const bool leaves = first < job.leaves;
    std::uint8_t left[256];
    while (family.mixed) {
        const int i = take_lowest(family.mixed);
        const std::int32_t child = first + i;
        if (leaves && family.size[i] == 2) {
            label_by_two(job, worker, child, family.last[i] >> 8 & 255, family.last[i] & 255);
            continue;
        }
        int n = 0;
        for (int j = 0; j < m; ++j) {
            left[n] = ids[j];
            n += family.keep[j] >> i & 1;
        }
        if (leaves)
            label_by_many(job, worker, child, left, n);
        else
            visit(job, worker, child, left, n, family.owner[i]);
    }
}

}  // namespace

void assign_tree(const Job& job, Worker& worker, std::int32_t node) {
    std::uint8_t every[256];
    for (int c = 0; c < job.k; ++c) every[c] = static_cast<std::uint8_t>(c);
    visit(job, worker, node, every, job.k, -1);
    apply_moves(job, worker);
}

}  // namespace CQ_ISA
}  // namespace cq
