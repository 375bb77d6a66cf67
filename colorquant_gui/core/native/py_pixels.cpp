// Bindings of what goes over pixels: the histogram and the mapping.
#include <cstring>

#include "histogram.hpp"
#include "mapping.hpp"
#include "python.hpp"

using namespace nanobind::literals;

namespace cq {
namespace {

using InRgb = In<std::uint8_t, nb::shape<-1, -1, 3>>;
using InMask = In<bool, nb::shape<-1, -1>>;

const std::uint8_t* bytes(const std::optional<InMask>& mask) {
    return mask ? reinterpret_cast<const std::uint8_t*>(mask->data()) : nullptr;
}

int at_least_one(int threads) { return threads > 0 ? threads : default_threads(); }

nb::tuple arrays(const Histogram& h) {
    Out<std::uint8_t> colors({h.counts.size(), 3});
    Out<std::int64_t> counts({h.counts.size()});
    without_gil([&] {
        std::memcpy(colors.data, h.colors.data(), h.colors.size());
        std::memcpy(counts.data, h.counts.data(), h.counts.size() * sizeof(std::int64_t));
    });
    return nb::make_tuple(colors.array, counts.array);
}

nb::tuple histogram(InRgb rgb, std::optional<InMask> mask, bool want_inverse, const nb::object& cancelled) {
    const std::size_t height = rgb.shape(0), width = rgb.shape(1);
    Out<std::int32_t> inverse({want_inverse ? height : 0, width});
    const Histogram h = without_gil(cancelled, [&] {
        return count_colors(rgb.data(), height * width, bytes(mask), want_inverse ? inverse.data : nullptr);
    });
    return nb::tuple(arrays(h) + nb::make_tuple(inverse.array));
}

void counter_add(ColorCounter& c, InRgb rgb, std::optional<InMask> mask, const nb::object& cancelled) {
    without_gil(cancelled, [&] { c.add(rgb.data(), rgb.shape(0) * rgb.shape(1), bytes(mask)); });
}

nb::tuple counter_finish(ColorCounter& c, const nb::object& cancelled) {
    const std::size_t n = without_gil(cancelled, [&] { return c.finish(); });
    Out<std::uint8_t> colors({n, 3});
    Out<std::int64_t> counts({n});
    without_gil(cancelled, [&] { c.collect(colors.data, counts.data); });
    return nb::make_tuple(colors.array, counts.array);
}

void counter_numbers(ColorCounter& c, InRgb rgb, std::optional<InMask> mask,
                     nb::ndarray<std::int32_t, nb::numpy, nb::shape<-1, -1>, nb::c_contig, nb::device::cpu> out,
                     const nb::object& cancelled) {
    if (out.shape(0) != rgb.shape(0) || out.shape(1) != rgb.shape(1))
        throw nb::value_error("numbers and pixels differ in size");
    without_gil(cancelled, [&] { c.numbers(rgb.data(), out.size(), bytes(mask), out.data()); });
}

nb::ndarray<nb::numpy, std::uint8_t> map_numbers(In<std::int32_t, nb::shape<-1, -1>> inverse,
                                                 In<std::uint8_t, nb::shape<-1>> labels, int outside,
                                                 int threads, const nb::object& cancelled) {
    Out<std::uint8_t> indices({inverse.shape(0), inverse.shape(1)});
    without_gil(cancelled, [&] {
        const std::size_t pixels = inverse.size();
        Pool pool(pixels < (std::size_t{1} << 20) ? 1 : at_least_one(threads));
        map_by_number(inverse.data(), pixels, labels.data(), labels.shape(0),
                      static_cast<std::uint8_t>(outside), indices.data, pool);
    });
    return indices.array;
}

nb::ndarray<nb::numpy, std::uint8_t> map_rgb(InRgb rgb, std::optional<InMask> mask, InColors colors,
                                             In<std::uint8_t, nb::shape<-1>> labels, int outside,
                                             int threads, const nb::object& cancelled) {
    Out<std::uint8_t> indices({rgb.shape(0), rgb.shape(1)});
    without_gil(cancelled, [&] {
        const std::size_t pixels = rgb.shape(0) * rgb.shape(1);
        Pool pool(pixels < (std::size_t{1} << 20) ? 1 : at_least_one(threads));
        map_by_key(rgb.data(), pixels, bytes(mask), colors.data(), labels.data(), labels.shape(0),
                   static_cast<std::uint8_t>(outside), indices.data, pool);
    });
    return indices.array;
}

std::int64_t error_of(InColors colors, InCounts counts, In<std::uint8_t, nb::shape<-1>> labels,
                      InColors palette, const nb::object& cancelled) {
    return without_gil(cancelled, [&] {
        return palette_error(colors.data(), counts.data(), labels.data(), counts.shape(0), palette.data());
    });
}

}  // namespace

void bind_pixels(nb::module_& m) {
    m.def("histogram", &histogram, "rgb"_a, "mask"_a.none(), "inverse"_a, "cancelled"_a = nb::none(),
          "Unique colours in Morton order, their counts, and each pixel's colour number (or no rows).");
    nb::class_<ColorCounter>(m, "ColorCounter", "The histogram of a large picture, band by band.")
        .def("__init__", [](ColorCounter* self, int threads) { new (self) ColorCounter(at_least_one(threads)); },
             "threads"_a)
        .def("add", &counter_add, "rgb"_a, "mask"_a.none(), "cancelled"_a = nb::none())
        .def("finish", &counter_finish, "cancelled"_a = nb::none(), "Unique colours in Morton order and their counts.")
        .def("numbers", &counter_numbers, "rgb"_a, "mask"_a.none(), "out"_a, "cancelled"_a = nb::none(),
             "Once finished: the colour numbers of counted pixels.");
    m.def("map_numbers", &map_numbers, "inverse"_a, "labels"_a, "outside"_a, "threads"_a,
          "cancelled"_a = nb::none(), "Label of each pixel's colour number; `outside` for numbers past the last.");
    m.def("map_rgb", &map_rgb, "rgb"_a, "mask"_a.none(), "colors"_a, "labels"_a, "outside"_a, "threads"_a,
          "cancelled"_a = nb::none(),
          "Label of each pixel's colour; `outside` where the mask is False.");
    m.def("palette_error", &error_of, "colors"_a, "counts"_a, "labels"_a, "palette"_a,
          "cancelled"_a = nb::none(),
          "Squared error of the labelled colours against the palette, summed over pixels.");
}

}  // namespace cq
