// Colour differences as people see them, between the colours of a picture and those of a palette.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cq {

struct LabEntry {
    float l, a, b, chroma;
};

// out[i]: CIEDE2000 between colour i and the entry that its label names.
using Ciede2000 = void (*)(const float* l, const float* a, const float* b, const std::uint8_t* labels,
                           const LabEntry* entries, std::size_t n, float* out);
Ciede2000 ciede2000_kernel();

}  // namespace cq
