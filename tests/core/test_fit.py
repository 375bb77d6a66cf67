"""Fit: quality levels, clustering spaces, and the same bytes whatever computes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    Fit,
    InvalidParameterError,
    KMeans,
    engine,
    quantize,
    reference,
)
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.finishing import finish
from colorquant_gui.core.quality import QUALITIES, search_plan
from tests.core.brute_force import squared_distances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tests.core.questions import Questions

spaces = pytest.mark.parametrize("space", sorted(COLOR_SPACES))
qualities = pytest.mark.parametrize("quality", sorted(QUALITIES))


@pytest.fixture(autouse=True)
def _best_instruction_set() -> Iterator[None]:
    yield
    engine.use_instruction_set("")


def picture(height: int = 90, width: int = 140, seed: int = 0) -> NDArray[np.uint8]:
    """Shaded discs on a shaded ground, with noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([60 + x, 200 - y, 90 + (x + y) // 3], axis=-1).astype(float)
    for _ in range(12):
        cy, cx, radius = rng.uniform(0, height), rng.uniform(0, width), rng.uniform(5, 25)
        inside = (y - cy) ** 2 + (x - cx) ** 2 < radius**2
        rgb[inside] = rng.uniform(0, 255, 3) + 0.3 * rgb[inside]
    return np.clip(rgb + rng.normal(0, 4, rgb.shape), 0, 255).astype(np.uint8)


def as_bytes(rgb: NDArray[np.uint8], **given: Any) -> tuple[bytes, bytes, float]:
    result = quantize(rgb, 24, **given)
    return result.palette.tobytes(), result.indices.tobytes(), result.mse


@spaces
@qualities
def test_every_iteration_is_what_it_says(space: str, quality: str) -> None:
    histogram = ColorHistogram.from_rgb(picture())
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    fit = Fit(20, quality, space)
    previous = None
    iterations = list(fit.iterate(histogram))
    assert len(iterations) > 2
    for number, now in enumerate(iterations):
        assert now.number == number
        labels, distances = reference.assign(points, now.centroids)
        assert (labels != now.labels).sum() <= 2
        assert now.counts.tolist() == np.bincount(now.labels, histogram.counts, 20).tolist()
        assert now.inertia == pytest.approx(float(distances @ histogram.counts), rel=1e-9)
        if previous is None:
            assert now.center_shift == 0
        else:
            moves = np.linalg.norm(now.centroids - previous.centroids, axis=1)
            assert now.center_shift == pytest.approx(moves.max())
            if now is not iterations[-1]:
                assert now.inertia < previous.inertia
        previous = now
    last = fit.last(histogram)
    assert last.centroids.tobytes() == iterations[-1].centroids.tobytes()
    assert last.labels.tobytes() == iterations[-1].labels.tobytes()


@spaces
@qualities
def test_the_same_bytes_on_any_number_of_threads_and_any_instruction_set(
    space: str, quality: str
) -> None:
    rgb = picture()
    expected = as_bytes(rgb, quality=quality, color_space=space, threads=1)
    for level in engine.INSTRUCTION_SETS:
        engine.use_instruction_set(level)
        for threads in (1, 2, 4):
            given = {"quality": quality, "color_space": space, "threads": threads}
            assert as_bytes(rgb, **given) == expected


def test_the_same_bytes_where_threads_share_the_work() -> None:
    # more colours than one thread is left alone with, more pixels than are counted at once
    rng = np.random.default_rng(0)
    rgb = np.clip(
        rng.normal(128, 50, (1100, 1000, 3)) + rng.normal(0, 30, (1100, 1000, 1)), 0, 255
    ).astype(np.uint8)
    expected = as_bytes(rgb, threads=1, max_iter=12)
    for level, threads in (("baseline", 2), ("avx2", 4), ("avx512", 2), ("avx512", 4)):
        engine.use_instruction_set(level)
        assert as_bytes(rgb, threads=threads, max_iter=12) == expected


@spaces
def test_better_levels_are_no_worse(space: str) -> None:
    histogram = ColorHistogram.from_rgb(picture())
    errors = []
    for quality in ("live", "standard", "best"):
        last = Fit(20, quality, space).last(histogram)
        errors.append(finish(histogram, last.centroids, space)[1])
    assert errors[1] <= errors[0] * 1.02
    assert errors[2] <= errors[1]


@pytest.mark.skipif(engine.native is None, reason="no compiled engine, no search")
def test_best_finds_what_standard_cannot() -> None:
    # three clumps far apart; random pixels put most centroids into the heavy one
    rng = np.random.default_rng(0)
    clumps = [(20_000, 30), (300, 128), (300, 225)]
    rgb = np.concatenate([rng.normal(at, 6, (n, 3)) for n, at in clumps])
    rgb = np.clip(rgb, 0, 255).astype(np.uint8)[None]
    given: dict[str, Any] = {"seeding": "random", "seed": 1}
    standard, best = (quantize(rgb, 8, quality=q, **given).mse for q in ("standard", "best"))
    assert best < standard


@qualities
@pytest.mark.parametrize("seeding", ["wu", "kmeans++", "random"])
def test_seeds_repeat(quality: str, seeding: str) -> None:
    rgb = picture()
    first, again = (as_bytes(rgb, quality=quality, seeding=seeding, seed=5) for _ in range(2))
    assert first == again


def test_an_init_is_followed_step_by_step() -> None:
    histogram = ColorHistogram.from_rgb(picture())
    init = np.linspace(0, 255, 36).reshape(12, 3)
    expected = list(KMeans(12, init=init).iterate(histogram))
    found = list(Fit(12, init=init).iterate(histogram))
    assert len(found) == len(expected)
    for mine, other in zip(found, expected, strict=True):
        assert mine.centroids.tobytes() == other.centroids.tobytes()
        assert mine.labels.tobytes() == other.labels.tobytes()


@spaces
@pytest.mark.parametrize("seeding", ["wu", "kmeans++", "random"])
def test_the_textbook_is_followed_from_the_seeding_to_the_very_end(
    space: str, seeding: str
) -> None:
    histogram = ColorHistogram.from_rgb(picture())
    found = list(Fit(9, "textbook", space, seeding, seed=4).iterate(histogram))
    trail = found[0].seeding
    assert trail is not None
    assert found[0].centroids.tobytes() == trail.final.tobytes()
    colors = COLOR_SPACES[space].from_srgb(histogram.colors)
    centroids = found[0].centroids
    for now in found:
        np.testing.assert_allclose(now.centroids, centroids, rtol=1e-9)
        nearest = squared_distances(colors, now.centroids).argmin(axis=1)
        assert np.array_equal(now.labels, nearest)
        weights = np.where(nearest == np.arange(9)[:, None], histogram.counts, 0).astype(float)
        centroids = weights @ colors / weights.sum(axis=1, keepdims=True)
    # the means of the last clusters are their centroids: nothing moves any more
    np.testing.assert_allclose(centroids, found[-1].centroids, rtol=1e-12, atol=1e-12)
    assert np.abs(centroids - found[-2].centroids).max() > 0


def test_the_textbook_goes_on_where_others_call_it_converged() -> None:
    histogram = ColorHistogram.from_rgb(picture())
    standard = Fit(16).last(histogram)
    textbook = Fit(16, "textbook", init=standard.centroids).last(histogram)
    assert textbook.number > 3
    assert textbook.inertia < standard.inertia
    again = Fit(16, "textbook", init=textbook.centroids).last(histogram)
    assert again.centroids.tobytes() == textbook.centroids.tobytes()


def test_limits_asked_for_go_before_those_of_a_level() -> None:
    histogram = ColorHistogram.from_rgb(picture())
    init = np.linspace(0, 255, 48).reshape(16, 3)
    assert len(list(Fit(16, "textbook", max_iter=3, init=init).iterate(histogram))) == 4
    assert len(list(Fit(16, "textbook", tol=1e9).iterate(histogram))) <= 2


def test_live_stops_after_a_few_steps_from_where_it_was() -> None:
    histogram = ColorHistogram.from_rgb(picture())
    before = Fit(20).last(histogram)
    live = list(Fit(20, "live", init=before.centroids).iterate(histogram))
    assert live[0].centroids.tobytes() == before.centroids.tobytes()
    assert len(live) <= 5


@qualities
def test_as_many_colors_as_there_are(quality: str) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (1, 40, 3), np.uint8)
    for space in COLOR_SPACES:
        result = quantize(rgb, 40, quality=quality, color_space=space)
        assert result.mse == 0
        assert len(result.palette) == 40


@qualities
@pytest.mark.parametrize("k", [1, 2, 255, 256])
def test_extreme_numbers_of_colors(quality: str, k: int) -> None:
    rgb = picture()
    result = quantize(rgb, k, quality=quality)
    assert len(result.palette) == k
    assert result.counts.sum() == rgb.shape[0] * rgb.shape[1]
    error = ((result.to_rgb().astype(int) - rgb) ** 2).sum() / result.indices.size
    assert result.mse == pytest.approx(error)


@qualities
def test_a_cancel_is_seen_at_every_question(quality: str, questions: type[Questions]) -> None:
    histogram = ColorHistogram.from_rgb(picture(40, 50))
    fit = Fit(12, quality)
    never = questions()
    fit.last(histogram, cancelled=never)
    assert never.asked > 3
    for answer in range(1, never.asked + 1):
        stop = questions(answer)
        with pytest.raises(Cancelled):
            fit.last(histogram, cancelled=stop)
        assert stop.asked == answer


def test_a_shared_palette_of_merged_histograms() -> None:
    pictures = [picture(seed=1), picture(seed=2)]
    merged = ColorHistogram.from_rgb(pictures[0]).merge(ColorHistogram.from_rgb(pictures[1]))
    together = ColorHistogram.from_rgb(np.concatenate(pictures))
    first, second = (Fit(16).last(h).centroids.tobytes() for h in (merged, together))
    assert first == second


def test_finishing_never_loses_to_rounding() -> None:
    histogram = ColorHistogram.from_rgb(picture())
    for space in COLOR_SPACES.values():
        centroids = Fit(50, color_space=space.key).last(histogram).centroids
        palette, inertia = finish(histogram, centroids, space.key)
        rounded = space.from_srgb(space.to_srgb(centroids))
        assigner = histogram.problem(space).assigner(50)
        assert inertia <= assigner.assign(rounded)
        assert inertia == assigner.assign(space.from_srgb(palette))


def test_finishing_leaves_no_entry_idle() -> None:
    rgb = np.repeat(np.arange(0, 250, 5, dtype=np.uint8)[:, None], 3, axis=1)[None]
    histogram = ColorHistogram.from_rgb(rgb)
    centroids = np.concatenate([np.full((5, 3), 100.2), np.full((5, 3), 99.9)])
    palette, _ = finish(histogram, centroids)
    assert len(np.unique(palette, axis=0)) == 10


def test_finishing_can_be_cancelled_while_it_looks_for_idle_entries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "native", None)
    histogram = ColorHistogram.from_rgb(picture(40, 50))
    searching = found = False
    plain = reference.costliest

    def costliest(*args: Any, **options: Any) -> NDArray[np.intp]:
        nonlocal searching, found
        searching = True
        numbers = plain(*args, **options)
        found = True
        return numbers

    monkeypatch.setattr(reference, "costliest", costliest)
    with pytest.raises(Cancelled):
        finish(histogram, np.full((9, 3), 100.0), cancelled=lambda: searching)
    assert not found
    palette, _ = finish(histogram, np.full((9, 3), 100.0))
    assert len(np.unique(palette, axis=0)) == 9


