"""Scene: everything that a view shows, and its layout for one size of the window."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF

from colorquant_gui.ui.space3d.axes import AxesLayout, layout_axes
from colorquant_gui.ui.space3d.camera import CUBE, DISTANCE, Camera
from colorquant_gui.ui.space3d.shapes import Discs, Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.style import SceneStyle

PIXELS, CENTROIDS, TRAILS = "pixels", "centroids", "trails"
LAYERS = (PIXELS, CENTROIDS, TRAILS)

# Radius in logical pixels of a centroid whose share is 1 / k.
_MEAN_RADIUS = 10.0
_MEAN_RADIUS_OF_MANY = 5.0
_SMALLEST, _LARGEST = 0.45, 2.2
# How much of a trail's beginning is left.
_OLDEST = 0.25


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
        Which of "pixels", "centroids" and "trails" are shown.
    points : ndarray of uint8, shape (m, 4)
        R, G, B and population of the colours that may be drawn, those to draw first first.
    total : int
        Unique colours of the picture, drawn or not.
    centroids : ndarray of float64, shape (k, 3)
        Channels 0..255.
    counts : ndarray of float64, shape (k,)
        Population of each centroid.
    trails : ndarray of float64, shape (t, k, 3)
        Earlier positions, the oldest first.
    focused : bool
        Whether a focus ring is drawn.
    """

    style: SceneStyle
    camera: Camera = field(default_factory=Camera)
    layers: frozenset[str] = frozenset(LAYERS)
    points: NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 4), np.uint8))
    total: int = 0
    centroids: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 3)))
    counts: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    trails: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0, 3)))
    focused: bool = False
    _layout: tuple[object, AxesLayout] | None = None

    def visible_points(self) -> NDArray[np.uint8]:
        """Points to draw with the layers as they are, shape (m, 4)."""
        return self.points if PIXELS in self.layers else self.points[:0]

    def point_diameter(self, drawn: int) -> float:
        """Diameter of the disc of a colour, in units of colour: smaller where there are many.

        Parameters
        ----------
        drawn : int
            How many are drawn: the fewer of all that there are, the more each stands for.
        """
        every = _diameter(len(self.points))
        return math.sqrt(every * _diameter(min(drawn, len(self.points))))

    def axes(self, width: int, height: int) -> AxesLayout:
        """Lay out the frame of the cube; the same view again costs nothing."""
        key = (self.camera, width, height, self.style)
        if self._layout is None or self._layout[0] != key:
            normal = QFontMetricsF(self.style.font)
            strong = QFontMetricsF(bold(self.style.font))

            def size(text: str, is_bold: bool) -> tuple[float, float]:
                metrics = strong if is_bold else normal
                return metrics.horizontalAdvance(text), metrics.capHeight() + 4.0

            layout = layout_axes(self.camera, width, height, self.style, size)
            self._layout = (key, layout)
        return self._layout[1]

    def discs(self, width: int, height: int) -> Discs:
        """Lay out the centroids, the farthest first."""
        if CENTROIDS not in self.layers or not len(self.centroids):
            return Discs.none()
        centers, depth = self.camera.project(self.centroids, width, height)
        radii = centroid_radii(self.counts) * DISTANCE / depth
        order = np.argsort(-depth, kind="stable")
        return Discs(
            centers[order].astype(np.float32),
            radii[order].astype(np.float32),
            _rounded(self.centroids[order]),
        )

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
        position, _ = self.camera.project(path, width, height)
        ends = np.stack([position[:-1], position[1:]], axis=2)
        moved = np.abs(ends[:, :, 1] - ends[:, :, 0]).max(axis=2) > 0.05
        n = len(path)
        fade = np.linspace(0.0, 1.0, n)
        alpha = _OLDEST + (1.0 - _OLDEST) * np.stack([fade[:-1], fade[1:]], axis=1)
        colors = np.empty((*ends.shape[:3], 4), np.uint8)
        colors[..., :3] = _rounded(np.stack([path[:-1], path[1:]], axis=2))
        colors[..., 3] = np.rint(alpha * 255)[:, None, :]
        widths = np.broadcast_to(1.25 + fade[1:, None], moved.shape)[moved].astype(np.float32)
        return Strokes(ends[moved].astype(np.float32), colors[moved], widths, ringed=True)

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


def _rounded(colors: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.clip(np.rint(colors), 0, 255).astype(np.uint8)
