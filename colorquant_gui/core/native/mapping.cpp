// A pixel's index is a look-up, never a search: the nearest centroid of every colour that occurs is
// known from the fit. The table of 2**24 bytes is in Morton order, as near colours are looked up
// together; only the pages of colours that occur are ever touched.
#include "mapping.hpp"

#include <algorithm>

#include "memory.hpp"
#include "morton.hpp"

namespace cq {
namespace {
constexpr std::size_t kTask = std::size_t{1} << 16;
constexpr std::size_t kAlonePixels = std::size_t{1} << 20;
constexpr std::size_t kKeys = std::size_t{1} << 24;
// Functions of their own, as what a loop writes as bytes might otherwise be its own closure.
void look_up(std::uint8_t* indices, const std::int32_t* inverse, std::size_t pixels,
             const std::uint8_t* table, std::int32_t last) {
    for (std::size_t i = 0; i < pixels; ++i) indices[i] = table[std::min(inverse[i], last)];
}

void look_up(std::uint8_t* indices, const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
             const std::uint8_t* table, std::uint8_t outside) {
    for (std::size_t i = 0; i < pixels; ++i, rgb += 3)
        indices[i] = !mask || mask[i] ? table[morton(rgb[0], rgb[1], rgb[2])] : outside;
}

void fill(std::uint8_t* table, const std::uint8_t* colors, const std::uint8_t* labels, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i, colors += 3) table[morton(colors[0], colors[1], colors[2])] = labels[i];
}

std::int64_t squared_errors(const std::uint8_t* colors, const std::int64_t* counts, const std::uint8_t* labels,
                            std::size_t n, const std::uint8_t* palette) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint8_t *a = colors + 3 * i, *b = palette + 3 * labels[i];
        const int r = a[0] - b[0], g = a[1] - b[1], bl = a[2] - b[2];
        sum += counts[i] * (r * r + g * g + bl * bl);
    }
    return sum;
}

}  // namespace

void map_by_number(const std::int32_t* inverse, std::size_t pixels, const std::uint8_t* labels,
                   std::size_t n, std::uint8_t outside, std::uint8_t* indices, Pool& pool) {
    Zeroed<std::uint8_t> table(n + 1);
    for (std::size_t at = 0; at < n; at += kTask) {
        Watch::check();
        std::copy(labels + at, labels + std::min(n, at + kTask), table.data() + at);
    }
    table[n] = outside;
    const auto last = static_cast<std::int32_t>(n);
    pool.run((pixels + kTask - 1) / kTask, [&](std::size_t task, int) {
        const std::size_t at = task * kTask, count = std::min(kTask, pixels - at);
        look_up(indices + at, inverse + at, count, table.data(), last);
    }, pixels < kAlonePixels);
}

void map_by_key(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                const std::uint8_t* colors, const std::uint8_t* labels, std::size_t n,
                std::uint8_t outside, std::uint8_t* indices, Pool& pool) {
    const LargeArray<std::uint8_t> table = large_array<std::uint8_t>(kKeys);
    std::uint8_t* t = table.get();
    pool.run((n + kTask - 1) / kTask, [&](std::size_t task, int) {
        const std::size_t at = task * kTask;
        fill(t, colors + 3 * at, labels + at, std::min(kTask, n - at));
    });
    pool.run((pixels + kTask - 1) / kTask, [&](std::size_t task, int) {
        const std::size_t at = task * kTask, count = std::min(kTask, pixels - at);
        look_up(indices + at, rgb + 3 * at, count, mask ? mask + at : nullptr, t, outside);
    });
}

std::int64_t palette_error(const std::uint8_t* colors, const std::int64_t* counts, const std::uint8_t* labels,
                           std::size_t n, const std::uint8_t* palette) {
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < n; at += kTask) {
        Watch::check();
        sum += squared_errors(colors + 3 * at, counts + at, labels + at, std::min(kTask, n - at), palette);
    }
    return sum;
}

}  // namespace cq
