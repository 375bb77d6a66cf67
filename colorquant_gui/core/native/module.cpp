// The Python face of the engine: thin, and private to colorquant_gui.core.
#include "background.hpp"
#include "cpu.hpp"
#include "pool.hpp"
#include "python.hpp"

#include <stdexcept>

namespace cq {
namespace {

void raise_cancelled(const std::exception_ptr& exception, void*) {
    try {
        std::rethrow_exception(exception);
    } catch (const Cancelled&) {
        PyErr_SetNone(nb::module_::import_("colorquant_gui.core.errors").attr("Cancelled").ptr());
    }
}

// Runs tasks of which one may fail; returns how many were done.
int run_tasks(int count, int failing, int threads, const nb::object& cancelled) {
    std::atomic<int> done{0};
    without_gil(cancelled, [&] {
        Pool pool(threads);
        const Pool::Task task = [&](std::size_t i, int) {
            if (static_cast<int>(i) == failing) throw std::runtime_error("task failed");
            std::this_thread::sleep_for(std::chrono::microseconds(100));
            ++done;
        };
        try {
            pool.run(static_cast<std::size_t>(count), task);
        } catch (...) {
            pool.run(1000, [](std::size_t, int) {});  // it still works, and nobody is at the old job
            throw;
        }
    });
    return done;
}

}  // namespace
}  // namespace cq

NB_MODULE(_native, m) {
    using namespace cq;
    // Windows and sessions are cycles of Python and Qt objects; what is left at exit is no fault.
    nb::set_leak_warnings(false);
    m.doc() = "Native kernels of colorquant_gui.core; use them through its public functions.";
    bind_pixels(m);
    bind_fit(m);
    bind_differences(m);
    nb::register_exception_translator(raise_cancelled);
    m.def("set_patience",
          [](double seconds) { Watch::set_patience(std::chrono::microseconds(static_cast<std::int64_t>(1e6 * seconds))); },
          nb::arg("seconds"), "Ask `cancelled` no more often than this, 0.02 to begin with; for tests.");
    m.def("work_in_background", &Background::begin,
          "From now on work for the calling thread is done at low priority.");
    m.def("run_tasks", &run_tasks, nb::arg("count"), nb::arg("failing"), nb::arg("threads"),
          nb::arg("cancelled") = nb::none(), "Let threads do tasks of which one fails; for tests.");
    m.def("force_instruction_set",
          [](int level) { force_instruction_set(static_cast<InstructionSet>(level)); }, nb::arg("level"),
          "Use the baseline (0), AVX2 (1) or AVX-512 (2), or the best below that the processor has.");
    m.def("instruction_set", [] { return static_cast<int>(instruction_set()); },
          "The level in force, see force_instruction_set.");
}
