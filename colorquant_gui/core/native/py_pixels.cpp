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
    std::memcpy(colors.data, h.colors.data(), h.colors.size());
    std::memcpy(counts.data, h.counts.data(), h.counts.size() * sizeof(std::int64_t));
    return nb::make_tuple(colors.array, counts.array);
}

nb::tuple histogram(InRgb rgb, std::optional<InMask> mask, bool want_inverse) {
    const std::size_t height = rgb.shape(0), width = rgb.shape(1);
    Out<std::int32_t> inverse({want_inverse ? height : 0, width});
    Histogram h;
    {
        nb::gil_scoped_release release;
        h = count_colors(rgb.data(), height * width, bytes(mask), want_inverse ? inverse.data : nullptr);
    }
    return nb::tuple(arrays(h) + nb::make_tuple(inverse.array));
}

void counter_add(ColorCounter& c, InRgb rgb, std::optional<InMask> mask) {
    nb::gil_scoped_release release;
    c.add(rgb.data(), rgb.shape(0) * rgb.shape(1), bytes(mask));
}

nb::tuple counter_finish(ColorCounter& c) {
    Histogram h;
    {
        nb::gil_scoped_release release;
        h = c.finish();
    }
    return arrays(h);
}

void counter_numbers(ColorCounter& c, InRgb rgb, std::optional<InMask> mask,
                     nb::ndarray<std::int32_t, nb::numpy, nb::shape<-1, -1>, nb::c_contig, nb::device::cpu> out) {
    if (out.shape(0) != rgb.shape(0) || out.shape(1) != rgb.shape(1))
        throw nb::value_error("numbers and pixels differ in size");
    nb::gil_scoped_release release;
    c.numbers(rgb.data(), out.size(), bytes(mask), out.data());
}

nb::ndarray<nb::numpy, std::uint8_t> map_numbers(In<std::int32_t, nb::shape<-1, -1>> inverse,
                                                 In<std::uint8_t, nb::shape<-1>> labels, int outside,
                                                 int threads) {
    Out<std::uint8_t> indices({inverse.shape(0), inverse.shape(1)});
    {
        nb::gil_scoped_release release;
        const std::size_t pixels = inverse.size();
        Pool pool(pixels < (std::size_t{1} << 20) ? 1 : at_least_one(threads));
        map_by_number(inverse.data(), pixels, labels.data(), labels.shape(0),
                      static_cast<std::uint8_t>(outside), indices.data, pool);
    }
    return indices.array;
}

nb::ndarray<nb::numpy, std::uint8_t> map_rgb(InRgb rgb, std::optional<InMask> mask, InColors colors,
                                             In<std::uint8_t, nb::shape<-1>> labels, int outside,
                                             int threads) {
    Out<std::uint8_t> indices({rgb.shape(0), rgb.shape(1)});
    {
        nb::gil_scoped_release release;
        const std::size_t pixels = rgb.shape(0) * rgb.shape(1);
        Pool pool(pixels < (std::size_t{1} << 20) ? 1 : at_least_one(threads));
        map_by_key(rgb.data(), pixels, bytes(mask), colors.data(), labels.data(), labels.shape(0),
                   static_cast<std::uint8_t>(outside), indices.data, pool);
    }
    return indices.array;
}

// Squared error in sRGB over all pixels: whole numbers, so exact.
std::int64_t palette_error(InColors colors, InCounts counts, In<std::uint8_t, nb::shape<-1>> labels,
                           InColors palette) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < counts.shape(0); ++i) {
        const std::uint8_t *a = colors.data() + 3 * i, *b = palette.data() + 3 * labels.data()[i];
        const int r = a[0] - b[0], g = a[1] - b[1], bl = a[2] - b[2];
        sum += counts.data()[i] * (r * r + g * g + bl * bl);
    }
    return sum;
}

}  // namespace

void bind_pixels(nb::module_& m) {
    m.def("histogram", &histogram, "rgb"_a, "mask"_a.none(), "inverse"_a,
          "Unique colours in Morton order, their counts, and each pixel's colour number (or no rows).");
    nb::class_<ColorCounter>(m, "ColorCounter", "The histogram of a large picture, band by band.")
        .def("__init__", [](ColorCounter* self, int threads) { new (self) ColorCounter(at_least_one(threads)); },
             "threads"_a)
        .def("add", &counter_add, "rgb"_a, "mask"_a.none())
        .def("finish", &counter_finish, "Unique colours in Morton order and their counts.")
        .def("numbers", &counter_numbers, "rgb"_a, "mask"_a.none(), "out"_a,
             "Once finished: the colour numbers of counted pixels.");
    m.def("map_numbers", &map_numbers, "inverse"_a, "labels"_a, "outside"_a, "threads"_a,
          "Label of each pixel's colour number; `outside` for numbers past the last.");
    m.def("map_rgb", &map_rgb, "rgb"_a, "mask"_a.none(), "colors"_a, "labels"_a, "outside"_a, "threads"_a,
          "Label of each pixel's colour; `outside` where the mask is False.");
    m.def("palette_error", &palette_error, "colors"_a, "counts"_a, "labels"_a, "palette"_a,
          "Squared error of the labelled colours against the palette, summed over pixels.");
}

}  // namespace cq
