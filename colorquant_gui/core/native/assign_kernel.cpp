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
#include "lanes.hpp"

namespace cq {
namespace CQ_ISA {
namespace {

constexpr int kFanOut = 16;
static_assert(kFanOut % W == 0, "a node's children fill whole vectors");

// Gives points new labels; those closer to call than rounding allows are called again, exactly.
inline void give_labels(const Job& job, Worker& worker, std::int32_t at, std::int32_t count, Ints label,
                        unsigned close, const std::uint8_t* ids, int m) {
    const unsigned present = count < W ? (1u << count) - 1u : (W == 32 ? ~0u : (1u << W) - 1u);
    close &= present;
    while (close) {
        const int lane = take_lowest(close);
        label[lane] = exact_nearest(job, at + lane, ids, m);
    }
    const Ints old = __builtin_convertvector(load<Bytes>(job.labels + at), Ints);
    unsigned moved = bits(label != old) & present;
#if defined(__AVX512F__)
    const Ints iota{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const auto mask = static_cast<__mmask16>(moved);
    const auto points = reinterpret_cast<__m512i>(iota + at), routes = reinterpret_cast<__m512i>(old << 8 | label);
    _mm512_storeu_si512(worker.point + worker.n_pending, _mm512_maskz_compress_epi32(mask, points));
    _mm512_storeu_si512(worker.route + worker.n_pending, _mm512_maskz_compress_epi32(mask, routes));
    worker.n_pending += __builtin_popcount(moved);
    _mm_mask_storeu_epi8(job.labels + at, mask, _mm512_maskz_cvtepi32_epi8(mask, reinterpret_cast<__m512i>(label)));
#else
    while (moved) {
        const int lane = take_lowest(moved);
        worker.point[worker.n_pending] = at + lane;
        worker.route[worker.n_pending++] = old[lane] << 8 | label[lane];
        job.labels[at + lane] = static_cast<std::uint8_t>(label[lane]);
    }
#endif
    if (worker.n_pending >= kPendingMoves) apply_moves(job, worker);
}

// Labels points from two candidates, a before b.
void label_by_two(const Job& job, Worker& worker, std::int32_t begin, std::int32_t end, int a, int b) {
    const std::uint8_t ids[2] = {static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)};
    // |p - b|^2 - |p - a|^2 = 2 lead.
    const Floats dx = all(job.cx[a] - job.cx[b]), dy = all(job.cy[a] - job.cy[b]), dz = all(job.cz[a] - job.cz[b]);
    const Floats rest = all(job.half_norm[b] - job.half_norm[a]), slack = all(job.score_slack);
    for (std::int32_t at = begin; at < end; at += W) {
        const Floats x = load<Floats>(job.x + at), y = load<Floats>(job.y + at), z = load<Floats>(job.z + at);
        const Floats lead = fused(x, dx, fused(y, dy, fused(z, dz, rest)));
        const Ints label = lead < 0.0f ? all(b) : all(a);
        give_labels(job, worker, at, end - at, label, bits(size(lead) < slack), ids, 2);
    }
}

// Labels points from m candidates (ascending, so that the lowest wins a tie).
void label_by_many(const Job& job, Worker& worker, std::int32_t begin, std::int32_t end, const std::uint8_t* ids, int m) {
    const Floats slack = all(job.score_slack);
    for (std::int32_t at = begin; at < end; at += W) {
        const Floats x = -load<Floats>(job.x + at), y = -load<Floats>(job.y + at), z = -load<Floats>(job.z + at);
        // |p - c|^2 = |p|^2 + 2 score, so the lowest score is the nearest.
        Floats best = all(3e38f), second = best;
        Ints label{};
        for (int j = 0; j < m; ++j) {
            const int c = ids[j];
            const Floats score = fused(x, all(job.cx[c]), fused(y, all(job.cy[c]), fused(z, all(job.cz[c]), all(job.half_norm[c]))));
            label = score < best ? all(c) : label;
            second = min(second, max(best, score));
            best = min(best, score);
        }
        give_labels(job, worker, at, end - at, label, bits(second - best < slack), ids, m);
    }
}

// Everything below a node goes to one centroid.
void give_node(const Job& job, Worker& worker, std::int32_t node, int from, int to) {
    if (from >= 0) {
        move_node(job, worker, node, static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(to));
        return;
    }
    for (std::int32_t at = job.begin[node]; at < job.begin[node + 1]; at += W)
        give_labels(job, worker, at, job.begin[node + 1] - at, all(to), 0, nullptr, 0);
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

void prune(const Job& job, Worker& worker, std::int32_t first, std::int32_t count, const std::uint8_t* ids, int m,
           int owner, Family& family) {
    const Floats slack = all(job.prune_slack);
    family.mixed = family.moved = 0;
    for (int v = 0; v < count; v += W) {
        const std::int32_t at = first + v;
        const Floats mx = load<Floats>(job.mid[0] + at), my = load<Floats>(job.mid[1] + at), mz = load<Floats>(job.mid[2] + at);
        Floats low = all(3e38f), sx{}, sy{}, sz{};
        Ints star{};
        for (int j = 0; j < m; ++j) {
            const int c = ids[j];
            const Floats x = all(job.cx[c]), y = all(job.cy[c]), z = all(job.cz[c]);
            const Floats dx = x - mx, dy = y - my, dz = z - mz;
            const Floats d = fused(dx, dx, fused(dy, dy, dz * dz));
            store(worker.distance + j * W, d);
            const Ints nearer = d < low;
            sx = nearer ? x : sx;
            sy = nearer ? y : sy;
            sz = nearer ? z : sz;
            star = nearer ? all(c) : star;
            low = min(low, d);
        }
        const Floats ex = load<Floats>(job.extent[0] + at), ey = load<Floats>(job.extent[1] + at), ez = load<Floats>(job.extent[2] + at);
        low += slack;
        Ints size{}, last{};
        for (int j = 0; j < m; ++j) {
            const int c = ids[j];
            const Floats dx = cq::CQ_ISA::size(all(job.cx[c]) - sx), dy = cq::CQ_ISA::size(all(job.cy[c]) - sy), dz = cq::CQ_ISA::size(all(job.cz[c]) - sz);
            const Floats bar = fused(ex, dx, fused(ey, dy, fused(ez, dz, low)));
            const Ints keep = load<Floats>(worker.distance + j * W) <= bar;
            const auto kept = static_cast<std::uint16_t>(bits(keep) << v);
            family.keep[j] = v == 0 ? kept : static_cast<std::uint16_t>(family.keep[j] | kept);
            size -= keep;
            last = keep ? last << 8 | c : last;
        }
        const Shorts was = load<Shorts>(job.owner + at);
        const Ints old = owner >= 0 ? all(owner) : __builtin_convertvector(was, Ints);
        const Ints single = size == 1;
        const Shorts now = __builtin_convertvector(single ? star : all(-1), Shorts);
        const unsigned present = count - v < W ? (1u << (count - v)) - 1u : (1u << W) - 1u;
        family.mixed |= (~bits(single) & present) << v;
        family.moved |= (bits(single & (star != old)) & present) << v;
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
            label_by_two(job, worker, job.begin[child], job.begin[child + 1], family.last[i] >> 8 & 255, family.last[i] & 255);
            continue;
        }
        int n = 0;
        for (int j = 0; j < m; ++j) {
            left[n] = ids[j];
            n += family.keep[j] >> i & 1;
        }
        if (leaves)
            label_by_many(job, worker, job.begin[child], job.begin[child + 1], left, n);
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
