"""KMeans: settings in, an iterator of iterations out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import reference
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.seeding import SEEDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core.events import Event
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.seeding_trail import SeedingTrail

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
    n_changed : int
        Unique colours whose label differs from the previous iteration's; 0 for the seeding.
    seeding : SeedingTrail, optional
        Of number 0, where it is known: how its centroids came about.
    event : Event, optional
        What a search did since the previous iteration.
    """

    number: int
    centroids: NDArray[np.float64]
    labels: NDArray[np.uint8]
    counts: NDArray[np.int64]
    inertia: float
    center_shift: float
    n_changed: int = 0
    seeding: SeedingTrail | None = None
    event: Event | None = None


@dataclass(frozen=True, eq=False)
class KMeans:
    """Exact weighted k-means over the unique colours of a picture.

    The same settings and histogram give the same iterations, byte for byte.

    Attributes
    ----------
    n_colors : int
        Number of clusters k, 1..256.
    seeding : str
        A member of `colorquant_gui.core.seeding.SEEDINGS`.
    seed : int
        Seed of the random seedings, 0 or more.
    max_iter : int
        Most iterations after the seeding; 0 stops at the seeding itself.
    tol : float
        Stop once no centroid moves farther than this in one iteration and none is without
        pixels, in units of the clustering space (sRGB: levels of 0..255). 0 runs to the fixed
        point.
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
    init: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        _check_whole("number of colours", self.n_colors)
        if not 1 <= self.n_colors <= MAX_COLORS:
            raise InvalidParameterError(
                f"The number of colours must be 1 to {MAX_COLORS}, not {self.n_colors}."
            )
        if self.seeding not in SEEDINGS:
            names = ", ".join(SEEDINGS)
            raise InvalidParameterError(f"Unknown seeding “{self.seeding}”; there are {names}.")
        for name, value in (("seed", self.seed), ("iteration limit", self.max_iter)):
            _check_whole(name, value)
            if value < 0:
                raise InvalidParameterError(f"The {name} must be 0 or more, not {value}.")
        if not self.tol >= 0:
            raise InvalidParameterError(f"The tolerance must be 0 or more, not {self.tol}.")
        if self.init is not None:
            if np.shape(self.init) != (self.n_colors, 3):
                raise InvalidParameterError(
                    f"Initial centroids must have shape ({self.n_colors}, 3), "
                    f"not {np.shape(self.init)}."
                )
            if not np.isfinite(self.init).all():
                raise InvalidParameterError("Initial centroids must be finite numbers.")

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

        Returns
        -------
        iterator of Iteration
            Number 0 is the seeding. Apart from rounding, inertia never rises from one to the
            next.

        Raises
        ------
        InvalidParameterError
            The picture has fewer colours than `n_colors`; the message states both numbers.
        Cancelled
            `cancelled` returned True, while iterating.
        """
        check_enough_colors(histogram, self.n_colors)
        return self._run(histogram.colors, histogram.counts, cancelled)

    def _run(
        self,
        colors: NDArray[np.uint8],
        weights: NDArray[np.int64],
        cancelled: Callable[[], bool] | None,
    ) -> Iterator[Iteration]:
        if self.init is None:
            seeding = SEEDINGS[self.seeding]
            centroids = seeding(colors, weights, self.n_colors, self.seed, cancelled=cancelled)
        else:
            centroids = np.array(self.init, np.float64)
        shift = 0.0
        previous: NDArray[np.uint8] | None = None
        for number in range(self.max_iter + 1):
            labels, distances = reference.assign(colors, centroids, cancelled=cancelled)
            means, counts = reference.update(
                colors, weights, labels, self.n_colors, cancelled=cancelled
            )
            cost = reference.inertia(weights, distances, cancelled=cancelled)
            n_changed = 0 if previous is None else int(np.count_nonzero(labels != previous))
            yield Iteration(number, centroids, labels, counts, cost, shift, n_changed)
            empty = np.flatnonzero(counts == 0)
            if len(empty):
                # an idle centroid serves best where the error is greatest
                worst = reference.costliest(weights, distances, len(empty), cancelled=cancelled)
                means[empty] = colors[worst]
            elif previous is not None and (shift <= self.tol or np.array_equal(labels, previous)):
                return
            shift = float(np.sqrt(((means - centroids) ** 2).sum(axis=1).max()))
            centroids, previous = means, labels


def check_enough_colors(histogram: ColorHistogram, n_colors: int) -> None:
    """See whether a picture has as many colours as centroids are wanted.

    Parameters
    ----------
    histogram : ColorHistogram
        The colours.
    n_colors : int
        Number of centroids.

    Raises
    ------
    InvalidParameterError
        It has fewer; the message states both numbers.
    """
    available = histogram.n_colors
    if available < n_colors:
        raise InvalidParameterError(
            f"This image has only {available:,} {'colour' if available == 1 else 'colours'}; "
            f"{n_colors} were asked for."
        )


def _check_whole(name: str, value: object) -> None:
    if not isinstance(value, int | np.integer):
        raise InvalidParameterError(f"The {name} must be a whole number, not {value}.")
