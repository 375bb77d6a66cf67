// A pixel's index is a look-up, never a search: the nearest centroid of every colour that occurs is
// known from the fit. The table of 2**24 bytes is in Morton order, as near colours are looked up
// together; only the pages of colours that occur are ever touched.
#include "mapping.hpp"

#include <algorithm>
#include <vector>

#include "memory.hpp"
#include "morton.hpp"

namespace cq {
namespace {
constexpr std::size_t kTask = std::size_t{1} << 18;
constexpr std::size_t kKeys = std::size_t{1} << 24;
}  // namespace

void map_by_number(const std::int32_t* inverse, std::size_t pixels, const std::uint8_t* labels,
                   std::size_t n, std::uint8_t outside, std::uint8_t* indices, Pool& pool) {
    std::vector<std::uint8_t> table(labels, labels + n);
    table.push_back(outside);
    const auto last = static_cast<std::int32_t>(n);
    pool.run((pixels + kTask - 1) / kTask, [&](std::size_t task, int) {
        for (std::size_t i = task * kTask; i < std::min(pixels, (task + 1) * kTask); ++i)
            indices[i] = table[static_cast<std::size_t>(std::min(inverse[i], last))];
    }, pixels < kTask * 4);
}

void map_by_key(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                const std::uint8_t* colors, const std::uint8_t* labels, std::size_t n,
                std::uint8_t outside, std::uint8_t* indices, Pool& pool) {
    const LargeArray<std::uint8_t> table = large_array<std::uint8_t>(kKeys);
    std::uint8_t* t = table.get();
    pool.run((n + kTask - 1) / kTask, [&](std::size_t task, int) {
        for (std::size_t i = task * kTask; i < std::min(n, (task + 1) * kTask); ++i)
            t[morton(colors[3 * i], colors[3 * i + 1], colors[3 * i + 2])] = labels[i];
    });
    pool.run((pixels + kTask - 1) / kTask, [&](std::size_t task, int) {
        for (std::size_t i = task * kTask; i < std::min(pixels, (task + 1) * kTask); ++i) {
            const std::uint8_t* p = rgb + 3 * i;
            indices[i] = !mask || mask[i] ? t[morton(p[0], p[1], p[2])] : outside;
        }
    });
}

}  // namespace cq
