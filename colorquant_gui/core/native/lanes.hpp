// Vectors as wide as the instruction set that a kernel is compiled for, in GCC's notation; plain
// functions only, none of a library's. To be included by kernels alone, which define CQ_ISA.
#pragma once

#include <cstddef>
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
inline Floats magnitude(Floats v) {
    return reinterpret_cast<Floats>(reinterpret_cast<Ints>(v) & all(std::int32_t{0x7fffffff}));
}

// Comparisons give a Mask, one truth a lane; pick() takes a where it holds, b elsewhere.
#if defined(__AVX512F__)
typedef __mmask16 Mask;
inline __m512 raw(Floats v) { return reinterpret_cast<__m512>(v); }
inline __m512i raw(Ints v) { return reinterpret_cast<__m512i>(v); }
inline Mask less(Floats a, Floats b) { return _mm512_cmp_ps_mask(raw(a), raw(b), _CMP_LT_OQ); }
inline Mask differ(Ints a, Ints b) { return _mm512_cmpneq_epi32_mask(raw(a), raw(b)); }
inline Floats pick(Mask m, Floats a, Floats b) {
    return reinterpret_cast<Floats>(_mm512_mask_blend_ps(m, raw(b), raw(a)));
}
inline Ints pick(Mask m, Ints a, Ints b) {
    return reinterpret_cast<Ints>(_mm512_mask_blend_epi32(m, raw(b), raw(a)));
}
inline unsigned bits(Mask m) { return m; }
// The lanes where it holds, moved to the front.
inline Ints compress(Mask m, Ints v) {
    return reinterpret_cast<Ints>(_mm512_maskz_compress_epi32(m, raw(v)));
}
inline Floats min(Floats a, Floats b) {
    return reinterpret_cast<Floats>(_mm512_min_ps(raw(a), raw(b)));
}
inline Floats max(Floats a, Floats b) {
    return reinterpret_cast<Floats>(_mm512_max_ps(raw(a), raw(b)));
}
#else
typedef Ints Mask;
inline Mask less(Floats a, Floats b) { return a < b; }
inline Mask differ(Ints a, Ints b) { return a != b; }
inline Floats pick(Mask m, Floats a, Floats b) { return m ? a : b; }
inline Ints pick(Mask m, Ints a, Ints b) { return m ? a : b; }
inline Floats min(Floats a, Floats b) { return a < b ? a : b; }
inline Floats max(Floats a, Floats b) { return a < b ? b : a; }
inline unsigned bits(Mask mask) {
#if defined(__AVX2__)
    return static_cast<unsigned>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask)));
#elif defined(__SSE2__)
    return static_cast<unsigned>(_mm_movemask_ps(reinterpret_cast<__m128>(mask)));
#else
    unsigned b = 0;
    for (int i = 0; i < W; ++i) b |= (static_cast<unsigned>(mask[i]) & 1u) << i;
    return b;
#endif
}
#endif

// a * b + c, rounded once or twice: only for what is held against a bound on rounding.
inline Floats fused(Floats a, Floats b, Floats c) {
#if defined(__AVX512F__)
    return reinterpret_cast<Floats>(_mm512_fmadd_ps(raw(a), raw(b), raw(c)));
#elif defined(__FMA__)
    return reinterpret_cast<Floats>(_mm256_fmadd_ps(
        reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b), reinterpret_cast<__m256>(c)));
#else
    return a * b + c;
#endif
}

// Narrow integers from memory; written out, as compilers take them apart lane by lane.
inline Ints widen(const std::uint8_t* p) {
#if defined(__AVX512F__)
    return reinterpret_cast<Ints>(_mm512_cvtepu8_epi32(load<__m128i>(p)));
#elif defined(__AVX2__)
    return reinterpret_cast<Ints>(_mm256_cvtepu8_epi32(_mm_cvtsi64_si128(load<long long>(p))));
#elif defined(__SSE2__)
    const __m128i zero = _mm_setzero_si128(), bytes = _mm_cvtsi32_si128(load<int>(p));
    return reinterpret_cast<Ints>(_mm_unpacklo_epi16(_mm_unpacklo_epi8(bytes, zero), zero));
#else
    return __builtin_convertvector(load<Bytes>(p), Ints);
#endif
}
inline Ints widen(const std::int16_t* p) {
#if defined(__AVX512F__)
    return reinterpret_cast<Ints>(_mm512_cvtepi16_epi32(load<__m256i>(p)));
#elif defined(__AVX2__)
    return reinterpret_cast<Ints>(_mm256_cvtepi16_epi32(load<__m128i>(p)));
#elif defined(__SSE2__)
    const __m128i shorts = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
    return reinterpret_cast<Ints>(_mm_srai_epi32(_mm_unpacklo_epi16(shorts, shorts), 16));
#else
    return __builtin_convertvector(load<Shorts>(p), Ints);
#endif
}
inline Floats floats(Ints v) { return __builtin_convertvector(v, Floats); }

// Takes the lowest set bit out of a word and says which it was.
inline int take_lowest(unsigned& word) {
    const int bit = __builtin_ctz(word);
    word &= word - 1;
    return bit;
}

}  // namespace
}  // namespace CQ_ISA
}  // namespace cq
