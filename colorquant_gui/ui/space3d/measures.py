"""Measure: a distance drawn as a line with its length, the labels placed so that none collides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.shapes import Label, Strokes
from colorquant_gui.ui.space3d.text import PLATE_X, PLATE_Y, text_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.shapes import Discs
    from colorquant_gui.ui.space3d.style import SceneStyle

Box = tuple[float, float, float, float]

_WIDTH, _EMPHASISED_WIDTH, _RIM = 1.5, 3.5, 2.5
# Where on its line a label may stand, the best first, and how far beside it, in pixels.
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
_ASIDE = (0.0, *(side * gap for gap in (4.0, 10.0, 17.0, 25.0, 34.0, 44.0) for side in (1, -1)))
_MARGIN = 4.0
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
        box = _box((label.x, label.y), size(label.text, label.bold))
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
    occupied = list(taken)
    labels = []
    for measure, line in zip(measures, lines, strict=True):
        wide, high = size(measure.text, measure.emphasised)
        x, y, box = _best_place(line, (wide, high), occupied, window)
        occupied.append(box)
        rgb, plate = style.text, style.background
        if measure.emphasised:
            rgb, plate = plate, rgb
        labels.append(Label(measure.text, rgb, measure.emphasised, x, y, plate=plate))
    return labels


def _best_place(
    line: NDArray[np.float64],
    size: tuple[float, float],
    occupied: Sequence[Box],
    window: tuple[int, int],
) -> tuple[float, float, Box]:
    along = line[1] - line[0]
    length = float(np.hypot(*along))
    across = np.array([-along[1], along[0]]) / length if length else np.array([0.0, 1.0])
    # half of what a label takes up across the line
    reach = (abs(across[0]) * size[0] + abs(across[1]) * size[1]) / 2
    half = np.array(size) / 2
    room = np.maximum(np.array(window) - half - _MARGIN, half + _MARGIN)
    best: tuple[float, float, Box] | None = None
    least = np.inf
    for aside in _ASIDE:
        for share in _SHARES:
            away = aside + np.copysign(reach, aside) if aside else 0.0
            center = line[0] + along * share + across * away
            x, y = np.clip(center, half + _MARGIN, room).tolist()
            box = _box((x, y), size)
            covered = sum(_overlap(box, other) for other in occupied)
            if covered < least:
                best, least = (x, y, box), covered
            if not covered:
                return x, y, box
    assert best is not None
    return best


def _box(center: tuple[float, float], size: tuple[float, float]) -> Box:
    (x, y), (wide, high) = center, size
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _distance(line: NDArray[np.float64], box: Box) -> float:
    """How far a box is from some places along a line, close enough to all of it."""
    along = np.linspace(line[0], line[1], 33)
    low, high = np.array(box[:2]), np.array(box[2:])
    apart = np.maximum(np.maximum(low - along, along - high), 0.0)
    return float(np.hypot(apart[:, 0], apart[:, 1]).min())


def _around(center: list[float], radius: float) -> Box:
    x, y = center
    return x - radius, y - radius, x + radius, y + radius


def _overlap(one: Box, other: Box) -> float:
    """Area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
