"""The compiled engine against brute force and NumPy, on every instruction set and thread count."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    InvalidParameterError,
    KMeans,
    engine,
    quantize,
    reference,
)
from colorquant_gui.core import histogram as histogram_module
from colorquant_gui.core.color_spaces import COLOR_SPACES, SRGB
from colorquant_gui.core.morton import colors_from_keys
from colorquant_gui.core.newest import Newest
from colorquant_gui.core.reference_engine import ReferenceProblem
from tests.core.brute_force import squared_distances
from tests.core.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

pytestmark = pytest.mark.skipif(
    engine.native is None and shutil.which("c++") is None, reason="no compiler, no engine"
)
spaces = pytest.mark.parametrize("space", sorted(COLOR_SPACES))


@pytest.fixture(autouse=True)
def _best_instruction_set() -> Iterator[None]:
    yield
    engine.use_instruction_set("")


def histogram_of(colors: NDArray[np.uint8], heaviest: int = 50) -> ColorHistogram:
    """Count each distinct colour a few times."""
    unique = np.unique(colors.reshape(-1, 3), axis=0)
    weights = np.random.default_rng(1).integers(1, heaviest + 1, len(unique))
    picture = np.repeat(unique, weights, axis=0)[None]
    return ColorHistogram.from_rgb(picture)


def noise(n: int, low: int = 0, high: int = 256, seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(low, high, (n, 3)).astype(np.uint8)


def plane() -> NDArray[np.uint8]:
    colors = noise(6000)
    colors[:, 2] = 77
    return colors


def line() -> NDArray[np.uint8]:
    return np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def borders() -> NDArray[np.uint8]:
    """Colours on both sides of the borders of the tree's nodes."""
    steps = np.array([0, 1, 31, 32, 33, 63, 64, 127, 128, 129, 191, 192, 254, 255], np.uint8)
    return np.stack(np.meshgrid(steps, steps, steps), axis=-1)


SETS = {
    "noise": noise(12_000),
    "plane": plane(),
    "line": line(),
    "one cell": noise(3000, 96, 104),
    "two colours": np.array([[0, 0, 0], [255, 255, 255]], np.uint8),
    "one colour": np.array([[9, 8, 7]], np.uint8),
    "borders": borders(),
    "clumps": np.concatenate([noise(2000, a, a + 20, a) for a in (0, 90, 230)]),
}


@cache
def histogram_of_set(name: str) -> ColorHistogram:
    return histogram_of(SETS[name])


def check_labels(histogram: ColorHistogram, space: str, centroids: NDArray[np.float64]) -> None:
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    assigner = histogram.problem(COLOR_SPACES[space]).assigner(len(centroids))
    for moved in (centroids, centroids + 1e-3, centroids[::-1].copy()):
        inertia = assigner.assign(moved)
        every = squared_distances(points, moved)
        least = every.min(axis=1)
        # ties aside: whatever is chosen is as near as the nearest, but for the last bits
        own = every[np.arange(len(points)), assigner.labels]
        assert (own - least <= 1e-12 * np.maximum(least, 1e-3)).all()
        counts = np.bincount(assigner.labels, histogram.counts, len(moved))
        assert assigner.counts.tolist() == counts.tolist()
        assert inertia == pytest.approx(float(least @ histogram.counts), rel=1e-9, abs=1e-6)
        assert assigner.errors.sum() == pytest.approx(inertia, rel=1e-9, abs=1e-6)


def test_where_there_is_a_compiler_there_is_the_engine() -> None:
    assert engine.native is not None


# --- the histogram


