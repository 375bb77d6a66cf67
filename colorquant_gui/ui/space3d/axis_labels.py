"""Names, numbers and tick marks of the axes, placed so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE
from colorquant_gui.ui.space3d.shapes import Label, Strokes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.style import SceneStyle

AXIS_NAMES = ("R", "G", "B")
TICKS = (0, 64, 128, 192, 255)
_FEW_TICKS = (0, 128, 255)
_TICK_LENGTH = 5.0
_GAP = 4.0
_HALO = 2.0
# An axis that points at the eye is too short on the screen to be labelled with numbers: less
# than this share of the window's smaller side.
_SHORTEST = 0.17


@dataclass(frozen=True, eq=False)
class Axis:
    """An edge of the cube that is labelled, as it is seen.

    Attributes
    ----------
    number : int
        0, 1 or 2 for R, G or B.
    ends : ndarray of float64, shape (2, 2)
        Where it starts and ends on the screen, in logical pixels.
    ticks : ndarray of float64, shape (5, 2)
        Where the values `TICKS` are on the screen.
    outwards : ndarray of float64, shape (2,)
        Direction on the screen, of length 1, in which labels stand: across, away from the cube.
    short : bool
        Whether there is room for nothing but its name.
    """

    number: int
    ends: NDArray[np.float64]
    ticks: NDArray[np.float64]
    outwards: NDArray[np.float64]
    short: bool

    @classmethod
    def along(
        cls, number: int, edge: NDArray[np.float64], camera: Camera, width: int, height: int
    ) -> Axis:
        """Look at an edge, whose ends in colour coordinates have the shape (2, 3)."""
        points = np.repeat(edge[:1], len(TICKS), axis=0)
        points[:, number] = TICKS
        ends = camera.project(edge, width, height)[0]
        away = ends.mean(axis=0) - camera.project(np.full(3, CUBE / 2), width, height)[0]
        along = ends[1] - ends[0]
        length = float(np.hypot(*along))
        short = length < _SHORTEST * min(width, height)
        direction = away if short else np.array([-along[1], along[0]])
        norm = float(np.hypot(*direction))
        outwards = direction / norm if norm > 0 else np.array([0.0, 1.0])
        return cls(
            number,
            ends,
            camera.project(points, width, height)[0],
            outwards if outwards @ away >= 0 else -outwards,
            short,
        )


def label_axes(
    axes: Sequence[Axis],
    style: SceneStyle,
    text_size: Callable[[str, bool], tuple[float, float]],
) -> tuple[Strokes, list[Label]]:
    """Label the axes.

    Parameters
    ----------
    axes : sequence of Axis
        What is labelled.
    style : SceneStyle
        Colours.
    text_size : callable
        Gives the width and height in logical pixels of a text, bold or not.

    Returns
    -------
    Strokes
        Tick marks.
    list of Label
        Every name, and the numbers for which there is room.
    """
    placer = _Placer(text_size)
    number_size = text_size("255", False)
    # The names come first: they are shown in any case.
    for axis in axes:
        beyond = 0.0
        if not axis.short:
            across = np.abs(axis.outwards) @ number_size
            beyond = _GAP + across
        name = (AXIS_NAMES[axis.number], True, style.names[axis.number])
        middle = axis.ends.mean(axis=0)
        distance = _TICK_LENGTH + _GAP + beyond
        while not placer.place(*name, middle, axis.outwards, distance):
            distance += _GAP
    marks = []
    for axis in axes:
        if axis.short:
            continue
        spacing = float(np.hypot(*(axis.ends[1] - axis.ends[0]))) / (len(TICKS) - 1)
        values = TICKS if spacing > 1.6 * max(number_size) else _FEW_TICKS
        for value, start in zip(TICKS, axis.ticks, strict=True):
            if value in values:
                marks.append([start, start + axis.outwards * _TICK_LENGTH])
                distance = _TICK_LENGTH + _GAP
                placer.place(str(value), False, style.text, start, axis.outwards, distance)
    ends = np.array(marks).reshape(-1, 2, 2)
    return Strokes.plain(ends, style.edge, 1.0, 1.0), placer.labels


class _Placer:
    """Collects labels, and the boxes that they take up."""

    def __init__(self, text_size: Callable[[str, bool], tuple[float, float]]) -> None:
        self.labels: list[Label] = []
        self._text_size = text_size
        self._taken: list[tuple[float, float, float, float]] = []

    def place(
        self,
        text: str,
        bold: bool,
        rgb: tuple[int, int, int],
        anchor: NDArray[np.float64],
        outwards: NDArray[np.float64],
        distance: float,
    ) -> bool:
        """Put a text at a distance from a place, unless another is there already."""
        width, height = self._text_size(text, bold)
        reach = abs(outwards[0]) * width / 2 + abs(outwards[1]) * height / 2
        x, y = (anchor + outwards * (distance + reach)).tolist()
        half = width / 2 + _HALO
        box = (x - half, y - height / 2, x + half, y + height / 2)
        if any(_overlap(box, other) for other in self._taken):
            return False
        self._taken.append(box)
        self.labels.append(Label(text, rgb, bold, x, y))
        return True


def _overlap(
    first: tuple[float, float, float, float], second: tuple[float, float, float, float]
) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )
