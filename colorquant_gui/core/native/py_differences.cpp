// Bindings of the colour differences.
#include <algorithm>

#include "differences.hpp"
#include "python.hpp"

using namespace nanobind::literals;

namespace cq {
namespace {

using InLabels = In<std::uint8_t, nb::shape<-1>>;

nb::ndarray<nb::numpy, float> measure(Differences& d, InColors palette, InLabels labels, const nb::object& cancelled) {
    if (labels.shape(0) != d.n()) throw nb::value_error("as many labels as colors");
    Out<float> out({d.n()});
    without_gil(cancelled, [&] {
        const std::uint8_t *first = labels.data(), *end = first + d.n();
        if (first != end && *std::max_element(first, end) >= palette.shape(0))
            throw std::out_of_range("a label is not in the palette");
        d.measure(palette.data(), palette.shape(0), first, out.data);
    });
    return out.array;
}

nb::tuple summary(In<float, nb::shape<-1>> values, InCounts weights, std::int64_t need, const nb::object& cancelled) {
    if (values.shape(0) != weights.shape(0)) throw nb::value_error("as many weights as values");
    const Summary s = without_gil(cancelled, [&] {
        return summarise(values.data(), weights.data(), values.shape(0), need);
    });
    return nb::make_tuple(s.mean, s.quantile);
}

}  // namespace

void bind_differences(nb::module_& m) {
    nb::class_<Differences>(m, "Differences", "CIEDE2000 between a picture's colours and palettes.")
        .def("__init__", [](Differences* self, InColors colors, const Conversion& to_lab, int threads,
                            const nb::object& cancelled) {
            without_gil(cancelled, [&] {
                new (self) Differences(colors.data(), colors.shape(0), to_lab,
                                       threads > 0 ? threads : default_threads());
            });
        }, "colors"_a, "to_lab"_a, "threads"_a, "cancelled"_a = nb::none())
        .def("measure", &measure, nb::rv_policy::automatic, "palette"_a, "labels"_a, "cancelled"_a = nb::none(),
             "Difference of each colour to the palette entry that its label names.");
    m.def("summarise", &summary, "values"_a, "weights"_a, "need"_a, "cancelled"_a = nb::none(),
          "Weighted mean, and the least value up to which `need` of the weight lies.");
}

}  // namespace cq
