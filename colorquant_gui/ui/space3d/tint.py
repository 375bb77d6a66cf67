"""Tint: other colours for points, found as far as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Tint:
    """Colours of a million points, of which a frame in motion shows some ten thousand.

    Parameters
    ----------
    points : ndarray of uint8, shape (m, 4)
        R, G, B and population in their own colours.
    colors_of : callable
        Gives the colours of a slice of the points, ndarray of uint8, shape (s, 3).
    """

    def __init__(
        self, points: NDArray[np.uint8], colors_of: Callable[[slice], NDArray[np.uint8]]
    ) -> None:
        self._points, self._colors_of = points, colors_of
        self._array = np.empty_like(points)
        self._found = 0

    @property
    def found(self) -> int:
        """Points whose colour has been found."""
        return self._found

    def reach(self, n: int) -> NDArray[np.uint8]:
        """Find the colours of the first n points.

        Parameters
        ----------
        n : int
            How many are wanted; at most as many as there are count.

        Returns
        -------
        ndarray of uint8, shape (m, 4)
            R, G, B and population. The same array every time; only the first `found` rows count.
        """
        n = min(n, len(self._points))
        if n > self._found:
            part = slice(self._found, n)
            self._array[part, :3] = self._colors_of(part)
            self._array[part, 3] = self._points[part, 3]
            self._found = n
        return self._array
