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
# Where on its line a label may stand, and how far beside it, in its own heights: the best first.
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
_ASIDE = (0.0, 1.0, -1.0, 2.4, -2.4, 3.8, -3.8)
_MARGIN = 4.0


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
    style = scene.style
    widths = [_EMPHASISED_WIDTH if measure.emphasised else _WIDTH for measure in measures]
    # All of them first wider in the colour of the background; the one that matters lies on top.
    parts = [
        Strokes.plain(line[None], rgb, 1.0, width + beyond)
        for rgb, beyond in ((style.background, _RIM), (style.text, 0.0))
        for line, width in zip(lines[::-1], widths[::-1], strict=True)
    ]
    taken = [
        _around(center, radius)
        for center, radius in zip(discs.centers.tolist(), discs.radii.tolist(), strict=True)
    ]
    font = style.font

    def size(text: str, is_bold: bool) -> tuple[float, float]:
        wide, high = text_size(font, text, is_bold)
        return wide + 2 * PLATE_X, high + 2 * PLATE_Y

    labels = placed_labels(measures, lines, taken, (width, height), style, size)
    return Strokes.joined(parts), labels


def placed_labels(
    measures: Sequence[Measure],
    lines: NDArray[np.float64],
    taken: Sequence[Box],
    window: tuple[int, int],
    style: SceneStyle,
    size: Callable[[str, bool], tuple[float, float]],
) -> list[Label]:
    """Place the label of each measure on its line, or close to it.

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
    reach = abs(across[0]) * size[0] + abs(across[1]) * size[1]
    best: tuple[float, float, Box] | None = None
    least = np.inf
    for aside in _ASIDE:
        for share in _SHARES:
            center = line[0] + along * share + across * aside * (reach / 2 + _MARGIN)
            half = np.array(size) / 2
            room = np.maximum(np.array(window) - half - _MARGIN, half + _MARGIN)
            x, y = np.clip(center, half + _MARGIN, room).tolist()
            box = (x - half[0], y - half[1], x + half[0], y + half[1])
            covered = sum(_overlap(box, other) for other in occupied)
            if covered < least:
                best, least = (x, y, box), covered
            if not covered:
                return x, y, box
    assert best is not None
    return best


def _around(center: list[float], radius: float) -> Box:
    x, y = center
    return x - radius, y - radius, x + radius, y + radius


def _overlap(one: Box, other: Box) -> float:
    """Area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
