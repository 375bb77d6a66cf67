"""Picker: which colour or centroid is under the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.balls import ball_radii
from colorquant_gui.ui.space3d.camera import DISTANCE
from colorquant_gui.ui.space3d.look import HIDDEN, SHOWN
from colorquant_gui.ui.space3d.marks import discs
from colorquant_gui.ui.space3d.point_cells import PointCells
from colorquant_gui.ui.space3d.shapes import OUTLINE, RING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene

# A ball may be smaller than what a hand can point at: so many logical pixels away will do.
_REACH = 6.0


@dataclass(frozen=True)
class _Balls:
    """Some of a scene's points as they are drawn.

    Attributes
    ----------
    rows : ndarray of int64, shape (m,)
        Which ones.
    away, depth, radii : ndarray of float64, shape (m,)
        How far their centres are from the place on the screen, and from the eye, and how big
        they are; the first and the last in logical pixels.
    """

    rows: NDArray[np.intp]
    away: NDArray[np.float64]
    depth: NDArray[np.float64]
    radii: NDArray[np.float64]

    def only(self, chosen: NDArray[np.bool_]) -> _Balls:
        """Return those that are chosen, shape (m,)."""
        return _Balls(self.rows[chosen], self.away[chosen], self.depth[chosen], self.radii[chosen])


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
        self._cells = PointCells(self._columns)
        self._found: _Balls | None = None
        self._found_by: object = None

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

        Looking again where no ball has moved costs next to nothing.

        Parameters
        ----------
        x, y, width, height
            As for `centroid`.
        """
        near, states = self._near(x, y, width, height), self._scene.states
        if states is not None:
            near = near.only(states[near.rows] != HIDDEN)
        if not len(near.rows):
            return None
        covering = near.only(near.away <= near.radii)
        if not len(covering.rows):
            closest = int(near.away.argmin())
            return int(near.rows[closest]) if near.away[closest] <= _REACH else None
        if states is not None:
            # What is dimmed lies behind all that is not.
            bright = states[covering.rows] == SHOWN
            covering = covering.only(bright) if bright.any() else covering
        return int(covering.rows[covering.depth.argmin()])

    def _near(self, x: float, y: float, width: int, height: int) -> _Balls:
        """Find the balls that a place may belong to, hidden ones among them."""
        scene = self._scene
        n = len(scene.visible_points())
        columns = self._placed(n)
        key = (scene.camera, scene.look, n, x, y, width, height)
        if self._found is None or self._found_by != key:
            self._found, self._found_by = self._search(columns, x, y, width, height), key
        return self._found

    def _search(
        self, columns: NDArray[np.float32], x: float, y: float, width: int, height: int
    ) -> _Balls:
        scene = self._scene
        scale = scene.point_diameter(columns.shape[1]) * scene.camera.point_scale(width, height) / 2
        reach = max(_REACH, 2.0 * scale / DISTANCE * 2.0)

        def close(places: NDArray[np.float32], margin: float) -> NDArray[np.intp]:
            return scene.camera.near(places, x, y, reach, width, height, margin)

        changing = scene.is_changing
        rows = close(columns, 0.0) if changing else self._cells.near(columns.shape[1], close)
        position, depth = scene.camera.project(columns[:, rows].T, width, height)
        away = np.hypot(position[:, 0] - x, position[:, 1] - y)
        # as they are drawn, though never too small to be pointed at
        radii = np.maximum(ball_radii(scene, rows, depth, width, height), 0.5)
        return _Balls(rows, away, depth, radii).only(away <= np.maximum(radii, _REACH))

    def _placed(self, n: int) -> NDArray[np.float32]:
        """Where the first n points are, shape (3, n), made once for any number of looks."""
        scene = self._scene
        if scene.is_changing:
            self._world = self._found = None
            return np.ascontiguousarray(scene.places(n).T)
        if self._world is not scene.world or self._columns.shape[1] < n:
            self._world, self._columns = scene.world, np.ascontiguousarray(scene.places(n).T)
            self._cells = PointCells(self._columns)
            self._found = None
        return self._columns[:, :n]
