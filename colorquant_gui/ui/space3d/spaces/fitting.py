"""Axes that span what a picture takes up of a space, so that its cloud fills the view."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis

# So many colours, evenly spaced in the order they are listed, tell what all of them span.
_ENOUGH = 40_000
# A sketch of fewer colours is looked at as a whole, whatever is drawn beside them.
FEWEST = 64
# Room around them, as a share of their span.
_PADDING = 0.03
# An axis is not shorter than this share of the longest one: the frame stays a body.
_SHORTEST = 0.35
# Nor is any shorter than this share of its full length: one colour still has a place.
_LEAST = 0.15
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_TICKS = 6


def fitting(space: DisplaySpace) -> DisplaySpace:
    """Return a space that can be fitted to pictures.

    Parameters
    ----------
    space : DisplaySpace
        Whose axes have one unit; of a round one only radius and height are fitted.
    """

    def fitted(colors: NDArray[np.uint8], counts: NDArray[np.int64]) -> DisplaySpace:
        if len(colors) < FEWEST:
            return made
        stride = len(colors) // _ENOUGH + 1
        return replace(made, axes=fitted_axes(space, space.from_srgb8(colors[::stride])))

    made = replace(space, fitted=fitted)
    return made


def fitted_axes(
    space: DisplaySpace, coordinates: NDArray[np.float64]
) -> tuple[SpaceAxis, SpaceAxis, SpaceAxis]:
    """Return axes that span coordinates, but nothing beyond those of the space.

    Parameters
    ----------
    space : DisplaySpace
        Whose axes are shortened.
    coordinates : ndarray of float64, shape (n, 3)
        At least one.
    """
    first = 1 if space.is_round else 0
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    if space.is_round:
        low[1] = 0.0
    span = high - low
    span = np.maximum(span, span[first:].max() * _SHORTEST)
    span = np.maximum(span, [(axis.high - axis.low) * _LEAST for axis in space.axes])
    middle = (low + high) / 2
    ends = np.stack([middle - span * (0.5 + _PADDING), middle + span * (0.5 + _PADDING)])
    axes = list(space.axes)
    for number in range(first, 3):
        axis = axes[number]
        start, end = ends[:, number].tolist()
        if space.is_round and number == 1:
            start, end = 0.0, float(span[1] * (1 + _PADDING))
        axes[number] = _shortened(axis, start, end)
    return axes[0], axes[1], axes[2]


def _shortened(axis: SpaceAxis, start: float, end: float) -> SpaceAxis:
    step = _step(end - start)
    low = max(math.floor(start / step * 2) * step / 2, axis.low)
    high = min(math.ceil(end / step * 2) * step / 2, axis.high)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = tuple(round(number * step, 9) + 0.0 for number in range(first, last + 1))
    return replace(axis, low=low, high=high, ticks=ticks)


def _step(span: float) -> float:
    """Return a round number of which a span has three to six."""
    power = 10.0 ** math.floor(math.log10(span / _MOST_TICKS))
    return next(step * power for step in _STEPS if step * power * _MOST_TICKS >= span)
