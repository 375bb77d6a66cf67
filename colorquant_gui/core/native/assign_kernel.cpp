// One assignment step of Lloyd's algorithm, by pruning candidates down the octree.
//
// T. Kanungo et al. (2002), "An efficient k-means clustering algorithm: analysis and implementation",
// IEEE TPAMI 24(7): at a node, the centroid nearest to the middle of the box beats another one for
// the whole box if it beats it at the corner that lies farthest towards the other. What is left goes
// down to the children; a node with one candidate left moves its summed moments as a whole.
//
// Two additions. Only changes are summed: a node or point that keeps its owner costs no arithmetic.
// And, as neighbour lists do in molecular dynamics (L. Verlet, 1967), a candidate is pruned only if
// it stays beaten while every centroid z travels up to reach[z]; until one has gone farther, the
// next steps visit just the recorded leaves, with just their recorded candidates.
//
// float32 decides only what it can decide for sure: pruning tests and score differences are held
// against a bound on their rounding, and closer calls go to exact_nearest(). So the outcome does not
// depend on the instruction set that this file is compiled for (macro CQ_ISA names it).
#include "assign.hpp"

#include <cstring>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace cq {
namespace CQ_ISA {
namespace {

#if defined(__AVX512F__)
constexpr int W = 16;
#elif defined(__AVX2__)
constexpr int W = 8;
#else
constexpr int W = 4;
#endif
typedef float Floats __attribute__((vector_size(4 * W)));
typedef std::int32_t Ints __attribute__((vector_size(4 * W)));
typedef std::uint8_t Bytes __attribute__((vector_size(W)));

inline Floats load(const float* p) {
    Floats v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
inline Floats all(float s) { return s - Floats{}; }
inline Floats min(Floats a, Floats b) { return a < b ? a : b; }
inline Floats max(Floats a, Floats b) { return a < b ? b : a; }

inline unsigned bits(Ints mask) {
#if defined(__AVX512F__)
    return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask));
#elif defined(__AVX2__)
    return static_cast<unsigned>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask)));
#elif defined(__SSE2__)
    return static_cast<unsigned>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
    unsigned b = 0;
    for (int i = 0; i < W; ++i) b |= (static_cast<unsigned>(mask[i]) & 1u) << i;
    return b;
#endif
}

// Gives a point a new label. The sums follow later, as the weight is seldom in the cache.
inline void move_point(const Job& job, Worker& worker, std::int32_t point, std::uint8_t to) {
    __builtin_prefetch(job.weights + point);
    worker.pending[worker.n_pending++] = {point, job.labels[point], to};
    job.labels[point] = to;
    if (worker.n_pending == kPendingMoves) apply_moves(job, worker);
}

// Labels `count` points from the m candidates in ids (ascending, so that the lowest wins a tie).
void label_points(const Job& job, Worker& worker, std::int32_t begin, std::int32_t count,
                  const std::uint8_t* ids, int m) {
    const Floats slack = all(job.score_slack);
    for (std::int32_t v = 0; v < count; v += W) {
        const std::int32_t at = begin + v;
        const Floats px = load(job.x + at), py = load(job.y + at), pz = load(job.z + at);
        // |p - c|^2 = |p|^2 + 2 score, so the lowest score is the nearest.
        Floats best = job.half_norm[ids[0]] - px * job.cx[ids[0]] - py * job.cy[ids[0]] - pz * job.cz[ids[0]];
        Floats second = all(3e38f);
        Ints label = static_cast<std::int32_t>(ids[0]) - Ints{};
        for (int j = 1; j < m; ++j) {
            const int c = ids[j];
            const Floats score = job.half_norm[c] - px * job.cx[c] - py * job.cy[c] - pz * job.cz[c];
            label = score < best ? (c - Ints{}) : label;
            second = min(second, max(best, score));
            best = min(best, score);
        }
        Bytes old;
        std::memcpy(&old, job.labels + at, sizeof old);
        const unsigned close = bits(second - best < slack);
        unsigned todo = close | bits(label != __builtin_convertvector(old, Ints));
        if (count - v < W) todo &= (1u << (count - v)) - 1u;
        while (todo) {
            const int lane = __builtin_ctz(todo);
            todo &= todo - 1;
            const std::uint8_t to = (close >> lane) & 1u ? exact_nearest(job, at + lane, ids, m)
                                                         : static_cast<std::uint8_t>(label[lane]);
            if (to != job.labels[at + lane]) move_point(job, worker, at + lane, to);
        }
    }
}

