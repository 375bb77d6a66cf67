// One k-means iteration by comparing every point with every centroid in float32, vectorised and
// compiled for the machine it runs on: what the engine's iteration is measured against.
#include <cstdint>
#include <cstring>

#if defined(__AVX512F__)
constexpr int W = 16;
#else
constexpr int W = 8;
#endif
typedef float Floats __attribute__((vector_size(4 * W)));
typedef std::int32_t Ints __attribute__((vector_size(4 * W)));

extern "C" void brute_force(const float* x, const float* y, const float* z, const float* weight, long n,
                            const float* c, int k, std::uint8_t* labels, double* sums) {
    const float *cx = c, *cy = c + k, *cz = c + 2 * k, *half = c + 3 * k;
    for (long i = 0; i + W <= n; i += W) {
        Floats px, py, pz;
        std::memcpy(&px, x + i, sizeof px);
        std::memcpy(&py, y + i, sizeof py);
        std::memcpy(&pz, z + i, sizeof pz);
        Floats best = half[0] - px * cx[0] - py * cy[0] - pz * cz[0];
        Ints label{};
        for (int j = 1; j < k; ++j) {
            const Floats score = half[j] - px * cx[j] - py * cy[j] - pz * cz[j];
            label = score < best ? (j - Ints{}) : label;
            best = score < best ? score : best;
        }
        for (int l = 0; l < W; ++l) {
            const int own = label[l];
            const double w = weight[i + l];
            labels[i + l] = static_cast<std::uint8_t>(own);
            sums[4 * own] += w;
            sums[4 * own + 1] += w * px[l];
            sums[4 * own + 2] += w * py[l];
            sums[4 * own + 3] += w * pz[l];
        }
    }
}
