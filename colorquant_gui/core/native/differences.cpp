// CIEDE2000 of a whole picture, and its weighted mean and quantile.
//
// The quantile needs no sorting: the bits of floats that are not negative rank as the floats do, so
// the weights are counted by the upper half of the bits, and those of one count by the lower half.
#include "differences.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "watch.hpp"

namespace cq {
namespace {

constexpr std::size_t kBlock = 1 << 13;
constexpr std::size_t kWorthThreads = 1 << 15;

std::uint32_t bits_of(float v) {
    std::uint32_t bits;
    std::memcpy(&bits, &v, sizeof bits);
    return bits;
}

// Takes as much from `need` as lies before the place it returns.
std::uint32_t place(const std::vector<std::int64_t>& tally, std::int64_t& need) {
    std::uint32_t at = 0;
    while (at + 1 < tally.size() && tally[at] < need) need -= tally[at++];
    return at;
}

}  // namespace

Differences::Differences(const std::uint8_t* colors, std::size_t n, const Conversion& to_lab, int threads)
    : to_lab_(to_lab), pool_(n < kWorthThreads ? 1 : threads), n_(n), l_(n), a_(n), b_(n) {
    const Convert convert = convert_kernel();
    const float unit = static_cast<float>(1.0 / to_lab_.scale);
    pool_.run((n + kBlock - 1) / kBlock, [&](std::size_t block, int) {
        const std::size_t begin = block * kBlock, count = std::min(kBlock, n - begin);
        convert(to_lab_, colors + 3 * begin, count, &l_[begin], &a_[begin], &b_[begin]);
        for (Zeroed<float>* axis : {&l_, &a_, &b_})
            for (std::size_t i = begin; i < begin + count; ++i) (*axis)[i] *= unit;
    });
}

void Differences::measure(const std::uint8_t* palette, std::size_t k, const std::uint8_t* labels, float* out) {
    std::vector<float> l(k), a(k), b(k);
    convert_kernel()(to_lab_, palette, k, l.data(), a.data(), b.data());
    const float unit = static_cast<float>(1.0 / to_lab_.scale);
    std::vector<LabEntry> entries(k);
    for (std::size_t i = 0; i < k; ++i) {
        const float x = a[i] * unit, y = b[i] * unit;
        entries[i] = {l[i] * unit, x, y, std::sqrt(x * x + y * y)};
    }
    const Ciede2000 kernel = ciede2000_kernel();
    pool_.run((n_ + kBlock - 1) / kBlock, [&](std::size_t block, int) {
        const std::size_t begin = block * kBlock;
        kernel(&l_[begin], &a_[begin], &b_[begin], labels + begin, entries.data(),
               std::min(kBlock, n_ - begin), out + begin);
    });
}

Summary summarise(const float* values, const std::int64_t* weights, std::size_t n, std::int64_t need) {
    double sum = 0;
    std::int64_t weight = 0;
    std::vector<std::int64_t> upper(1 << 16), lower(1 << 16);
    for (std::size_t i = 0; i < n; ++i) {
        if (i % kBlock == 0) Watch::check();
        sum += static_cast<double>(values[i]) * static_cast<double>(weights[i]);
        weight += weights[i];
        upper[bits_of(values[i]) >> 16] += weights[i];
    }
    const std::uint32_t high = place(upper, need);
    for (std::size_t i = 0; i < n; ++i) {
        if (i % kBlock == 0) Watch::check();
        const std::uint32_t bits = bits_of(values[i]);
        if (bits >> 16 == high) lower[bits & 0xffff] += weights[i];
    }
    const std::uint32_t found = high << 16 | place(lower, need);
    float quantile;
    std::memcpy(&quantile, &found, sizeof quantile);
    return {sum / static_cast<double>(weight), quantile};
}

}  // namespace cq
