"""From centroids to an 8-bit palette, aware of what the rounding does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.chunks import check
from colorquant_gui.core.color_spaces import color_space

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

_ROUNDS = 16


def finish(
    histogram: ColorHistogram,
    centroids: NDArray[np.float64],
    space: str = "srgb",
    threads: int | None = None,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[NDArray[np.uint8], float]:
    """Round centroids to an 8-bit sRGB palette that suits the picture.

    Rounding moves the borders between clusters, and so the means. Assign to the rounded
    colours, take the means, round those, for as long as the error falls: k-means whose centroids
    are bytes. An entry that nothing is left for goes to the colour that costs the most.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours, at least as many as there are centroids.
    centroids : ndarray of float64, shape (k, 3)
        Centroids in the clustering space.
    space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`.
    threads : int, optional
        Threads to use; by default one per processor core.
    cancelled : callable returning bool, optional
        Asked between rounds; True stops the work.

    Returns
    -------
    palette : ndarray of uint8, shape (k, 3)
        The palette.
    inertia : float
        Squared distances in the clustering space to the nearest palette colour, over all pixels.

    Raises
    ------
    Cancelled
        `cancelled` returned True.
    """
    to = color_space(space)
    assigner = histogram.problem(to, threads, cancelled=cancelled).assigner(len(centroids))
    palette = to.to_srgb(centroids)
    best, least = palette, np.inf
    for _ in range(_ROUNDS):
        check(cancelled)
        inertia = assigner.assign(to.from_srgb(palette), cancelled)
        if inertia >= least:
            break
        best, least = palette, inertia
        palette = to.to_srgb(assigner.means)
        idle = np.flatnonzero(assigner.counts == 0)
        if len(idle):
            palette[idle] = histogram.colors[assigner.costliest(len(idle), cancelled)]
    return best, least
