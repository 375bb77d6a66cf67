"""KMeans: settings in, an iterator of iterations out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import reference
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.seeding import SEEDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram

MAX_COLORS = 256


@dataclass(frozen=True, eq=False)
class Iteration:
    """The state of a run after some iterations. Immutable; arrays must not be written to.

    Attributes
    ----------
    number : int
        0 for the seeding, then 1, 2, ...
    centroids : ndarray of float64, shape (k, 3)
        Centroids in the clustering space.
    labels : ndarray of uint8, shape (n,)
        Nearest of these centroids for every unique colour.
    counts : ndarray of int64, shape (k,)
        Pixels assigned to each centroid.
    inertia : float
        Sum over pixels of the squared distance to their centroid.
    center_shift : float
        Largest distance that a centroid moved since the previous iteration; 0 for the seeding.
    """

    number: int
    centroids: NDArray[np.float64]
    labels: NDArray[np.uint8]
    counts: NDArray[np.int64]
    inertia: float
    center_shift: float


@dataclass(frozen=True)
class KMeans:
    """Exact weighted k-means over the unique colours of a picture.

    Attributes
    ----------
    n_colors : int
        Number of clusters k, 1..256.
    seeding : str
        A member of `colorquant_gui.core.seeding.SEEDINGS`.
    seed : int
        Seed of the random seedings, 0 or more. Same seed, same result.
    max_iter : int
        Most iterations after the seeding; 0 stops at the seeding itself.
    tol : float
        Stop once no centroid moves farther than this, in units of the clustering space
        (sRGB: levels of 0..255). 0 runs to the fixed point.
    init : ndarray of float64, shape (k, 3), optional
        Initial centroids, in place of a seeding.

    Raises
    ------
    InvalidParameterError
        A setting is out of its range.
    """

    n_colors: int
    seeding: str = "wu"
    seed: int = 0
    max_iter: int = 300
    tol: float = 0.02
    init: NDArray[np.float64] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.n_colors <= MAX_COLORS:
            raise InvalidParameterError(
                f"The number of colours must be 1 to {MAX_COLORS}, not {self.n_colors}."
            )
        if self.seeding not in SEEDINGS:
            names = ", ".join(SEEDINGS)
            raise InvalidParameterError(f"Unknown seeding “{self.seeding}”; there are {names}.")
        if self.seed < 0:
            raise InvalidParameterError(f"The seed must be 0 or more, not {self.seed}.")
        if self.max_iter < 0:
            raise InvalidParameterError(f"The iteration limit must be 0 or more: {self.max_iter}.")
        if not self.tol >= 0:
            raise InvalidParameterError(f"The tolerance must be 0 or more, not {self.tol}.")
        if self.init is not None and np.shape(self.init) != (self.n_colors, 3):
            raise InvalidParameterError(
                f"Initial centroids must have shape ({self.n_colors}, 3), "
                f"not {np.shape(self.init)}."
            )

    def iterate(
        self, histogram: ColorHistogram, *, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[Iteration]:
        """Run, handing over the state after the seeding and after every iteration.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, at least `n_colors` of them.
        cancelled : callable returning bool, optional
            Asked every few milliseconds; True stops the run.

        Yields
        ------
        Iteration
            Number 0 is the seeding. Inertia never rises from one to the next.

        Raises
        ------
        InvalidParameterError
            The picture has fewer colours than `n_colors`.
        Cancelled
            `cancelled` returned True.
        """
        if histogram.n_colors < self.n_colors:
            raise InvalidParameterError(
                f"{self.n_colors} colours were asked for, "
                f"but this image has only {histogram.n_colors}."
            )
        colors, weights = histogram.colors, histogram.counts
        if self.init is not None:
            centroids = np.array(self.init, np.float64)
        else:
            centroids = SEEDINGS[self.seeding](colors, weights, self.n_colors, self.seed)
        shift = 0.0
        previous: NDArray[np.uint8] | None = None
        for number in range(self.max_iter + 1):
            labels, distances = reference.assign(colors, centroids, cancelled=cancelled)
            means, counts = reference.update(colors, weights, labels, self.n_colors)
            yield Iteration(number, centroids, labels, counts, float(distances @ weights), shift)
            fixed = previous is not None and np.array_equal(labels, previous)
            if fixed or (number > 0 and shift <= self.tol):
                return
            previous = labels
            moved = _reseed_empty(means, counts, colors, weights * distances)
            shift = float(np.sqrt(((moved - centroids) ** 2).sum(axis=1).max()))
            centroids = moved


def _reseed_empty(
    means: NDArray[np.float64],
    counts: NDArray[np.int64],
    colors: NDArray[np.uint8],
    errors: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Move centroids that own nothing onto the colours that cost the most."""
    empty = np.flatnonzero(counts == 0)
    if len(empty):
        means = means.copy()
        worst = np.argsort(-errors, kind="stable")[: len(empty)]
        means[empty] = colors[worst]
    return means
