#include "assigner.hpp"

#include <algorithm>
#include <cmath>

namespace cq {
namespace {

constexpr int kTasksPerThread = 8;
constexpr std::int32_t kLargestTask = 1 << 17;  // points: a cancel waits for the tasks begun
// Below this many points an assignment takes less time than waking a second thread is worth.
constexpr std::size_t kAlonePoints = 60000;
constexpr std::size_t kCostBlock = 1 << 15;

}  // namespace

struct Assigner::Thread {
    std::vector<Moments> delta;
    Worker worker{};
};

Assigner::Assigner(const Points& points, const Tree& tree, Pool& pool, int k)
    : points_(points), tree_(tree), pool_(pool), k_(k), labels_(points.n + kLanePadding),
      owner_(tree.begin.size() + kLanePadding, 0), moments_(static_cast<std::size_t>(k)),
      floats_(4 * kMaxClusters), doubles_(3 * kMaxClusters) {
    // Everything starts out as owned by centroid 0, so that the first call too only sums changes.
    moments_[0] = tree.total();
    const bool alone = pool.threads() == 1 || points.n < kAlonePoints;
    const auto least = std::max(static_cast<std::int32_t>(points.n / kLargestTask),
                                alone ? 1 : kTasksPerThread * pool.threads());
    std::size_t level = tree.levels.size() - 2;
    while (level > 1 && tree.level_size(level) < least) --level;
    first_task_ = tree.levels[level];
    tasks_ = tree.level_size(level);
    for (int i = 0; i < pool.threads(); ++i) {
        threads_.push_back(std::make_unique<Thread>());
        threads_.back()->delta.resize(static_cast<std::size_t>(k));
        threads_.back()->worker.delta = threads_.back()->delta.data();
    }
}

Assigner::~Assigner() = default;

void Assigner::assign(const std::vector<Vec3>& centroids) {
    prepare(centroids);
    const AssignTree kernel = assign_kernel();
    pool_.run(static_cast<std::size_t>(tasks_), [&](std::size_t i, int id) {
        Worker& worker = threads_[static_cast<std::size_t>(id)]->worker;
        kernel(job_, worker, first_task_ + static_cast<std::int32_t>(i));
    }, points_.n < kAlonePoints);
    collect();
}

void Assigner::prepare(const std::vector<Vec3>& centroids) {
    float radius = points_.radius_max;
    float* f = floats_.data();
    for (int i = 0; i < k_; ++i) {
        const Vec3& c = centroids[static_cast<std::size_t>(i)];
        doubles_[3 * i] = c.x;
        doubles_[3 * i + 1] = c.y;
        doubles_[3 * i + 2] = c.z;
        f[i] = static_cast<float>(c.x);
        f[kMaxClusters + i] = static_cast<float>(c.y);
        f[2 * kMaxClusters + i] = static_cast<float>(c.z);
        f[3 * kMaxClusters + i] = static_cast<float>(0.5 * (c.x * c.x + c.y * c.y + c.z * c.z));
        radius = std::max({radius, std::fabs(f[i]), std::fabs(f[kMaxClusters + i]),
                           std::fabs(f[2 * kMaxClusters + i])});
    }

    job_.weights = points_.weights;
    for (int a = 0; a < 3; ++a) {
        job_.mid[a] = tree_.mid[a].data();
        job_.extent[a] = tree_.extent[a].data();
    }
    job_.begin = tree_.begin.data();
    job_.first = tree_.first.data();
    job_.leaf = tree_.leaf.data();
    job_.leaves = tree_.leaves();
    job_.before = tree_.before.data();
    job_.packed = tree_.packed.data();
    job_.labels = labels_.data();
    job_.owner = owner_.data();
    job_.k = k_;
    job_.cx = f;
    job_.cy = f + kMaxClusters;
    job_.cz = f + 2 * kMaxClusters;
    job_.half_norm = f + 3 * kMaxClusters;
    job_.centroids = doubles_.data();
    // Sums of the rounding of each operation, in units of the last place of radius squared: at most
    // 250 of them in a pruning test and 46 in a difference of scores.
    job_.prune_slack = radius * radius * 0x1p-16f;
    job_.score_slack = radius * radius * 0x1p-18f;
}

void Assigner::collect() {
    changed_ = 0;
    for (auto& t : threads_) {
        if (t->worker.changed != 0)
            for (int i = 0; i < k_; ++i) {
                moments_[static_cast<std::size_t>(i)].add(t->delta[static_cast<std::size_t>(i)]);
                t->delta[static_cast<std::size_t>(i)] = Moments();
            }
        changed_ += t->worker.changed;
        t->worker.changed = 0;
    }
}

double Assigner::inertia(const std::vector<Vec3>& centroids) const {
    double sum = 0;
    for (std::size_t i = 0; i < centroids.size(); ++i)
        sum += moments_[i].spread_about(centroids[i].x, centroids[i].y, centroids[i].z);
    return sum;
}

std::vector<std::int32_t> Assigner::costliest(const std::vector<Vec3>& centroids, std::size_t count) const {
    struct Point {
        double cost;
        std::int32_t number;
        bool operator<(const Point& o) const { return cost != o.cost ? cost > o.cost : number < o.number; }
    };
    const auto keep_first = [count](std::vector<Point>& list) {
        const std::size_t kept = std::min(count, list.size());
        std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end());
        list.resize(kept);
    };
    const std::size_t n = points_.n, blocks = (n + kCostBlock - 1) / kCostBlock;
    std::vector<std::vector<Point>> of_block(blocks);
    pool_.run(blocks, [&](std::size_t b, int) {
        std::vector<Point>& list = of_block[b];
        const std::size_t begin = b * kCostBlock, end = std::min(n, begin + kCostBlock);
        list.reserve(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            const Vec3& c = centroids[labels_[i]];
            const double dx = static_cast<double>(points_.x[i]) - c.x,
                         dy = static_cast<double>(points_.y[i]) - c.y,
                         dz = static_cast<double>(points_.z[i]) - c.z;
            list.push_back({static_cast<double>(points_.weights[i]) * (dx * dx + dy * dy + dz * dz),
                            static_cast<std::int32_t>(i)});
        }
        keep_first(list);
        list.shrink_to_fit();
    }, n < kAlonePoints);
    std::vector<Point> all;
    for (const auto& list : of_block) all.insert(all.end(), list.begin(), list.end());
    keep_first(all);
    std::vector<std::int32_t> numbers;
    for (const Point& p : all) numbers.push_back(p.number);
    return numbers;
}

}  // namespace cq
