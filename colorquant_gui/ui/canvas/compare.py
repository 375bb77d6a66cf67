"""Ways to compare the original with the result, and how each divides the canvas."""

from __future__ import annotations

import enum
from dataclasses import dataclass

SIDE_GAP = 2


class CompareMode(enum.Enum):
    """What the canvas shows: both in one place, both beside each other, or one alone."""

    SPLIT = "split"
    SIDE_BY_SIDE = "side"
    ORIGINAL = "original"
    RESULT = "result"


@dataclass(frozen=True)
class Pane:
    """A part of the canvas with its own view of the same place.

    Attributes
    ----------
    x : int
        Where it starts, in device pixels of the canvas.
    width : int
        Its width in device pixels.
    """

    x: int
    width: int


def panes(mode: CompareMode, width: int, ratio: float) -> list[Pane]:
    """Divide a canvas.

    Parameters
    ----------
    mode : CompareMode
        How.
    width : int
        Of the canvas, in device pixels.
    ratio : float
        Device pixels per logical pixel.

    Returns
    -------
    list of Pane
        One, or two of the same width with a gap between them.
    """
    if mode is not CompareMode.SIDE_BY_SIDE:
        return [Pane(0, width)]
    half = max(0, (width - round(SIDE_GAP * ratio)) // 2)
    return [Pane(0, half), Pane(width - half, half)]
