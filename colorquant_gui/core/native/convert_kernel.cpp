// Colour conversion by +, -, *, / alone, in a fixed order.
//
// IEEE 754 rounds these the same way everywhere, unlike the pow() and cbrt() of a system's library:
// the clustering space, and so every palette, is the same on every machine. The cube root starts
// from a third of the exponent (as in W. Kahan's "Computing a real cube root", 1991) and takes two
// of Halley's steps; a third would change no coordinate of any 24-bit colour. This file must be compiled without fused multiply-add.
#include "convert.hpp"

#include <cstring>

namespace cq {
namespace CQ_ISA {
namespace {

constexpr int kBlock = 64;

inline double cube_root(double v) {
    const float f = static_cast<float>(v);
    std::int32_t i;
    std::memcpy(&i, &f, sizeof i);
    i = i / 3 + 709921077;
    float g;
    std::memcpy(&g, &i, sizeof g);
    double y = static_cast<double>(g);
    for (int step = 0; step < 2; ++step) {
        const double cube = y * y * y;
        y = y * (cube + 2.0 * v) / (2.0 * cube + v);
    }
    return y;
}

// CIE 15:2004, 8.2.1: the cube root with a straight line near black.
inline double cie_lightness(double v) {
    const double root = cube_root(v), line = v * (841.0 / 108.0) + 16.0 / 116.0;
    return v > 216.0 / 24389.0 ? root : line;
}

inline double whole(double v) {
    const double big = 6755399441055744.0;  // 1.5 * 2**52: adding it rounds to nearest even
    return (v + big) - big;
}

}  // namespace

void convert(const Conversion& how, const std::uint8_t* colors, std::size_t n, float* x, float* y, float* z) {
    double a[3][kBlock], b[3][kBlock];
    float* out[3] = {x, y, z};
    for (std::size_t start = 0; start < n; start += kBlock) {
        const int count = static_cast<int>(n - start < kBlock ? n - start : kBlock);
        for (int i = 0; i < kBlock; ++i) {
            const std::uint8_t* c = colors + 3 * (start + static_cast<std::size_t>(i < count ? i : 0));
            for (int ch = 0; ch < 3; ++ch) a[ch][i] = how.decode[c[ch]];
        }
        for (int ch = 0; ch < 3; ++ch) {
            const double* m = how.inner + 3 * ch;
            if (how.curve == static_cast<int>(Curve::cube_root))
                for (int i = 0; i < kBlock; ++i)
                    b[ch][i] = cube_root(m[0] * a[0][i] + m[1] * a[1][i] + m[2] * a[2][i]);
            else if (how.curve == static_cast<int>(Curve::cie_lightness))
                for (int i = 0; i < kBlock; ++i)
                    b[ch][i] = cie_lightness(m[0] * a[0][i] + m[1] * a[1][i] + m[2] * a[2][i]);
            else
                for (int i = 0; i < kBlock; ++i)
                    b[ch][i] = m[0] * a[0][i] + m[1] * a[1][i] + m[2] * a[2][i];
        }
        for (int ch = 0; ch < 3; ++ch) {
            const double* m = how.outer + 3 * ch;
            for (int i = 0; i < kBlock; ++i)
                a[ch][i] = whole(
                    (m[0] * b[0][i] + m[1] * b[1][i] + m[2] * b[2][i] + how.offset[ch]) * how.scale);
            for (int i = 0; i < count; ++i) out[ch][start + static_cast<std::size_t>(i)] = static_cast<float>(a[ch][i]);
        }
    }
}

}  // namespace CQ_ISA
}  // namespace cq
