// 24-bit Morton keys of 8-bit colours: the bits of R, G and B interleaved, R first.
#pragma once

#include <array>
#include <cstdint>

namespace cq {

constexpr std::array<std::uint32_t, 256> make_spread() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t v = 0; v < 256; ++v)
        for (std::uint32_t bit = 0; bit < 8; ++bit) table[v] |= ((v >> bit) & 1u) << (3 * bit);
    return table;
}

inline constexpr std::array<std::uint32_t, 256> kSpread = make_spread();

inline std::uint32_t morton(std::uint8_t r, std::uint8_t g, std::uint8_t b) {
    return kSpread[r] << 2 | kSpread[g] << 1 | kSpread[b];
}

// The 8 bits of one channel out of a key shifted so that they lie at 0, 3, 6, ...
inline std::uint8_t compact(std::uint32_t v) {
    v &= 0x249249u;
    v = (v | v >> 2) & 0x0c30c3u;
    v = (v | v >> 4) & 0x00f00fu;
    v = (v | v >> 8) & 0x0000ffu;
    return static_cast<std::uint8_t>(v);
}

}  // namespace cq
