// The choice among the kernels that are compiled once per instruction set.
#include "assign.hpp"
#include "ciede2000.hpp"
#include "convert.hpp"
#include "cpu.hpp"

#define CQ_DECLARE(set)                                                                          \
    namespace set {                                                                              \
    void assign_tree(const Job&, Worker&, std::int32_t);                                         \
    void convert(const Conversion&, const std::uint8_t*, std::size_t, float*, float*, float*);   \
    void ciede2000(const float*, const float*, const float*, const std::uint8_t*,                \
                   const LabEntry*, std::size_t, float*);                                        \
    }

namespace cq {

CQ_DECLARE(baseline)
#ifdef CQ_X86
CQ_DECLARE(avx2)
CQ_DECLARE(avx512)
#endif

AssignTree assign_kernel() {
#ifdef CQ_X86
    if (instruction_set() == InstructionSet::avx512) return avx512::assign_tree;
    if (instruction_set() == InstructionSet::avx2) return avx2::assign_tree;
#endif
    return baseline::assign_tree;
}

Convert convert_kernel() {
#ifdef CQ_X86
    if (instruction_set() == InstructionSet::avx512) return avx512::convert;
    if (instruction_set() == InstructionSet::avx2) return avx2::convert;
#endif
    return baseline::convert;
}

Ciede2000 ciede2000_kernel() {
#ifdef CQ_X86
    if (instruction_set() == InstructionSet::avx512) return avx512::ciede2000;
    if (instruction_set() == InstructionSet::avx2) return avx2::ciede2000;
#endif
    return baseline::ciede2000;
}

}  // namespace cq
