"""How a race ended: in how many minima, and which is the lowest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import color_space as find_space

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from colorquant_gui.session.history import Step

# Farther than this, in 255ths of the space's first axis, two centroids at rest are not the same.
# Fixed points that differ in a few colours lie side by side in what is one hollow.
_SAME = 2.0
TIE = 1e-6
"""Inertias closer than this part of them are as low as each other."""


@dataclass(frozen=True)
class Outcome:
    """The end of a race.

    Attributes
    ----------
    minima : tuple of int
        Of each runner that ran the minimum it ended in, numbered from 0 in the order they are met.
    lowest : tuple of int
        The runners whose inertia is lowest, more than one where they end in the same minimum or
        tie.
    gain : float
        How far the lowest inertia is below the highest, as a part of that; 0..1.
    is_at_rest : bool
        Whether nothing moved any more at the end of any run: not where one met its limit.
    """

    minima: tuple[int, ...]
    lowest: tuple[int, ...]
    gain: float
    is_at_rest: bool = True

    @property
    def n_minima(self) -> int:
        """Number of different minima."""
        return len(set(self.minima))

    @property
    def has_lowest(self) -> bool:
        """Whether somebody is lower: not where all end in one minimum."""
        return self.n_minima > 1


def judge(ends: Mapping[int, Step], color_space: str = "srgb") -> Outcome:
    """Compare the ends of several runs.

    Parameters
    ----------
    ends : mapping of int to Step
        The last iteration of each run, at rest, by the number of its runner.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`, where they lie.

    Returns
    -------
    Outcome
        The outcome.
    """
    within = _SAME * find_space(color_space).unit
    found: list[NDArray[np.float64]] = []
    minima = []
    for end in ends.values():
        for number, other in enumerate(found):
            if same_centroids(end.centroids, other, within):
                minima.append(number)
                break
        else:
            minima.append(len(found))
            found.append(end.centroids)
    inertias = [end.inertia for end in ends.values()]
    low, high = min(inertias), max(inertias)
    winner = minima[inertias.index(low)]
    lowest = tuple(
        runner
        for runner, minimum, value in zip(ends, minima, inertias, strict=True)
        if minimum == winner or value - low <= TIE * low
    )
    is_at_rest = not any(end.n_changed for end in ends.values())
    gain = (high - low) / high if high > 0 else 0.0
    return Outcome(tuple(minima), lowest, gain, is_at_rest)


def same_centroids(a: NDArray[np.float64], b: NDArray[np.float64], within: float) -> bool:
    """Whether two sets of centroids are the same in another order.

    Parameters
    ----------
    a, b : ndarray of float64, shape (k, 3)
        The centroids.
    within : float
        Most that two may be apart, in units of their space.

    Returns
    -------
    bool
        True if each has its nearest in the other set within reach, and no two have the same.
    """
    if a.shape != b.shape:
        return False
    squared = ((a[:, None] - b[None]) ** 2).sum(axis=2)
    nearest = squared.argmin(axis=1)
    is_one_to_one = len(np.unique(nearest)) == len(nearest)
    return is_one_to_one and bool(squared.min(axis=1).max(initial=0.0) <= within * within)
