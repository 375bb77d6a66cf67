"""DisplaySpace: a colour space to look at, and where its colours stand in the view."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from colorquant_gui.ui.space3d.camera import CUBE, RADIUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

MINUS = "\N{MINUS SIGN}"
_MIDDLE = CUBE / 2
# Half the diagonal of the floor: on both sides there is room for labels.
_WIDEST = 200.0
# Above is the legend.
_HIGHEST = 290.0
# Of a space whose height has a unit of its own.
_BOX_HEIGHT = 240.0
_CORNERS = np.array(list(product((0, 1), repeat=3)), np.uint8)
_ROUND_RADIUS, _ROUND_HEIGHT, _ROUND_HIGHEST = 172.0, 228.0, 270.0
_CONTEXT = "DisplaySpace"


def words(text: str) -> str:
    """Mark what a space says of itself to be translated where it is shown."""
    return str(QT_TRANSLATE_NOOP(_CONTEXT, text))


@dataclass(frozen=True)
class SpaceAxis:
    """A coordinate of a space.

    Attributes
    ----------
    name : str
        As it is written at the axis.
    low, high : float
        What the sRGB gamut takes up, or somewhat more.
    ticks : tuple of float
        Values that are numbered, from low to high; evenly chosen ones where room is scarce.
    unit : str
        Written after a number, "" for none.
    channel : int or None
        0, 1 or 2 where the axis is one of R, G and B and has that colour.
    """

    name: str
    low: float
    high: float
    ticks: tuple[float, ...]
    unit: str = ""
    channel: int | None = None

    def text(self, value: float) -> str:
        """Write a value, with a real minus sign."""
        return f"{value:g}{self.unit}".replace("-", MINUS)


@dataclass(frozen=True, eq=False)
class DisplaySpace:
    """A colour space to look at.

    The view draws everything in one world: the sphere around the RGB cube of side 255. A space is
    scaled so that what its axes span lies within that sphere. Where the axes have the same unit,
    that is by one factor: a distance looks the same in each direction.

    Attributes
    ----------
    key : str
        Its name in settings.
    label : str
        Its name for people.
    axes : tuple of 3 SpaceAxis
        Along x, y and z (up). Of a round space: the hue in degrees, the distance from the middle,
        the height.
    from_srgb8 : callable
        Takes sRGB colours, uint8 of shape (n, 3), to coordinates, float64 of shape (n, 3).
    order : tuple of 3 ints or None
        Where the space is one to cluster in: which of that one's coordinates each axis is.
    affine : bool
        Whether `from_srgb8` also takes floats, and is affine in them.
    is_round : bool
        Whether it is drawn as a cylinder around its height.
    isotropic : bool
        Whether the height has the same unit as the radius, or as the axes of the floor.
    fitted : callable or None
        Where the space, or what its axes span, depends on the picture: gives the space for
        unique colours, uint8 of shape (n, 3), and their counts, int64 of shape (n,).
    about : str
        What it is good for, in a line; `hint` is its translation.
    """

    key: str
    label: str
    axes: tuple[SpaceAxis, SpaceAxis, SpaceAxis]
    from_srgb8: Callable[[NDArray[Any]], NDArray[np.float64]]
    order: tuple[int, int, int] | None = None
    affine: bool = False
    is_round: bool = False
    isotropic: bool = True
    fitted: Callable[[NDArray[np.uint8], NDArray[np.int64]], DisplaySpace] | None = None
    about: str = ""

    @property
    def hint(self) -> str:
        """What it is good for, in the language of the program."""
        return QCoreApplication.translate(_CONTEXT, self.about)

    @cached_property
    def scale(self) -> NDArray[np.float64]:
        """World units per unit of each axis, shape (3,); for a hue, 1."""
        span = np.array([axis.high - axis.low for axis in self.axes])
        if np.ptp(span) == 0.0:
            return CUBE / span
        if not self.is_round:
            return self._box_scale(span)
        if self.isotropic:
            factor = min(_ROUND_RADIUS / self.axes[1].high, _ROUND_HIGHEST / span[2])
            return np.array([1.0, factor, factor])
        return np.array([1.0, _ROUND_RADIUS / self.axes[1].high, _ROUND_HEIGHT / span[2]])

    def _box_scale(self, span: NDArray[np.float64]) -> NDArray[np.float64]:
        floor = math.hypot(span[0], span[1])
        if self.isotropic:
            within = 2 * RADIUS / float(np.linalg.norm(span))
            return np.full(3, min(2 * _WIDEST / floor, _HIGHEST / span[2], within))
        within = math.sqrt((2 * RADIUS) ** 2 - _BOX_HEIGHT**2)
        across = min(2 * _WIDEST, within) / floor
        return np.array([across, across, _BOX_HEIGHT / span[2]])

    @cached_property
    def box(self) -> NDArray[np.float64]:
        """Lowest and highest place in the world, shape (2, 3)."""
        span = np.array([axis.high - axis.low for axis in self.axes]) * self.scale
        if self.is_round:
            span[:2] = 2 * self.radius
        return np.stack([_MIDDLE - span / 2, _MIDDLE + span / 2])

    @property
    def radius(self) -> float:
        """Of the cylinder of a round space, in world units."""
        return float(self.axes[1].high * self.scale[1])

    def place(self, coordinates: NDArray[np.floating]) -> NDArray[np.float64]:
        """Give the world position of coordinates, both of shape (..., 3)."""
        middle = np.array([(axis.low + axis.high) / 2 for axis in self.axes])
        if not self.is_round:
            flat: NDArray[np.float64] = (coordinates - middle) * self.scale + _MIDDLE
            return flat
        angle = np.radians(coordinates[..., 0])
        radius = coordinates[..., 1] * self.scale[1]
        height = (coordinates[..., 2] - middle[2]) * self.scale[2]
        world = np.stack([radius * np.cos(angle), radius * np.sin(angle), height], axis=-1)
        return world + _MIDDLE

    def positions(self, colors: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Give the world positions of sRGB colours, both of shape (..., 3)."""
        flat = colors.reshape(-1, 3)
        return self.place(self.from_srgb8(flat)).astype(np.float32).reshape(colors.shape)

    def positions_of(self, colors: ArrayLike) -> NDArray[np.float64]:
        """Give the world positions of sRGB colours between the bytes.

        Parameters
        ----------
        colors : array_like of float, shape (..., 3)
            Channels 0..255.

        Returns
        -------
        ndarray of float64, shape (..., 3)
            Interpolated between the eight colours around each, so that a centroid glides evenly.
        """
        exact = np.asarray(colors, np.float64)
        if self.affine:
            return self.place(self.from_srgb8(exact.reshape(-1, 3))).reshape(exact.shape)
        exact = np.clip(exact, 0.0, 255.0)
        below = np.minimum(np.floor(exact), 254.0)
        rest = (exact - below)[..., None, :]
        around = below[..., None, :].astype(np.uint8) + _CORNERS
        weights = np.where(_CORNERS == 1, rest, 1.0 - rest).prod(axis=-1)
        places = self.positions(around).astype(np.float64)
        mean: NDArray[np.float64] = (places * weights[..., None]).sum(axis=-2)
        return mean
