"""History: every iteration of the current run, and the stops of its timeline."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.session.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import Iteration
    from colorquant_gui.core.events import Event
    from colorquant_gui.core.seeding_trail import SeedingTrail


class StopKind(enum.Enum):
    """What a stop of the timeline shows."""

    SEEDING = "seeding"
    """Some of the initial centroids are there."""
    ASSIGN = "assign"
    """Every colour has its nearest centroid."""
    UPDATE = "update"
    """The centroids have moved on; the colours still are where they were."""


@dataclass(frozen=True)
class Stop:
    """A place on the timeline where something is complete.

    Attributes
    ----------
    index : int
        Its number, 0 at the start.
    kind : StopKind
        What it shows.
    iteration : int
        Position of the step in the history that its labels belong to.
    stage : int
        Of the seeding, the centroids that are there, from 1; else 0.
    """

    index: int
    kind: StopKind
    iteration: int
    stage: int = 0

    @property
    def labels_key(self) -> tuple[bool, int]:
        """What its labels are known by in a run: an update still has those of its assignment."""
        is_seeding = self.kind is StopKind.SEEDING
        return is_seeding, self.stage if is_seeding else self.iteration


@dataclass(frozen=True, eq=False)
class Step:
    """An iteration without its labels, which the engine finds again from the centroids.

    Attributes
    ----------
    number : int
        0 for the seeding, then 1, 2, ...
    centroids : ndarray of float64, shape (k, 3)
        Centroids in the clustering space.
    counts : ndarray of int64, shape (k,)
        Pixels of each.
    inertia : float
        Sum over pixels of the squared distance to their centroid, in the clustering space.
    center_shift : float
        Largest distance that a centroid moved since the step before; 0 for the seeding.
    n_changed : int
        Unique colours that have another centroid than in the step before.
    event : Event or None
        What a search did here.
    """

    number: int
    centroids: NDArray[np.float64]
    counts: NDArray[np.int64]
    inertia: float
    center_shift: float
    n_changed: int
    event: Event | None

    @classmethod
    def of(cls, iteration: Iteration) -> Step:
        """Keep of an iteration what is small."""
        i = iteration
        return cls(i.number, i.centroids, i.counts, i.inertia, i.center_shift, i.n_changed, i.event)


class History:
    """The iterations of one run, 8 KB each at k = 256: 500 of them take 4 MB.

    Labels are not kept (500 iterations on a noisy picture of 50 megapixels, with 7 million unique
    colours, would need 3.5 GB): `colorquant_gui.session.labels.LabelSource` has them found again.

    Parameters
    ----------
    settings : Settings, optional
        The settings of the run; its centroids lie in their colour space.

    Attributes
    ----------
    settings : Settings
        As given.
    seeding : SeedingTrail or None
        How the initial centroids came about, once the run has begun.
    finished : bool
        Whether nothing will be added any more.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.seeding: SeedingTrail | None = None
        self.finished = False
        self._steps: list[Step] = []

    def __len__(self) -> int:
        return len(self._steps)

    def __getitem__(self, index: int) -> Step:
        return self._steps[index]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps so far."""
        return tuple(self._steps)

    @property
    def latest(self) -> Step | None:
        """The newest step, None before the seeding is there."""
        return self._steps[-1] if self._steps else None

    def extend(self, iterations: Iterable[Iteration]) -> None:
        """Add iterations in the order of their numbers.

        Parameters
        ----------
        iterations : iterable of Iteration
            New iterations.
        """
        for each in iterations:
            if each.seeding is not None:
                self.seeding = each.seeding
            self._steps.append(Step.of(each))

    # -- the timeline --------------------------------------------------------------------------

    @property
    def n_stages(self) -> int:
        """Stops of the seeding."""
        return 0 if self.seeding is None else len(self.seeding)

    @property
    def stops(self) -> int:
        """Stops of the timeline: the seeding's, then an assignment and an update in turn."""
        return self.n_stages + 2 * len(self._steps) - 1 if self._steps else 0

    def stop(self, index: int) -> Stop:
        """Say what a stop shows.

        Parameters
        ----------
        index : int
            0..stops-1.

        Returns
        -------
        Stop
            The stop.
        """
        if index < self.n_stages:
            return Stop(index, StopKind.SEEDING, 0, index + 1)
        iteration, half = divmod(index - self.n_stages, 2)
        return Stop(index, StopKind.UPDATE if half else StopKind.ASSIGN, iteration)

    def stop_of(self, iteration: int) -> int:
        """Return the index of the stop where the colours are assigned in this iteration."""
        return self.n_stages + 2 * iteration

    def centroids_at(self, stop: Stop) -> NDArray[np.float64]:
        """Return the centroids that a stop shows.

        Parameters
        ----------
        stop : Stop
            A stop of this history.

        Returns
        -------
        ndarray of float64, shape (m, 3)
            In the clustering space; in the seeding, as many as there are by then.
        """
        if stop.kind is StopKind.SEEDING and self.seeding is not None:
            return self.seeding.centroids(stop.stage)
        return self._steps[stop.iteration + (stop.kind is StopKind.UPDATE)].centroids
