"""Clustering spaces. One is a `ColorSpace` and one line in `COLOR_SPACES`.

Every space is reached from sRGB bytes by the same steps: decode each channel by a table, multiply
by a matrix, apply a curve, multiply by another matrix. Coordinates are rounded to a fixed step, far
below what can be seen, so that sums of them are exact, and all of it is done with +, -, * and /
alone, which IEEE 754 rounds the same way everywhere: a fit gives the same bytes on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.core.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_THIRD_OF_EXPONENT = 709921077


def _cube_root(values: Floats) -> Floats:
    """Cube root of positive numbers: a third of the exponent, then three of Halley's steps."""
    bits = values.astype(np.float32).view(np.int32) // 3 + np.int32(_THIRD_OF_EXPONENT)
    root = bits.view(np.float32).astype(np.float64)
    for _ in range(3):
        cube = root * root * root
        root = root * (cube + 2.0 * values) / (2.0 * cube + values)
    return root


def _fifth_root(values: Floats) -> Floats:
    """Fifth root of numbers in 0..1, by Newton's method."""
    root = np.ones_like(values)
    for _ in range(60):
        fourth = root * root * root * root
        root = root - (fourth * root - values) / (5.0 * fourth)
    return root


def _no_curve(values: Floats) -> Floats:
    return values


def _cie_lightness(values: Floats) -> Floats:
    """F of CIE 15:2004, 8.2.1: the cube root with a straight line near black."""
    line = values * (841.0 / 108.0) + 16.0 / 116.0
    return np.where(values > 216.0 / 24389.0, _cube_root(values), line)


_CURVES: tuple[Callable[[Floats], Floats], ...] = (_no_curve, _cube_root, _cie_lightness)
_NONE, _CUBE_ROOT, _LIGHTNESS = range(3)


def _decode_srgb(encoded: Floats) -> Floats:
    """Linear values of sRGB ones, 0..1, IEC 61966-2-1:1999."""
    base = (encoded + 0.055) / 1.055
    # base ** 2.4, without a pow() that differs from system to system
    power = base * base * _fifth_root(base * base)
    return np.where(encoded <= 0.04045, encoded / 12.92, power)


_LINEAR = _decode_srgb(np.arange(256) / 255.0)


def _encode_srgb(linear: Floats) -> NDArray[np.uint8]:
    """Nearest sRGB byte of linear values, clipped: the inverse of the table, so exact for it."""
    # half way, in the encoding, between neighbouring bytes
    borders = _decode_srgb((np.arange(255, dtype=np.float64) + 0.5) / 255.0)
    return np.searchsorted(borders, linear).astype(np.uint8)


def multiplied(matrix: Floats, values: NDArray[Any]) -> Floats:
    """Return ``values @ matrix.T``, added in a fixed order.

    Not by BLAS, whose last bits differ from one to the next, and whose threads take far longer to
    meet than so small products take: for 131,072 colours 55 ms of processor time instead of 2.

    Parameters
    ----------
    matrix : ndarray of float64, shape (m, 3)
        Applied to each of the values.
    values : ndarray, shape (..., 3)
        Of any type of number.

    Returns
    -------
    ndarray of float64, shape (..., m)
        The products.
    """
    x, y, z = (np.asarray(values[..., axis], np.float64) for axis in range(3))
    return np.stack([row[0] * x + row[1] * y + row[2] * z for row in matrix], axis=-1)


def _inverse(matrix: Floats) -> Floats:
    """Inverse by cofactors: a linear algebra library's last bits differ from one to the next."""
    (a, b, c), (d, e, f), (g, h, i) = matrix.tolist()
    cofactors = [
        [e * i - f * h, c * h - b * i, b * f - c * e],
        [f * g - d * i, a * i - c * g, c * d - a * f],
        [d * h - e * g, b * g - a * h, a * e - b * d],
    ]
    determinant = a * cofactors[0][0] + b * cofactors[1][0] + c * cofactors[2][0]
    inverse: Floats = np.array(cofactors) / determinant
    return inverse


