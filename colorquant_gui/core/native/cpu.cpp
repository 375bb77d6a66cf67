#include "cpu.hpp"

#include <atomic>

namespace cq {

InstructionSet best_instruction_set() {
#ifdef CQ_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return InstructionSet::avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::avx2;
#endif
    return InstructionSet::baseline;
}

namespace {
std::atomic<InstructionSet>& current() {
    static std::atomic<InstructionSet> set{best_instruction_set()};
    return set;
}
}  // namespace

InstructionSet instruction_set() { return current().load(std::memory_order_relaxed); }

void force_instruction_set(InstructionSet wanted) {
    const InstructionSet best = best_instruction_set();
    current().store(static_cast<int>(wanted) < static_cast<int>(best) ? wanted : best);
}

}  // namespace cq
