// Counting the unique colours of a picture.
#pragma once

#include <cstdint>
#include <vector>

#include "memory.hpp"
#include "pool.hpp"

namespace cq {

struct Histogram {
    std::vector<std::uint8_t> colors;   // n x 3, in Morton order
    std::vector<std::int64_t> counts;   // n
};

// Counts a small picture at once. rgb: pixels x 3; mask: pixels, nonzero where one takes part, or null;
// inverse: pixels, filled with the number of each pixel's colour (n where it takes no part), or null.
Histogram count_colors(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                       std::int32_t* inverse);

// Counts a large picture band by band.
class ColorCounter {
public:
    explicit ColorCounter(int threads);

    void add(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask);
    // Ends the counting; returns the number of colours.
    std::size_t finish();
    // Then, once: the colours, n x 3 in Morton order, and their counts.
    void collect(std::uint8_t* colors, std::int64_t* counts);
    // After the end: the numbers of pixels that were counted.
    void numbers(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask, std::int32_t* out);

private:
    std::int32_t add_up(std::size_t bucket);
    void collect(std::size_t bucket, std::uint8_t* colors, std::int64_t* counts);

    Pool pool_;
    std::vector<LargeArray<std::uint32_t>> table_;
    std::vector<std::vector<std::uint8_t>> touched_;  // buckets of each table
    std::vector<std::int32_t> start_;                 // number of the first colour of each bucket
};

}  // namespace cq
