// The parts of an assignment that every instruction set shares.
#include "assign.hpp"

#include "points.hpp"

namespace cq {
namespace {

constexpr int kAhead = 12;  // moves that a weight takes to come from memory

}  // namespace

std::uint8_t exact_nearest(const Job& job, const double point[3], const std::uint8_t* ids, int m) {
    double least = 0;
    int best = 0;
    for (int j = 0; j < m; ++j) {
        const double* c = job.centroids + 3 * ids[j];
        const double dx = point[0] - c[0], dy = point[1] - c[1], dz = point[2] - c[2];
        const double d = dx * dx + dy * dy + dz * dz;
        if (j == 0 || d < least) {
            least = d;
            best = ids[j];
        }
    }
    return static_cast<std::uint8_t>(best);
}

void apply_moves(const Job& job, Worker& worker) {
    for (int i = 0; i < worker.n_pending; ++i) {
        if (i + kAhead < worker.n_pending) __builtin_prefetch(job.weights + worker.point[i + kAhead]);
        const std::int32_t point = worker.point[i], route = worker.route[i];
        Moments m;
        m.add_point(job.weights[point], worker.x[i], worker.y[i], worker.z[i]);
        worker.delta[route >> 8].sub(m);
        worker.delta[route & 255].add(m);
    }
    worker.changed += worker.n_pending;
    worker.n_pending = 0;
}

void move_node(const Job& job, Worker& worker, std::int32_t node, std::uint8_t from, std::uint8_t to) {
    Moments m = job.before[job.leaf[node + 1]];
    m.sub(job.before[job.leaf[node]]);
    worker.delta[from].sub(m);
    worker.delta[to].add(m);
    for (std::int32_t i = job.begin[node]; i < job.begin[node + 1]; ++i) job.labels[i] = to;
    worker.changed += job.begin[node + 1] - job.begin[node];
}

}  // namespace cq