// Copies the candidates of `from` that may own a point of the box to `to`.
void prune(const Job& job, const Node& node, const Candidates& from, Candidates& to) {
    float mid[3], half[3];
    for (int c = 0; c < 3; ++c) {
        mid[c] = 0.5f * (node.lo[c] + node.hi[c]);
        half[c] = 0.5f * (node.hi[c] - node.lo[c]);
    }
    alignas(64) float dist[272];
    Floats low = all(3e38f);
    Ints low_at{}, at;
    for (int i = 0; i < W; ++i) at[i] = i;
    for (int i = 0; i < from.m; i += W, at += W) {
        const Floats dx = load(from.x + i) - mid[0], dy = load(from.y + i) - mid[1],
                     dz = load(from.z + i) - mid[2];
        const Floats d = dx * dx + dy * dy + dz * dz;
        std::memcpy(dist + i, &d, sizeof d);
        low_at = d < low ? at : low_at;
        low = min(low, d);
    }
    int star = 0;
    float star_dist = 3e38f;
    for (int i = 0; i < W; ++i)
        if (low[i] < star_dist) {
            star_dist = low[i];
            star = low_at[i];
        }
    const float sx = from.x[star], sy = from.y[star], sz = from.z[star];
    const float extent = 2.0f * (half[0] * half[0] + half[1] * half[1] + half[2] * half[2]) + star_dist;
    int m = 0;
    for (int i = 0; i < from.m; i += W) {
        const Floats x = load(from.x + i), y = load(from.y + i), z = load(from.z + i);
        // The corner farthest towards the other centroid: its coordinates, twice.
        const Floats vx = x > sx ? all(2.0f * node.hi[0]) : all(2.0f * node.lo[0]);
        const Floats vy = y > sy ? all(2.0f * node.hi[1]) : all(2.0f * node.lo[1]);
        const Floats vz = z > sz ? all(2.0f * node.hi[2]) : all(2.0f * node.lo[2]);
        const Floats lead = (x - sx) * (x + sx - vx) + (y - sy) * (y + sy - vy) +
                            (z - sz) * (z + sz - vz) - job.prune_slack;
        Ints beaten = lead > 0.0f;
        if (job.record) {
            // lead / (|p-z| + |p-s|) must exceed the reaches; the sum's square is bounded from the middle.
            const Floats reach = load(from.reach + i) + from.reach[star];
            const Floats sum2 = 4.0f * (load(dist + i) + extent);
            beaten &= lead * lead > reach * reach * sum2;
        }
        unsigned keep = ~bits(beaten);
        const int left = from.m - i;
        keep &= left < W ? (1u << left) - 1u : (W == 32 ? ~0u : (1u << W) - 1u);
        while (keep) {
            const int j = i + __builtin_ctz(keep);
            keep &= keep - 1;
            to.x[m] = from.x[j];
            to.y[m] = from.y[j];
            to.z[m] = from.z[j];
            to.reach[m] = from.reach[j];
            to.id[m] = from.id[j];
            ++m;
        }
    }
    to.m = m;
    for (int i = m; i < m + W; ++i) {  // far away, so that the padding is never nearest
        to.x[i] = to.y[i] = to.z[i] = 1e15f;
        to.reach[i] = 0.0f;
    }
}

void own_node(const Job& job, Worker& worker, std::int32_t index, std::uint8_t to) {
    const std::int16_t from = job.owner[index];
    if (from == to) return;
    const Node& node = job.nodes[index];
    if (from >= 0) {
        move_node(job, worker, index, static_cast<std::uint8_t>(from), to);
    } else {
        for (std::int32_t i = node.begin; i < node.end; ++i)
            if (job.labels[i] != to) move_point(job, worker, i, to);
    }
    job.owner[index] = to;
}

void visit(const Job& job, Worker& worker, std::int32_t index, const Candidates& from, Candidates* to) {
    const Node& node = job.nodes[index];
    prune(job, node, from, *to);
    if (to->m == 1) {
        own_node(job, worker, index, to->id[0]);
        return;
    }
    const std::int16_t owner = job.owner[index];
    job.owner[index] = -1;
    if (node.next == index + 1) {
        label_points(job, worker, node.begin, node.end - node.begin, to->id, to->m);
        if (job.record) {
            worker.entries[worker.n_entries++] = {node.begin, node.end - node.begin, worker.n_lists, to->m};
            std::memcpy(worker.lists + worker.n_lists, to->id, static_cast<std::size_t>(to->m));
            worker.n_lists += static_cast<std::uint32_t>(to->m);
        }
        return;
    }
    for (std::int32_t child = index + 1; child < node.next; child = job.nodes[child].next) {
        if (owner >= 0) job.owner[child] = owner;  // what was said of the whole holds for its parts
        visit(job, worker, child, *to, to + 1);
    }
}

}  // namespace

void assign_tree(const Job& job, Worker& worker, std::int32_t root) {
    visit(job, worker, root, *job.all, worker.stack);
    apply_moves(job, worker);
}

void assign_entries(const Job& job, Worker& worker, const Entry* entries, std::uint32_t count,
                    const std::uint8_t* lists) {
    for (std::uint32_t i = 0; i < count; ++i)
        label_points(job, worker, entries[i].begin, entries[i].count, lists + entries[i].list, entries[i].m);
    apply_moves(job, worker);
}

}  // namespace CQ_ISA
}  // namespace cq
