// The parts of an assignment that every instruction set shares.
#include "assign.hpp"

#include "points.hpp"

namespace cq {

std::uint8_t exact_nearest(const Job& job, std::int32_t point, const std::uint8_t* ids, int m) {
    const double x = job.x[point], y = job.y[point], z = job.z[point];
    double least = 0;
    int best = 0;
    for (int j = 0; j < m; ++j) {
        const double* c = job.centroids + 3 * ids[j];
        const double dx = x - c[0], dy = y - c[1], dz = z - c[2];
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
        const Move& move = worker.pending[i];
        Moments m;
        m.add_point(job.weights[move.point], job.x[move.point], job.y[move.point], job.z[move.point]);
        worker.delta[move.from].sub(m);
        worker.delta[move.to].add(m);
    }
    worker.changed += worker.n_pending;
    worker.n_pending = 0;
}

void move_node(const Job& job, Worker& worker, std::int32_t index, std::uint8_t from, std::uint8_t to) {
    const Node& node = job.nodes[index];
    worker.delta[from].sub(job.moments[index]);
    worker.delta[to].add(job.moments[index]);
    for (std::int32_t i = node.begin; i < node.end; ++i) job.labels[i] = to;
    worker.changed += node.end - node.begin;
}

}  // namespace cq