@pytest.mark.parametrize("band", [1, 500, 1 << 20])
@pytest.mark.parametrize("masked", [False, True])
def test_counting_is_that_of_numpy(
    band: int, masked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rgb = np.concatenate([noise(3000), noise(2400, 100, 110)]).reshape(60, 90, 3)
    mask = np.random.default_rng(2).random((60, 90)) < 0.7 if masked else None
    for turned in (rgb, rgb.transpose(1, 0, 2), rgb[::-1, ::2]):
        part = None if mask is None else np.ones(turned.shape[:2], bool)
        if part is not None:
            part[::3] = False
        monkeypatch.setattr(histogram_module, "_COUNTER_PIXELS", band)
        ours = ColorHistogram.from_rgb(turned, part)
        bare = ColorHistogram.from_rgb(turned, part, inverse=False, threads=2)
        plain = ColorHistogram._by_sorting(turned, part)
        assert ours.colors.tobytes() == bare.colors.tobytes() == plain.colors.tobytes()
        assert ours.counts.tobytes() == bare.counts.tobytes() == plain.counts.tobytes()
        assert bare.inverse is None
        assert ours.inverse is not None
        assert plain.inverse is not None
        assert ours.inverse.tobytes() == plain.inverse.tobytes()


def test_everything_hidden() -> None:
    for pixels in (100, 1 << 21):
        mask = np.zeros((1, pixels), bool)
        histogram = ColorHistogram.from_rgb(np.zeros((1, pixels, 3), np.uint8), mask)
        assert histogram.n_colors == 0
        assert histogram.inverse is not None
        assert not histogram.inverse.any()


# --- assignment


# brute force takes longest for many: each set has each of these, and so has each space
MANY = (64, 255, 256)


@pytest.mark.parametrize(
    ("space", "name", "k"),
    [
        (space, name, k)
        for i, space in enumerate(sorted(COLOR_SPACES))
        for j, name in enumerate(sorted(SETS))
        for k in (1, 2, 3, 16, 17, MANY[(i + j) % len(MANY)])
    ],
)
def test_labels_are_those_of_brute_force(space: str, name: str, k: int) -> None:
    histogram = histogram_of_set(name)
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    rng = np.random.default_rng(k)
    chosen = points[rng.integers(0, len(points), k)]
    check_labels(histogram, space, chosen)
    spread = max(float(np.ptp(points)), 1e-3)
    check_labels(histogram, space, chosen + rng.normal(0, 0.05 * spread, chosen.shape))


@pytest.mark.parametrize("level", engine.INSTRUCTION_SETS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    colors=st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=200),
    centroids=st.lists(
        st.tuples(*[st.integers(-40, 600).map(lambda v: v / 2)] * 3), min_size=1, max_size=40
    ),
)
def test_any_colors_and_centroids(
    level: str, colors: list[tuple[int, ...]], centroids: list[tuple[float, ...]]
) -> None:
    engine.use_instruction_set(level)
    histogram = histogram_of(np.array(colors, np.uint8))
    check_labels(histogram, "srgb", np.array(centroids))


@pytest.mark.parametrize("level", engine.INSTRUCTION_SETS)
def test_many_colors_and_centroids(level: str) -> None:
    engine.use_instruction_set(level)
    crowd = np.concatenate([noise(20_000), noise(10_000, 90, 150, seed=1)])
    check_labels(histogram_of(crowd, 3), "srgb", noise(120, seed=4) + 0.25)


def test_halves_are_exact_so_that_ties_go_to_the_lowest() -> None:
    histogram = histogram_of(line())
    assigner = histogram.problem(SRGB).assigner(3)
    assigner.assign(np.array([[200.0] * 3, [100.0] * 3, [100.0] * 3]))
    assert assigner.labels[150] == 0
    assert assigner.labels[149] == 1
    assert assigner.counts[2] == 0


def test_all_colors_there_are() -> None:
    keys = np.arange(1 << 24, dtype=np.uint32)
    histogram = ColorHistogram(colors_from_keys(keys), np.ones(1 << 24, np.int64))
    centroids = noise(64, seed=3).astype(float) + 0.25
    assigner = histogram.problem(SRGB).assigner(64)
    assigner.assign(centroids)
    sample = np.random.default_rng(0).integers(0, 1 << 24, 20_000)
    labels, _ = reference.assign(histogram.colors[sample], centroids)
    assert np.array_equal(assigner.labels[sample], labels)
    assert assigner.counts.sum() == 1 << 24


