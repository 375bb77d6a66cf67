"""Placement: finds the place of every point in a space, and leads them from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.animator import FRAME_MS, Animator, eased

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.spaces import DisplaySpace

# Colours that are converted in one go: some ten milliseconds.
CHUNK = 1 << 17
MORPH_MS = 600


class Placement(Animator):
    """Keeps a scene's `world` in step with its points and its space.

    A chunk is converted at once; the rest follows between frames.
    """

    def set_points(self, points: NDArray[np.uint8], indices: NDArray[np.int64]) -> None:
        """Show other points.

        Parameters
        ----------
        points : ndarray of uint8, shape (m, 4)
            R, G, B and population.
        indices : ndarray of int64, shape (m,)
            Which of the picture's unique colours they are.
        """
        scene = self._scene
        scene.points, scene.indices = points, indices
        self._arrive()
        self._start_over()

    def set_space(self, space: DisplaySpace, *, animated: bool) -> None:
        """Go to another space, in 0.6 s or at once."""
        scene = self._scene
        if space is scene.space:
            return
        moves = animated and self._running
        former, n = scene.space, min(scene.placed, CHUNK)
        places = scene.places(n if scene.former is None else min(n, len(scene.former))).copy()
        self._arrive()
        scene.space = space
        if moves:
            scene.former_space, scene.progress = former, 0.0
            scene.former = places
            self._clock.start()
        self._start_over()

    def _due(self) -> int | None:
        if self._scene.is_changing:
            return FRAME_MS
        return 0 if self._scene.placed < len(self._scene.points) else None

    def _arrive(self) -> None:
        scene = self._scene
        scene.former_space, scene.former, scene.progress = None, None, 1.0

    def _start_over(self) -> None:
        scene = self._scene
        scene.world = np.empty((len(scene.points), 3), np.float32)
        scene.placed = 0
        self._place_chunk()
        self._plan()
        self.changed.emit()

    def _place_chunk(self) -> None:
        scene = self._scene
        part = slice(scene.placed, scene.placed + CHUNK)
        scene.world[part] = scene.space.positions(scene.points[part, :3])
        scene.placed = min(scene.placed + CHUNK, len(scene.points))

    def _step(self) -> None:
        scene = self._scene
        if not scene.is_changing:
            self._place_chunk()
            return
        share = self._clock.elapsed() / MORPH_MS
        if share < 1.0:
            scene.progress = eased(share)
        else:
            self._arrive()
