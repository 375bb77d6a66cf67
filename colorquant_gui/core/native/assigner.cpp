#include "assigner.hpp"

#include <algorithm>
#include <cmath>

namespace cq {
namespace {

constexpr int kDepth = 12;            // a 24-bit key gives at most 9 levels of nodes
constexpr std::size_t kEntriesPerTask = 128;
// Reach of the recorded entries: so many steps like the last one, and in parts of the root mean
// squared error at least so much; with more than so much, recording costs more than it saves.
constexpr double kReachSteps = 4.0, kLeastReach = 0.015, kLargestReach = 0.1;
// Below this many points an assignment takes less time than waking a second thread is worth.
constexpr std::size_t kAlonePoints = 60000;
constexpr std::size_t kCostBlock = 1 << 15;

double distance(const Vec3& a, const Vec3& b) {
    const double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
    return std::sqrt(dx * dx + dy * dy + dz * dz);
}

}  // namespace

struct Assigner::Thread {
    std::vector<Moments> delta;
    std::vector<Entry> entries;
    std::vector<std::uint8_t> lists;
    std::vector<Candidates> stack = std::vector<Candidates>(kDepth);
    Worker worker{};

    // Room for what one subtree can record.
    void reserve(std::size_t nodes, int k) {
        const std::size_t want_entries = worker.n_entries + nodes;
        const std::size_t want_lists = worker.n_lists + nodes * static_cast<std::size_t>(k);
        if (entries.size() < want_entries) entries.resize(want_entries + want_entries / 2);
        if (lists.size() < want_lists) lists.resize(want_lists + want_lists / 2);
        worker.entries = entries.data();
        worker.lists = lists.data();
    }
};

Assigner::Assigner(const Points& points, const Octree& tree, Pool& pool, int k)
    : points_(points), tree_(tree), pool_(pool), k_(k), labels_(points.n + kLanePadding),
      owner_(tree.nodes.size(), -1), moments_(static_cast<std::size_t>(k)),
      floats_(4 * kMaxClusters), doubles_(3 * kMaxClusters), reach_(kMaxClusters, 0.0f),
      all_(std::make_unique<Candidates>()) {
    // Everything starts out as owned by centroid 0, so that the first call too only sums changes.
    moments_[0] = tree.total;
    for (const std::int32_t root : tree.roots) owner_[static_cast<std::size_t>(root)] = 0;
    for (int i = 0; i < pool.threads(); ++i) {
        threads_.push_back(std::make_unique<Thread>());
        threads_.back()->delta.resize(static_cast<std::size_t>(k));
        threads_.back()->worker.delta = threads_.back()->delta.data();
        threads_.back()->worker.stack = threads_.back()->stack.data();
    }
}

Assigner::~Assigner() = default;

void Assigner::assign(const std::vector<Vec3>& centroids, bool expect_more) {
    prepare(centroids);
    if (entries_hold(centroids)) {
        run_entries();
    } else {
        set_reach(centroids, expect_more);
        run_tree();
    }
    collect();
    last_ = centroids;
}

void Assigner::prepare(const std::vector<Vec3>& centroids) {
    float radius = points_.radius_max;
    Candidates& all = *all_;
    float* f = floats_.data();
    for (int i = 0; i < k_; ++i) {
        const Vec3& c = centroids[static_cast<std::size_t>(i)];
        doubles_[3 * i] = c.x;
        doubles_[3 * i + 1] = c.y;
        doubles_[3 * i + 2] = c.z;
        all.x[i] = f[i] = static_cast<float>(c.x);
        all.y[i] = f[kMaxClusters + i] = static_cast<float>(c.y);
        all.z[i] = f[2 * kMaxClusters + i] = static_cast<float>(c.z);
        f[3 * kMaxClusters + i] = static_cast<float>(0.5 * (c.x * c.x + c.y * c.y + c.z * c.z));
        all.id[i] = static_cast<std::uint8_t>(i);
        radius = std::max({radius, std::fabs(f[i]), std::fabs(f[kMaxClusters + i]),
                           std::fabs(f[2 * kMaxClusters + i])});
    }
    for (int i = k_; i < k_ + kLanePadding; ++i) all.x[i] = all.y[i] = all.z[i] = 1e15f;
    all.m = k_;

    job_.x = points_.x.data();
    job_.y = points_.y.data();
    job_.z = points_.z.data();
    job_.weights = points_.weights;
    job_.nodes = tree_.nodes.data();
    job_.moments = tree_.moments.data();
    job_.labels = labels_.data();
    job_.owner = owner_.data();
    job_.k = k_;
    job_.cx = f;
    job_.cy = f + kMaxClusters;
    job_.cz = f + 2 * kMaxClusters;
    job_.half_norm = f + 3 * kMaxClusters;
    job_.centroids = doubles_.data();
    // Sums of the rounding of each operation, in units of the last place of radius squared: at most
    // 100 of them in a pruning test and 42 in a difference of scores.
    job_.prune_slack = radius * radius * 0x1p-17f;
    job_.score_slack = radius * radius * 0x1p-18f;
    job_.all = all_.get();
}

bool Assigner::entries_hold(const std::vector<Vec3>& centroids) const {
    if (recorded_.empty()) return false;
    for (std::size_t i = 0; i < centroids.size(); ++i)
        if (distance(centroids[i], recorded_[i]) > 0.999 * static_cast<double>(reach_[i])) return false;
    return true;
}

void Assigner::set_reach(const std::vector<Vec3>& centroids, bool expect_more) {
    recorded_.clear();
    job_.record = expect_more && !last_.empty();
    if (!job_.record) return;
    double sum = 0;
    for (std::size_t i = 0; i < centroids.size(); ++i) sum += distance(centroids[i], last_[i]);
    const double mean = sum / static_cast<double>(centroids.size());
    const double rms = std::sqrt(inertia(last_) / static_cast<double>(tree_.total.w));
    if (kReachSteps * mean > kLargestReach * rms) {
        job_.record = false;
        return;
    }
    for (std::size_t i = 0; i < centroids.size(); ++i) {
        reach_[i] = static_cast<float>(
            kReachSteps * std::max(distance(centroids[i], last_[i]), mean) + kLeastReach * rms);
        all_->reach[i] = reach_[i];
    }
    recorded_ = centroids;
}

void Assigner::run_tree() {
    const AssignKernels kernels = assign_kernels();
    for (auto& t : threads_) t->worker.n_entries = t->worker.n_lists = 0;
    pool_.run(tree_.roots.size(), [&](std::size_t i, int id) {
        const std::int32_t root = tree_.roots[i];
        Thread& t = *threads_[static_cast<std::size_t>(id)];
        if (job_.record) t.reserve(static_cast<std::size_t>(tree_.nodes[root].next - root), k_);
        kernels.tree(job_, t.worker, root);
    }, points_.n < kAlonePoints);
}

void Assigner::run_entries() {
    const AssignKernels kernels = assign_kernels();
    struct Task {
        const Thread* from;
        std::uint32_t begin, count;
    };
    std::vector<Task> tasks;
    for (const auto& t : threads_)
        for (std::uint32_t at = 0; at < t->worker.n_entries; at += kEntriesPerTask) {
            const auto count = std::min<std::uint32_t>(kEntriesPerTask, t->worker.n_entries - at);
            tasks.push_back({t.get(), at, count});
        }
    pool_.run(tasks.size(), [&](std::size_t i, int id) {
        const Task& task = tasks[i];
        kernels.entries(job_, threads_[static_cast<std::size_t>(id)]->worker,
                        task.from->entries.data() + task.begin, task.count, task.from->lists.data());
    }, points_.n < kAlonePoints);
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