def test_colors_out_of_order_are_refused() -> None:
    histogram = ColorHistogram(np.array([[255] * 3, [0] * 3], np.uint8), np.ones(2, np.int64))
    with pytest.raises(ValueError, match="Morton order"):
        histogram.problem(SRGB)


# --- Lloyd's algorithm


@pytest.mark.parametrize("name", ["noise", "clumps", "line"])
@pytest.mark.parametrize("k", [2, 16, 100])
def test_plain_iterations_are_those_of_numpy_bit_for_bit(name: str, k: int) -> None:
    histogram = histogram_of_set(name)
    init = KMeans(k, "random", 3, max_iter=0)
    *_, start = init.iterate(histogram)
    expected = list(KMeans(k, init=start.centroids, tol=0, max_iter=40).iterate(histogram))
    lloyd = histogram.problem(SRGB).lloyd(start.centroids, 0.0, 0.0, 40, relaxed=False)
    for iteration in expected:
        assert lloyd.step()
        assert lloyd.centroids.tobytes() == iteration.centroids.tobytes()
        assert lloyd.labels.tobytes() == iteration.labels.tobytes()
        assert lloyd.counts.tolist() == iteration.counts.tolist()
        assert lloyd.inertia == pytest.approx(iteration.inertia, rel=1e-9)
    assert not lloyd.step()


@spaces
def test_relaxed_iterations_never_rise_and_agree_with_brute_force(space: str) -> None:
    histogram = histogram_of(noise(5000))
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    problem = histogram.problem(COLOR_SPACES[space])
    lloyd = problem.lloyd(problem.seed_wu(40, 32)[0], 0.0, 1e-7, 200, relaxed=True)
    last = np.inf
    while lloyd.step():
        assert lloyd.inertia <= last
        last = lloyd.inertia
        labels, distances = reference.assign(points, lloyd.centroids)
        assert (labels != lloyd.labels).sum() <= 2
        assert lloyd.inertia == pytest.approx(float(distances @ histogram.counts), rel=1e-9)


# --- seedings, coreset, search


@spaces
@pytest.mark.parametrize("name", sorted(SETS))
def test_seedings_lie_within_the_colors(space: str, name: str) -> None:
    histogram = histogram_of_set(name)
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    problem = histogram.problem(COLOR_SPACES[space])
    k = min(24, histogram.n_colors)
    for seeds in (problem.seed_wu(k, 32)[0], problem.seed_plus_plus(k, 5)):
        assert seeds.shape == (k, 3)
        assert (seeds >= points.min(axis=0) - 1e-9).all()
        assert (seeds <= points.max(axis=0) + 1e-9).all()
        assert len(np.unique(seeds, axis=0)) == k


def test_a_coarse_problem_has_the_same_weight_and_nearly_the_same_inertia() -> None:
    histogram = histogram_of(SETS["noise"])
    problem = histogram.problem(SRGB)
    seeds = problem.seed_wu(8, 32)[0]
    whole = problem.assigner(8)
    total = whole.assign(seeds)
    for cells in (64, 1000, 4000):
        coarse = problem.coarse(cells)
        assert cells <= coarse.n <= cells + 8
        part = coarse.assigner(8)
        assert part.assign(seeds) <= total
        assert part.counts.sum() == whole.counts.sum()
    assert part.assign(seeds) > 0.95 * total
    assert problem.coarse(1 << 20).n == histogram.n_colors


def test_a_search_gets_better_and_ends() -> None:
    histogram = histogram_of(SETS["clumps"])
    problem = histogram.problem(SRGB)
    start = problem.seed_plus_plus(6, 0)
    search = problem.search(start, 0, 2, 0.0)
    inertias = []
    while search.advance(40):
        inertias.append(search.inertia)
        assert len(inertias) < 500
    assert inertias == sorted(inertias, reverse=True)
    assert search.inertia <= problem.assigner(6).assign(start)


# --- the NumPy engine, and instruction sets


