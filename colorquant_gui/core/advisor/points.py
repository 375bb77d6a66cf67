"""What the advisor finds out: one point of the curve per k, and the colours a palette misses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class CurvePoint:
    """What one k costs and what it gives, at Standard quality.

    Attributes
    ----------
    k : int
        Palette entries, 2..256, with the one of transparent pixels where there are any.
    mse : float
        Squared error summed over R, G and B, averaged over the visible pixels; 0 or more.
    psnr : float
        Per-channel PSNR in dB, infinity when nothing was lost.
    mean_de : float
        Mean CIEDE2000 over the visible pixels; 0 or more.
    p95_de : float
        CIEDE2000 that 95 % of the visible pixels don't exceed; 0 or more.
    n_bytes : int or None
        Size of the PNG; None while nothing is known about it.
    bytes_estimated : bool
        Whether `n_bytes` was read off between sizes that were really encoded.
    """

    k: int
    mse: float
    psnr: float
    mean_de: float
    p95_de: float
    n_bytes: int | None = None
    bytes_estimated: bool = False


@dataclass(frozen=True, eq=False)
class MissingColor:
    """A well-populated region of colours that no palette entry comes near.

    Attributes
    ----------
    rgb : tuple of int
        Its mean as an sRGB colour, each 0..255.
    share : float
        Part of the visible pixels that belong to it, 0..1.
    distance : float
        Mean CIEDE2000 from its pixels to the palette entries that they are given.
    k_needed : int or None
        The least k of the curve so far whose palette comes near; None where none does.
    members : ndarray of int32, shape (m,)
        Numbers of its unique colours in the histogram, ascending.
    """

    rgb: tuple[int, int, int]
    share: float
    distance: float
    k_needed: int | None
    members: NDArray[np.int32]
