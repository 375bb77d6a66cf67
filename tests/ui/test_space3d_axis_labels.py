"""Names and numbers of the axes: none cut, covered or over another, and always evenly spaced."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from colorquant_gui.ui.space3d.axes import layout_axes
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.spaces import SPACES
from colorquant_gui.ui.space3d.tick_choice import even_choice

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.shapes import Label
    from colorquant_gui.ui.space3d.spaces import DisplaySpace

STYLE = SimpleNamespace(
    edge=(90, 90, 90), grid=(30, 30, 30), text=(200, 200, 200), grid_opacity=1.0,
    names=((255, 0, 0), (0, 255, 0), (0, 0, 255)),
)  # fmt: skip
SIZES = [(317, 233), (480, 304), (900, 700)]
COVERED = 44
Box = tuple[float, float, float, float]


def text_size(text: str, bold: bool) -> tuple[float, float]:
    return 7.0 * len(text.rstrip("xyz")), 12.0


def told_apart(space: DisplaySpace) -> DisplaySpace:
    """The same space, with letters that take no room after its numbers: x, y and z by axis."""
    axes = [
        replace(axis, unit=axis.unit + letter)
        for axis, letter in zip(space.axes, "xyz", strict=True)
    ]
    return replace(space, axes=(axes[0], axes[1], axes[2]))


def muted() -> np.ndarray:
    """Colours as a photo of a grey day has them."""
    rng = np.random.default_rng(8)
    grey = rng.uniform(60, 180, (800, 1))
    return np.unique(np.clip(grey + rng.normal(0, 12, (800, 3)), 0, 255).astype(np.uint8), axis=0)


def every_space() -> dict[str, DisplaySpace]:
    colors = muted()
    spaces = {}
    for key, space in SPACES.items():
        spaces[key] = told_apart(space)
        if space.fitted is not None:
            fitted = space.fitted(colors, np.ones(len(colors), np.int64))
            spaces[f"{key} of a photo"] = told_apart(fitted)
    return spaces


EVERY = every_space()
cameras = st.builds(
    Camera,
    azimuth=st.floats(-180, 180),
    elevation=st.floats(-90, 90),
    zoom=st.sampled_from([1.0, 1.0, 1.0, 0.5, 2.5, 9.0]),
    perspective=st.booleans(),
)


def overlays(size: tuple[int, int]) -> tuple[Box, ...]:
    """Where a view has its gizmo, its error scale and a caption."""
    width, height = size
    return (
        (width - 92.0, height - 92.0, width - 8.0, height - 8.0),
        (width - 144.0, COVERED + 4.0, width - 8.0, COVERED + 40.0),
        (8.0, height - 30.0, 120.0, height - 8.0),
    )


def box(label: Label) -> Box:
    width, height = text_size(label.text, label.bold)
    x, y = label.x, label.y
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def overlap(one: Box, other: Box, gap: float = 0.0) -> bool:
    return all(one[i] < other[i + 2] + gap and other[i] < one[i + 2] + gap for i in (0, 1))


def shown(space: DisplaySpace, labels: list[Label]) -> list[list[int]]:
    """Which ticks of each axis are numbered."""
    texts = {label.text for label in labels if not label.bold}
    ticks = [
        [index for index, value in enumerate(axis.ticks) if axis.text(value) in texts]
        for axis in space.axes
    ]
    assert sum(map(len, ticks)) == len(texts)
    return ticks


def is_even(indices: list[int], n: int, cyclic: bool) -> bool:
    """Whether indices are an arithmetic progression, by trying each one."""
    progressions = product(range(n), range(1, n + 1), range(n + 1))
    for start, stride, count in progressions:
        members = [start + stride * step for step in range(count)]
        if cyclic:
            members = sorted({member % n for member in members})
        if members == indices:
            return True
    return not indices


@pytest.mark.parametrize("key", EVERY)
@settings(max_examples=25, deadline=None)
@given(cameras, st.sampled_from(SIZES), st.booleans())
@example(Camera(), (480, 304), True)
@example(Camera(0.0, 0.0), (480, 304), True)
@example(Camera(90.0, 0.0), (480, 304), True)
@example(Camera(-90.0, 90.0), (480, 304), True)
def test_every_label_can_be_read(
    key: str, camera: Camera, size: tuple[int, int], covered: bool
) -> None:
    space, kept_free = EVERY[key], overlays(size) if covered else ()
    labels = layout_axes(
        camera, *size, STYLE, text_size, space, COVERED if covered else 0, kept_free
    ).labels
    boxes = [box(label) for label in labels]
    top = COVERED if covered else 0
    for one in boxes:
        assert one[0] >= 0
        assert top <= one[1]
        assert one[2] <= size[0]
        assert one[3] <= size[1]
        assert not any(overlap(one, other) for other in kept_free)
    for (first, one), (second, other) in combinations(zip(labels, boxes, strict=True), 2):
        # numbers of two axes are farther apart than those of one
        gap = 5.0 if not (first.bold or second.bold) and first.text[-1] != second.text[-1] else 0.0
        assert not overlap(one, other, gap), (first, second)
    for axis, ticks in zip(space.axes, shown(space, labels), strict=True):
        cyclic = space.is_round and axis is space.axes[0]
        assert is_even(ticks, len(axis.ticks), cyclic), (axis.name, ticks)


@pytest.mark.parametrize("key", [key for key, space in EVERY.items() if not space.is_round])
@settings(max_examples=25, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.booleans(), st.sampled_from(SIZES[1:]))
@example(149.0, -30.0, False, (480, 304))
@example(68.1, -61.0, True, (480, 304))
@example(163.7, -57.0, True, (480, 304))
def test_what_is_long_on_the_screen_has_name_and_numbers(
    key: str, azimuth: float, elevation: float, perspective: bool, size: tuple[int, int]
) -> None:
    space, camera = EVERY[key], Camera(azimuth, elevation, perspective=perspective)
    labels = layout_axes(camera, *size, STYLE, text_size, space).labels
    names = {label.text for label in labels if label.bold}
    for number, ticks in enumerate(shown(space, labels)):
        edges = [
            np.insert(np.array([(0.0, *rest), (1.0, *rest)])[:, 1:], number, [0.0, 1.0], axis=1)
            for rest in product((0.0, 1.0), repeat=2)
        ]
        ends = camera.project(space.box[0] + np.array(edges) * np.ptp(space.box, axis=0), *size)[0]
        if np.linalg.norm(ends[:, 1] - ends[:, 0], axis=-1).min() > 0.25 * min(size):
            assert space.axes[number].name in names
            assert len(ticks) >= 2
            # at least so much of the axis is numbered
            assert ticks[-1] - ticks[0] >= (len(space.axes[number].ticks) - 1) / 2


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", [key for key in EVERY if not EVERY[key].is_round])
@pytest.mark.parametrize(
    ("number", "azimuth", "elevation"), [(0, 0, 0), (1, 90, 0), (1, -90, 0), (2, -90, 90)]
)
def test_an_axis_that_points_at_the_eye_is_left_out_and_its_corner_goes_to_the_others(
    key: str, number: int, azimuth: float, elevation: float, size: tuple[int, int]
) -> None:
    space = EVERY[key]
    labels = layout_axes(Camera(azimuth, elevation), *size, STYLE, text_size, space).labels
    ticks = shown(space, labels)
    names = {label.text for label in labels if label.bold}
    for other, axis in enumerate(space.axes):
        assert (axis.name in names) == (other != number)
        assert bool(ticks[other]) == (other != number)
        # every end of the others, as there is room: in a square frame it is seen as one
        if key in ("srgb", "linear") and other != number:
            assert ticks[other][0] == 0
            assert ticks[other][-1] == len(axis.ticks) - 1


def test_seen_from_the_side_a_cylinder_has_its_hues_above_and_the_height_its_ends() -> None:
    keys = [key for key in SPACES if SPACES[key].is_round]
    assert {"hsv", "hmmd", "oklch"} <= set(keys)
    for key, azimuth in product(keys, range(-180, 180, 15)):
        space = EVERY[key]
        camera = Camera(azimuth, 0.0)
        labels = layout_axes(camera, 480, 304, STYLE, text_size, space, COVERED).labels
        hues, _, heights = shown(space, labels)
        assert len(hues) >= 3
        assert heights[0] == 0
        assert heights[-1] == len(space.axes[2].ticks) - 1
        top = camera.project([[127.5, 127.5, space.box[1, 2]]], 480, 304)[0][0, 1]
        by_text = {label.text: label for label in labels}
        for index in hues:
            value = space.axes[0].ticks[index]
            assert by_text[space.axes[0].text(value)].y < top
            # what is on the far side is not numbered there
            assert np.cos(np.radians(value - azimuth)) > -0.2


@pytest.mark.parametrize(
    ("key", "azimuth", "elevation"), [("srgb", -100, 60), ("srgb", -80, 60), ("linear", -100, 60)]
)
def test_axes_that_would_read_as_one_stand_on_different_sides(
    key: str, azimuth: float, elevation: float
) -> None:
    space = EVERY[key]
    camera = Camera(azimuth, elevation)
    labels = layout_axes(camera, 480, 304, STYLE, text_size, space, COVERED).labels
    places = {letter: [] for letter in "xyz"}
    for label in labels:
        if not label.bold:
            places[label.text[-1]].append((label.x, label.y))
    # the floor's steep axis and the one that goes up
    columns = [np.array(places[letter])[:, 0] for letter in "yz"]
    assert min(map(len, columns)) >= 2
    assert abs(columns[0].mean() - columns[1].mean()) > 60


@pytest.mark.parametrize("elevation", [29, 35, 41])
def test_a_number_at_the_edge_of_the_view_comes_closer_to_its_axis(elevation: int) -> None:
    space, camera = EVERY["srgb"], Camera(-150, elevation)
    labels = layout_axes(camera, 480, 304, STYLE, text_size, space).labels
    by_text = {label.text: label for label in labels}
    lowest = by_text["0y"]
    corners = np.array(list(product((0.0, 255.0), repeat=3)))
    corner = camera.project(corners, 480, 304)[0][:, 1].max()
    # at the usual distance it would be cut
    assert corner + 9 + 12 > 304
    assert corner < lowest.y <= 304 - 6


# -- which ticks are chosen ----------------------------------------------------------------------


def chosen(usable: str, least_apart: int = 1, zero: int | None = None, **more: bool) -> list[int]:
    """Choose among ticks, "x" for one that can be used, that fit when so many steps apart."""
    n = len(usable)

    def fits(one: int, other: int) -> bool:
        return (other - one) % n >= least_apart if more else abs(other - one) >= least_apart

    return even_choice([letter == "x" for letter in usable], fits, zero, **more)


def test_all_ticks_are_numbered_where_there_is_room() -> None:
    assert chosen("xxxxx") == [0, 1, 2, 3, 4]
    assert chosen("xxxxxx", cyclic=True) == [0, 1, 2, 3, 4, 5]


def test_with_less_room_every_second_or_third_is() -> None:
    assert chosen("xxxxx", 2) == [0, 2, 4]
    assert chosen("xxxxxxx", 2) == [0, 2, 4, 6]
    assert chosen("xxxxxxx", 3) == [0, 3, 6]
    # of an even count never the first, the middle and the last: their steps differ
    assert chosen("xxxx", 2) == [0, 3]
    assert chosen("xxxxxx", 2, zero=2) == [0, 2, 4]
    assert chosen("xxxxxx", 2, zero=3) == [1, 3, 5]
    assert chosen("xxxxxx", 2, cyclic=True) in ([0, 2, 4], [1, 3, 5])


def test_around_what_is_covered_the_steps_stay_even() -> None:
    assert chosen("-xxxx") == [1, 2, 3, 4]
    assert chosen("xxxx-") == [0, 1, 2, 3]
    assert chosen("xx-xx") == [0, 4]
    assert chosen("xxxxx-", cyclic=True) == [0, 1, 2, 3, 4]
    assert chosen("x-xxxx", cyclic=True) == [2, 3, 4, 5, 0]
    assert chosen("-----") == []
    assert chosen("--x--") == [2]