def test_the_numpy_engine_does_the_same_things() -> None:
    histogram = histogram_of(SETS["noise"])
    ours = histogram.problem(SRGB)
    theirs = ReferenceProblem(SRGB.from_srgb(histogram.colors), histogram.counts)
    assert ours.n == theirs.n == theirs.coarse(9).n
    init = theirs.seed_wu(12, 0)[0]
    pair = [p.lloyd(init, 0.0, 0.0, 30, relaxed=False) for p in (ours, theirs)]
    while pair[0].step():
        assert pair[1].step()
        assert pair[0].centroids.tobytes() == pair[1].centroids.tobytes()
        assert pair[0].labels.tobytes() == pair[1].labels.tobytes()
    search = theirs.search(init, 0, 1, 0.0)
    assert not search.advance(10)
    assert search.centroids.tobytes() == init.tobytes()
    assert search.inertia == pytest.approx(ours.assigner(12).assign(init))
    assert theirs.seed_plus_plus(12, 1).shape == (12, 3)


def test_an_instruction_set_nobody_has_heard_of_is_only_a_warning() -> None:
    script = "from colorquant_gui.core import engine; print(engine.use_instruction_set(''))"
    wanted = {name: value for name, value in os.environ.items() if name != "COLORQUANT_ENGINE"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=wanted | {"COLORQUANT_INSTRUCTION_SET": "foo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == engine.use_instruction_set("")
    assert "“foo”" in done.stderr
    assert "Traceback" not in done.stderr


def test_instruction_sets() -> None:
    assert engine.use_instruction_set("baseline") == "baseline"
    assert engine.use_instruction_set("") in engine.INSTRUCTION_SETS
    with pytest.raises(InvalidParameterError, match=r"mmx.*baseline"):
        engine.use_instruction_set("mmx")


@pytest.mark.parametrize("threads", [100_000, 5_000_000_000])
def test_a_wild_number_of_threads_is_no_burden(threads: int) -> None:
    rng = np.random.default_rng(0)
    rgb = rng.integers(0, 256, (1200, 1200, 3), dtype=np.uint8)
    many = quantize(rgb, 12, threads=threads)
    one = quantize(rgb, 12, threads=1)
    assert np.array_equal(many.indices, one.indices)


# --- exceptions and cancelling


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("failing", [0, 1, 50, 199])
def test_a_task_that_fails_is_an_exception_and_the_threads_live_on(
    threads: int, failing: int
) -> None:
    native = engine.native
    assert native is not None
    for _ in range(5):
        with pytest.raises(RuntimeError, match="task failed"):
            native.run_tasks(200, failing, threads)
    assert native.run_tasks(200, -1, threads) == 200


def test_a_question_that_fails_comes_back_as_it_is() -> None:
    native = engine.native
    assert native is not None

    def broken() -> bool:
        raise KeyError("nobody there")

    for threads in (1, 2):
        with pytest.raises(KeyError, match="nobody there"):
            native.run_tasks(100_000, -1, threads, broken)


@pytest.fixture
def curious() -> Iterator[None]:
    """The engine asks at every chance, not only every 20 ms."""
    assert engine.native is not None
    engine.native.set_patience(0.0)
    yield
    engine.native.set_patience(0.02)


Ask = Callable[[], bool]


@cache
def large() -> NDArray[np.uint8]:
    return noise(1_300_000).reshape(1000, 1300, 3)


@cache
def large_histogram() -> ColorHistogram:
    return ColorHistogram.from_rgb(large(), threads=1)


@cache
def native_work() -> dict[str, Callable[[Ask | None], object]]:
    """Each long call of the engine."""
    native, rgb, histogram = engine.native, large(), large_histogram()
    assert native is not None
    colors, counts = histogram.colors, histogram.counts
    labels = np.zeros(histogram.n_colors, np.uint8)
    oklab = COLOR_SPACES["oklab"]
    conversion = native.Conversion(
        oklab.decode, oklab.inner, oklab.curve, oklab.outer, oklab.offset, oklab.scale
    )
    problem = native.problem(colors, counts, conversion, 1)
    coarse = problem.coarse(4096)
    rng = np.random.default_rng(0)
    start = oklab.from_srgb(rng.integers(0, 256, (64, 3), dtype=np.uint8))
    away = start + 1000.0  # all but one own nothing
    inverse = histogram.inverse
    assert inverse is not None

    def step_from(init: NDArray[np.float64], ask: Ask | None) -> None:
        lloyd = problem.lloyd(init, 0.0, 0.0, 9, relaxed=True)
        lloyd.step()
        lloyd.step(ask)

    def finish(ask: Ask | None) -> None:
        counter = native.ColorCounter(1)
        counter.add(rgb, None)
        counter.finish(ask)

    def costliest(ask: Ask | None) -> None:
        assigner = problem.assigner(64)
        assigner.assign(start)
        assigner.costliest(3, ask)

    finished = native.ColorCounter(1)
    finished.add(rgb, None)
    finished.finish()
    numbers = np.empty(rgb.shape[:2], np.int32)
    return {
        "histogram": lambda ask: native.histogram(rgb, None, True, ask),
        "add": lambda ask: native.ColorCounter(1).add(rgb, None, ask),
        "finish": finish,
        "numbers": lambda ask: finished.numbers(rgb, None, numbers, ask),
        "problem": lambda ask: native.problem(colors, counts, None, 1, ask),
        "conversion": lambda ask: native.problem(colors, counts, conversion, 1, ask),
        "coarse": lambda ask: problem.coarse(4096, ask),
        "wu": lambda ask: coarse.seed_wu(32, 32, ask),
        "plus plus": lambda ask: coarse.seed_plus_plus(32, 0, ask),
        "assign": lambda ask: problem.assigner(64).assign(start, ask),
        "step": lambda ask: step_from(start, ask),
        "filling step": lambda ask: step_from(away, ask),
        "costliest": costliest,
        "search": lambda ask: coarse.search(start, 0, 2, 0.0).advance(20, ask),
        "map numbers": lambda ask: native.map_numbers(inverse, labels, 0, 1, ask),
        "map rgb": lambda ask: native.map_rgb(rgb, None, colors, labels, 0, 1, ask),
        "error": lambda ask: native.palette_error(colors, counts, labels, colors[:1], ask),
    }


# how often each has a chance to ask at the least
CHANCES = {
    "histogram": 80, "add": 18, "finish": 200, "numbers": 18, "problem": 250, "conversion": 250,
    "coarse": 35, "wu": 20, "plus plus": 90, "assign": 14, "step": 14, "filling step": 50,
    "costliest": 35, "search": 200, "map numbers": 30, "map rgb": 30, "error": 15,
}  # fmt: skip


def test_all_long_work_is_asked() -> None:
    assert set(native_work()) == set(CHANCES)


@pytest.mark.usefixtures("curious")
@pytest.mark.parametrize("name", sorted(CHANCES))
def test_long_work_asks_often_and_stops_at_a_yes(name: str) -> None:
    work = native_work()[name]
    never = Questions()
    work(never)
    assert never.asked >= CHANCES[name]
    for answer in (1, never.asked // 2, never.asked):
        then_yes = Questions(answer)
        with pytest.raises(Cancelled):
            work(then_yes)
        assert then_yes.asked == answer  # nobody asks again after a yes


@pytest.mark.usefixtures("curious")
def test_a_cancel_reaches_every_thread() -> None:
    problem = large_histogram().problem(SRGB, 3)
    start = noise(64, seed=9).astype(float)
    expected = problem.assigner(64).assign(start)
    native = engine.native
    assert native is not None
    # however the threads share the work out, so many questions come before it is done
    works: list[tuple[int, Callable[[Ask], object]]] = [
        (1, lambda ask: problem.assigner(64).assign(start, ask)),
        (3, lambda ask: engine.make_problem(large_histogram(), SRGB, 3, ask)),
        (9, lambda ask: problem.coarse(16384).search(start, 0, 4, 0.0).advance(9999, ask)),
        (50, lambda ask: native.run_tasks(100_000, -1, 3, ask)),
    ]
    for answer, work in works:
        then_yes = Questions(answer)
        with pytest.raises(Cancelled):
            work(then_yes)
        assert then_yes.asked == answer
    assert problem.assigner(64).assign(start) == expected


def test_the_clock_decides_when_to_ask() -> None:
    native = engine.native
    assert native is not None
    never = Questions()
    start = time.perf_counter()
    for threads in (1, 2):
        native.run_tasks(1500, -1, threads, never)
    # tasks of at least 100 us: never more than every 20 ms
    assert 1 <= never.asked <= (time.perf_counter() - start) / 0.02


# --- the costliest colours, and the problem of a histogram


@spaces
@pytest.mark.parametrize("count", [1, 7, 5000, 20_000])
def test_the_costliest_colors_are_those_of_a_sort(space: str, count: int) -> None:
    histogram = histogram_of(SETS["noise"])
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    centroids = points[:: len(points) // 16][:16].copy()
    assigner = histogram.problem(COLOR_SPACES[space]).assigner(16)
    assigner.assign(centroids)
    costs = ((points - centroids[assigner.labels]) ** 2).sum(axis=1) * histogram.counts
    numbers = assigner.costliest(count)
    assert len(numbers) == len(set(numbers.tolist())) == min(count, histogram.n_colors)
    # in the same order but for what rounding swaps
    expected = np.sort(costs)[::-1][:count]
    assert np.allclose(costs[numbers], expected, rtol=1e-9, atol=1e-12)


def test_of_equally_costly_colors_the_first_comes_first() -> None:
    histogram = ColorHistogram(colors_from_keys(np.arange(1 << 17)), np.ones(1 << 17, np.int64))
    assigner = histogram.problem(SRGB, 2).assigner(1)
    middle = np.array([[15.5, 31.5, 31.5]])
    assigner.assign(middle)
    costs = ((histogram.colors - middle) ** 2).sum(axis=1)
    expected = np.argsort(-costs, kind="stable")[:300]
    assert assigner.costliest(300).tolist() == expected.tolist()


def test_only_the_newest_problem_is_kept() -> None:
    histogram = histogram_of(SETS["noise"])
    first = histogram.problem(SRGB)
    assert histogram.problem(SRGB) is first
    kept = {key: histogram.problem(space) for key, space in COLOR_SPACES.items()}
    *_, newest = COLOR_SPACES
    assert histogram.problem(COLOR_SPACES[newest]) is kept[newest]
    gone = sys.getrefcount(first)
    assert histogram.problem(SRGB) is not first
    assert sys.getrefcount(first) == gone


def test_threads_that_ask_at_once_get_the_same_problem() -> None:
    histogram = ColorHistogram(large_histogram().colors, large_histogram().counts)
    with ThreadPoolExecutor(4) as pool:
        problems = list(pool.map(lambda _: histogram.problem(SRGB), range(4)))
    assert all(problem is problems[0] for problem in problems)


def test_who_waits_for_another_thread_can_be_cancelled() -> None:
    newest: Newest[list[int]] = Newest()
    begun, go_on = threading.Event(), threading.Event()

    def make() -> list[int]:
        begun.set()
        go_on.wait(60)
        return [1]

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(newest.get, "a", make)
        begun.wait(60)
        with pytest.raises(Cancelled):
            newest.get("a", make, lambda: True)
        go_on.set()
        assert newest.get("a", list) is first.result()


def test_a_problem_that_could_not_be_made_is_made_next_time() -> None:
    histogram = ColorHistogram(large_histogram().colors, large_histogram().counts)
    native = engine.native
    assert native is not None
    native.set_patience(0.0)
    with pytest.raises(Cancelled):
        histogram.problem(SRGB, cancelled=lambda: True)
    native.set_patience(0.02)
    assert histogram.problem(SRGB).n == histogram.n_colors
