// Differences between a picture's colours and the palette entries they are shown as.
#pragma once

#include <vector>

#include "ciede2000.hpp"
#include "convert.hpp"
#include "memory.hpp"
#include "pool.hpp"

namespace cq {

class Differences {
public:
    // `to_lab` leads to CIELAB; the n colours are converted once, for all palettes to come.
    Differences(const std::uint8_t* colors, std::size_t n, const Conversion& to_lab, int threads);

    std::size_t n() const { return n_; }

    // Of each colour to the entry of the palette (k x 3) that its label names; labels are below k.
    void measure(const std::uint8_t* palette, std::size_t k, const std::uint8_t* labels, float* out);

private:
    Conversion to_lab_;
    Pool pool_;
    std::size_t n_;
    Zeroed<float> l_, a_, b_;
};

struct Summary {
    double mean;
    float quantile;
};

// Mean of weighted values, none below 0, and the least of them that, with all that are no greater,
// has `need` of the weight.
Summary summarise(const float* values, const std::int64_t* weights, std::size_t n, std::int64_t need);

}  // namespace cq
