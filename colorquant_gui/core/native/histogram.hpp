// Counting the unique colours of a picture.
#pragma once

#include <cstdint>
#include <vector>

#include "pool.hpp"

namespace cq {

struct Histogram {
    std::vector<std::uint8_t> colors;   // n x 3, in Morton order
    std::vector<std::int64_t> counts;   // n
};

// rgb: pixels x 3; mask: pixels, nonzero where one takes part, or null; inverse: pixels, filled with
// the number of each pixel's colour (n where it takes no part), or null.
Histogram count_colors(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                       std::int32_t* inverse, Pool& pool);

}  // namespace cq