def test_search_plans_grow_and_stay_small_for_small_pictures() -> None:
    assert search_plan(16, 500).cells == 1024
    assert search_plan(256, 10**6).cells == 16384
    assert search_plan(64, 10**6).cells <= search_plan(128, 10**6).cells


def test_without_the_compiled_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = picture(40, 60)
    mask = np.ones(rgb.shape[:2], bool)
    mask[3:9] = False
    ours = quantize(rgb, 12, mask=mask)
    monkeypatch.setattr(engine, "native", None)
    for quality in QUALITIES:
        for space in COLOR_SPACES:
            result = quantize(rgb, 12, quality=quality, color_space=space, mask=mask)
            assert len(result.palette) == 13
            assert not result.indices[~mask].any()
    theirs = quantize(rgb, 12, mask=mask)
    assert theirs.mse == pytest.approx(ours.mse, rel=0.1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"quality": "fast"}, "fast.*live, standard, textbook, best"),
        ({"color_space": "hsl"}, "hsl.*srgb, linear, cielab, oklab"),
        ({"threads": 0}, "1 or more, not 0"),
        ({"n_colors": 0}, "1 to 256"),
        ({"seed": -1}, "seed"),
    ],
)
def test_settings_out_of_range_are_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidParameterError, match=words):
        Fit(**{"n_colors": 4, **given})


def test_more_centroids_than_colors_is_an_error_with_both_numbers() -> None:
    histogram = ColorHistogram.from_rgb(np.zeros((2, 2, 3), np.uint8))
    for run in (Fit(2).iterate, Fit(2).last):
        with pytest.raises(InvalidParameterError, match=r"\b1 colour;.*\b2\b"):
            run(histogram)


def test_a_search_says_how_far_it_is():
    rng = np.random.default_rng(5)
    histogram = ColorHistogram.from_rgb(rng.integers(0, 256, (80, 80, 3), dtype=np.uint8))
    parts: list[float] = []
    for _ in Fit(40, "best").iterate(histogram, progress=parts.append):
        pass
    assert len(parts) > 2
    assert parts == sorted(parts)
    assert parts[0] >= 0
    assert parts[-1] < 1


def test_where_nothing_is_searched_there_is_no_progress():
    rng = np.random.default_rng(5)
    histogram = ColorHistogram.from_rgb(rng.integers(0, 256, (40, 40, 3), dtype=np.uint8))
    parts: list[float] = []
    for _ in Fit(8).iterate(histogram, progress=parts.append):
        pass
    assert parts == []
