// Assignment of all points to their nearest centroids, kept up to date from call to call.
#pragma once

#include <memory>

#include "assign.hpp"
#include "tree.hpp"

namespace cq {

class Assigner {
public:
    Assigner(const Points& points, const Tree& tree, Pool& pool, int k);
    ~Assigner();

    // Labels every point with its nearest centroid (the lowest number on a tie) and updates the
    // moments.
    void assign(const std::vector<Vec3>& centroids);

    int k() const { return k_; }
    const Zeroed<std::uint8_t>& labels() const { return labels_; }
    const std::vector<Moments>& moments() const { return moments_; }
    // Squared distances of the points to these centroids, which must be the assigned ones, summed.
    double inertia(const std::vector<Vec3>& centroids) const;

    // Numbers of the points with the greatest weighted squared distances to their centroids, which
    // must be the assigned ones: the greatest first, of equal ones the lowest number first.
    std::vector<std::int32_t> costliest(const std::vector<Vec3>& centroids, std::size_t count) const;

    // Points whose label the last call changed.
    std::int64_t changed() const { return changed_; }

private:
    void prepare(const std::vector<Vec3>& centroids);
    void collect();

    struct Thread;
    const Points& points_;
    const Tree& tree_;
    Pool& pool_;
    int k_;
    std::int32_t first_task_, tasks_;  // nodes that the threads share out
    std::int64_t changed_ = 0;
    Zeroed<std::uint8_t> labels_;
    std::vector<std::int16_t> owner_;
    std::vector<Moments> moments_;
    std::vector<std::unique_ptr<Thread>> threads_;
    std::vector<float> floats_;     // centroids and half norms as the kernel wants them
    std::vector<double> doubles_;
    Job job_{};
};

}  // namespace cq
