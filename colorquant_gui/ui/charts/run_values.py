"""The values of a run as its charts have them, and how they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def without_first(values: Sequence[float]) -> NDArray[np.float64]:
    """Return what iterations changed, NaN for the first: nothing was there before."""
    changed = np.array(values, np.float64)
    changed[:1] = np.nan
    return changed


def shift_text(value: float) -> str:
    """Return how a movement reads, also a very small one: ``7.3``, ``2.1e-04``."""
    return formatting.error(value) if value == 0 or value >= 0.005 else f"{value:.1e}"


def count_text(value: float) -> str:
    """Return how a number of colours reads: ``4,112``."""
    return formatting.integer(round(value))
