"""The worked example: three centres, one colour, three distances, in a picture of a few tones.

One colour and three centres, all of them tones of skin and sand: the squared distances are
16 + 64 + 49 = 129, 676 + 1,296 + 1,089 = 3,061 and 1,849 + 841 + 1,089 = 3,779, so the first centre
is the nearest. From there k-means is done step by step, until nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLOR = (216, 175, 145)
"""The one colour, sRGB."""

CENTERS = ((220, 183, 152), (242, 211, 178), (173, 146, 112))
"""The three centres that the run starts from, sRGB."""

NAME = "worked-example.png"
"""What the picture is called; it is no file."""

WIDTH, HEIGHT = 160, 100
"""Size of the picture, pixels."""

# Tone and pixels of every dune, from the horizon to the front. So chosen that the one colour
# belongs to the first centre until that has moved away, and then to the second.
_DUNES = (
    ((245, 210, 178), 1900),
    ((230, 186, 167), 2100),
    (COLOR, 800),
    ((202, 166, 128), 1450),
    ((181, 147, 123), 2600),
    ((165, 137, 105), 2000),
    ((131, 106, 82), 1650),
    ((63, 49, 41), 900),
    ((51, 40, 33), 2600),
)


def picture() -> NDArray[np.uint8]:
    """Draw dunes, each in one tone.

    Returns
    -------
    ndarray of uint8, shape (100, 160, 3)
        sRGB; nine colours, `COLOR` among them.
    """
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    depth = y + 6 * np.sin(2 * np.pi * x / 110 + y / 16) + 3 * np.sin(2 * np.pi * x / 47 - y / 11)
    # by rank, so that every dune has just its number of pixels; rounded, so that it has the same
    # ones wherever a sine ends in other digits
    order = np.argsort(np.round(depth, 6), axis=None, kind="stable")
    rgb = np.empty((HEIGHT * WIDTH, 3), np.uint8)
    tones, sizes = zip(*_DUNES, strict=True)
    rgb[order] = np.repeat(np.array(tones, np.uint8), sizes, axis=0)
    return rgb.reshape(HEIGHT, WIDTH, 3)


@dataclass(frozen=True)
class Distance:
    """How far the one colour is from a centre, with the steps of the calculation.

    Attributes
    ----------
    center : tuple of float
        The centre, sRGB 0..255.
    differences : tuple of float
        The colour less the centre, for R, G and B.
    squares : tuple of float
        Their squares.
    squared : float
        The sum of these.
    length : float
        Its square root: the distance, in levels of 0..255.
    """

    center: tuple[float, float, float]
    differences: tuple[float, float, float]
    squares: tuple[float, float, float]
    squared: float
    length: float


def distances(color: tuple[int, int, int], centers: NDArray[np.float64]) -> list[Distance]:
    """Calculate the Euclidean distances of a colour to some centres.

    Parameters
    ----------
    color : tuple of int
        The colour, sRGB 0..255.
    centers : ndarray of float64, shape (k, 3)
        The centres, sRGB 0..255.

    Returns
    -------
    list of Distance
        One for each centre.

    Raises
    ------
    InvalidParameterError
        `centers` has another shape.
    """
    if centers.ndim != 2 or centers.shape[1] != 3:
        raise InvalidParameterError(f"Centres must have shape (k, 3), not {centers.shape}.")
    found = []
    for center in centers.astype(np.float64):
        differences = np.array(color, np.float64) - center
        squares = differences * differences
        squared = float(squares.sum())
        found.append(
            Distance(_triple(center), _triple(differences), _triple(squares), squared, squared**0.5)
        )
    return found


def nearest(found: list[Distance]) -> int:
    """Return the number of the shortest distance, the lowest where several are."""
    return min(range(len(found)), key=lambda number: found[number].squared)


def _triple(values: NDArray[np.float64]) -> tuple[float, float, float]:
    first, second, third = values.tolist()
    return first, second, third
