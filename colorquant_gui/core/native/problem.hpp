// What a fit works on: the colours of a picture as points of a clustering space, and their tree.
#pragma once

#include <memory>

#include "tree.hpp"

namespace cq {

struct Conversion;

struct Problem {
    Points points;
    Tree tree;
    Zeroed<std::uint32_t> keys;  // 24-bit Morton keys of the colours
    std::shared_ptr<Pool> pool;
    double scale = 1;                 // steps of the whole-number grid in one unit of the space

    // colors: n x 3, in Morton order, or std::invalid_argument; counts: n, kept alive by the caller; no conversion: sRGB.
    Problem(const std::uint8_t* colors, const std::int64_t* counts, std::size_t n,
            const Conversion* conversion, int threads);

    // A small stand-in for a problem: about `cells` weighted means of its colours.
    static std::unique_ptr<Problem> coarse(const Problem& fine, std::size_t cells);

    Vec3 to_grid(const double* c) const;
    void from_grid(const Vec3& v, double* c) const;

private:
    Problem() = default;
};

}  // namespace cq
