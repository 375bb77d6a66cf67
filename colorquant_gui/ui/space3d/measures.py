"""Measure: a distance drawn as a line with its length, the labels placed so that none collides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.label_room import box_around
from colorquant_gui.ui.space3d.shapes import Label, Strokes
from colorquant_gui.ui.space3d.text import PLATE_X, PLATE_Y, text_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.label_room import Box
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.shapes import Discs
    from colorquant_gui.ui.space3d.style import SceneStyle

_WIDTH, _EMPHASISED_WIDTH, _RIM = 1.5, 3.5, 2.5
# Where on its line a label may stand, the best first, and how far from it, in pixels: from 30 on
# nobody sees what it belongs to.
_SHARES = np.array((0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74))
_GAPS = (4.0, 10.0, 16.0, 22.0)
# Places around a foot on the line, in half sizes of the label, and how far a gap takes them on.
_TURNS = np.radians(np.arange(0.0, 360.0, 22.5))
_OUT = np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])
_AROUND = np.round(_OUT / np.abs(_OUT).max(axis=1, keepdims=True), 12)
_MARGIN = 4.0
# With so few of them every order to place them in is tried.
_FEW = 4
# A label farther from its line than this is tied to it.
_FAR, _TIE_WIDTH = 8.0, 1.0
# Radius of what is at an end of a line and no centroid: a colour that is marked.
_END = 8.0


@dataclass(frozen=True, eq=False)
class Measure:
    """A distance to show.

    Attributes
    ----------
    start, end : array_like of float64, shape (3,)
        Both ends, in sRGB 0..255.
    text : str
        The length, as it is to be read.
    emphasised : bool
        Whether it is the one that matters.
    """

    start: ArrayLike
    end: ArrayLike
    text: str
    emphasised: bool = False


def measure_shapes(
    scene: Scene, width: int, height: int, discs: Discs
) -> tuple[Strokes, list[Label]]:
    """Lay out the lines, to be drawn over the centroids, and the lengths, to be drawn on top.

    Parameters
    ----------
    scene : Scene
        Whose measures.
    width, height : int
        Size of the window in logical pixels.
    discs : Discs
        The centroids, which no label may cover where there is other room.
    """
    measures = sorted(scene.measures, key=lambda measure: not measure.emphasised)
    if not measures:
        return Strokes.none(), []
    ends = np.array([(measure.start, measure.end) for measure in measures], np.float64)
    lines, _ = scene.camera.project(scene.place(ends), width, height)
    style, font = scene.style, scene.style.font
    taken = [(0.0, 0.0, float(width), float(scene.covered)), *scene.kept_free]
    taken += [_around(end, _END) for end in lines.reshape(-1, 2).tolist()]
    taken += [
        _around(center, radius)
        for center, radius in zip(discs.centers.tolist(), discs.radii.tolist(), strict=True)
    ]

    def size(text: str, is_bold: bool) -> tuple[float, float]:
        wide, high = text_size(font, text, is_bold)
        return wide + 2 * PLATE_X, high + 2 * PLATE_Y

    labels = placed_labels(measures, lines, taken, (width, height), style, size)
    widths = [_EMPHASISED_WIDTH if measure.emphasised else _WIDTH for measure in measures]
    strokes = [*zip(lines[::-1], widths[::-1], strict=True)]
    for label, line in zip(labels, lines, strict=True):
        box = box_around(label.x, label.y, size(label.text, label.bold))
        if _distance(line, box) > _FAR:
            tie = np.array([line.mean(axis=0), (label.x, label.y)])
            strokes.insert(0, (tie, _TIE_WIDTH))
    # All of them first wider in the colour of the background; the one that matters lies on top.
    parts = [
        Strokes.plain(line[None], rgb, 1.0, wide + beyond)
        for rgb, beyond in ((style.background, _RIM), (style.text, 0.0))
        for line, wide in strokes
    ]
    return Strokes.joined(parts), labels


def placed_labels(
    measures: Sequence[Measure],
    lines: NDArray[np.float64],
    taken: Sequence[Box],
    window: tuple[int, int],
    style: SceneStyle,
    size: Callable[[str, bool], tuple[float, float]],
) -> list[Label]:
    """Place the label of each measure on its line, or as close to it as there is room.

    Parameters
    ----------
    measures : sequence of Measure
        The most important first.
    lines : ndarray of float64, shape (n, 2, 2)
        Where they are on the screen.
    taken : sequence of tuples of 4 floats
        Left, top, right and bottom of what is not to be covered.
    window : tuple of 2 ints
        Width and height of the window.
    style : SceneStyle
        Colours.
    size : callable
        Gives the width and height of a label with its plate.
    """
    sizes = [size(measure.text, measure.emphasised) for measure in measures]
    rooms = [
        _Room(_places_beside(line, extent, window), extent, taken)
        for line, extent in zip(lines, sizes, strict=True)
    ]
    labels = []
    for measure, (x, y) in zip(measures, _least_covering(rooms), strict=True):
        rgb, plate = style.text, style.background
        if measure.emphasised:
            rgb, plate = plate, rgb
        labels.append(Label(measure.text, rgb, measure.emphasised, x, y, plate=plate))
    return labels


def _places_beside(
    line: NDArray[np.float64], size: tuple[float, float], window: tuple[int, int]
) -> NDArray[np.float64]:
    """Return where the centre of a label may be, shape (n, 2), the best first."""
    along = line[1] - line[0]
    length = float(np.hypot(*along))
    across = np.array([-along[1], along[0]]) / length if length else np.array([0.0, 1.0])
    half = np.array(size) / 2
    # half of what a label takes up across the line
    reach = float(np.abs(across) @ half)
    feet = line[0] + along * _SHARES[:, None]
    places = [feet]
    for gap in _GAPS:
        places += [feet + side * (gap + reach) * across for side in (1, -1)]
        # past the ends of a short line, too
        places += [feet + way for way in _AROUND * half + _OUT * gap]
    centers = np.concatenate(places)
    low = half + _MARGIN
    high = np.maximum(np.array(window) - low, low)
    seen = ((centers >= low) & (centers <= high)).all(axis=1)
    return centers[seen] if seen.any() else np.clip(centers, low, high)


class _Room:
    """Where a label may stand, and how much it covers there."""

    def __init__(
        self, centers: NDArray[np.float64], size: tuple[float, float], taken: Sequence[Box]
    ) -> None:
        self._centers, self._size = centers, size
        half = np.array(size) / 2
        self._low, self._high = centers - half, centers + half
        self._covered = self._shared(taken)

    def best(self, others: Sequence[Box]) -> tuple[tuple[float, float], Box, float]:
        """Return the place that covers least beside other labels, its box and what it covers."""
        covered = self._covered + self._shared(others) if others else self._covered
        number = int(covered.argmin())
        x, y = self._centers[number].tolist()
        return (x, y), box_around(x, y, self._size), float(covered[number])

    def _shared(self, others: Sequence[Box]) -> NDArray[np.float64]:
        """Area that the label shares with boxes, at each place."""
        left, top, right, bottom = np.array(others, np.float64).reshape(-1, 4).T
        wide = np.minimum(self._high[:, :1], right) - np.maximum(self._low[:, :1], left)
        high = np.minimum(self._high[:, 1:], bottom) - np.maximum(self._low[:, 1:], top)
        return np.asarray((np.maximum(wide, 0.0) * np.maximum(high, 0.0)).sum(axis=1))


def _least_covering(rooms: Sequence[_Room]) -> list[tuple[float, float]]:
    """Choose places: the first label has the first choice, unless another order covers less."""
    found: list[tuple[float, float]] = []
    least = np.inf
    for order in permutations(range(len(rooms))):
        chosen: dict[int, tuple[tuple[float, float], Box, float]] = {}
        for number in order:
            boxes = [box for _, box, _ in chosen.values()]
            chosen[number] = rooms[number].best(boxes)
        covered = sum(area for *_, area in chosen.values())
        if covered < least:
            found, least = [chosen[number][0] for number in range(len(rooms))], covered
        if not covered or len(rooms) > _FEW:
            break
    return found


def _distance(line: NDArray[np.float64], box: Box) -> float:
    """How far a box is from some places along a line, close enough to all of it."""
    along = np.linspace(line[0], line[1], 33)
    low, high = np.array(box[:2]), np.array(box[2:])
    apart = np.maximum(np.maximum(low - along, along - high), 0.0)
    return float(np.hypot(apart[:, 0], apart[:, 1]).min())


def _around(center: list[float], radius: float) -> Box:
    return box_around(center[0], center[1], (2 * radius, 2 * radius))
