// Greedy k-means++ (D. Arthur & S. Vassilvitskii 2007, "k-means++: the advantages of careful seeding",
// section 7): each next centroid is drawn with a probability proportional to the error it would
// remove, and of several draws the one that lowers the total most is kept.
#include <algorithm>
#include <cmath>

#include "random.hpp"
#include "seeding.hpp"
#include "watch.hpp"

namespace cq {
namespace {

class Sampler {
public:
    Sampler(const Points& p) : p_(p), w_(p.n), nearest_(p.n, 3e38f), trial_(p.n), kept_(p.n), sums_(p.n) {
        for (std::size_t i = 0; i < p.n; ++i) w_[i] = static_cast<float>(p.weights[i]);
    }

    std::size_t first(Random& random) {
        for (std::size_t i = 0; i < p_.n; ++i) trial_[i] = 1.0f;
        cumulate(trial_);
        return draw(random);
    }
    void prepare() { cumulate(nearest_); }
    double total() const { return sums_.back(); }

    std::size_t draw(Random& random) const {
        const double at = random.uniform() * sums_.back();
        const auto it = std::upper_bound(sums_.begin(), sums_.end(), at);
        return std::min(static_cast<std::size_t>(it - sums_.begin()), p_.n - 1);
    }
    // Error that would be left with a centroid on this point.
    double error_with(std::size_t at) {
        const float x = p_.x[at], y = p_.y[at], z = p_.z[at];
        constexpr int lanes = 16;  // fixed partial sums: the same bits whatever the vectors are
        float part[lanes];
        double sum = 0;
        std::size_t i = 0;
        for (; i + 16 * lanes <= p_.n; i += 16 * lanes) {
            std::fill(part, part + lanes, 0.0f);
            for (std::size_t b = i; b < i + 16 * lanes; b += lanes)
                for (int l = 0; l < lanes; ++l) part[l] += w_[b + l] * near(b + l, x, y, z);
            for (int l = 0; l < lanes; ++l) sum += static_cast<double>(part[l]);
        }
        for (; i < p_.n; ++i) sum += static_cast<double>(w_[i] * near(i, x, y, z));
        return sum;
    }
    void keep() { kept_.swap(trial_); }
    void accept() { nearest_.swap(kept_); }

private:
    float near(std::size_t i, float x, float y, float z) {
        const float dx = p_.x[i] - x, dy = p_.y[i] - y, dz = p_.z[i] - z;
        const float d = dx * dx + dy * dy + dz * dz;
        return trial_[i] = d < nearest_[i] ? d : nearest_[i];
    }
    void cumulate(const std::vector<float>& value) {
        double sum = 0;
        for (std::size_t i = 0; i < p_.n; ++i) sums_[i] = sum += static_cast<double>(w_[i] * value[i]);
    }

    const Points& p_;
    std::vector<float> w_, nearest_, trial_, kept_;
    std::vector<double> sums_;
};

}  // namespace

std::vector<Vec3> seed_plus_plus(const Points& points, int k, std::uint64_t seed) {
    Random random(seed);
    Sampler sampler(points);
    const int trials = 2 + static_cast<int>(std::log(static_cast<double>(k)));
    std::vector<Vec3> centroids;
    auto take = [&](std::size_t i) {
        sampler.accept();
        centroids.push_back({points.x[i], points.y[i], points.z[i]});
    };
    std::size_t best = sampler.first(random);
    sampler.error_with(best);
    sampler.keep();
    take(best);
    while (static_cast<int>(centroids.size()) < k) {
        sampler.prepare();
        if (!(sampler.total() > 0)) break;
        double least = 0;
        for (int t = 0; t < trials; ++t) {
            Watch::check();
            const std::size_t at = sampler.draw(random);
            const double error = sampler.error_with(at);
            if (t == 0 || error < least) {
                least = error;
                best = at;
                sampler.keep();
            }
        }
        take(best);
    }
    fill_up(points, k, centroids);
    return centroids;
}

void fill_up(const Points& p, int k, std::vector<Vec3>& centroids) {
    if (static_cast<int>(centroids.size()) >= k) return;
    std::vector<double> nearest(p.n, 1e300);
    auto reach = [&](const Vec3& c) {
        for (std::size_t i = 0; i < p.n; ++i) {
            const double dx = static_cast<double>(p.x[i]) - c.x, dy = static_cast<double>(p.y[i]) - c.y,
                         dz = static_cast<double>(p.z[i]) - c.z;
            nearest[i] = std::min(nearest[i], dx * dx + dy * dy + dz * dz);
        }
    };
    for (const Vec3& c : centroids) reach(c);
    while (static_cast<int>(centroids.size()) < k) {
        Watch::check();
        std::size_t worst = 0;
        double most = -1;
        for (std::size_t i = 0; i < p.n; ++i) {
            const double error = nearest[i] * static_cast<double>(p.weights[i]);
            if (error > most) {
                most = error;
                worst = i;
            }
        }
        centroids.push_back({p.x[worst], p.y[worst], p.z[worst]});
        reach(centroids.back());
    }
}

}  // namespace cq
