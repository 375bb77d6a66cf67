"""What an update of a run really did: moved to the means, beyond them, or neither."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.session.settings import PICKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.session.settings import Settings

    Centroids = NDArray[np.float64]

# The steps of fixed-point grids stay below this part of the longest movement.
_SLACK = 1e-3
# Less than 37 degrees off.
_ABOUT = 0.8


class StepKind(StrEnum):
    """Where centroids go in an update."""

    MEAN = "mean"
    OVERSHOOT = "overshoot"
    TOWARDS = "towards"
    OTHER = "other"


def takes_plain_steps(settings: Settings) -> bool:
    """Whether a run takes the textbook's steps alone, each to the mean, over all colours.

    Parameters
    ----------
    settings : Settings
        Those of the run.
    """
    level = QUALITIES[settings.quality]
    from_picks = settings.seeding == PICKS and not (level.goes_on or level.search)
    return level.plain or from_picks


def step_kind(before: Centroids, after: Centroids, means: Centroids) -> StepKind:
    """Find out what an update did.

    Parameters
    ----------
    before, after : ndarray of float64, shape (k, 3)
        Centroids of two iterations in a row.
    means : ndarray of float64, shape (k, 3)
        Means of the colours that `before` were the nearest of; where there are none, `before`.

    Returns
    -------
    StepKind
        MEAN: all went to their means. OVERSHOOT: all went through their means and on, as far
        again at most. TOWARDS: taken together, they went in about that direction. OTHER: anything
        else.
    """
    went, wanted = after - before, means - before
    near = _SLACK * float(np.abs(wanted).max(initial=0.0)) + 1e-9
    if np.abs(went - wanted).max(initial=0.0) <= near:
        return StepKind.MEAN
    length = float((wanted * wanted).sum())
    factor = float((went * wanted).sum()) / length if length else 0.0
    along = np.abs(went - factor * wanted).max(initial=0.0) <= 2 * near
    if along and 1.0 < factor <= 2.0 + _SLACK:
        return StepKind.OVERSHOOT
    # The cosine of the angle between both movements, of all centroids as one vector.
    cosine = factor * length**0.5 / (float((went * went).sum()) ** 0.5 or 1.0)
    return StepKind.TOWARDS if cosine >= _ABOUT else StepKind.OTHER
