"""Picker: which colour or centroid is under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.look import HIDDEN
from colorquant_gui.ui.space3d.shapes import OUTLINE, RING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene

# Logical pixels a side of a cell, and how many cells away the pointer still reaches.
_CELL = 2
_REACH = 3
_NOTHING = -1
# A cell holds depth and row in one number: 1/64 of a unit, and a million rows and more.
_DEPTH_STEPS = 64.0
_ROW_BITS = 24
_FAR = np.iinfo(np.int64).max
# So many points stay in the processor's cache.
_CHUNK = 1 << 15


class Picker:
    """Finds points by a grid of the nearest one in each cell of the window.

    The grid is made when the pointer first asks for something after the view has changed; looking
    something up in it takes a fraction of a millisecond, however many points there are.

    Parameters
    ----------
    scene : Scene
        Where to pick.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._key: tuple[object, ...] = ()
        self._arrays: tuple[object, ...] = ()
        self._grid: NDArray[np.int32] = np.empty((0, 0), np.int32)
        self._places: NDArray[np.float32] = np.empty((2, 0), np.float32)

    def centroid(self, x: float, y: float, width: int, height: int) -> int | None:
        """Return the centroid whose disc is under a place, the nearest to the eye first.

        Parameters
        ----------
        x, y : float
            Logical pixels from the top left corner.
        width, height : int
            Size of the window in logical pixels.
        """
        scene = self._scene
        discs = scene.discs(width, height)
        if not len(discs):
            return None
        away = np.hypot(*(discs.centers - (x, y)).T)
        hit = np.flatnonzero(away <= discs.radii + RING + OUTLINE)
        return int(scene.disc_order()[hit[-1]]) if len(hit) else None

    def point(self, x: float, y: float, width: int, height: int) -> int | None:
        """Return the row in the scene's points of the one under a place, or close to it."""
        self._update(width, height)
        row, column = int(y // _CELL), int(x // _CELL)
        rows = slice(max(row - _REACH, 0), row + _REACH + 1)
        near = self._grid[rows, max(column - _REACH, 0) : column + _REACH + 1]
        near = near[near != _NOTHING]
        if not len(near):
            return None
        away = np.hypot(self._places[0, near] - x, self._places[1, near] - y)
        closest = int(away.argmin())
        return int(near[closest]) if away[closest] <= _CELL * _REACH else None

    def _update(self, width: int, height: int) -> None:
        scene = self._scene
        n = len(scene.visible_points())
        key = (scene.camera, width, height, n, scene.progress)
        arrays = (scene.world, scene.states)
        same = len(self._arrays) and all(a is b for a, b in zip(arrays, self._arrays, strict=True))
        if same and key == self._key:
            return
        self._key, self._arrays = key, arrays
        wide, high = width // _CELL + 1, height // _CELL + 1
        # The last cell takes what is beside the window.
        nearest = np.full(wide * high + 1, _FAR, np.int64)
        self._places = np.empty((2, n), np.float32)
        everything = scene.places(n)
        for first in range(0, n, _CHUNK):
            part = slice(first, min(first + _CHUNK, n))
            x, y, depth = scene.camera.project_many(everything[part], width, height)
            self._places[:, part] = x, y
            cell = np.float32(1 / _CELL)
            flat = (y * cell).astype(np.int32) * wide + (x * cell).astype(np.int32)
            outside = (x < 0) | (x >= width) | (y < 0) | (y >= height)
            if scene.states is not None:
                outside |= scene.states[part] == HIDDEN
            flat[outside] = wide * high
            # Of several points in one cell the nearest stays: depth first, then the row.
            packed = (depth * np.float32(_DEPTH_STEPS)).astype(np.int64) << _ROW_BITS
            packed |= np.arange(part.start, part.stop)
            np.minimum.at(nearest, flat, packed)
        rows = np.where(nearest == _FAR, _NOTHING, nearest & ((1 << _ROW_BITS) - 1))
        self._grid = rows[:-1].astype(np.int32).reshape(high, wide)
