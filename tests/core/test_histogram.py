"""ColorHistogram against numpy.unique over plain 24-bit keys, on all of its code paths."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from colorquant_gui.core import Cancelled, ColorHistogram, InvalidParameterError, engine, histogram
from colorquant_gui.core.morton import colors_from_keys, morton_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tests.core.questions import Questions

# two of NumPy, two of the compiled engine
PATHS = ("sorting", "table") + (("buckets", "bands") if engine.native is not None else ())
quick = settings(max_examples=40, deadline=None, derandomize=True, database=None)


@contextmanager
def counted_by(path: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if path in ("sorting", "table"):
            patch.setattr(engine, "native", None)
        patch.setattr(histogram, "_TABLE_PIXELS", 0 if path == "table" else 1 << 40)
        patch.setattr(histogram, "_COUNTER_PIXELS", 7 if path == "bands" else 1 << 40)
        yield


def interleaved(color: NDArray[np.uint8]) -> int:
    """Morton key by text: the first bits of r, g, b, then the second bits, ..."""
    bits = [f"{int(channel):08b}" for channel in color]
    return int("".join(r + g + b for r, g, b in zip(*bits, strict=True)), 2)


def check_against_numpy(
    result: ColorHistogram, rgb: NDArray[np.uint8], mask: NDArray[np.bool_] | None
) -> None:
    taken = np.ones(rgb.shape[:2], bool) if mask is None else mask
    plain = rgb.astype(np.int64) @ [1 << 16, 1 << 8, 1]
    unique, counts = np.unique(plain[taken], return_counts=True)
    found = result.colors.astype(np.int64) @ [1 << 16, 1 << 8, 1]
    assert dict(zip(found.tolist(), result.counts.tolist(), strict=True)) == dict(
        zip(unique.tolist(), counts.tolist(), strict=True)
    )
    assert result.n_colors == len(unique)
    assert result.n_pixels == taken.sum()
    assert result.inverse is not None
    assert result.inverse.shape == rgb.shape[:2]
    assert np.array_equal(result.colors[result.inverse[taken]], rgb[taken])
    assert (result.inverse[~taken] == len(unique)).all()
    assert (result.colors.dtype, result.counts.dtype, result.inverse.dtype) == (
        np.uint8,
        np.int64,
        np.int32,
    )


def few_colors(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 256, (1000, 3), np.uint8)
    return palette[rng.integers(0, len(palette), (height, width))]


def test_the_key_interleaves_the_bits() -> None:
    rng = np.random.default_rng(1)
    colors = np.concatenate(
        [
            np.array([[0, 0, 0], [255, 255, 255], [1, 0, 0], [0, 1, 0], [0, 0, 1], [128, 0, 0]]),
            rng.integers(0, 256, (200, 3)),
        ]
    ).astype(np.uint8)
    keys = morton_keys(colors)
    assert keys.tolist() == [interleaved(color) for color in colors]
    assert np.array_equal(colors_from_keys(keys), colors)


def test_every_key_has_one_color() -> None:
    keys = np.arange(1 << 24, dtype=np.uint32)
    for part in np.split(keys, 16):
        assert np.array_equal(morton_keys(colors_from_keys(part)), part)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("shape", [(37, 53), (1, 1), (1, 30_000), (30_000, 1), (5, 100_000)])
def test_counts_and_places_are_those_of_numpy(
    shape: tuple[int, int], masked: bool, path: str
) -> None:
    rgb = few_colors(*shape)
    mask = np.random.default_rng(2).random(shape) < 0.6 if masked else None
    with counted_by(path):
        check_against_numpy(ColorHistogram.from_rgb(rgb, mask), rgb, mask)


@pytest.mark.parametrize("path", PATHS)
def test_colors_come_in_morton_order(path: str) -> None:
    with counted_by(path):
        keys = [interleaved(c) for c in ColorHistogram.from_rgb(few_colors(40, 50)).colors]
    assert keys == sorted(keys)
    assert len(keys) > 800


@pytest.mark.parametrize("path", PATHS)
def test_one_color(path: str) -> None:
    with counted_by(path):
        result = ColorHistogram.from_rgb(np.full((6, 7, 3), 200, np.uint8))
    assert result.colors.tolist() == [[200, 200, 200]]
    assert result.counts.tolist() == [42]
    assert result.inverse is not None
    assert not result.inverse.any()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_visible(path: str) -> None:
    rgb, mask = few_colors(4, 5), np.zeros((4, 5), bool)
    with counted_by(path):
        result = ColorHistogram.from_rgb(rgb, mask)
    check_against_numpy(result, rgb, mask)
    assert (result.n_colors, result.n_pixels) == (0, 0)
    assert result.colors.shape == (0, 3)


@quick
@given(data=st.data(), path=st.sampled_from(PATHS))
def test_any_small_picture(data: st.DataObject, path: str) -> None:
    height, width = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    channel = st.sampled_from([0, 1, 127, 128, 255])
    rgb = data.draw(arrays(np.uint8, (height, width, 3), elements=channel))
    mask = data.draw(st.none() | arrays(np.bool_, (height, width)))
    with counted_by(path):
        check_against_numpy(ColorHistogram.from_rgb(rgb, mask), rgb, mask)


def test_a_view_that_is_not_contiguous() -> None:
    rgba = np.random.default_rng(3).integers(0, 9, (60, 40, 4), np.uint8)
    rgb = rgba[::2, ::-1, :3]
    for path in PATHS:
        with counted_by(path):
            check_against_numpy(ColorHistogram.from_rgb(rgb), rgb, None)


def test_the_picture_is_left_as_it_was() -> None:
    rgb = few_colors(8, 9)
    rgb.flags.writeable = False
    for path in PATHS:
        with counted_by(path):
            ColorHistogram.from_rgb(rgb)


@quick
@given(
    left=arrays(np.uint8, (4, 5, 3), elements=st.integers(0, 2)),
    right=arrays(np.uint8, (3, 5, 3), elements=st.integers(0, 2)),
)
def test_merging_two_pictures_counts_both(
    left: NDArray[np.uint8], right: NDArray[np.uint8]
) -> None:
    whole = ColorHistogram.from_rgb(np.concatenate([left, right]))
    parts = ColorHistogram.from_rgb(left), ColorHistogram.from_rgb(right)
    for merged in (parts[0].merge(parts[1]), parts[1].merge(parts[0])):
        assert np.array_equal(merged.colors, whole.colors)
        assert np.array_equal(merged.counts, whole.counts)
        assert merged.inverse is None


def test_pixels_are_added_up_once() -> None:
    # a run of many iterations asks for them again and again
    merged = ColorHistogram(np.zeros((2, 3), np.uint8), np.array([70_000, 3]))
    assert merged.n_pixels == 70_003
    assert merged.n_pixels is merged.n_pixels


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("n_clear", [0, 1, 12])
def test_transparent_pixels_are_counted_where_they_are_told_apart(path: str, n_clear: int) -> None:
    rgb = np.repeat(few_colors(3, 2), 2, axis=1)
    mask = np.ones((3, 4), bool)
    mask.flat[:n_clear] = False
    with counted_by(path):
        counted = ColorHistogram.from_rgb(rgb, mask)
    assert (counted.n_transparent, counted.has_transparent) == (n_clear, n_clear > 0)
    # without the pixels nobody can tell
    merged = counted.merge(counted)
    assert (merged.n_transparent, merged.has_transparent) == (0, False)


def test_merged_counts_have_room() -> None:
    colors = np.array([[0, 0, 0], [9, 9, 9]], np.uint8)
    part = ColorHistogram(colors, np.array([2**40 + 1, 3]))
    assert part.merge(part).counts.tolist() == [2**41 + 2, 6]
    assert part.merge(ColorHistogram(colors[1:], np.array([5]))).counts.tolist() == [2**40 + 1, 8]


@pytest.mark.parametrize(
    ("path", "least"), [("table", 2 * 3 + (1 << 24) // (1 << 18)), ("bands", 7)]
)
def test_a_cancel_is_seen_at_every_question(
    path: str, least: int, questions: type[Questions], monkeypatch: pytest.MonkeyPatch
) -> None:
    # one question for every 2**18 pixels (a few ms) of both passes, and as often in the table;
    # the engine does 2**20 in that time, here it is made to ask as often
    if path == "table":
        monkeypatch.setattr(engine, "native", None)
    elif engine.native is None:
        pytest.skip("no compiled engine")
    monkeypatch.setattr(histogram, "_COUNTER_PIXELS", 1 << 18)
    rgb = few_colors(6, 1 << 17)
    never = questions()
    ColorHistogram.from_rgb(rgb, cancelled=never)
    assert never.asked >= least
    for answer in (1, 3, 4, never.asked // 2, never.asked):
        stop = questions(answer)
        with pytest.raises(Cancelled):
            ColorHistogram.from_rgb(rgb, cancelled=stop)
        assert stop.asked == answer


def test_a_small_picture_can_be_cancelled_too() -> None:
    with pytest.raises(Cancelled):
        ColorHistogram.from_rgb(few_colors(2, 2), cancelled=lambda: True)


@pytest.mark.parametrize(
    "rgb",
    [
        np.zeros((4, 4, 3), np.float64),
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((4, 3), np.uint8),
    ],
)
def test_another_kind_of_array_is_refused(rgb: NDArray[np.uint8]) -> None:
    with pytest.raises(InvalidParameterError, match=rgb.dtype.name):
        ColorHistogram.from_rgb(rgb)


@pytest.mark.parametrize("mask", [np.ones((4, 5), bool), np.ones((4, 4), np.uint8)])
def test_another_kind_of_mask_is_refused(mask: NDArray[np.bool_]) -> None:
    with pytest.raises(InvalidParameterError, match="mask"):
        ColorHistogram.from_rgb(np.zeros((4, 4, 3), np.uint8), mask)
