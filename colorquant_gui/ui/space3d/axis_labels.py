"""Names, numbers and tick marks of the axes, placed so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE
from colorquant_gui.ui.space3d.shapes import Label, Strokes
from colorquant_gui.ui.space3d.spaces import RGB

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.spaces import SpaceAxis
    from colorquant_gui.ui.space3d.style import SceneStyle

# The ticks of a channel of sRGB.
TICKS = RGB.axes[0].ticks
_TICK_LENGTH = 5.0
_GAP = 4.0
_HALO = 2.0
# An axis that points at the eye is too short on the screen to be labelled with numbers: less
# than this share of the window's smaller side.
_SHORTEST = 0.17


@dataclass(frozen=True, eq=False)
class Axis:
    """A line of the frame that is labelled, as it is seen.

    Attributes
    ----------
    what : SpaceAxis
        Its name and numbers.
    ends : ndarray of float64, shape (2, 2)
        Where it starts and ends on the screen, in logical pixels.
    ticks : ndarray of float64, shape (t, 2)
        Where the values of its ticks are on the screen.
    outwards : ndarray of float64, shape (t, 2)
        Directions on the screen, of length 1, in which the numbers stand: away from the cloud.
    name_at, name_outwards : ndarray of float64, shape (2,)
        Where the name stands, and in which direction from there.
    short : bool
        Whether there is room for nothing but its name.
    """

    what: SpaceAxis
    ends: NDArray[np.float64]
    ticks: NDArray[np.float64]
    outwards: NDArray[np.float64]
    name_at: NDArray[np.float64]
    name_outwards: NDArray[np.float64]
    short: bool

    def color(self, style: SceneStyle) -> tuple[int, int, int]:
        """Return the colour of its name."""
        channel = self.what.channel
        return style.text if channel is None else style.names[channel]

    @classmethod
    def seen(
        cls,
        what: SpaceAxis,
        edge: NDArray[np.float64],
        points: NDArray[np.float64],
        camera: Camera,
        width: int,
        height: int,
    ) -> Axis:
        """Look at a straight axis.

        Parameters
        ----------
        what : SpaceAxis
            Its name and numbers.
        edge : ndarray of float64, shape (2, 3)
            Its ends in the world.
        points : ndarray of float64, shape (t, 3)
            The places of its ticks in the world.
        camera, width, height
            The view.
        """
        ends = camera.project(edge, width, height)[0]
        away = ends.mean(axis=0) - camera.project(np.full(3, CUBE / 2), width, height)[0]
        along = ends[1] - ends[0]
        length = float(np.hypot(*along))
        short = length < _SHORTEST * min(width, height)
        direction = away if short else np.array([-along[1], along[0]])
        norm = float(np.hypot(*direction))
        outwards = direction / norm if norm > 0 else np.array([0.0, 1.0])
        outwards = outwards if outwards @ away >= 0 else -outwards
        ticks = camera.project(points, width, height)[0]
        return cls(
            what,
            ends,
            ticks,
            np.broadcast_to(outwards, ticks.shape),
            ends.mean(axis=0),
            outwards,
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
    sizes = {
        axis: max(text_size(axis.what.text(value), False) for value in axis.what.ticks)
        for axis in axes
    }
    # The names come first: they are shown in any case.
    for axis in axes:
        beyond = 0.0
        if not axis.short:
            across = float(np.abs(axis.name_outwards) @ sizes[axis])
            beyond = _GAP + across
        name = (axis.what.name, True, axis.color(style))
        distance = _TICK_LENGTH + _GAP + beyond
        while not placer.place(*name, axis.name_at, axis.name_outwards, distance):
            distance += _GAP
    marks = []
    for axis in axes:
        if axis.short:
            continue
        steps = max(len(axis.what.ticks) - 1, 1)
        spacing = float(np.hypot(*(axis.ends[1] - axis.ends[0]))) / steps
        roomy = spacing > 1.4 * max(sizes[axis])
        values = axis.what.ticks if roomy else axis.what.few_ticks
        for value, start, out in zip(axis.what.ticks, axis.ticks, axis.outwards, strict=True):
            if value in values:
                marks.append([start, start + out * _TICK_LENGTH])
                text, distance = axis.what.text(value), _TICK_LENGTH + _GAP
                placer.place(text, False, style.text, start, out, distance)
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
