// Colour space conversion of many colours, the same to the last bit everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cq {

enum class Curve : int { none = 0, cube_root = 1, cie_lightness = 2 };

// decode -> 3x3 -> curve -> 3x3 + offset -> whole steps. Covers linear RGB, CIELAB and Oklab.
struct Conversion {
    double decode[256];
    double inner[9];
    int curve;
    double outer[9];
    double offset[3];
    double scale;
};

using Convert = void (*)(const Conversion&, const std::uint8_t* colors, std::size_t n, float* x, float* y,
                         float* z);
Convert convert_kernel();

}  // namespace cq
