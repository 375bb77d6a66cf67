// Which instruction set the kernels use: the best one the processor has, unless one is forced.
#pragma once

namespace cq {

enum class InstructionSet { baseline = 0, avx2 = 1, avx512 = 2 };

// The best set this processor and operating system support.
InstructionSet best_instruction_set();
// The set in force.
InstructionSet instruction_set();
// Forces a set; one that the processor lacks is lowered to the best it has.
void force_instruction_set(InstructionSet wanted);

}  // namespace cq
