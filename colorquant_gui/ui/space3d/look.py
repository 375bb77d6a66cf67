"""Look: how the cloud is drawn, as the person has chosen."""

from __future__ import annotations

from dataclasses import dataclass

# What a point is: left out, faded into the background, or as it is.
HIDDEN, DIM, SHOWN = 0, 1, 2
# How much of the background a dimmed point takes on.
DIM_SHARE = 0.86

TRUE, BY_CLUSTER, BY_ERROR = "true", "cluster", "error"
COLOR_MODES = (TRUE, BY_CLUSTER, BY_ERROR)
FREQUENCY, EQUAL, CELLS = "frequency", "equal", "cells"
SIZE_MODES = (FREQUENCY, EQUAL, CELLS)
# Bits of each channel that tell the cells of the histogram apart.
CELL_BITS = (2, 3, 4, 5)
MIN_OPACITY = 0.05
MIN_POINT_SIZE, MAX_POINT_SIZE = 0.5, 4.0


@dataclass(frozen=True)
class Look:
    """How points are drawn.

    Attributes
    ----------
    color_mode : str
        "true", "cluster" or "error".
    size_mode : str
        "frequency", "equal", or "cells" for balls that stand for many colours each.
    opacity : float
        0.05..1.
    point_size : float
        0.5..4; 1 is the size that suits their number.
    cell_bits : int
        2..5; there are 2 ** cell_bits cells along each edge of the RGB cube.
    """

    color_mode: str = TRUE
    size_mode: str = FREQUENCY
    opacity: float = 1.0
    point_size: float = 1.0
    cell_bits: int = 4

    @property
    def spread(self) -> tuple[float, float]:
        """How big the rarest colour is drawn, and how much bigger the most populous one."""
        return (1.2, 0.0) if self.size_mode == EQUAL else (0.8, 1.0)

    @property
    def gathered_by(self) -> int | None:
        """Bits of a channel that colours are gathered by; None where each is drawn for itself."""
        return self.cell_bits if self.size_mode == CELLS else None


@dataclass(frozen=True)
class Highlight:
    """What stands out.

    Attributes
    ----------
    color : tuple of 3 ints or None
        An sRGB colour, 0..255, that gets a ring.
    cluster : int or None
        A centroid whose points stay while the others are dimmed.
    ball : int or None
        The row of the cell that the colour is in, which gets the ring in its place.
    """

    color: tuple[int, int, int] | None = None
    cluster: int | None = None
    ball: int | None = None
