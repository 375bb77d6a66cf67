"""Picker: which colour or centroid is under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.camera import DISTANCE
from colorquant_gui.ui.space3d.look import HIDDEN, SHOWN
from colorquant_gui.ui.space3d.marks import discs
from colorquant_gui.ui.space3d.shapes import OUTLINE, RING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene

# A ball may be smaller than what a hand can point at: so many logical pixels away will do.
_REACH = 6.0


class Picker:
    """Finds what is seen at a place; a few milliseconds for a million points.

    Parameters
    ----------
    scene : Scene
        Where to pick.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._world: NDArray[np.float32] | None = None
        self._columns = np.empty((3, 0), np.float32)

    def centroid(self, x: float, y: float, width: int, height: int) -> int | None:
        """Return the centroid whose disc is under a place, the nearest to the eye first.

        Parameters
        ----------
        x, y : float
            Logical pixels from the top left corner.
        width, height : int
            Size of the window in logical pixels.
        """
        shown = discs(self._scene, width, height)
        away = np.hypot(*(shown.centers - (x, y)).T)
        hit = np.flatnonzero(away <= shown.radii + RING + OUTLINE)
        return int(shown.order[hit[-1]]) if len(hit) else None

    def point(self, x: float, y: float, width: int, height: int) -> int | None:
        """Return the row in the scene's points of the ball under a place, or close to it.

        Parameters
        ----------
        x, y, width, height
            As for `centroid`.
        """
        scene = self._scene
        n = len(scene.visible_points())
        columns = self._placed(n)
        scale = scene.point_diameter(n) * scene.camera.point_scale(width, height) / 2
        reach = max(_REACH, 2.0 * scale / DISTANCE * 2.0)
        rows = scene.camera.near(columns, x, y, reach, width, height)
        if scene.states is not None:
            rows = rows[scene.states[rows] != HIDDEN]
        if not len(rows):
            return None
        position, depth = scene.camera.project(columns[:, rows].T, width, height)
        away = np.hypot(position[:, 0] - x, position[:, 1] - y)
        radii = self._radii(rows, depth, scale)
        covering = np.flatnonzero(away <= radii)
        if len(covering):
            # What is dimmed lies behind all that is not.
            if scene.states is not None:
                bright = scene.states[rows[covering]] == SHOWN
                covering = covering[bright] if bright.any() else covering
            return int(rows[covering[depth[covering].argmin()]])
        closest = int(away.argmin())
        return int(rows[closest]) if away[closest] <= _REACH else None

    def _placed(self, n: int) -> NDArray[np.float32]:
        """Where the first n points are, shape (3, n), made once for any number of looks."""
        scene = self._scene
        if scene.is_changing:
            self._world = None
            return np.ascontiguousarray(scene.places(n).T)
        if self._world is not scene.world or self._columns.shape[1] < n:
            self._world, self._columns = scene.world, np.ascontiguousarray(scene.places(n).T)
        return self._columns[:, :n]

    def _radii(
        self, rows: NDArray[np.intp], depth: NDArray[np.float64], scale: float
    ) -> NDArray[np.float64]:
        """Radii of balls in logical pixels, as they are drawn."""
        scene = self._scene
        spread = 1.2 if scene.look.equal_sizes else 0.8 + scene.points[rows, 3] / 255.0
        radii: NDArray[np.float64] = spread * scale / DISTANCE * scene.camera.magnification(depth)
        return np.maximum(radii, 0.5)
