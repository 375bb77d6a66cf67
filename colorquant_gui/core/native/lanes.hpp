// Vectors as wide as the instruction set that a kernel is compiled for, in GCC's notation; plain
// functions only, none of a library's. To be included by kernels alone, which define CQ_ISA.
#pragma once

#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace cq {
namespace CQ_ISA {
namespace {

#if defined(__AVX512F__)
constexpr int W = 16;
#elif defined(__AVX2__)
constexpr int W = 8;
#else
constexpr int W = 4;
#endif
typedef float Floats __attribute__((vector_size(4 * W)));
typedef std::int32_t Ints __attribute__((vector_size(4 * W)));
typedef std::int16_t Shorts __attribute__((vector_size(2 * W)));
typedef std::uint8_t Bytes __attribute__((vector_size(W)));

template <class Vector, class T>
inline Vector load(const T* p) {
    Vector v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
template <class Vector, class T>
inline void store(T* p, Vector v) {
    std::memcpy(p, &v, sizeof v);
}
inline Floats all(float s) { return s - Floats{}; }
inline Ints all(std::int32_t s) { return s - Ints{}; }
inline Floats min(Floats a, Floats b) { return a < b ? a : b; }
inline Floats max(Floats a, Floats b) { return a < b ? b : a; }
inline Floats size(Floats v) {
    return reinterpret_cast<Floats>(reinterpret_cast<Ints>(v) & all(std::int32_t{0x7fffffff}));
}

// a * b + c, rounded once or twice: only for what is held against a bound on rounding.
inline Floats fused(Floats a, Floats b, Floats c) {
#if defined(__AVX512F__)
    return reinterpret_cast<Floats>(_mm512_fmadd_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b), reinterpret_cast<__m512>(c)));
#elif defined(__FMA__)
    return reinterpret_cast<Floats>(_mm256_fmadd_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b), reinterpret_cast<__m256>(c)));
#else
    return a * b + c;
#endif
}

// A bit for each lane of a mask.
inline unsigned bits(Ints mask) {
#if defined(__AVX512F__)
    return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask));
#elif defined(__AVX2__)
    return static_cast<unsigned>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask)));
#elif defined(__SSE2__)
    return static_cast<unsigned>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
    unsigned b = 0;
    for (int i = 0; i < W; ++i) b |= (static_cast<unsigned>(mask[i]) & 1u) << i;
    return b;
#endif
}

// Takes the lowest set bit out of a word and says which it was.
inline int take_lowest(unsigned& word) {
    const int bit = __builtin_ctz(word);
    word &= word - 1;
    return bit;
}

}  // namespace
}  // namespace CQ_ISA
}  // namespace cq
