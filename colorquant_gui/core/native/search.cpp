// Breathing moves (B. Fritzke 2020, "The breathing k-means algorithm") on a coreset.
//
// Lloyd's algorithm ends in an optimum that no small move improves. A large move does: split the
// clusters where a second centroid gains most, merge the pairs whose merging costs least, reconverge,
// and keep the outcome if it is better. The gain of a split is estimated from the covariance along
// its principal axis, the cost of a merger is J. H. Ward's (1963). First many moves at once, then
// fewer, at last single ones in the order of their promise.
#include "search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "assigner.hpp"
#include "seeding.hpp"

namespace cq {
namespace {

constexpr int kManyClusters = 128;  // from here on a second chain does better from the same start
constexpr double kSplitGain = 0.68;   // part of a cluster's variance on its axis that a split removes

struct Split {
    double gain;
    int cluster;
    Vec3 step;  // from the mean to one half's
};

struct Merger {
    double cost;
    int cluster, into;
};

}  // namespace

class Chain {
public:
    Chain(const Problem& set, std::vector<Vec3> start, int k, std::uint64_t seed, double promise, int width)
        : set_(set), k_(k), seed_(seed), alone_(1), assigner_(set.points, set.tree, alone_, k),
          random_(start.empty()), best_(std::move(start)), moves_(static_cast<std::size_t>(k), 0),
          width_(std::max(1, width)), promise_(promise) {}

    // Whether there are moves left to try.
    bool advance(int assignments) {
        budget_ = assignments;
        moments_.clear();
        if (best_energy_ < 0) {
            if (random_) best_ = seed_plus_plus(set_.points, k_, seed_);
            best_energy_ = refine(best_, 40, 1e-4, -1.0);
            if (random_) moments_.push_back({best_, moves_});
        }
        while (budget_ > 0) {
            if (stale_) measure();
            std::vector<Vec3> trial = best_;
            moved_.clear();
            if (!move(trial)) return false;
            const double energy = refine(trial, 30, 1e-4, best_energy_);
            if (energy < best_energy_ * (1.0 - 1e-6)) {
                best_ = std::move(trial);
                best_energy_ = energy;
                for (const int j : moved_) ++moves_[static_cast<std::size_t>(j)];
                moments_.push_back({best_, moves_});
                stale_ = true;
                tried_ = 0;
            } else if (width_ > 1) {
                width_ /= 2;
            } else {
                ++tried_;
            }
        }
        return true;
    }

    const std::vector<Vec3>& best() const { return best_; }
    double energy() const { return best_energy_; }
    bool random() const { return random_; }
    const std::vector<Moment>& moments() const { return moments_; }

private:
    // Lloyd steps; leaves the means in c and returns their energy. Gives up on a trial that won't
    // get below `target` (if positive) at the rate it improves.
    double refine(std::vector<Vec3>& c, int most, double rel_tol, double target) {
        double energy = 0, before = 0;
        for (int i = 0; i < most; ++i) {
            assigner_.assign(c);
            --budget_;
            energy = 0;
            for (int j = 0; j < k_; ++j) {
                const Moments& m = assigner_.moments()[static_cast<std::size_t>(j)];
                energy += m.spread();
                if (m.w == 0) continue;
                const double w = static_cast<double>(m.w);
                Vec3& v = c[static_cast<std::size_t>(j)];
                const Vec3 mean{static_cast<double>(m.x) / w, static_cast<double>(m.y) / w,
                                static_cast<double>(m.z) / w};
                const double f = i + 1 < most && i > 0 ? 1.5 : 1.0;
                v = {v.x + f * (mean.x - v.x), v.y + f * (mean.y - v.y), v.z + f * (mean.z - v.z)};
            }
            if (i > 0) {
                const double gain = before - energy;
                if (gain < rel_tol * energy) break;
                if (target > 0 && i > 2 && energy - 6.0 * gain > target) break;
            }
            before = energy;
        }
        for (int j = 0; j < k_; ++j) {
            const Moments& m = assigner_.moments()[static_cast<std::size_t>(j)];
            if (m.w == 0) continue;
            const double w = static_cast<double>(m.w);
            c[static_cast<std::size_t>(j)] = {static_cast<double>(m.x) / w, static_cast<double>(m.y) / w,
                                              static_cast<double>(m.z) / w};
        }
        return energy;
    }

