"""Look: how the cloud is drawn, as the person has chosen."""

from __future__ import annotations

from dataclasses import dataclass

# What a point is: left out, faded into the background, or as it is.
HIDDEN, DIM, SHOWN = 0, 1, 2
# How much of the background a dimmed point takes on.
DIM_SHARE = 0.86

TRUE, BY_CLUSTER, BY_ERROR = "true", "cluster", "error"
COLOR_MODES = (TRUE, BY_CLUSTER, BY_ERROR)
FREQUENCY, EQUAL = "frequency", "equal"
SIZE_MODES = (FREQUENCY, EQUAL)
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
        "frequency" or "equal".
    opacity : float
        0.05..1.
    point_size : float
        0.5..4; 1 is the size that suits their number.
    """

    color_mode: str = TRUE
    size_mode: str = FREQUENCY
    opacity: float = 1.0
    point_size: float = 1.0

    @property
    def equal_sizes(self) -> bool:
        """Whether the population makes no difference to the size."""
        return self.size_mode == EQUAL


@dataclass(frozen=True)
class Highlight:
    """What stands out.

    Attributes
    ----------
    color : tuple of 3 ints or None
        An sRGB colour, 0..255, that gets a ring.
    cluster : int or None
        A centroid whose points stay while the others are dimmed.
    """

    color: tuple[int, int, int] | None = None
    cluster: int | None = None
