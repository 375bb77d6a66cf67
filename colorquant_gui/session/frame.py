"""A moment of a run: centroids on their way, and the labels that go with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.session.history import StopKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.core import IndexedImage
    from colorquant_gui.core.labelling import Assignment, LevelSums
    from colorquant_gui.session.history import History, Step, Stop


@dataclass(frozen=True, eq=False)
class Frame:
    """What the views show at one moment of a run.

    Attributes
    ----------
    history : History
        The run; it may have grown since.
    stop : Stop
        The last stop that was passed.
    fraction : float
        Part of the way to the next one, 0..1.
    step : Step
        The iteration that the labels belong to.
    labels : ndarray of uint8, shape (n,)
        Centroid of every unique colour.
    centroids : ndarray of float64, shape (m, 3)
        Centroids in the clustering space, where they are on their way.
    counts : ndarray of int64, shape (m,)
        Pixels of each.
    inertia : float
        Squared distances to the centroids that the labels are the nearest of, over all pixels.
    levels : LevelSums or None
        What the error in sRGB follows from, of a run in another space, where that is known.
    result : IndexedImage or None
        What came out of the run, where that is shown in place of its last iteration.
    """

    history: History
    stop: Stop
    fraction: float
    step: Step
    labels: NDArray[np.uint8]
    centroids: NDArray[np.float64]
    counts: NDArray[np.int64]
    inertia: float
    levels: LevelSums | None = None
    result: IndexedImage | None = None

    @property
    def mse(self) -> float | None:
        """Squared error in sRGB, summed over R, G, B, averaged over pixels; None if not known.

        Of centroids that move, that of the assignment they come from.
        """
        if self.result is not None:
            return self.result.mse
        if self.history.settings.color_space == SRGB.key:
            return self.inertia / max(1, int(self.counts.sum()))
        if self.levels is None:
            return None
        centroids = self.centroids if self.is_seeding else self.step.centroids
        return self.levels.mse(color_space(self.history.settings.color_space).to_srgb(centroids))

    @property
    def is_seeding(self) -> bool:
        """Whether there are only some of the initial centroids."""
        return self.stop.kind is StopKind.SEEDING

    @property
    def is_moving(self) -> bool:
        """Whether the centroids are on their way, or have just arrived."""
        return self.stop.kind is StopKind.UPDATE or self.fraction > 0

    @property
    def is_end(self) -> bool:
        """Whether this is the last moment of a run to which nothing will be added."""
        return self.history.finished and self.stop.index == self.history.stops - 1


def frame_at(history: History, stop: Stop, fraction: float, found: Assignment) -> Frame:
    """Put together what is shown at a moment.

    Parameters
    ----------
    history : History
        The run.
    stop : Stop
        The last stop that was passed.
    fraction : float
        Part of the way to the next one, 0..1.
    found : Assignment
        The labels that belong to the stop.

    Returns
    -------
    Frame
        With centroids that glide after an assignment, and rest everywhere else.
    """
    centroids = history.centroids_at(stop)
    if fraction > 0 and stop.kind is StopKind.ASSIGN:
        centroids = glide(centroids, history[stop.iteration + 1].centroids, fraction)
    step = history[stop.iteration]
    return Frame(
        history, stop, fraction, step, found.labels, centroids, found.counts, found.inertia,
        found.levels,
    )  # fmt: skip


def frame_of_result(frame: Frame, result: IndexedImage) -> Frame:
    """Put what came out of a run in place of its last iteration.

    Parameters
    ----------
    frame : Frame
        The last moment.
    result : IndexedImage
        The palette of 8-bit colours that was made of it, and its labels.

    Returns
    -------
    Frame
        Its centroids are the visible entries of the palette.
    """
    space = color_space(frame.history.settings.color_space)
    first = 0 if result.transparent_index is None else 1
    return replace(
        frame,
        labels=(result.labels - first).astype(np.uint8),
        centroids=space.from_srgb(result.palette[first:]),
        counts=result.counts[first:],
        result=result,
    )


def glide(
    start: NDArray[np.float64], end: NDArray[np.float64], fraction: float
) -> NDArray[np.float64]:
    """Return where centroids are on their way, of which they start and end gently.

    Parameters
    ----------
    start, end : ndarray of float64, shape (k, 3)
        Centroids at both ends.
    fraction : float
        Part of the time that has passed, 0..1.

    Returns
    -------
    ndarray of float64, shape (k, 3)
        In between.
    """
    return start + fraction * fraction * (3 - 2 * fraction) * (end - start)
