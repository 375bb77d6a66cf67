"""Scales: where numbers lie on an axis, and which of them are written beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from colorquant_gui.ui.panels.k_scale import K_TICKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Positions along an axis and what is written there.
Ticks: TypeAlias = list[tuple[float, str]]

_PAD = 0.06
_BYTE_UNITS = ((1e6, "MB"), (1e3, "kB"), (1.0, "B"))


class Scale(Protocol):
    """Turns values into positions along an axis."""

    def positions(self, values: Floats) -> Floats:
        """Return where values lie; NaN for those that have no place."""

    def value(self, position: float) -> float:
        """Return what lies at a position."""

    def span(self, positions: Floats) -> tuple[float, float]:
        """Return the two ends of an axis that shows positions, all finite, at least one."""

    def ticks(self, low: float, high: float, most: int) -> Ticks:
        """Return at most about `most` positions in low..high with their texts."""


@dataclass(frozen=True)
class Linear:
    """Equal steps are equally long.

    Attributes
    ----------
    from_zero : bool
        Whether the axis starts at 0.
    whole : bool
        Whether only whole numbers are written.
    pad : float
        Room at the ends, as a part of the length.
    """

    from_zero: bool = False
    whole: bool = False
    pad: float = _PAD

    def positions(self, values: Floats) -> Floats:
        """Return the values; infinity has no place."""
        values = np.asarray(values, np.float64)
        return np.where(np.isfinite(values), values, np.nan)

    def value(self, position: float) -> float:
        """Return the position."""
        return position

    def span(self, positions: Floats) -> tuple[float, float]:
        """Return the ends with a little room."""
        low, high = float(positions.min()), float(positions.max())
        if self.from_zero:
            low = min(low, 0.0)
        length = high - low or (1.0 if self.whole else abs(high) * 0.1 or 1.0)
        return low - self.pad * length, max(high, low + length) + self.pad * length

    def ticks(self, low: float, high: float, most: int) -> Ticks:
        """Return multiples of 1, 2 or 5 times a power of ten."""
        step = nice_step((high - low) / max(most, 1))
        found = self._multiples(low, high, step)
        if len(found) < 2:
            # a number alone says nothing about distances
            found = self._multiples(low, high, nice_step(step / 2.5))
        return found[:: math.ceil(len(found) / (2 * max(most, 1))) or 1]

    def _multiples(self, low: float, high: float, step: float) -> Ticks:
        if self.whole:
            step = max(1.0, step)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if self.from_zero or self.whole:
            first = max(first, 0)
        return [(i * step, number_text(i * step, step)) for i in range(first, last + 1)]


@dataclass(frozen=True)
class Bytes(Linear):
    """File sizes from 0, written in SI units."""

    from_zero: bool = True

    def ticks(self, low: float, high: float, most: int) -> Ticks:
        """Return multiples of 1, 2 or 5 times a power of ten with their unit."""
        unit, name = next((u, n) for u, n in _BYTE_UNITS if high >= u or u == 1)
        step = max(nice_step((high - max(low, 0.0)) / max(most, 1)), 1.0)
        values = [i * step for i in range(math.floor(high / step + 1e-9) + 1)]
        return [
            (value, f"{number_text(value / unit, step / unit)} {name}" if value else "0")
            for value in values
        ]


@dataclass(frozen=True)
class Logarithmic:
    """Equal factors are equally long; what is not above 0 has no place."""

    def positions(self, values: Floats) -> Floats:
        """Return logarithms to the base of 10."""
        values = np.asarray(values, np.float64)
        places = np.full(values.shape, np.nan)
        np.log10(values, out=places, where=values > 0)
        places[np.isinf(places)] = np.nan
        return places

    def value(self, position: float) -> float:
        """Return the power of ten."""
        return float(10.0**position)

    def span(self, positions: Floats) -> tuple[float, float]:
        """Return the ends with a little room."""
        low, high = float(positions.min()), float(positions.max())
        length = high - low or 0.2
        return low - _PAD * length, low + length + _PAD * length

    def ticks(self, low: float, high: float, most: int) -> Ticks:
        """Return 1, 2 and 5 times powers of ten, fewer or more as there is room."""
        for mantissas in ((1, 2, 5), (1, 3), (1,)):
            found = _mantissa_ticks(low, high, mantissas)
            if len(found) <= most:
                break
        if len(found) >= 2:
            return found[:: math.ceil(len(found) / max(most, 2))]
        even = Linear().ticks(10.0**low, 10.0**high, most)
        return [(math.log10(value), text) for value, text in even if value > 0]


@dataclass(frozen=True)
class Below:
    """Another scale, cut off where values are of no interest.

    Attributes
    ----------
    scale : Scale
        The other.
    ceiling : float
        The greatest value that is shown.
    """

    scale: Scale
    ceiling: float

    def positions(self, values: Floats) -> Floats:
        """Return where the other scale has them, also those above the ceiling."""
        return self.scale.positions(values)

    def value(self, position: float) -> float:
        """Return what the other scale has there."""
        return self.scale.value(position)

    def span(self, positions: Floats) -> tuple[float, float]:
        """Return the ends of an axis up to the ceiling, if there is something above it."""
        ceiling = float(self.scale.positions(np.array([self.ceiling]))[0])
        if math.isnan(ceiling) or ceiling <= positions.min():
            return self.scale.span(positions)
        low, high = self.scale.span(np.minimum(positions, ceiling))
        return low, min(high, ceiling) if positions.max() > ceiling else high

    def ticks(self, low: float, high: float, most: int) -> Ticks:
        """Return what the other scale writes."""
        return self.scale.ticks(low, high, most)


@dataclass(frozen=True)
class Octaves:
    """The scale of k: doublings are equally long, and powers of two are written."""

    def positions(self, values: Floats) -> Floats:
        """Return logarithms to the base of 2."""
        return np.asarray(np.log2(values), np.float64)

    def value(self, position: float) -> float:
        """Return the power of two."""
        return float(2.0**position)

    def span(self, positions: Floats) -> tuple[float, float]:
        """Return the ends of the whole scale, whatever is shown."""
        return 0.85, 8.15

    def ticks(self, low: float, high: float, most: int) -> Ticks:
        """Return powers of two."""
        return [(math.log2(k), str(k)) for k in K_TICKS if low <= math.log2(k) <= high]


def _mantissa_ticks(low: float, high: float, mantissas: tuple[int, ...]) -> Ticks:
    found = []
    for exponent in range(math.floor(low), math.ceil(high) + 1):
        for mantissa in mantissas:
            position = exponent + math.log10(mantissa)
            if low <= position <= high:
                value = mantissa * 10.0**exponent
                found.append((position, number_text(value, 10.0**exponent)))
    return found


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below a number."""
    if not (least > 0 and math.isfinite(least)):
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    for factor in (1.0, 2.0, 5.0):
        if factor * power >= least * (1 - 1e-9):
            return factor * power
    return 10.0 * power


def number_text(value: float, step: float) -> str:
    """Return a number beside an axis, with the decimals that a step needs: ``1,200``, ``1.5 M``.

    Parameters
    ----------
    value : float
        The number.
    step : float
        How far it is to the next one.
    """
    if value and abs(value) >= 1e6:
        return f"{_trimmed(value / 1e6, step / 1e6)} M"
    return _trimmed(value, step)


def _trimmed(value: float, step: float) -> str:
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:,.{min(decimals, 9)}f}"