@dataclass(frozen=True, eq=False)
class ColorSpace:
    """A space to cluster in.

    Attributes
    ----------
    key : str
        The name in settings and on the command line.
    label : str
        The name for people.
    axes : tuple of str
        Names of the three coordinates.
    source : str
        Where the formulas are defined.
    decode : ndarray of float64, shape (256,)
        What each byte stands for.
    inner, outer : ndarray of float64, shape (3, 3)
        The matrices before and after the curve.
    curve : int
        0 none, 1 the cube root, 2 the CIE lightness function.
    offset : ndarray of float64, shape (3,)
        Added at the end.
    scale : float
        Steps of the fixed-point grid in one unit, a power of two; at most 2**15 steps from 0.
    """

    key: str
    label: str
    axes: tuple[str, str, str]
    source: str
    decode: Floats
    inner: Floats
    curve: int
    outer: Floats
    offset: Floats
    scale: float

    @property
    def unit(self) -> float:
        """What one of 255 steps from black to white is along the first axis."""
        return float(self.from_srgb(np.full(3, 255, np.uint8))[0]) / 255.0

    def from_srgb(self, colors: NDArray[np.uint8]) -> Floats:
        """Convert sRGB colours to this space.

        Parameters
        ----------
        colors : ndarray of uint8, shape (..., 3)
            sRGB, 0..255.

        Returns
        -------
        ndarray of float64, shape (..., 3)
            Coordinates, multiples of ``1 / scale``.
        """
        inner = _CURVES[self.curve](multiplied(self.inner, self.decode[colors]))
        exact = multiplied(self.outer, inner) + self.offset
        # + 0.0 turns -0.0, which compares equal but is other bits, into 0.0
        return np.rint(exact * self.scale) / self.scale + 0.0

    def to_srgb(self, coordinates: Floats) -> NDArray[np.uint8]:
        """Convert back to the nearest sRGB bytes, each channel clipped into the gamut.

        Parameters
        ----------
        coordinates : ndarray of float64, shape (..., 3)
            Points of this space.

        Returns
        -------
        ndarray of uint8, shape (..., 3)
            sRGB, 0..255.
        """
        if self.key == "srgb":
            return np.clip(np.rint(coordinates), 0, 255).astype(np.uint8)
        curved = multiplied(_inverse(self.outer), coordinates - self.offset)
        if self.curve == _CUBE_ROOT:
            curved = curved * curved * curved
        elif self.curve == _LIGHTNESS:
            line = (curved - 16.0 / 116.0) * (108.0 / 841.0)
            curved = np.where(curved > 6.0 / 29.0, curved * curved * curved, line)
        return _encode_srgb(multiplied(_inverse(self.inner), curved))


_IDENTITY = np.eye(3)
_ZERO = np.zeros(3)

# IEC 61966-2-1:1999, linear sRGB to CIE 1931 XYZ, its white D65 on the rows' sums
_SRGB_TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)
_SRGB_TO_WHITE = _SRGB_TO_XYZ / _SRGB_TO_XYZ.sum(axis=1, keepdims=True)

SRGB = ColorSpace(
    key="srgb",
    label="sRGB",
    axes=("R", "G", "B"),
    source="IEC 61966-2-1:1999",
    decode=np.arange(256, dtype=np.float64),
    inner=_IDENTITY,
    curve=_NONE,
    outer=_IDENTITY,
    offset=_ZERO,
    scale=1.0,
)

LINEAR = ColorSpace(
    key="linear",
    label="Linear RGB",
    axes=("R", "G", "B"),
    source="IEC 61966-2-1:1999, without the transfer function",
    decode=_LINEAR,
    inner=_IDENTITY,
    curve=_NONE,
    outer=_IDENTITY,
    offset=_ZERO,
    scale=2.0**15,
)

CIELAB = ColorSpace(
    key="cielab",
    label="CIELAB",
    axes=("L*", "a*", "b*"),
    source="CIE 15:2004, 8.2.1, white point D65 of sRGB",
    decode=_LINEAR,
    inner=_SRGB_TO_WHITE,
    curve=_LIGHTNESS,
    outer=np.array([[0.0, 116.0, 0.0], [500.0, -500.0, 0.0], [0.0, 200.0, -200.0]]),
    offset=np.array([-16.0, 0.0, 0.0]),
    scale=2.0**8,
)

OKLAB = ColorSpace(
    key="oklab",
    label="Oklab",
    axes=("L", "a", "b"),
    source="B. Ottosson 2020, A perceptual color space for image processing",
    decode=_LINEAR,
    inner=np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    ),
    curve=_CUBE_ROOT,
    outer=np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    ),
    offset=_ZERO,
    scale=2.0**15,
)

COLOR_SPACES: dict[str, ColorSpace] = {space.key: space for space in (SRGB, LINEAR, CIELAB, OKLAB)}


def color_space(name: str) -> ColorSpace:
    """Look a space up by its key.

    Parameters
    ----------
    name : str
        A key of `COLOR_SPACES`.

    Returns
    -------
    ColorSpace
        The space.

    Raises
    ------
    InvalidParameterError
        There is no such space; the message names those there are.
    """
    try:
        return COLOR_SPACES[name]
    except KeyError:
        names = ", ".join(COLOR_SPACES)
        raise InvalidParameterError(f"Unknown colour space “{name}”; there are {names}.") from None
