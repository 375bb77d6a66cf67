// What the parts of the Python face share.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/unique_ptr.h>

#include <initializer_list>
#include <memory>
#include <optional>

#include "background.hpp"
#include "memory.hpp"
#include "watch.hpp"

namespace nb = nanobind;

namespace cq {

template <class T, class... Shape>
using In = nb::ndarray<const T, nb::numpy, Shape..., nb::c_contig, nb::device::cpu>;
using InColors = In<std::uint8_t, nb::shape<-1, 3>>;
using InCounts = In<std::int64_t, nb::shape<-1>>;
using InCentroids = In<double, nb::shape<-1, 3>>;

// A new NumPy array and where to write its elements.
template <class T>
struct Out {
    T* data;
    nb::ndarray<nb::numpy, T> array;

    explicit Out(std::initializer_list<std::size_t> shape) {
        std::size_t count = 1;
        for (const std::size_t s : shape) count *= s;
        auto memory = std::make_unique<LargeArray<T>>(large_array<T>(count));
        data = memory->get();
        nb::capsule owner(memory.release(), [](void* p) noexcept { delete static_cast<LargeArray<T>*>(p); });
        array = nb::ndarray<nb::numpy, T>(data, shape, owner);
    }
};

// Runs f() without the interpreter's lock. `cancelled`, a Python callable or None, is asked meanwhile;
// if it says yes, Cancelled comes out of this.
template <class F>
auto without_gil(const nb::object& cancelled, F f) {
    std::optional<Watch> watch;
    if (!cancelled.is_none())
        watch.emplace([&cancelled] {
            nb::gil_scoped_acquire gil;
            return nb::cast<bool>(nb::bool_(cancelled()));
        });
    nb::gil_scoped_release release;
    return in_background(f);
}

template <class F>
auto without_gil(F f) {
    nb::gil_scoped_release release;
    return in_background(f);
}

void bind_differences(nb::module_& m);
void bind_fit(nb::module_& m);
void bind_pixels(nb::module_& m);

}  // namespace cq
