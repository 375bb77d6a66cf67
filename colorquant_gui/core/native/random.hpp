// A small generator that gives the same numbers everywhere, unlike the standard distributions.
#pragma once

#include <cstdint>

namespace cq {

// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood 2014, "Fast splittable pseudorandom number generators").
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
    }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }  // in [0, 1)

private:
    std::uint64_t state_;
};

}  // namespace cq
