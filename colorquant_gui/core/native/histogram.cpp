// An exact histogram by one of two counting sorts on the Morton key.
//
// A large picture counts into a table of all 2**24 keys. In Morton order the colours that occur
// together lie together, so that a photo touches little of it; a map of the touched blocks says what
// to read afterwards. A small picture would not repay even that: its pixels are dealt into 4096
// buckets by the upper half of the key, and each bucket is counted in a table that fits the L1 cache.
#include "histogram.hpp"

#include <algorithm>

#include "memory.hpp"
#include "morton.hpp"

namespace cq {
namespace {

constexpr std::size_t kKeys = std::size_t{1} << 24;
constexpr std::size_t kBuckets = 4096, kLow = 4096;
constexpr int kMostTables = 4;  // 64 MB each
constexpr std::size_t kTask = std::size_t{1} << 16;
constexpr std::size_t kBucketsPerTask = 32;

void put_color(std::uint8_t* to, std::uint32_t key) {
    to[0] = compact(key >> 2);
    to[1] = compact(key >> 1);
    to[2] = compact(key);
}

std::uint32_t key_of(const std::uint8_t* p) { return morton(p[0], p[1], p[2]); }

// A function of its own, as what a loop writes as bytes might otherwise be its own closure.
void count_into(std::uint32_t* count, std::uint8_t* mark, const std::uint8_t* rgb, std::size_t pixels,
                const std::uint8_t* mask) {
    for (std::size_t i = 0; i < pixels; ++i, rgb += 3) {
        if (mask && !mask[i]) continue;
        const std::uint32_t key = key_of(rgb);
        ++count[key];
        mark[key >> 12] = 1;
    }
}

}  // namespace

Histogram count_colors(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                       std::int32_t* inverse) {
    std::vector<std::uint32_t> start(kBuckets + 1, 0);
    for (std::size_t i = 0; i < pixels; ++i)
        if (!mask || mask[i]) ++start[(key_of(rgb + 3 * i) >> 12) + 1];
    for (std::size_t b = 0; b < kBuckets; ++b) start[b + 1] += start[b];
    Watch::check();
    std::vector<std::uint32_t> pixel(inverse ? start[kBuckets] : 0);
    std::vector<std::uint16_t> low(start[kBuckets]);
    {
        std::vector<std::uint32_t> at(start.begin(), start.end() - 1);
        for (std::size_t i = 0; i < pixels; ++i) {
            if (i % kTask == 0) Watch::check();
            if (mask && !mask[i]) continue;
            const std::uint32_t key = key_of(rgb + 3 * i), to = at[key >> 12]++;
            low[to] = static_cast<std::uint16_t>(key & (kLow - 1));
            if (inverse) pixel[to] = static_cast<std::uint32_t>(i);
        }
    }
    Histogram h;
    std::vector<std::uint32_t> count(kLow, 0);
    std::vector<std::uint64_t> seen(kLow / 64, 0);
    std::int32_t n = 0;
    for (std::size_t b = 0; b < kBuckets; ++b) {
        if (b % 64 == 0) Watch::check();
        if (start[b] == start[b + 1]) continue;
        for (std::uint32_t i = start[b]; i < start[b + 1]; ++i) {
            const std::uint16_t l = low[i];
            ++count[l];
            seen[l >> 6] |= std::uint64_t{1} << (l & 63);
        }
        for (std::size_t word = 0; word < kLow / 64; ++word)
            for (std::uint64_t bits = seen[word]; bits; bits &= bits - 1) {
                const std::size_t l = word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
                h.counts.push_back(count[l]);
                h.colors.resize(h.colors.size() + 3);
                put_color(h.colors.data() + h.colors.size() - 3, static_cast<std::uint32_t>(b << 12 | l));
                count[l] = static_cast<std::uint32_t>(n++);
            }
        for (std::uint32_t i = start[b]; inverse && i < start[b + 1]; ++i)
            inverse[pixel[i]] = static_cast<std::int32_t>(count[low[i]]);
        for (std::uint32_t i = start[b]; i < start[b + 1]; ++i) {
            count[low[i]] = 0;
            seen[low[i] >> 6] = 0;
        }
    }
    for (std::size_t i = 0; inverse && mask && i < pixels; ++i)
        if (!mask[i]) inverse[i] = n;
    return h;
}

ColorCounter::ColorCounter(int threads) : pool_(threads), start_(kBuckets + 1, 0) {
    for (int t = 0; t < std::min(threads, kMostTables); ++t) {
        table_.push_back(large_array<std::uint32_t>(kKeys));
        touched_.emplace_back(kBuckets, 0);
    }
}

void ColorCounter::add(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask) {
    const std::size_t tables = table_.size();
    pool_.run(tables, [&](std::size_t t, int) {
        const std::size_t end = pixels * (t + 1) / tables;
        for (std::size_t at = pixels * t / tables; at < end; at += kTask) {
            Watch::check();
            count_into(table_[t].get(), touched_[t].data(), rgb + 3 * at, std::min(kTask, end - at),
                       mask ? mask + at : nullptr);
        }
    });
}

// Adds a bucket's counts up in the first table; returns how many colours it has.
std::int32_t ColorCounter::add_up(std::size_t bucket) {
    std::uint32_t* sum = table_[0].get() + bucket * kLow;
    bool any = touched_[0][bucket] != 0;
    for (std::size_t t = 1; t < table_.size(); ++t) {
        if (!touched_[t][bucket]) continue;
        any = true;
        const std::uint32_t* more = table_[t].get() + bucket * kLow;
        for (std::size_t l = 0; l < kLow; ++l) sum[l] += more[l];
    }
    std::int32_t n = 0;
    for (std::size_t l = 0; any && l < kLow; ++l) n += sum[l] != 0;
    return n;
}

// Lists a bucket's colours; from then on the table holds their numbers.
void ColorCounter::collect(std::size_t bucket, std::uint8_t* colors, std::int64_t* counts) {
    if (start_[bucket] == start_[bucket + 1]) return;
    std::uint32_t* count = table_[0].get() + bucket * kLow;
    auto number = static_cast<std::size_t>(start_[bucket]);
    for (std::size_t l = 0; l < kLow; ++l) {
        if (count[l] == 0) continue;
        counts[number] = count[l];
        put_color(colors + 3 * number, static_cast<std::uint32_t>(bucket << 12 | l));
        count[l] = static_cast<std::uint32_t>(number++);
    }
}

std::size_t ColorCounter::finish() {
    pool_.run(kBuckets / kBucketsPerTask, [&](std::size_t task, int) {
        const std::size_t b = task * kBucketsPerTask;
        for (std::size_t i = b; i < b + kBucketsPerTask; ++i) start_[i + 1] = add_up(i);
    });
    for (; table_.size() > 1; table_.pop_back()) Watch::check();
    for (std::size_t b = 0; b < kBuckets; ++b) start_[b + 1] += start_[b];
    return static_cast<std::size_t>(start_[kBuckets]);
}

void ColorCounter::collect(std::uint8_t* colors, std::int64_t* counts) {
    pool_.run(kBuckets / kBucketsPerTask, [&](std::size_t task, int) {
        const std::size_t b = task * kBucketsPerTask;
        for (std::size_t i = b; i < b + kBucketsPerTask; ++i) collect(i, colors, counts);
    });
}

void ColorCounter::numbers(const std::uint8_t* rgb, std::size_t pixels, const std::uint8_t* mask,
                           std::int32_t* out) {
    const std::uint32_t* number = table_[0].get();
    const std::int32_t n = start_[kBuckets];
    pool_.run((pixels + kTask - 1) / kTask, [&](std::size_t task, int) {
        for (std::size_t i = task * kTask; i < std::min(pixels, (task + 1) * kTask); ++i)
            out[i] = !mask || mask[i] ? static_cast<std::int32_t>(number[key_of(rgb + 3 * i)]) : n;
    });
}

}  // namespace cq
