"""Scene: everything that a view shows, and its layout for one size of the window."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import CUBE, Camera
from colorquant_gui.ui.space3d.layers import LAYERS, PIXELS
from colorquant_gui.ui.space3d.look import BY_CLUSTER, TRUE, Highlight, Look
from colorquant_gui.ui.space3d.space_frame import SpaceFrame
from colorquant_gui.ui.space3d.spaces import RGB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.axes import AxesLayout
    from colorquant_gui.ui.space3d.boxes import SplitBoxes
    from colorquant_gui.ui.space3d.clipping import Slice
    from colorquant_gui.ui.space3d.color_cells import ColorCells
    from colorquant_gui.ui.space3d.event_marks import Moves
    from colorquant_gui.ui.space3d.label_room import Box
    from colorquant_gui.ui.space3d.measures import Measure
    from colorquant_gui.ui.space3d.shapes import Strokes
    from colorquant_gui.ui.space3d.spaces import DisplaySpace
    from colorquant_gui.ui.space3d.style import SceneStyle
    from colorquant_gui.ui.space3d.tint import Tint


ASSIGN, UPDATE = "assign", "update"
PHASES = ("", ASSIGN, UPDATE)

# More places than this are rounded to bytes where a space is costly to get to.
_MANY = 1024


@dataclass
class Scene:
    """What is shown. The view that owns it writes, the viewport that draws it reads.

    Attributes
    ----------
    style : SceneStyle
        Colours and font.
    camera : Camera
        Where it is seen from.
    layers : frozenset of str
        Which of "pixels", "centroids", "trails", "gamut" and "axes" are shown.
    space : DisplaySpace
        The space it is seen in.
    former_space : DisplaySpace or None
        The space it comes from while it changes from one to the other.
    progress : float
        How far it has come from there, 0..1.
    look : Look
        How points are drawn.
    points : ndarray of uint8, shape (m, 4)
        R, G, B and population of the colours that may be drawn, those to draw first first.
    indices : ndarray of int64, shape (m,)
        Which of the picture's unique colours they are.
    cells : ColorCells or None
        Where points are cells of a histogram: what is in each.
    world : ndarray of float32, shape (m, 3)
        Where they are in the space; only the first `placed` rows count.
    placed : int
        Colours whose place is known.
    former : ndarray of float32, shape (f, 3), or None
        Where the first of them were in the space it comes from.
    tint : Tint or None
        The same as `points` in other colours than their own.
    states : ndarray of uint8, shape (m,), or None
        Whether each is hidden (0), dimmed (1) or shown (2); None shows all.
    slice : Slice or None
        The part of the space that is shown; None for all of it.
    has_picture : bool
        Whether there is a picture, be it one without a single visible colour.
    is_gathering : bool
        Whether cells are on their way that are not among `points` yet.
    total : int
        Unique colours of the picture, drawn or not.
    centroids : ndarray of float64, shape (k, 3)
        sRGB, channels 0..255.
    counts : ndarray of float64, shape (k,)
        Population of each centroid.
    trails : ndarray of float64, shape (t, k, 3)
        Earlier centroids, the oldest first.
    highlight : Highlight
        What stands out.
    boxes : SplitBoxes or None
        Into which boxes a seeding has split the colours.
    moves : Moves or None
        Centroids that were born and dropped in a leap.
    measures : tuple of Measure
        Distances that are drawn with their lengths.
    phase : str
        "assign" or "update" while an iteration is shown in two halves, else "".
    focused : bool
        Whether a focus ring is drawn.
    covered : int
        Logical pixels along the upper edge that controls lie over.
    kept_free : tuple of tuples of 4 floats
        Left, top, right and bottom of what else lies over it: no label stands there.
    """

    style: SceneStyle
    camera: Camera = field(default_factory=Camera)
    layers: frozenset[str] = frozenset(LAYERS)
    space: DisplaySpace = RGB
    former_space: DisplaySpace | None = None
    progress: float = 1.0
    look: Look = field(default_factory=Look)
    points: NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 4), np.uint8))
    indices: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    cells: ColorCells | None = None
    world: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 3), np.float32))
    placed: int = 0
    former: NDArray[np.float32] | None = None
    tint: Tint | None = None
    states: NDArray[np.uint8] | None = None
    slice: Slice | None = None
    has_picture: bool = False
    is_gathering: bool = False
    total: int = 0
    centroids: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 3)))
    counts: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    trails: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0, 3)))
    highlight: Highlight = field(default_factory=Highlight)
    boxes: SplitBoxes | None = None
    moves: Moves | None = None
    measures: tuple[Measure, ...] = ()
    phase: str = ""
    focused: bool = False
    covered: int = 0
    kept_free: tuple[Box, ...] = ()
    _frame: SpaceFrame = field(default_factory=SpaceFrame)

    def take_over(self, other: Scene) -> None:
        """Show what another scene shows now, whatever becomes of that one; layouts are kept."""
        own = self._frame
        vars(self).update(vars(other))
        self._frame = own

    @property
    def is_changing(self) -> bool:
        """Whether it is on the way from one space to another."""
        return self.former_space is not None

    def set_centroids(
        self, centroids: NDArray[np.float64] | None, counts: ArrayLike | None
    ) -> None:
        """Show centroids, any number of them.

        Parameters
        ----------
        centroids : ndarray of float64, shape (k, 3), or None
            sRGB, channels 0..255.
        counts : array_like, shape (k,), or None
            Pixels of each, for the area of its disc.
        """
        self.centroids = positions(centroids, 2)
        k = len(self.centroids)
        sizes = np.zeros(k) if counts is None else np.asarray(counts, np.float64)
        self.counts = sizes if len(sizes) == k else np.zeros(k)

    def set_trails(
        self, trails: NDArray[np.float64] | Sequence[NDArray[np.float64]] | None
    ) -> None:
        """Show where the centroids came from.

        Parameters
        ----------
        trails : array_like of float64, shape (t, k, 3), or None
            Past centroids, the oldest first; the line goes on to the present ones. Where k
            changed on the way, only the part after the last change is shown.
        """
        if trails is not None and not isinstance(trails, np.ndarray):
            steps = [np.asarray(step, np.float64) for step in trails]
            first = len(steps)
            while first and steps[first - 1].shape == steps[-1].shape:
                first -= 1
            trails = np.stack(steps[first:]) if steps else None
        self.trails = positions(trails, 3)

    def clear_marks(self) -> None:
        """Show no boxes, marks, distances and halves of an iteration."""
        self.boxes, self.moves, self.measures, self.phase = None, None, (), ""

    @property
    def color_mode(self) -> str:
        """How points are coloured: while halves of an iteration are told apart, by cluster."""
        mode = self.look.color_mode
        return BY_CLUSTER if mode == TRUE and self.phase else mode

    def visible_points(self) -> NDArray[np.uint8]:
        """Points to draw now with the layers as they are, in their own colours, shape (n, 4)."""
        if PIXELS not in self.layers:
            return self.points[:0]
        n = self.placed if self.former is None else min(self.placed, len(self.former))
        return self.points[:n]

    def painted_points(self, n: int) -> NDArray[np.uint8]:
        """Points in the colours they are drawn in, shape (m, 4); only the first n rows count."""
        return self.points if self.tint is None else self.tint.reach(n)

    def places(self, n: int) -> NDArray[np.float32]:
        """Where the first n points are in the world, shape (n, 3)."""
        places = self.world[:n]
        if self.former is None:
            return places
        former = self.former[:n]
        return former + (places - former) * np.float32(self.progress)

    def place(self, colors: NDArray[np.floating]) -> NDArray[np.float64]:
        """Where sRGB colours are in the world, both of shape (..., 3)."""
        places = _exact_place(self.space, colors)
        if self.former_space is not None:
            former = _exact_place(self.former_space, colors)
            places = former + (places - former) * self.progress
        return places

    @property
    def spread(self) -> tuple[float, float]:
        """Diameters of balls of the least and, beyond that, of the most population.

        In those that `point_diameter` gives.
        """
        return self.look.spread if self.cells is None else (0.0, 1.0)

    def point_diameter(self, drawn: int) -> float:
        """Diameter of the ball of a colour, in units of the world: smaller where there are many.

        Parameters
        ----------
        drawn : int
            How many are drawn: the fewer of all that there are, the more each stands for. Cells
            are as big as their share, whatever is drawn beside them.
        """
        if self.cells is not None:
            return self.cells.diameter * self.look.point_size
        every = _diameter(len(self.points))
        mean = math.sqrt(every * _diameter(min(drawn, len(self.points))))
        return mean * self.look.point_size

    def axes(self, width: int, height: int) -> AxesLayout:
        """Lay out the frame of the space; the same view again costs nothing."""
        return self._frame.axes(self, width, height)

    def gamut(self, width: int, height: int) -> tuple[Strokes, Strokes]:
        """Lay out the outline of the gamut: what is behind the colours, and what in front."""
        return self._frame.gamut(self, width, height)


def _diameter(n_points: int) -> float:
    spacing = CUBE / float(max(n_points, 1) ** (1 / 3))
    return min(max(0.42 * spacing, 2.2), 14.0)


def _exact_place(space: DisplaySpace, colors: NDArray[np.floating]) -> NDArray[np.float64]:
    if space.affine or colors.size <= 3 * _MANY:
        return space.positions_of(colors)
    return space.positions(rounded(colors)).astype(np.float64)


def positions(values: ArrayLike | None, dimensions: int) -> NDArray[np.float64]:
    """Return a copy of places as an array of so many dimensions; none at all, where not given."""
    if values is None or not len(np.asarray(values)):
        return np.empty((0,) * (dimensions - 1) + (3,))
    return np.array(values, np.float64)


def rounded(colors: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return the nearest sRGB bytes."""
    nearest: NDArray[np.uint8] = np.clip(np.rint(colors), 0, 255).astype(np.uint8)
    return nearest
