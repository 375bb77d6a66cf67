// The Python face of the engine: thin, and private to colorquant_gui.core.
#include "cpu.hpp"
#include "python.hpp"

NB_MODULE(_native, m) {
    using namespace cq;
    // Windows and sessions are cycles of Python and Qt objects; what is left at exit is no fault.
    nb::set_leak_warnings(false);
    m.doc() = "Native kernels of colorquant_gui.core; use them through its public functions.";
    bind_pixels(m);
    bind_fit(m);
    m.def("force_instruction_set",
          [](int level) { force_instruction_set(static_cast<InstructionSet>(level)); }, nb::arg("level"),
          "Use the baseline (0), AVX2 (1) or AVX-512 (2), or the best below that the processor has.");
    m.def("instruction_set", [] { return static_cast<int>(instruction_set()); },
          "The level in force, see force_instruction_set.");
}
