"""What is drawn over and under the cloud, in logical pixels: strokes, discs and labels.

Both views compose these with NumPy; one hands them to OpenGL, the other to QPainter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


# A light ring within a dark one stands out from every colour and every background.
RING = 1.75
OUTLINE = 1.25
# The same for lines: how far each pass reaches beyond the line on both sides, its grey 0..1, its
# opacity. The last is the line itself.
RING_PASSES = ((2.0, 0.0, 0.8), (1.0, 1.0, 0.95), (0.0, -1.0, 1.0))


@dataclass(frozen=True, eq=False)
class Strokes:
    """Straight lines.

    Attributes
    ----------
    ends : ndarray of float32, shape (n, 2, 2)
        Both ends, x and y, in logical pixels.
    colors : ndarray of uint8, shape (n, 2, 4)
        RGBA at both ends, not premultiplied.
    widths : ndarray of float32, shape (n,)
        In logical pixels.
    ringed : bool
        Whether they have a light line within a dark one on both sides, as centroids have.
    """

    ends: NDArray[np.float32]
    colors: NDArray[np.uint8]
    widths: NDArray[np.float32]
    ringed: bool = False

    def __len__(self) -> int:
        return len(self.ends)

    def faded(self, opacity: float) -> Strokes:
        """Return the same lines, as opaque as told, 0..1."""
        if opacity >= 1.0:
            return self
        colors = np.array(self.colors)
        colors[..., 3] = np.rint(colors[..., 3] * opacity)
        return replace(self, colors=colors)

    def cased(self, rgb: Sequence[int], beyond: float) -> Strokes:
        """Return the same lines on wider ones of another colour.

        Parameters
        ----------
        rgb : sequence of 3 ints
            0..255.
        beyond : float
            How far these reach beyond the lines on both sides, in logical pixels.
        """
        colors = np.array(self.colors)
        colors[..., :3] = rgb
        casing = Strokes(self.ends, colors, self.widths + np.float32(2 * beyond))
        return Strokes.joined([casing, self], ringed=self.ringed)

    def passes(self) -> list[Strokes]:
        """Return what to draw one after the other: rings come before every line they surround.

        Lines that follow one another thus read as one, and no ring cuts it.
        """
        if not self.ringed:
            return [self]
        return [*(self._ring(*ring) for ring in RING_PASSES[:-1]), replace(self, ringed=False)]

    def _ring(self, beyond: float, grey: float, opacity: float) -> Strokes:
        colors = np.full_like(self.colors, round(255 * grey))
        colors[..., 3] = np.rint(self.colors[..., 3] * opacity)
        return Strokes(self.ends, colors, self.widths + np.float32(2 * beyond))

    @classmethod
    def none(cls) -> Strokes:
        """No lines at all."""
        return cls(
            np.empty((0, 2, 2), np.float32),
            np.empty((0, 2, 4), np.uint8),
            np.empty(0, np.float32),
        )

    @classmethod
    def plain(
        cls, ends: NDArray[np.floating], rgb: Sequence[int], alpha: float, width: float
    ) -> Strokes:
        """Lines that all have one colour and width.

        Parameters
        ----------
        ends : ndarray, shape (n, 2, 2)
            In logical pixels.
        rgb : sequence of 3 ints
            0..255.
        alpha : float
            0..1.
        width : float
            In logical pixels.
        """
        n = len(ends)
        color = np.array([*rgb, round(alpha * 255)], np.uint8)
        return cls(
            np.asarray(ends, np.float32).reshape(n, 2, 2),
            np.broadcast_to(color, (n, 2, 4)),
            np.full(n, width, np.float32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Strokes], *, ringed: bool = False) -> Strokes:
        """Several sets of lines, drawn in this order, either all with rings or all without."""
        if not parts:
            return cls.none()
        return cls(
            np.concatenate([part.ends for part in parts]),
            np.concatenate([part.colors for part in parts]),
            np.concatenate([part.widths for part in parts]),
            ringed,
        )


@dataclass(frozen=True, eq=False)
class Discs:
    """Ringed discs, in drawing order.

    Attributes
    ----------
    centers : ndarray of float32, shape (n, 2)
        In logical pixels.
    radii : ndarray of float32, shape (n,)
        Of the coloured part, in logical pixels; the rings come on top of that.
    colors : ndarray of uint8, shape (n, 3)
        sRGB.
    order : ndarray of int64, shape (n,)
        Which of the things it stands for each disc is.
    opacities : ndarray of float32, shape (n,)
        Of each with its rings, 0..1.
    """

    centers: NDArray[np.float32]
    radii: NDArray[np.float32]
    colors: NDArray[np.uint8]
    order: NDArray[np.intp]
    opacities: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.centers)

    @classmethod
    def joined(cls, parts: Sequence[Discs]) -> Discs:
        """Several sets of discs, drawn in this order."""
        if not parts:
            return cls.none()
        return cls(
            np.concatenate([part.centers for part in parts]),
            np.concatenate([part.radii for part in parts]),
            np.concatenate([part.colors for part in parts]),
            np.concatenate([part.order for part in parts]),
            np.concatenate([part.opacities for part in parts]),
        )

    @classmethod
    def none(cls) -> Discs:
        """No discs at all."""
        return cls(
            np.empty((0, 2), np.float32),
            np.empty(0, np.float32),
            np.empty((0, 3), np.uint8),
            np.empty(0, np.intp),
            np.empty(0, np.float32),
        )


@dataclass(frozen=True)
class Label:
    """A short text.

    Attributes
    ----------
    text : str
        What to write.
    rgb : tuple of 3 ints
        0..255.
    bold : bool
        Whether it is an axis name.
    x, y : float
        Its centre, in logical pixels.
    opacity : float
        0..1.
    plate : tuple of 3 ints or None
        Colour of the plate it stands on; without one it has a halo.
    """

    text: str
    rgb: tuple[int, int, int]
    bold: bool
    x: float
    y: float
    opacity: float = 1.0
    plate: tuple[int, int, int] | None = None

    def faded(self, opacity: float) -> Label:
        """Return the same text, less opaque."""
        return replace(self, opacity=self.opacity * opacity)
