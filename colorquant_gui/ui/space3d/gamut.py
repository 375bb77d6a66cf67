"""The outline of the sRGB gamut in a space: the twelve edges of the RGB cube, in their colours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import LINEAR
from colorquant_gui.ui.space3d.shapes import Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.spaces import DisplaySpace
    from colorquant_gui.ui.space3d.style import SceneStyle

# Closer near black, where spaces with a curve bend most.
_STEPS = np.array([0, 2, 5, 10, *range(15, 256, 15)])
_EDGES = [(axis, u, v) for axis in range(3) for u in (0, 255) for v in (0, 255)]
_INWARDS = 6
# Where neighbouring colours are that far apart, as black is in a cylinder, there is no line.
_JUMP = 45.0
_WIDTH = 1.25
# Where an edge has less contrast than the first to what is behind it, it lies in a line that has
# more; with the second and above it does without.
_FAINT, _CLEAR = 1.4, 2.2
_CASING_WIDTH = 2.75
# The luminance that has the same contrast to white as to black.
_MIDDLE = 0.18
# IEC 61966-2-1: what each channel adds to the luminance.
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


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
        self._luminance = _luminance(self.colors)
        along = np.gradient(self.places, axis=1)
        inwards = [places[:, :, number] - self.places for number in (1, 2)]
        # A face contains the edge and one of the two ways inwards; the other one is behind it.
        self._normals = [
            _away(np.cross(along, inwards[1]), inwards[0]),
            _away(np.cross(along, inwards[0]), inwards[1]),
        ]

    def strokes(
        self,
        camera: Camera,
        width: int,
        height: int,
        former: Gamut | None,
        progress: float,
        style: SceneStyle | None = None,
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
        style : SceneStyle or None, optional
            On what it is drawn: colours that hardly show there are cased.

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

        casing = None if style is None else self._casing(style)

        def chosen(which: NDArray[np.bool_]) -> Strokes:
            lines = Strokes(ends[which], colors[which], np.full(int(which.sum()), _WIDTH, "f4"))
            if casing is None:
                return lines
            cased = which & casing[..., 3].any(axis=-1)
            widths = np.full(int(cased.sum()), _CASING_WIDTH, "f4")
            return Strokes.joined([Strokes(ends[cased], casing[cased], widths), lines])

        return chosen(shown & ~near), chosen(shown & near)

    def _casing(self, style: SceneStyle) -> NDArray[np.uint8]:
        """Return the colours of lines around the edges, RGBA, shape (12, s - 1, 2, 4)."""
        colors = np.empty((*self._luminance.shape, 4), np.uint8)
        if style.page:
            # whatever the page is, one of both stands out from it
            is_light = self._luminance > _MIDDLE
            colors[..., :3] = np.where(is_light[..., None], style.edge, style.halo[:3])
            colors[..., 3] = 255
        else:
            colors[..., :3] = style.edge
            colors[..., 3] = np.rint(255 * self._faintness(style.background))
        return np.stack([colors[:, :-1], colors[:, 1:]], axis=2)

    def _faintness(self, ground: tuple[int, int, int]) -> NDArray[np.float64]:
        """Say how little of each colour shows on a ground, 0..1, shape (12, s)."""
        own, other = self._luminance, _luminance(np.array(ground, np.uint8))
        contrast = (np.maximum(own, other) + 0.05) / (np.minimum(own, other) + 0.05)
        return np.clip((_CLEAR - contrast) / (_CLEAR - _FAINT), 0.0, 1.0)


def _luminance(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours, 0..1 (WCAG 2.2)."""
    luminance: NDArray[np.float64] = LINEAR.from_srgb(colors.reshape(-1, 3)) @ _LUMINANCE
    return luminance.reshape(colors.shape[:-1])


def _away(normals: NDArray[np.float64], inwards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn normals away from what lies inwards."""
    flipped = (normals * inwards).sum(axis=-1, keepdims=True) > 0
    return np.where(flipped, -normals, normals)
