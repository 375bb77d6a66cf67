"""RunSwatches: what the palette shows of a moment of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_LABEL = -1
"""The label of what no colour has: the swatch of transparent pixels."""


class RunSwatches(NamedTuple):
    """Swatches as `PaletteView.set_palette_colors` takes them, and what they stand for.

    Attributes
    ----------
    colors : ndarray of uint8, shape (m, 3)
        sRGB.
    counts : ndarray of int64, shape (m,)
        Pixels of each.
    transparent_index : int or None
        The swatch of transparent pixels: the first one where there are any, as in a result.
    labels : ndarray of intp, shape (m,)
        The label of each on the canvas; `NO_LABEL` for transparent pixels.
    """

    colors: NDArray[np.uint8]
    counts: NDArray[np.int64]
    transparent_index: int | None
    labels: NDArray[np.intp]


def run_swatches(
    colors: NDArray[np.uint8],
    counts: NDArray[np.int64],
    order: NDArray[np.intp],
    n_transparent: int,
) -> RunSwatches:
    """Put the colours of a moment in order, with transparent pixels where a result has them.

    Parameters
    ----------
    colors : ndarray of uint8, shape (k, 3)
        sRGB colours of the labels.
    counts : ndarray of int, shape (k,)
        Pixels of each.
    order : ndarray of intp, shape (k,)
        The labels, in the order of their swatches.
    n_transparent : int
        Transparent pixels of the picture, 0 for none.

    Returns
    -------
    RunSwatches
        One more than k where there are transparent pixels.
    """
    if not n_transparent:
        return RunSwatches(colors[order], counts[order].astype(np.int64), None, order)
    return RunSwatches(
        np.concatenate([np.zeros((1, 3), np.uint8), colors[order]]),
        np.concatenate([[n_transparent], counts[order]]).astype(np.int64),
        0,
        np.concatenate([[NO_LABEL], order]).astype(np.intp),
    )
