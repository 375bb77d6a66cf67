"""The outline of the sRGB gamut in a space: the twelve edges of the RGB cube, in their colours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.shapes import Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.spaces import DisplaySpace

# Closer near black, where spaces with a curve bend most.
_STEPS = np.array([0, 2, 5, 10, *range(15, 256, 15)])
_EDGES = [(axis, u, v) for axis in range(3) for u in (0, 255) for v in (0, 255)]
_INWARDS = 6
# Where neighbouring colours are that far apart, as black is in a cylinder, there is no line.
_JUMP = 45.0
_WIDTH = 1.25


@cache
def _samples() -> NDArray[np.uint8]:
    """Colours along the edges and what lies inwards of them on both faces, shape (12, s, 3, 3)."""
    samples = np.empty((len(_EDGES), len(_STEPS), 3, 3), np.uint8)
    for number, (axis, u, v) in enumerate(_EDGES):
        first, second = (axis + 1) % 3, (axis + 2) % 3
        samples[number, :, :, axis] = _STEPS[:, None]
        samples[number, :, :, first] = u
        samples[number, :, :, second] = v
        samples[number, :, 1, first] = abs(u - _INWARDS)
        samples[number, :, 2, second] = abs(v - _INWARDS)
    return samples


class Gamut:
    """Where the outline lies in a space.

    Parameters
    ----------
    space : DisplaySpace
        Which one.

    Attributes
    ----------
    places : ndarray of float64, shape (12, s, 3)
        Polylines in the world.
    colors : ndarray of uint8, shape (12, s, 3)
        Their sRGB colours.
    """

    def __init__(self, space: DisplaySpace) -> None:
        samples = _samples()
        places = space.positions(samples).astype(np.float64)
        self.places = places[:, :, 0]
        self.colors = samples[:, :, 0]
        along = np.gradient(self.places, axis=1)
        inwards = [places[:, :, number] - self.places for number in (1, 2)]
        # A face contains the edge and one of the two ways inwards; the other one is behind it.
        self._normals = [
            _away(np.cross(along, inwards[1]), inwards[0]),
            _away(np.cross(along, inwards[0]), inwards[1]),
        ]

    def strokes(
        self, camera: Camera, width: int, height: int, former: Gamut | None, progress: float
    ) -> tuple[Strokes, Strokes]:
        """Lay the outline out for one view.

        Parameters
        ----------
        camera : Camera
            Where it is seen from.
        width, height : int
            Size of the window in logical pixels.
        former : Gamut or None
            That of the space it comes from.
        progress : float
            0 where it looks as the former one does, 1 where it has arrived.

        Returns
        -------
        tuple of 2 Strokes
            What lies behind the colours, and what lies in front of them: an edge whose two faces
            are both seen. That is exact where the gamut is convex.
        """
        places = self.places
        if former is not None:
            places = former.places + (places - former.places) * progress
        towards = camera.eye() - places
        seen = [(normals * towards).sum(axis=-1) > 0 for normals in self._normals]
        near = seen[0] & seen[1]
        near = near[:, :-1] & near[:, 1:]
        shown = np.linalg.norm(np.diff(places, axis=1), axis=-1) < _JUMP
        position, _ = camera.project(places, width, height)
        ends = np.stack([position[:, :-1], position[:, 1:]], axis=2).astype(np.float32)
        colors = np.full((*ends.shape[:3], 4), 255, np.uint8)
        colors[..., :3] = np.stack([self.colors[:, :-1], self.colors[:, 1:]], axis=2)

        def chosen(which: NDArray[np.bool_]) -> Strokes:
            return Strokes(ends[which], colors[which], np.full(int(which.sum()), _WIDTH, "f4"))

        return chosen(shown & ~near), chosen(shown & near)


def _away(normals: NDArray[np.float64], inwards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn normals away from what lies inwards."""
    flipped = (normals * inwards).sum(axis=-1, keepdims=True) > 0
    return np.where(flipped, -normals, normals)
