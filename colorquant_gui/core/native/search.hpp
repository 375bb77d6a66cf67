// The search for a better optimum than one run of Lloyd's algorithm finds.
#pragma once

#include <memory>

#include "problem.hpp"

namespace cq {

class Chain;

// Centroids that were the best of a chain for a while.
struct Moment {
    std::vector<Vec3> centroids;
    std::vector<std::int32_t> moves;  // how often each was dropped and put where a cluster was split
};

class Search {
public:
    // The first chain starts from `start` (grid coordinates), the others from k-means++ seedings,
    // or with many clusters, where those are slow to catch up, from `start` with other moves.
    // Only moves are tried whose split promises to gain `promise` times what the merger costs.
    Search(const Problem& problem, std::vector<Vec3> start, std::uint64_t seed, int chains, double promise);
    ~Search();
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;

    // Gives each chain so many more assignments; false once all have run out of moves to try.
    bool advance(int assignments);

    const std::vector<Vec3>& centroids() const;  // of the best chain
    double energy() const;                       // its squared error, in grid units
    std::size_t chain() const;                   // its number
    bool random() const;                         // whether it began at a random seeding
    const std::vector<Moment>& moments() const;  // what it took to in the last advance, in order

private:
    const Chain& best() const;
    const Problem& problem_;
    std::vector<std::unique_ptr<Chain>> chains_;
};

}  // namespace cq
