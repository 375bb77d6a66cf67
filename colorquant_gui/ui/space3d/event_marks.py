"""Moves: where a search for a better optimum has split and dropped centroids, as marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.marks import centroid_radii, disc_scale
from colorquant_gui.ui.space3d.scene import rounded
from colorquant_gui.ui.space3d.shapes import OUTLINE, RING, Strokes
from colorquant_gui.ui.space3d.slice_left import centroids_left, places_left

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene

_GAP = 5.0
_SIDES = 40
_WIDTH = 2.0
_PLUS, _PLUS_WIDTH = 6.0, 1.0
_CROSS, _CROSS_WIDTH = 11.0, 1.0
_WHITE = np.full((1, 3), 255, np.uint8)
# A cross fades from its middle to its ends: what was there is going.
_FADED = 0.25
# A born centroid is known by its place: it is not farther away than this, in levels of sRGB.
_SAME = 24.0


@dataclass(frozen=True, eq=False)
class Moves:
    """A leap of the search, of which nothing is seen where the slice of a scene hides it.

    Attributes
    ----------
    born : ndarray of float64, shape (m, 3)
        Where clusters were split, in sRGB 0..255: a halo with a plus.
    dropped : ndarray of float64, shape (n, 3)
        Which places centroids have left: a cross that fades.
    """

    born: NDArray[np.float64]
    dropped: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.born) + len(self.dropped)

    def halos(self, scene: Scene, width: int, height: int) -> Strokes:
        """Lay out the halos, to be drawn under the centroids."""
        left, centers, radii = self._rings(scene, width, height)
        angle = np.linspace(0.0, 2 * np.pi, _SIDES + 1)
        round_about = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        rim = centers[:, None] + radii[:, None, None] * round_about
        ends = np.stack([rim[:, :-1], rim[:, 1:]], axis=2).reshape(-1, 2, 2)
        return _ringed(ends, np.repeat(rounded(self.born[left]), _SIDES, axis=0), _WIDTH)

    def signs(self, scene: Scene, width: int, height: int) -> Strokes:
        """Lay out pluses and crosses, to be drawn over the centroids."""
        _, centers, radii = self._rings(scene, width, height)
        corner = centers + np.array([1.0, -1.0]) * (radii[:, None] + _PLUS) * np.sqrt(0.5)
        upright = np.array([[[-1.0, 0.0], [1.0, 0.0]], [[0.0, -1.0], [0.0, 1.0]]]) * _PLUS
        pluses = (corner[:, None, None] + upright).reshape(-1, 2, 2)
        born = _ringed(pluses, _WHITE, _PLUS_WIDTH)
        gone = self.dropped[places_left(scene, self.dropped)]
        middle, _ = scene.camera.project(scene.place(gone), width, height)
        tips = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]]) * _CROSS * 0.7
        middles = np.broadcast_to(middle[:, None], (len(gone), 4, 2))
        arms = np.stack([middles, middles + tips], axis=2).reshape(-1, 2, 2)
        dropped = _ringed(arms, _WHITE, _CROSS_WIDTH)
        dropped.colors[:, 1, 3] = round(255 * _FADED)
        return Strokes.joined([born, dropped], ringed=True)

    def _rings(
        self, scene: Scene, width: int, height: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
        """Which of the born are seen; their centres and radii in logical pixels.

        They are around the centroid that stands there, if any.
        """
        left = places_left(scene, self.born)
        centers, depth = scene.camera.project(scene.place(self.born), width, height)
        radii = np.full(len(self.born), float(centroid_radii(np.ones(1))[0]))
        if len(scene.centroids) and len(self.born):
            away = np.linalg.norm(self.born[:, None] - scene.centroids, axis=2)
            nearest = away.argmin(axis=1)
            known = away.min(axis=1) < _SAME
            radii[known] = centroid_radii(scene.counts)[nearest[known]]
            # While centroids glide, the halo goes with its own.
            glided, _ = scene.camera.project(scene.place(scene.centroids), width, height)
            centers[known] = glided[nearest[known]]
            left[known] = centroids_left(scene)[nearest[known]]
        radii *= scene.camera.magnification(depth) * disc_scale(width, height)
        return left, centers[left], radii[left] + RING + OUTLINE + _GAP


def _ringed(ends: NDArray[np.float64], colors: NDArray[np.uint8], width: float) -> Strokes:
    rgba = np.full((len(ends), 2, 4), 255, np.uint8)
    rgba[..., :3] = colors[:, None]
    return Strokes(
        ends.astype(np.float32), rgba, np.full(len(ends), width, np.float32), ringed=True
    )
