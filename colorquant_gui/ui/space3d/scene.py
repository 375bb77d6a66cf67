"""Scene: everything that a view shows, and its layout for one size of the window."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF

from colorquant_gui.ui.space3d.axes import AxesLayout, layout_axes
from colorquant_gui.ui.space3d.camera import CUBE, Camera
from colorquant_gui.ui.space3d.gamut import Gamut
from colorquant_gui.ui.space3d.look import SHOWN, Highlight, Look
from colorquant_gui.ui.space3d.shapes import Discs, Strokes
from colorquant_gui.ui.space3d.spaces import RGB

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.spaces import DisplaySpace
    from colorquant_gui.ui.space3d.style import SceneStyle

PIXELS, CENTROIDS, TRAILS, GAMUT, AXES = "pixels", "centroids", "trails", "gamut", "axes"
LAYERS = (PIXELS, CENTROIDS, TRAILS, GAMUT, AXES)

# Radius in logical pixels of a centroid whose share is 1 / k.
_MEAN_RADIUS = 10.0
_MEAN_RADIUS_OF_MANY = 5.0
_SMALLEST, _LARGEST = 0.45, 2.2
# How opaque a trail's beginning is, how wide, and how much wider its end is: like a comet.
_OLDEST = 0.8
_TRAIL_WIDTH, _TRAIL_GROWTH = 1.25, 2.25
_MARK_RADIUS = 6.0
_MOST_SPOKES, _SPOKES_AMONG = 200, 50_000
# More places than this are rounded to bytes where a space is costly to get to.
_MANY = 1024


def bold(font: QFont) -> QFont:
    """Return the font of an axis name."""
    copy = QFont(font)
    copy.setBold(True)
    return copy


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
    world : ndarray of float32, shape (m, 3)
        Where they are in the space; only the first `placed` rows count.
    placed : int
        Colours whose place is known.
    former : ndarray of float32, shape (f, 3), or None
        Where the first of them were in the space it comes from.
    tint : ndarray of uint8, shape (m, 4), or None
        The same as `points` in other colours than their own.
    states : ndarray of uint8, shape (m,), or None
        Whether each is hidden (0), dimmed (1) or shown (2); None shows all.
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
    focused : bool
        Whether a focus ring is drawn.
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
    world: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 3), np.float32))
    placed: int = 0
    former: NDArray[np.float32] | None = None
    tint: NDArray[np.uint8] | None = None
    states: NDArray[np.uint8] | None = None
    total: int = 0
    centroids: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 3)))
    counts: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    trails: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0, 3)))
    highlight: Highlight = field(default_factory=Highlight)
    focused: bool = False
    _disc_order: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    _frame: tuple[object, AxesLayout] | None = None
    _outline: tuple[object, tuple[Strokes, Strokes]] | None = None

    @property
    def is_changing(self) -> bool:
        """Whether it is on the way from one space to another."""
        return self.former_space is not None

    def visible_points(self) -> NDArray[np.uint8]:
        """Points to draw now with the layers as they are, shape (n, 4)."""
        if PIXELS not in self.layers:
            return self.points[:0]
        n = self.placed if self.former is None else min(self.placed, len(self.former))
        return self.painted_points()[:n]

    def painted_points(self) -> NDArray[np.uint8]:
        """Every point in the colour it is drawn in, shape (m, 4)."""
        return self.points if self.tint is None else self.tint

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

    def point_diameter(self, drawn: int) -> float:
        """Diameter of the disc of a colour, in units of the world: smaller where there are many.

        Parameters
        ----------
        drawn : int
            How many are drawn: the fewer of all that there are, the more each stands for.
        """
        every = _diameter(len(self.points))
        mean = math.sqrt(every * _diameter(min(drawn, len(self.points))))
        return mean * self.look.point_size

    def axes(self, width: int, height: int) -> AxesLayout:
        """Lay out the frame of the space; the same view again costs nothing."""
        key = (
            self.camera,
            width,
            height,
            self.style,
            self.space,
            self._shift(),
            AXES in self.layers,
        )
        if self._frame is None or self._frame[0] != key:
            self._frame = (key, self._laid_out(width, height))
        return self._frame[1]

    def _shift(self) -> tuple[DisplaySpace | None, float]:
        return self.former_space, self.progress

    def _laid_out(self, width: int, height: int) -> AxesLayout:
        if AXES not in self.layers:
            return AxesLayout.none()
        normal = QFontMetricsF(self.style.font)
        strong = QFontMetricsF(bold(self.style.font))

        def size(text: str, is_bold: bool) -> tuple[float, float]:
            metrics = strong if is_bold else normal
            return metrics.horizontalAdvance(text), metrics.capHeight() + 4.0

        # One frame goes before the other comes: both at once can't be read.
        space, opacity = self.space, 1.0
        if self.former_space is not None:
            space = self.space if self.progress > 0.5 else self.former_space
            opacity = abs(2.0 * self.progress - 1.0)
        return layout_axes(self.camera, width, height, self.style, size, space).faded(opacity)

    def gamut(self, width: int, height: int) -> tuple[Strokes, Strokes]:
        """Lay out the outline of the gamut: what is behind the colours, and what in front."""
        if GAMUT not in self.layers:
            return Strokes.none(), Strokes.none()
        key = (self.camera, width, height, self.space, self._shift())
        if self._outline is None or self._outline[0] != key:
            former = None if self.former_space is None else outline_of(self.former_space)
            strokes = outline_of(self.space).strokes(
                self.camera, width, height, former, self.progress
            )
            self._outline = (key, strokes)
        return self._outline[1]

    def discs(self, width: int, height: int) -> Discs:
        """Lay out the centroids, the farthest first."""
        if CENTROIDS not in self.layers or not len(self.centroids):
            return Discs.none()
        centers, depth = self.camera.project(self.place(self.centroids), width, height)
        radii = centroid_radii(self.counts) * self.camera.magnification(depth)
        order = self._disc_order = np.argsort(-depth, kind="stable")
        return Discs(
            centers[order].astype(np.float32),
            radii[order].astype(np.float32),
            _rounded(self.centroids[order]),
        )

    def disc_order(self) -> NDArray[np.intp]:
        """Return which centroid each disc is that was laid out last."""
        return self._disc_order

    def trail_strokes(self, width: int, height: int, limit: int = 16_384) -> Strokes:
        """Lay out the trails up to the centroids of now, the oldest and faintest first.

        Parameters
        ----------
        width, height : int
            Size of the window in logical pixels.
        limit : int
            Most lines to make: of too long trails the oldest part is left out.
        """
        if TRAILS not in self.layers:
            return Strokes.none()
        path = self.trails
        if len(path) and path.shape[1] == len(self.centroids):
            path = np.concatenate([path, self.centroids[None]])
        if len(path) < 2 or not path.shape[1]:
            return Strokes.none()
        path = path[-max(limit // path.shape[1], 1) - 1 :]
        position, _ = self.camera.project(self.place(path), width, height)
        ends = np.stack([position[:-1], position[1:]], axis=2)
        moved = np.abs(ends[:, :, 1] - ends[:, :, 0]).max(axis=2) > 0.05
        n = len(path)
        fade = np.linspace(0.0, 1.0, n)
        alpha = _OLDEST + (1.0 - _OLDEST) * np.stack([fade[:-1], fade[1:]], axis=1)
        colors = np.empty((*ends.shape[:3], 4), np.uint8)
        colors[..., :3] = _rounded(np.stack([path[:-1], path[1:]], axis=2))
        colors[..., 3] = np.rint(alpha * 255)[:, None, :]
        widths = np.broadcast_to(_TRAIL_WIDTH + _TRAIL_GROWTH * fade[1:, None], moved.shape)
        widths = widths[moved].astype(np.float32)
        return Strokes(ends[moved].astype(np.float32), colors[moved], widths, ringed=True)

    def mark(self, width: int, height: int) -> Discs:
        """Lay out the disc of the colour that stands out."""
        color = self.highlight.color
        if color is None:
            return Discs.none()
        exact = np.array([color], np.float64)
        centers, _ = self.camera.project(self.place(exact), width, height)
        return Discs(
            centers.astype(np.float32), np.array([_MARK_RADIUS], np.float32), _rounded(exact)
        )

    def spokes(self, width: int, height: int) -> Strokes:
        """Lay out lines from the centroid that stands out to colours it owns."""
        cluster = self.highlight.cluster
        n = len(self.visible_points())
        if cluster is None or self.states is None or cluster >= len(self.centroids):
            return Strokes.none()
        owned = np.flatnonzero(self.states[: min(n, _SPOKES_AMONG)] == SHOWN)[:_MOST_SPOKES]
        hub = self.place(self.centroids[cluster : cluster + 1])
        spokes = np.stack(
            [np.broadcast_to(hub, (len(owned), 3)), self.places(n)[owned].astype(np.float64)],
            axis=1,
        )
        ends, _ = self.camera.project(spokes, width, height)
        return Strokes.plain(ends, self.style.text, 0.18, 1.0)

    def focus_ring(self, width: int, height: int) -> Strokes:
        """Lay out the frame that says where the keys go."""
        if not self.focused:
            return Strokes.none()
        left, top, right, bottom = 1.0, 1.0, width - 1.0, height - 1.0
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        ends = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)
        return Strokes.plain(ends, self.style.focus, 1.0, 2.0)


def centroid_radii(counts: NDArray[np.floating]) -> NDArray[np.float64]:
    """Radii of centroids whose area goes by their share of the pixels.

    Parameters
    ----------
    counts : ndarray, shape (k,)
        Pixels of each; all zero means that nothing is known yet.

    Returns
    -------
    ndarray of float64, shape (k,)
        In logical pixels at the distance of the cube's centre; a centroid of average share has
        the same radius whatever the share is, and none is too small to see or big enough to hide
        the others.
    """
    k = len(counts)
    total = float(np.sum(counts))
    share = np.asarray(counts, np.float64) / total if total > 0 else np.full(k, 1.0 / max(k, 1))
    many = min(max(np.log2(max(k, 1)) / 4 - 1, 0.0), 1.0)
    mean = _MEAN_RADIUS + (_MEAN_RADIUS_OF_MANY - _MEAN_RADIUS) * many
    return mean * np.clip(np.sqrt(share * k), _SMALLEST, _LARGEST)


def _diameter(n_points: int) -> float:
    spacing = CUBE / max(n_points, 1) ** (1 / 3)
    return min(max(0.42 * spacing, 2.2), 14.0)


def _exact_place(space: DisplaySpace, colors: NDArray[np.floating]) -> NDArray[np.float64]:
    if space.affine or colors.size <= 3 * _MANY:
        return space.positions_of(colors)
    return space.positions(_rounded(colors)).astype(np.float64)


@lru_cache(maxsize=16)
def outline_of(space: DisplaySpace) -> Gamut:
    """Return the outline of the gamut in a space, computed once."""
    return Gamut(space)


def _rounded(colors: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.clip(np.rint(colors), 0, 255).astype(np.uint8)
