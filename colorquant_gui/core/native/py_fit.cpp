// Bindings of the fit. Centroids go in and out in units of the clustering space.
#include <algorithm>
#include <cstring>

#include "convert.hpp"
#include "lloyd.hpp"
#include "problem.hpp"
#include "python.hpp"
#include "search.hpp"
#include "seeding.hpp"

using namespace nanobind::literals;

namespace cq {
namespace {

constexpr double kRelaxation = 1.9;  // measured: 3 to 40 % fewer iterations than at 1

using Doubles = nb::ndarray<nb::numpy, double>;

std::vector<Vec3> to_grid(const Problem& p, const InCentroids& c) {
    std::vector<Vec3> v(c.shape(0));
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = p.to_grid(c.data() + 3 * i);
    return v;
}

Doubles from_grid(const Problem& p, const std::vector<Vec3>& v) {
    Out<double> out({v.size(), 3});
    for (std::size_t i = 0; i < v.size(); ++i) p.from_grid(v[i], out.data + 3 * i);
    return out.array;
}

struct PyProblem {
    std::unique_ptr<Problem> problem;
    nb::object counts;  // kept alive: the points refer to it

    Problem& operator*() const { return *problem; }
    Problem* operator->() const { return problem.get(); }
};

PyProblem make_problem(InColors colors, InCounts counts, const Conversion* conversion, int threads,
                       const nb::object& cancelled) {
    if (colors.shape(0) != counts.shape(0) || colors.shape(0) == 0)
        throw nb::value_error("colors and counts must have the same length, at least 1");
    PyProblem p;
    p.counts = nb::cast(counts);
    p.problem = without_gil(cancelled, [&] {
        return std::make_unique<Problem>(colors.data(), counts.data(), colors.shape(0), conversion,
                                         threads > 0 ? threads : default_threads());
    });
    return p;
}

Doubles bounds(const PyProblem& p) {
    const Tree& tree = p->tree;
    double lo[3], hi[3];
    for (int a = 0; a < 3; ++a) {
        const double mid = tree.mid[a][tree.top()], half = 0.5 * tree.extent[a][tree.top()];
        lo[a] = mid - half;
        hi[a] = mid + half;
    }
    return from_grid(*p, {{lo[0], lo[1], lo[2]}, {hi[0], hi[1], hi[2]}});
}

nb::tuple wu_arrays(const Problem& p, const WuSeeding& seeding) {
    Out<std::int32_t> cuts({seeding.cuts.size()});
    std::copy(seeding.cuts.begin(), seeding.cuts.end(), cuts.data);
    Out<double> parts({seeding.parts.size(), 3, 3});
    double* out = parts.data;
    for (const Part& part : seeding.parts)
        for (const Vec3& v : {part.mean, part.low, part.high}) {
            p.from_grid(v, out);
            out += 3;
        }
    return nb::make_tuple(from_grid(p, seeding.centroids), cuts.array, parts.array);
}

struct PyLloyd {
    const Problem& p;
    Lloyd lloyd;

    PyLloyd(const PyProblem& problem, std::vector<Vec3> init, double tol, double rel_tol, int max_iter,
            double relaxation)
        : p(*problem), lloyd(p.points, p.tree, *p.pool, std::move(init),
                             LloydOptions{tol * p.scale, rel_tol, max_iter, relaxation}) {}
    bool step(const nb::object& cancelled) {
        return without_gil(cancelled, [&] { return lloyd.step(); });
    }
};

// Labels, sizes and means of a one-off assignment.
struct PyAssigner {
    const Problem& p;
    Assigner assigner;
    std::vector<Vec3> centroids;

    PyAssigner(const PyProblem& problem, int k) : p(*problem), assigner(p.points, p.tree, *p.pool, k) {}
    double assign(InCentroids c, const nb::object& cancelled) {
        if (static_cast<int>(c.shape(0)) != assigner.k()) throw nb::value_error("wrong number of centroids");
        centroids = to_grid(p, c);
        return without_gil(cancelled, [&] {
            assigner.assign(centroids);
            return assigner.inertia(centroids) / (p.scale * p.scale);
        });
    }
    Doubles means() const {
        std::vector<Vec3> mean = centroids;
        for (std::size_t i = 0; i < mean.size(); ++i) {
            const Moments& m = assigner.moments()[i];
            if (m.w == 0) continue;
            const double w = static_cast<double>(m.w);
            mean[i] = {static_cast<double>(m.x) / w, static_cast<double>(m.y) / w,
                       static_cast<double>(m.z) / w};
        }
        return from_grid(p, mean);
    }
    Doubles errors() const {
        Out<double> out({centroids.size()});
        for (std::size_t i = 0; i < centroids.size(); ++i)
            out.data[i] = assigner.moments()[i].spread_about(centroids[i].x, centroids[i].y, centroids[i].z) /
                          (p.scale * p.scale);
        return out.array;
    }
    nb::ndarray<nb::numpy, std::int32_t> costliest(std::size_t count, const nb::object& cancelled) const {
        const std::vector<std::int32_t> numbers =
            without_gil(cancelled, [&] { return assigner.costliest(centroids, count); });
        Out<std::int32_t> out({numbers.size()});
        std::copy(numbers.begin(), numbers.end(), out.data);
        return out.array;
    }
};

struct PySearch {
    const Problem& p;
    Search search;

