// Weighted Lloyd iterations (S. P. Lloyd 1982, "Least squares quantization in PCM"), over-relaxed:
// a centroid goes `relaxation` times as far as its mean lies (over-relaxation;
// between 1 and 2 it saves steps); a step that raises the inertia is taken back
// and done plainly. So the inertia never rises, and the run ends on plain steps.
#include "lloyd.hpp"

#include <algorithm>
#include <cmath>

namespace cq {
namespace {

double largest_move(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double dx = a[i].x - b[i].x, dy = a[i].y - b[i].y, dz = a[i].z - b[i].z;
        most = std::max(most, dx * dx + dy * dy + dz * dz);
    }
    return std::sqrt(most);
}

}  // namespace

Lloyd::Lloyd(const Points& points, const Tree& tree, Pool& pool, std::vector<Vec3> centroids,
             const LloydOptions& options)
    : points_(points), options_(options),
      assigner_(points, tree, pool, static_cast<int>(centroids.size())),
      centroids_(std::move(centroids)) {}

bool Lloyd::step() {
    if (number_ < 0) {
        assigner_.assign(centroids_);
        inertia_ = assigner_.inertia(centroids_);
        number_ = 0;
        return true;
    }
    if (last_ || number_ >= options_.max_iter) return false;

    bool filled = false;  // an idle centroid was put elsewhere
    const std::vector<Vec3> mean = means(filled);
    const double reach = largest_move(mean, centroids_);
    std::vector<Vec3> next = mean;
    const bool settled = reach <= options_.tol;
    const bool relaxed = relax_ && !settled && !filled && number_ + 1 < options_.max_iter;
    if (relaxed)
        for (std::size_t i = 0; i < next.size(); ++i) {
            next[i].x = centroids_[i].x + options_.relaxation * (mean[i].x - centroids_[i].x);
            next[i].y = centroids_[i].y + options_.relaxation * (mean[i].y - centroids_[i].y);
            next[i].z = centroids_[i].z + options_.relaxation * (mean[i].z - centroids_[i].z);
        }
    assigner_.assign(next);
    double inertia = assigner_.inertia(next);
    relax_ = options_.relaxation > 1.0;
    if (relaxed && inertia > inertia_) {
        next = mean;
        assigner_.assign(next);
        inertia = assigner_.inertia(next);
        relax_ = false;
    }
    // Plain steps confirm that a small gain means convergence.
    const bool little = inertia_ - inertia <= options_.rel_tol * inertia_;
    const bool fixed = assigner_.changed() == 0;
    if (!relaxed && !filled && (settled || little || fixed)) last_ = true;
    if (little) relax_ = false;
    shift_ = largest_move(next, centroids_);
    centroids_ = std::move(next);
    inertia_ = std::min(inertia, inertia_);  // equal but for rounding
    ++number_;
    return true;
}

std::vector<Vec3> Lloyd::means(bool& filled) const {
    std::vector<Vec3> mean = centroids_;
    for (std::size_t i = 0; i < mean.size(); ++i) {
        const Moments& m = assigner_.moments()[i];
        if (m.w == 0) {
            filled = true;
            continue;
        }
        const double w = static_cast<double>(m.w);
        mean[i] = {static_cast<double>(m.x) / w, static_cast<double>(m.y) / w,
                   static_cast<double>(m.z) / w};
    }
    if (filled) fill_empty(mean);
    return mean;
}

// Puts centroids that own nothing onto the points that cost the most.
void Lloyd::fill_empty(std::vector<Vec3>& mean) const {
    std::vector<std::size_t> empty;
    for (std::size_t i = 0; i < mean.size(); ++i)
        if (assigner_.moments()[i].w == 0) empty.push_back(i);
    const std::vector<std::int32_t> worst = assigner_.costliest(centroids_, empty.size());
    for (std::size_t i = 0; i < worst.size(); ++i) {
        const auto at = static_cast<std::size_t>(worst[i]);
        mean[empty[i]] = {points_.x[at], points_.y[at], points_.z[at]};
    }
}

}  // namespace cq
