// From the labels of the unique colours to the palette index of every pixel.
#pragma once

#include <cstddef>
#include <cstdint>

#include "pool.hpp"

namespace cq {

// By the number of each pixel's colour; numbers at or above n get `outside`.
void map_by_number(const std::int32_t* inverse, std::size_t pixels, const std::uint8_t* labels,
                   std::size_t n, std::uint8_t outside, std::uint8_t* indices, Pool& pool);

// By a table over all 24-bit keys; pixels that the mask leaves out get `outside`.
void map_by_key(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                const std::uint8_t* colors, const std::uint8_t* labels, std::size_t n,
                std::uint8_t outside, std::uint8_t* indices, Pool& pool);

// Squared error in sRGB over all pixels: whole numbers, so exact.
std::int64_t palette_error(const std::uint8_t* colors, const std::int64_t* counts, const std::uint8_t* labels,
                           std::size_t n, const std::uint8_t* palette);

}  // namespace cq