    PySearch(const PyProblem& problem, std::vector<Vec3> start, std::uint64_t seed, int chains, double promise)
        : p(*problem), search(p, std::move(start), seed, chains, promise) {}
    nb::list milestones() const {
        nb::list list;
        for (const Milestone& m : search.milestones()) {
            Out<std::int32_t> moves({m.moves.size()});
            std::copy(m.moves.begin(), m.moves.end(), moves.data);
            list.append(nb::make_tuple(from_grid(p, m.centroids), search.chain(), search.random(), moves.array));
        }
        return list;
    }
};

void apply(const Conversion& how, const std::uint8_t* colors, std::size_t n, double* out) {
    constexpr std::size_t block = 1024;
    float x[block], y[block], z[block];
    for (std::size_t at = 0; at < n; at += block) {
        const std::size_t count = std::min(block, n - at);
        convert_kernel()(how, colors + 3 * at, count, x, y, z);
        for (std::size_t i = 0; i < count; ++i, out += 3) {
            out[0] = static_cast<double>(x[i]) / how.scale + 0.0;
            out[1] = static_cast<double>(y[i]) / how.scale + 0.0;
            out[2] = static_cast<double>(z[i]) / how.scale + 0.0;
        }
    }
}

nb::ndarray<nb::numpy, std::uint8_t> copy_labels(const Zeroed<std::uint8_t>& labels, std::size_t n) {
    Out<std::uint8_t> out({n});
    without_gil([&] { std::memcpy(out.data, labels.data(), n); });
    return out.array;
}

nb::ndarray<nb::numpy, std::int64_t> copy_counts(const std::vector<Moments>& moments) {
    Out<std::int64_t> out({moments.size()});
    for (std::size_t i = 0; i < moments.size(); ++i) out.data[i] = moments[i].w;
    return out.array;
}

}  // namespace

void bind_fit(nb::module_& m) {
    const auto made = nb::rv_policy::automatic;
    nb::class_<Conversion>(m, "Conversion", "How a clustering space is reached from sRGB bytes.")
        .def("__init__", [](Conversion* self, In<double, nb::shape<256>> decode, In<double, nb::shape<3, 3>> inner,
                            int curve, In<double, nb::shape<3, 3>> outer, In<double, nb::shape<3>> offset,
                            double scale) {
            new (self) Conversion{};
            std::memcpy(self->decode, decode.data(), sizeof self->decode);
            std::memcpy(self->inner, inner.data(), sizeof self->inner);
            self->curve = curve;
            std::memcpy(self->outer, outer.data(), sizeof self->outer);
            std::memcpy(self->offset, offset.data(), sizeof self->offset);
            self->scale = scale;
        }, "decode"_a, "inner"_a, "curve"_a, "outer"_a, "offset"_a, "scale"_a)
        .def("apply", [](const Conversion& how, InColors colors) {
            const std::size_t n = colors.shape(0);
            Out<double> out({n, 3});
            without_gil([&] { apply(how, colors.data(), n, out.data); });
            return out.array;
        }, "colors"_a);

    nb::class_<PyLloyd>(m, "Lloyd", "Lloyd's algorithm, one iteration a step.")
        .def("step", &PyLloyd::step, "cancelled"_a = nb::none(), "The seeding at first, then an iteration a call; False after the last.")
        .def_prop_ro("number", [](const PyLloyd& l) { return l.lloyd.number(); })
        .def_prop_ro("centroids", [](const PyLloyd& l) { return from_grid(l.p, l.lloyd.centroids()); }, made)
        .def_prop_ro("labels", [](const PyLloyd& l) { return copy_labels(l.lloyd.labels(), l.p.points.n); }, made)
        .def_prop_ro("counts", [](const PyLloyd& l) { return copy_counts(l.lloyd.moments()); }, made)
        .def_prop_ro("inertia", [](const PyLloyd& l) { return l.lloyd.inertia() / (l.p.scale * l.p.scale); })
        .def_prop_ro("shift", [](const PyLloyd& l) { return l.lloyd.shift() / l.p.scale; });

    nb::class_<PyAssigner>(m, "Assigner", "Nearest centroids of all colours, for any centroids.")
        .def("assign", &PyAssigner::assign, "centroids"_a, "cancelled"_a = nb::none(), "Assign; returns the inertia.")
        .def_prop_ro("labels", [](const PyAssigner& a) { return copy_labels(a.assigner.labels(), a.p.points.n); }, made)
        .def_prop_ro("counts", [](const PyAssigner& a) { return copy_counts(a.assigner.moments()); }, made)
        .def_prop_ro("means", &PyAssigner::means, made, "Means of the clusters; of an empty one its centroid.")
        .def_prop_ro("errors", &PyAssigner::errors, made, "Squared error of each cluster.")
        .def("costliest", &PyAssigner::costliest, made, "count"_a, "cancelled"_a = nb::none(),
             "Numbers of the colours with the greatest weighted squared distances, the greatest first.");

    nb::class_<PySearch>(m, "Search", "Breathing moves from several starts; see search.cpp.")
        .def("advance", [](PySearch& s, int assignments, const nb::object& cancelled) {
            return without_gil(cancelled, [&] { return s.search.advance(assignments); });
        }, "assignments"_a, "cancelled"_a = nb::none(), "Spend so many more assignments on each chain; False when none has moves left.")
        .def_prop_ro("centroids", [](const PySearch& s) { return from_grid(s.p, s.search.centroids()); }, made)
        .def_prop_ro("inertia", [](const PySearch& s) { return s.search.energy() / (s.p.scale * s.p.scale); })
        .def_prop_ro("milestones", &PySearch::milestones,
                     "What the best chain took to in the last advance: centroids, number of the chain, "
                     "whether it began at random, and how often each centroid was put elsewhere.");

    nb::class_<PyProblem>(m, "Problem", "Weighted colours in a clustering space, with their tree. One thread at a time.")
        .def_prop_ro("n", [](const PyProblem& p) { return p->points.n; })
        .def("coarse", [](const PyProblem& p, std::size_t cells, const nb::object& cancelled) {
            PyProblem c;
            c.problem = without_gil(cancelled, [&] { return Problem::coarse(*p, cells); });
            return c;
        }, "cells"_a, "cancelled"_a = nb::none())
        .def_prop_ro("bounds", &bounds, made, "Low and high corner of the points.")
        .def("seed_wu", [](const PyProblem& p, int k, int side, const nb::object& cancelled) {
            return wu_arrays(*p, without_gil(cancelled, [&] { return seed_wu(p->points, k, side); }));
        }, "k"_a, "side"_a, "cancelled"_a = nb::none(),
             "Centroids; which box each cut halved; mean, low and high corner of every box; see seeding.hpp.")
        .def("seed_plus_plus", [](const PyProblem& p, int k, std::uint64_t seed, const nb::object& cancelled) {
            return from_grid(*p, without_gil(cancelled, [&] { return seed_plus_plus(p->points, k, seed); }));
        }, made, "k"_a, "seed"_a, "cancelled"_a = nb::none())
        .def("lloyd", [](const PyProblem& p, InCentroids init, double tol, double rel_tol, int max_iter, bool relaxed) {
            std::vector<Vec3> start = to_grid(*p, init);
            return without_gil([&] {
                return std::make_unique<PyLloyd>(p, std::move(start), tol, rel_tol, max_iter,
                                                 relaxed ? kRelaxation : 1.0);
            });
        }, nb::keep_alive<0, 1>(), "init"_a, "tol"_a, "rel_tol"_a, "max_iter"_a, "relaxed"_a)
        .def("assigner", [](const PyProblem& p, int k) {
            return without_gil([&] { return std::make_unique<PyAssigner>(p, k); });
        },
             nb::keep_alive<0, 1>(), "k"_a)
        .def("search", [](const PyProblem& p, InCentroids start, std::uint64_t seed, int chains, double promise) {
            std::vector<Vec3> from = to_grid(*p, start);
            return without_gil([&] { return std::make_unique<PySearch>(p, std::move(from), seed, chains, promise); });
        }, nb::keep_alive<0, 1>(), "start"_a, "seed"_a, "chains"_a, "promise"_a);

    m.def("problem", [](InColors colors, InCounts counts, const Conversion* conversion, int threads,
                        const nb::object& cancelled) {
        return make_problem(colors, counts, conversion, threads, cancelled);
    }, "colors"_a, "counts"_a, "conversion"_a.none(), "threads"_a, "cancelled"_a = nb::none());
}

}  // namespace cq
