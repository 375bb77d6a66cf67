// CIEDE2000 of many pairs of colours at once.
//
// G. Sharma, W. Wu, E. N. Dalal (2005), "The CIEDE2000 color-difference formula: implementation notes,
// supplementary test data, and mathematical observations", Color Research & Application 30(1); the
// numbers in brackets are its equations. Hues are never turned into angles: half their difference
// comes from the sine and cosine of the whole, the mean hue is the first one turned by that half, and
// cosines of its multiples are polynomials. What is left is +, -, *, / and square roots, which
// vectorise and which IEEE 754 rounds the same way everywhere. This file must be compiled without
// fused multiply-add.
#include <cmath>

#include "ciede2000.hpp"

namespace cq {
namespace CQ_ISA {
namespace {

constexpr int kBlock = 64;

inline float seventh(float v) {
    const float cube = v * v * v;
    return cube * cube * v;
}

// sqrt(c^7 / (c^7 + 25^7))
inline float saturation(float chroma) {
    const float c = seventh(chroma);
    return std::sqrt(c / (c + 6103515625.0f));
}

// 0 <= v <= 1; M. Abramowitz & I. Stegun 1964, 4.4.49, |error| <= 2e-8.
inline float arc_tangent(float v) {
    const float q = v * v;
    float p = 0.0028662257f;
    p = p * q - 0.0161657367f;
    p = p * q + 0.0429096138f;
    p = p * q - 0.0752896400f;
    p = p * q + 0.1065626393f;
    p = p * q - 0.1420889944f;
    p = p * q + 0.1999355085f;
    p = p * q - 0.3333314528f;
    return v + v * q * p;
}

// e^-v for 0 <= v <= 13: Taylor's series of a 16th of it, squared four times.
inline float decay(float v) {
    const float x = v * -0.0625f;
    float p = 1.0f + x * (1.0f / 7.0f);
    p = 1.0f + x * (1.0f / 6.0f) * p;
    p = 1.0f + x * 0.2f * p;
    p = 1.0f + x * 0.25f * p;
    p = 1.0f + x * (1.0f / 3.0f) * p;
    p = 1.0f + x * 0.5f * p;
    p = 1.0f + x * p;
    p = p * p;
    p = p * p;
    p = p * p;
    return p * p;
}

// 0 <= v <= pi / 3
inline float sine(float v) {
    const float q = v * v;
    float p = 1.0f - q * (1.0f / 72.0f);
    p = 1.0f - q * (1.0f / 42.0f) * p;
    p = 1.0f - q * 0.05f * p;
    p = 1.0f - q * (1.0f / 6.0f) * p;
    return v * p;
}

inline float difference(float l1, float a1, float b1, float l2, float a2, float b2, float chroma2) {
    const float chroma1 = std::sqrt(a1 * a1 + b1 * b1);                            // (2)
    const float stretch = 1.5f - 0.5f * saturation(0.5f * (chroma1 + chroma2));    // (3), (4)
    const float s1 = stretch * a1, s2 = stretch * a2;                              // (5)
    const float c1 = std::sqrt(s1 * s1 + b1 * b1), c2 = std::sqrt(s2 * s2 + b2 * b2);  // (6)

    // Cosine and sine of half the hue difference, from whichever of both is well conditioned.
    const float product = c1 * c2;
    const float safe = product > 1e-20f ? product : 1e-20f;
    const float cross = s1 * (b2 - b1) - b1 * (s2 - s1);
    float cosine = (s1 * s2 + b1 * b2) / safe;
    const bool acute = cosine > 0.0f;
    cosine = acute ? cosine : -cosine;
    cosine = cosine < 1.0f ? cosine : 1.0f;
    const float large = std::sqrt(0.5f + 0.5f * cosine);
    float small = (cross < 0.0f ? -cross : cross) / (2.0f * safe * large);
    small = small < 1.0f ? small : 1.0f;
    const float half_cos = acute ? large : small;
    // exactly opposite hues: from the greater to the lesser one (10), (14)
    const float upper = b1 != 0.0f ? b1 : s1;
    const float side = cross != 0.0f ? cross : upper;
    const float half_abs = acute ? small : large;
    const float half_sin = side < 0.0f ? -half_abs : half_abs;

    const float dl = l2 - l1, dc = c2 - c1;                                        // (8), (9)
    const float dh = 2.0f * std::sqrt(product) * half_sin;                         // (11)

    const float inverse = 1.0f / (c1 > 1e-10f ? c1 : 1e-10f);
    const float c = (s1 * half_cos - b1 * half_sin) * inverse;  // of the mean hue (14)
    const float s = (b1 * half_cos + s1 * half_sin) * inverse;
    const float cc = c * c, ss = s * s;
    const float cos2 = 2.0f * cc - 1.0f, sin2 = 2.0f * s * c;
    const float cos3 = c * (4.0f * cc - 3.0f), sin3 = s * (3.0f - 4.0f * ss);
    const float cos4 = 2.0f * cos2 * cos2 - 1.0f, sin4 = 2.0f * sin2 * cos2;
    const float t = 1.0f - 0.17f * (c * 0.8660254038f + s * 0.5f) + 0.24f * cos2 +   // (15)
                    0.32f * (cos3 * 0.9945218954f - sin3 * 0.1045284633f) -
                    0.20f * (cos4 * 0.4539904997f + sin4 * 0.8910065242f);

    // The mean hue's distance from 275 degrees, by the tangent of its half; from 90 degrees on the
    // rotation term is nothing.
    const float toward = c * 0.0871557427f - s * 0.9961946981f;
    const float across = c * 0.9961946981f + s * 0.0871557427f;
    const float beyond = 1.0f + toward;
    const float tangent = (across < 0.0f ? -across : across) / (beyond > 1e-6f ? beyond : 1e-6f);
    const float away = arc_tangent(tangent < 1.0f ? tangent : 1.0f) * (2.0f * 57.29577951f / 25.0f);
    const float turn = sine(1.0471975512f * decay(away * away));                   // (16)

    const float lightness = 0.5f * (l1 + l2) - 50.0f, chroma = 0.5f * (c1 + c2);   // (12), (13)
    const float q = lightness * lightness;
    const float x = dl / (1.0f + 0.015f * q / std::sqrt(20.0f + q));               // (18)
    const float y = dc / (1.0f + 0.045f * chroma);                                 // (19)
    const float z = dh / (1.0f + 0.015f * chroma * t);                             // (20)
    const float sum = x * x + y * y + z * z - 2.0f * saturation(chroma) * turn * y * z;  // (17), (21), (22)
    return std::sqrt(sum > 0.0f ? sum : 0.0f);
}

}  // namespace

void ciede2000(const float* l, const float* a, const float* b, const std::uint8_t* labels,
               const LabEntry* entries, std::size_t n, float* out) {
    float l1[kBlock], a1[kBlock], b1[kBlock], l2[kBlock], a2[kBlock], b2[kBlock], c2[kBlock], e[kBlock];
    for (std::size_t start = 0; start < n; start += kBlock) {
        const int count = static_cast<int>(n - start < kBlock ? n - start : kBlock);
        for (int i = 0; i < kBlock; ++i) {
            const std::size_t at = start + static_cast<std::size_t>(i < count ? i : 0);
            const LabEntry& entry = entries[labels[at]];
            l1[i] = l[at];
            a1[i] = a[at];
            b1[i] = b[at];
            l2[i] = entry.l;
            a2[i] = entry.a;
            b2[i] = entry.b;
            c2[i] = entry.chroma;
        }
        for (int i = 0; i < kBlock; ++i)
            e[i] = difference(l1[i], a1[i], b1[i], l2[i], a2[i], b2[i], c2[i]);
        for (int i = 0; i < count; ++i) out[start + static_cast<std::size_t>(i)] = e[i];
    }
}

}  // namespace CQ_ISA
}  // namespace cq
