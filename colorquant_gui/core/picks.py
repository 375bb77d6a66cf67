"""Picks: colours that a person has chosen to start a run from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import color_space as find_space
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.warm_start import warm_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

Color = tuple[int, int, int]


def start_from_picks(
    histogram: ColorHistogram,
    picks: Iterable[Color],
    n_colors: int,
    *,
    color_space: str = "srgb",
    threads: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> NDArray[np.float64]:
    """Make initial centroids of picked colours, adding those that are missing.

    The picks themselves stay where they are, the first ones first. What is missing comes from
    splitting the clusters of greatest error, see `colorquant_gui.core.warm_start.warm_start`.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, at least `n_colors` of them.
    picks : iterable of (int, int, int)
        sRGB colours, each channel 0..255, at least one. Of equal ones the first counts; those
        beyond `n_colors` are left out.
    n_colors : int
        Number of centroids wanted, 1..256.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
    threads : int, optional
        Threads to use; by default one per processor core.
    cancelled : callable returning bool, optional
        Asked in between; True stops the work.

    Returns
    -------
    ndarray of float64, shape (n_colors, 3)
        Centroids in the clustering space.

    Raises
    ------
    InvalidParameterError
        There are no picks, or one is no colour.
    Cancelled
        `cancelled` returned True.
    """
    chosen = distinct_picks(picks)[:n_colors]
    if not chosen:
        raise InvalidParameterError("No colours have been picked to start from.")
    if any(not 0 <= channel <= 255 for pick in chosen for channel in pick):
        raise InvalidParameterError("A picked colour has three channels of 0 to 255.")
    start = find_space(color_space).from_srgb(np.array(chosen, np.uint8))
    if len(start) == n_colors:
        return start
    grown = warm_start(
        histogram, start, n_colors, color_space=color_space, threads=threads, cancelled=cancelled
    )
    return np.concatenate([start, grown[len(start) :]])


def distinct_picks(picks: Iterable[Color]) -> list[Color]:
    """Return the picks without repetitions, in their order."""
    return list(dict.fromkeys(picks))
