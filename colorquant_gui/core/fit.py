"""Fit: settings of a run in, iterations out, at a quality level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.errors import InvalidParameterError
from colorquant_gui.core.kmeans import KMeans, check_enough_colors
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.core.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.core.kmeans import Iteration


@dataclass(frozen=True)
class Fit:
    """A k-means fit to the colours of a picture.

    Attributes
    ----------
    n_colors : int
        Number of clusters k, 1..256.
    quality : str
        A key of `colorquant_gui.core.quality.QUALITIES`.
    color_space : str
        A key of `colorquant_gui.core.color_spaces.COLOR_SPACES`: where distances are taken.
    seeding : str
        A key of `colorquant_gui.core.seeding.SEEDINGS`.
    seed : int
        Seed of all that is random, 0 or more. Same seed, same result.
    threads : int or None
        Threads to use; by default one per processor core. The result does not depend on it.
    max_iter : int, optional
        Most iterations over all colours, by default the quality level's; 0 stops at the seeding.
    tol : float, optional
        Stop once no mean lies farther than this from its centroid, in 255ths of the space's
        first axis (sRGB: levels); by default the quality level's.
    init : ndarray of float64, shape (k, 3), optional
        Initial centroids in the clustering space, in place of a seeding. From there the run takes
        the textbook's steps, all over all colours: no coreset, no over-relaxation, and it ends
        by `tol` alone. (Live steps, which continue from what is on the screen, keep those.)

    Raises
    ------
    InvalidParameterError
        A setting is out of its range.
    """

    n_colors: int
    quality: str = "standard"
    color_space: str = "srgb"
    seeding: str = "wu"
    seed: int = 0
    threads: int | None = None
    max_iter: int | None = None
    tol: float | None = None
    init: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        if self.quality not in QUALITIES:
            names = ", ".join(QUALITIES)
            raise InvalidParameterError(f"Unknown quality “{self.quality}”; there are {names}.")
        level = QUALITIES[self.quality]
        max_iter = level.max_iter if self.max_iter is None else self.max_iter
        tol = level.tol if self.tol is None else self.tol
        KMeans(self.n_colors, self.seeding, self.seed, max_iter, tol, self.init)
        if self.threads is not None and self.threads < 1:
            raise InvalidParameterError(f"Threads must be 1 or more, not {self.threads}.")
        color_space(self.color_space)

    def iterate(
        self,
        histogram: ColorHistogram,
        *,
        cancelled: Callable[[], bool] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Iterator[Iteration]:
        """Run, handing over every step that is worth seeing.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, at least `n_colors` of them.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the run.
        progress : callable taking a float, optional
            Told the part of a search that is done, 0..1; where nothing is searched it is never
            called.

        Returns
        -------
        iterator of Iteration
            Number 0 is the seeding, the last one the result. Inertia falls from one to the next;
            only the last may lie a trace higher, where the 8-bit palette made of it is better.

        Raises
        ------
        InvalidParameterError
            The picture has fewer colours than `n_colors`; the message states both numbers.
        Cancelled
            `cancelled` returned True, while iterating.
        """
        check_enough_colors(histogram, self.n_colors)
        return Run(self, histogram, cancelled, progress).iterations()

    def last(
        self, histogram: ColorHistogram, *, cancelled: Callable[[], bool] | None = None
    ) -> Iteration:
        """Run to the end, without making what nobody looks at.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours, at least `n_colors` of them.
        cancelled : callable returning bool, optional
            Asked about every 20 ms; True stops the run.

        Returns
        -------
        Iteration
            The last one of `iterate`, numbered by the iterations it took: those on the cells that
            a run starts with, and those over all colours.

        Raises
        ------
        InvalidParameterError
            The picture has fewer colours than `n_colors`; the message states both numbers.
        Cancelled
            `cancelled` returned True.
        """
        check_enough_colors(histogram, self.n_colors)
        run = Run(self, histogram, cancelled)
        for state in run.states():
            last = state
        return replace(last.iteration(), number=run.n_iter)
