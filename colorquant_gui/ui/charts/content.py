"""What a chart shows, as plain data: lines, scales, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.charts.scales import Linear

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.ui.charts.scales import Scale


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a chart.

    Attributes
    ----------
    name : str
        What it is, for legends and for the header of a column.
    x, y : ndarray of float64, shape (n,)
        Rising places and their values; NaN leaves a gap.
    text : callable taking a float, returning str
        How a value reads, with its unit.
    ink : int or None
        Which hue; None is the colour of text.
    width : float
        Of the line in logical pixels; 0 draws none.
    soft, dashed : bool
        A line that stands back; one that is an estimate.
    dots : str
        "", "solid" or "hollow".
    right : bool
        Whether it belongs to the axis on the right.
    """

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    text: Callable[[float], str] = str
    ink: int | None = None
    width: float = 1.5
    soft: bool = False
    dashed: bool = False
    dots: str = ""
    right: bool = False

    def at(self, x: float) -> float:
        """Return the value at a place that it has one for; NaN elsewhere."""
        index = int(np.searchsorted(self.x, x))
        if index < len(self.x) and self.x[index] == x:
            return float(self.y[index])
        return float("nan")


@dataclass(frozen=True)
class Mark:
    """A place along x that something is said about.

    Attributes
    ----------
    x : float
        Where.
    text : str
        What.
    label : str
        A word or two beside it.
    """

    x: float
    text: str
    label: str = ""


@dataclass(frozen=True)
class Limit:
    """A place along x beyond which there is nothing.

    Attributes
    ----------
    x : float
        Where.
    text : str
        Why; written there if there is room.
    """

    x: float
    text: str


@dataclass(frozen=True)
class Exit:
    """A value without a place on the axis, such as infinity: where the first line leaves.

    Attributes
    ----------
    x : float
        Its place.
    text : str
        How it reads.
    up : bool
        Whether the line leaves at the top, or at the bottom.
    start : (float, float) or None
        Place and value of the last point before; None where there is none.
    """

    x: float
    text: str
    up: bool
    start: tuple[float, float] | None = None


@dataclass(frozen=True)
class Level:
    """A height that is to be reached.

    Attributes
    ----------
    y : float
        How high, on the scale of its axis.
    text : str
        What it is.
    right : bool
        Whether it is on the axis on the right.
    """

    y: float
    text: str
    right: bool = False


@dataclass(frozen=True, eq=False)
class Content:
    """Everything that a chart shows apart from where the pointer and the playhead are.

    Attributes
    ----------
    lines : tuple of Line
        Drawn in this order; none at all is the empty state.
    bottom, left : Scale
        The axes.
    right : Scale or None
        The axis of the lines that say so.
    x_name : str
        What x is.
    marks : tuple of Mark
        Small triangles along the bottom.
    mark_words : str
        How a mark is told: %1 is its x, %2 its text.
    level : Level or None
        A dashed line across.
    limit : Limit or None
        Where x ends before the axis does.
    leaving : Exit or None
        Where the first line leaves the chart.
    table : tuple of Line
        The columns of the CSV file; the lines that are drawn where there are none.
    """

    lines: tuple[Line, ...] = ()
    bottom: Scale = field(default_factory=lambda: Linear(whole=True, pad=0.02))
    left: Scale = field(default_factory=Linear)
    right: Scale | None = None
    x_name: str = ""
    marks: tuple[Mark, ...] = ()
    mark_words: str = "%2"
    level: Level | None = None
    limit: Limit | None = None
    leaving: Exit | None = None
    table: tuple[Line, ...] = ()

    @property
    def places(self) -> NDArray[np.float64]:
        """Every x that has a value, rising."""
        if not self.lines:
            return np.empty(0)
        return np.unique(np.concatenate([line.x for line in self.lines]))

    def scale(self, right: bool) -> Scale:
        """Return the axis on a side; where there is none on the right, lines are on the left."""
        return self.right if right and self.right is not None else self.left

    def nearest(self, position: float) -> float | None:
        """Return the x whose position is nearest to one; None where there is none."""
        places = self.places
        if not len(places):
            return None
        return float(places[np.abs(self.bottom.positions(places) - position).argmin()])


@dataclass(frozen=True)
class Pointers:
    """Where the moving lines are.

    Attributes
    ----------
    playhead : float or None
        The place on show.
    hover : float or None
        The place that is read.
    handle, focused : bool
        Whether the playhead has a handle to drag it by, and whether keys move it.
    aside : bool
        Whether something else is on show, so that the whole plot stands back.
    """

    playhead: float | None = None
    hover: float | None = None
    handle: bool = False
    focused: bool = False
    aside: bool = False
