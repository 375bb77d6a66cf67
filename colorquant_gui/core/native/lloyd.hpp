// Lloyd's algorithm as a state that advances one iteration at a time.
#pragma once

#include "assigner.hpp"

namespace cq {

struct LloydOptions {
    double tol = 0.02;      // stop when no mean lies farther than this from its centroid
    double rel_tol = 0.0;   // or when an iteration lowers the inertia by less than this part of it
    int max_iter = 300;
    double relaxation = 1.9;
};

class Lloyd {
public:
    Lloyd(const Points& points, const Tree& tree, Pool& pool, std::vector<Vec3> centroids,
          const LloydOptions& options);

    // The seeding at the first call, then one iteration a call; false once there is no further one.
    bool step();

    int number() const { return number_; }
    const std::vector<Vec3>& centroids() const { return centroids_; }
    const std::vector<Moments>& moments() const { return assigner_.moments(); }
    const Zeroed<std::uint8_t>& labels() const { return assigner_.labels(); }
    double inertia() const { return inertia_; }
    double shift() const { return shift_; }

private:
    std::vector<Vec3> means(bool& filled) const;
    void fill_empty(std::vector<Vec3>& means) const;

    const Points& points_;
    LloydOptions options_;
    Assigner assigner_;
    std::vector<Vec3> centroids_;
    int number_ = -1;
    double inertia_ = 0, shift_ = 0;
    bool relax_ = false, last_ = false;
};

}  // namespace cq
