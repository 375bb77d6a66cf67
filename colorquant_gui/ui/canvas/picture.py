"""What the canvas shows, as arrays: a picture, and the colours of its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OPAQUE = np.uint32(0xFF000000)


@dataclass(frozen=True, eq=False)
class Picture:
    """The picture on the canvas.

    Attributes
    ----------
    rgb : ndarray of uint8, shape (height, width, 3)
        Its pixels, C-contiguous.
    alpha : ndarray of uint8, shape (height, width), or None
        Its opacity, 0..255, C-contiguous; None where all is opaque.
    numbers : ndarray of int32, shape (height, width)
        Number of each pixel's colour, C-contiguous. The number after the last is transparent.
    """

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    numbers: NDArray[np.int32]

    @property
    def width(self) -> int:
        """Width in image pixels."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in image pixels."""
        return int(self.rgb.shape[0])


@dataclass(frozen=True, eq=False)
class Coloring:
    """What the result looks like: a label for every colour number, a colour for every entry.

    The entry of a pixel is its label, or one of its own where it is transparent; see
    `rendering.entries_of`. Nothing here is as long as the picture has colours but the labels, and
    those are not copied.

    Attributes
    ----------
    labels : ndarray of uint8, shape (n,)
        Index into `argb` of every colour number but the transparent one.
    argb : ndarray of uint32, shape (k,) or (k + 1,)
        Premultiplied colours, 0xAARRGGBB; the entry of transparent pixels, where there is one,
        comes last.
    """

    labels: NDArray[np.uint8]
    argb: NDArray[np.uint32]

    @classmethod
    def of(
        cls, labels: NDArray[np.uint8], colors: NDArray[np.uint8], *, transparent: bool
    ) -> Coloring:
        """Build it.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            Colour index of every colour number; must not be written to afterwards.
        colors : ndarray of uint8, shape (k, 3)
            sRGB colours.
        transparent : bool
            Whether the picture can have transparent pixels.

        Returns
        -------
        Coloring
            With an entry for transparent pixels also where there are no colours at all.
        """
        return cls(labels, _packed(colors, transparent=transparent or not len(colors)))

    @property
    def n_colors(self) -> int:
        """How many colours there are, without the transparent one."""
        return len(self.argb) - self.is_transparent

    @property
    def is_transparent(self) -> bool:
        """Whether there is an entry of transparent pixels."""
        return bool(self.argb.size and self.argb[-1] == 0)

    def recolored(self, colors: NDArray[np.uint8]) -> Coloring:
        """Return the same entries in other colours, (k, 3) uint8 as before."""
        return Coloring(self.labels, _packed(colors, transparent=self.is_transparent))


def _packed(colors: NDArray[np.uint8], *, transparent: bool) -> NDArray[np.uint32]:
    red, green, blue = colors.reshape(-1, 3).astype(np.uint32).T
    argb = _OPAQUE | red << np.uint32(16) | green << np.uint32(8) | blue
    return np.append(argb, np.uint32(0)) if transparent else argb