    // Ranks the splits and mergers of the best centroids.
    void measure() {
        assigner_.assign(best_);
        --budget_;
        const auto k = static_cast<std::size_t>(k_);
        std::vector<double> cov(6 * k, 0.0);
        const Points& p = set_.points;
        for (std::size_t i = 0; i < p.n; ++i) {
            const std::size_t j = assigner_.labels()[i];
            const double w = static_cast<double>(p.weights[i]);
            const double dx = static_cast<double>(p.x[i]) - best_[j].x, dy = static_cast<double>(p.y[i]) - best_[j].y,
                         dz = static_cast<double>(p.z[i]) - best_[j].z;
            double* c = &cov[6 * j];
            c[0] += w * dx * dx; c[1] += w * dx * dy; c[2] += w * dx * dz;
            c[3] += w * dy * dy; c[4] += w * dy * dz; c[5] += w * dz * dz;
        }
        splits_.clear();
        mergers_.clear();
        weights_.clear();
        for (const Moments& m : assigner_.moments()) weights_.push_back(m.w);
        for (int j = 0; j < k_; ++j) {
            const Moments& m = assigner_.moments()[static_cast<std::size_t>(j)];
            splits_.push_back(principal(j, &cov[6 * static_cast<std::size_t>(j)], static_cast<double>(m.w)));
            Merger best{3e300, j, -1};
            for (int i = 0; i < k_; ++i) {
                if (i == j) continue;
                const Vec3 &a = best_[static_cast<std::size_t>(i)], &b = best_[static_cast<std::size_t>(j)];
                const double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
                const double wi = static_cast<double>(assigner_.moments()[static_cast<std::size_t>(i)].w),
                             wj = static_cast<double>(m.w);
                const double cost = wi + wj > 0 ? wi * wj / (wi + wj) * (dx * dx + dy * dy + dz * dz) : 0.0;
                if (cost < best.cost) best = {cost, j, i};
            }
            mergers_.push_back(best);
        }
        std::sort(splits_.begin(), splits_.end(), [](const Split& a, const Split& b) {
            return a.gain != b.gain ? a.gain > b.gain : a.cluster < b.cluster;
        });
        std::sort(mergers_.begin(), mergers_.end(), [](const Merger& a, const Merger& b) {
            return a.cost != b.cost ? a.cost < b.cost : a.cluster < b.cluster;
        });
        // single moves in the order of their promise
        pairs_.clear();
        for (int s = 0; s < k_; ++s)
            for (int m = 0; m < k_ && m < 4096 / k_; ++m) {
                const Merger& g = mergers_[static_cast<std::size_t>(m)];
                if (splits_[static_cast<std::size_t>(s)].cluster == g.cluster) continue;
                pairs_.push_back({g.cost - splits_[static_cast<std::size_t>(s)].gain, s, m});
            }
        std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) {
            return a.cost != b.cost ? a.cost < b.cost : a.split != b.split ? a.split < b.split : a.merger < b.merger;
        });
        stale_ = false;
    }

    static Split principal(int cluster, const double* c, double w) {
        // Power iteration from the axis of the largest variance.
        Vec3 v{c[0] >= c[3] && c[0] >= c[5] ? 1.0 : 0.3, c[3] > c[0] && c[3] >= c[5] ? 1.0 : 0.3,
               c[5] > c[0] && c[5] > c[3] ? 1.0 : 0.3};
        double length = 0;
        for (int i = 0; i < 12; ++i) {
            const Vec3 t{c[0] * v.x + c[1] * v.y + c[2] * v.z, c[1] * v.x + c[3] * v.y + c[4] * v.z,
                         c[2] * v.x + c[4] * v.y + c[5] * v.z};
            length = std::sqrt(t.x * t.x + t.y * t.y + t.z * t.z);
            if (length <= 0) return {0, cluster, {0, 0, 0}};
            v = {t.x / length, t.y / length, t.z / length};
        }
        const double sigma = std::sqrt(length / w) * 0.8;
        return {kSplitGain * length, cluster, {v.x * sigma, v.y * sigma, v.z * sigma}};
    }

    void apply(std::vector<Vec3>& c, const Split& s, const Merger& m) {
        const Vec3 at = c[static_cast<std::size_t>(s.cluster)];
        c[static_cast<std::size_t>(s.cluster)] = {at.x - s.step.x, at.y - s.step.y, at.z - s.step.z};
        c[static_cast<std::size_t>(m.cluster)] = {at.x + s.step.x, at.y + s.step.y, at.z + s.step.z};
        moved_.push_back(m.cluster);
    }

    // Applies as many moves as the width says; a single one is the next not tried yet.
    bool move(std::vector<Vec3>& c) {
        if (width_ == 1) {
            if (tried_ >= pairs_.size()) return false;
            const Pair& p = pairs_[tried_];
            const Merger& m = mergers_[static_cast<std::size_t>(p.merger)];
            if (splits_[static_cast<std::size_t>(p.split)].gain < promise_ * m.cost) return false;
            merge_into(c, m);
            apply(c, splits_[static_cast<std::size_t>(p.split)], m);
            return true;
        }
        // 0: free, 1: has a part in a move
        std::vector<char> used(static_cast<std::size_t>(k_), 0);
        std::size_t s = 0;
        int done = 0;
        for (const Merger& m : mergers_) {
            if (used[static_cast<std::size_t>(m.cluster)] || used[static_cast<std::size_t>(m.into)]) continue;
            used[static_cast<std::size_t>(m.cluster)] = used[static_cast<std::size_t>(m.into)] = 1;
            while (s < splits_.size() && used[static_cast<std::size_t>(splits_[s].cluster)]) ++s;
            if (s == splits_.size() || splits_[s].gain < promise_ * m.cost) break;
            used[static_cast<std::size_t>(splits_[s].cluster)] = 1;
            merge_into(c, m);
            apply(c, splits_[s], m);
            if (++done == width_) break;
        }
        return done > 0;
    }

    void merge_into(std::vector<Vec3>& c, const Merger& m) const {
        if (m.into < 0) return;
        const double wa = static_cast<double>(assigner_weight(m.cluster)), wb = static_cast<double>(assigner_weight(m.into));
        if (wa + wb <= 0) return;
        const Vec3 &a = c[static_cast<std::size_t>(m.cluster)];
        Vec3& b = c[static_cast<std::size_t>(m.into)];
        b = {(wa * a.x + wb * b.x) / (wa + wb), (wa * a.y + wb * b.y) / (wa + wb), (wa * a.z + wb * b.z) / (wa + wb)};
    }
    std::int64_t assigner_weight(int j) const { return weights_.empty() ? 1 : weights_[static_cast<std::size_t>(j)]; }

    struct Pair {
        double cost;
        int split, merger;
    };
    const Problem& set_;
    int k_;
    std::uint64_t seed_;
    Pool alone_;
    Assigner assigner_;
    int budget_ = 0;
    bool random_;
    std::vector<Vec3> best_;
    double best_energy_ = -1;
    std::vector<std::int32_t> moves_;  // of each of the best centroids
    std::vector<int> moved_;           // centroids that the trial puts elsewhere
    std::vector<Moment> moments_;
    int width_;               // moves at once
    double promise_;
    std::size_t tried_ = 0;   // single moves tried since the last success
    bool stale_ = true;
    std::vector<Split> splits_;
    std::vector<Merger> mergers_;
    std::vector<Pair> pairs_;
    std::vector<std::int64_t> weights_;
};

Search::Search(const Problem& problem, std::vector<Vec3> start, std::uint64_t seed, int chains, double promise)
    : problem_(problem) {
    const auto k = static_cast<int>(start.size());
    for (int i = 0; i < chains; ++i) {
        const bool from_start = i == 0 || k > kManyClusters;
        chains_.push_back(std::make_unique<Chain>(
            problem, from_start ? start : std::vector<Vec3>(), k,
            seed * 1000003u + static_cast<std::uint64_t>(i), promise, k / (6 + 4 * i)));
    }
}

Search::~Search() = default;

bool Search::advance(int assignments) {
    std::vector<char> more(chains_.size());
    problem_.pool->run(chains_.size(), [&](std::size_t i, int) { more[i] = chains_[i]->advance(assignments); });
    return std::any_of(more.begin(), more.end(), [](char m) { return m != 0; });
}

std::size_t Search::chain() const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < chains_.size(); ++i)
        if (chains_[i]->energy() < chains_[best]->energy()) best = i;
    return best;
}

const Chain& Search::best() const { return *chains_[chain()]; }
const std::vector<Vec3>& Search::centroids() const { return best().best(); }
double Search::energy() const { return best().energy(); }
bool Search::random() const { return best().random(); }
const std::vector<Moment>& Search::moments() const { return best().moments(); }

}  // namespace cq
