"""LabelSource: the labels of any moment of a run, found again by the engine when asked for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.core.labelling import Assignment, Labeller, LevelSums
from colorquant_gui.session.history import StopKind
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core import Iteration
    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.history import History, Stop

CACHE_BYTES = 64 << 20
# what is on show, what comes next and what was just left
_LEAST_KEPT = 3

_Key = tuple[int, bool, int]


@dataclass(frozen=True, eq=False)
class _Found:
    key: _Key
    stop: Stop
    assignment: Assignment


@dataclass(frozen=True, eq=False)
class AssignRequest:
    """Find the nearest centroid of every colour; delivers what was found with its key."""

    generation: int
    labeller: Labeller
    key: _Key
    stop: Stop
    centroids: NDArray[np.float64]
    # while somebody scrubs, what has been begun is worth showing
    patient = True

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        found = self.labeller.assign(self.centroids, cancelled)
        deliver(_Found(self.key, self.stop, found))


class LabelSource(QObject):
    """Finds labels in a thread of its own, and keeps the latest 64 MB of them.

    Attributes
    ----------
    ready : Signal(Stop)
        What `get` or `means` had to ask for has come: the labels and means of this stop.
    failed : Signal(str)
        It can't be found, and why.

    Parameters
    ----------
    parent : QObject, optional
        Qt parent.
    cache_bytes : int
        Memory for labels; a few are kept in any case.
    """

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self._budget = cache_bytes
        self._histogram: ColorHistogram | None = None
        self._history: History | None = None
        self._labeller: Labeller | None = None
        self._kept: OrderedDict[_Key, Assignment] = OrderedDict()
        self._generation = 0
        self._asked: _Key | None = None
        self._worker = Worker("labels", self)
        self._worker.delivered.connect(self._on_found)
        self._worker.failed.connect(self._on_failed)

    def set_run(self, histogram: ColorHistogram, history: History) -> None:
        """Set the run that labels are asked for; those of another are forgotten.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours.
        history : History
            Their run.
        """
        space = history.settings.color_space
        same = self._history is not None and self._history.settings.color_space == space
        if self._labeller is None or histogram is not self._histogram or not same:
            self._labeller = Labeller(histogram, space)
        self._histogram, self._history = histogram, history
        self._generation += 1
        self._asked = None
        self._kept.clear()

    def clear(self) -> None:
        """Forget the run and its picture."""
        self._generation += 1
        self._worker.cancel()
        self._histogram = self._history = self._labeller = self._asked = None
        self._kept.clear()

    def put(self, iteration: Iteration) -> None:
        """Keep labels that are known already.

        Parameters
        ----------
        iteration : Iteration
            An iteration of the run; nothing is kept of one that comes without its labels.
        """
        if self._histogram is None or len(iteration.labels) != self._histogram.n_colors:
            return
        found = Assignment(iteration.labels, iteration.counts, iteration.inertia)
        self._keep(self._key(False, iteration.number), found)

    def get(self, stop: Stop) -> Assignment | None:
        """Return the labels that a stop shows, or None and have them found.

        Parameters
        ----------
        stop : Stop
            A stop of the run's history.

        Returns
        -------
        Assignment or None
            With None, `ready` follows.
        """
        key = self._key_of(stop)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        else:
            self._ask(key, stop)
        return found

    def means(self, stop: Stop) -> NDArray[np.float64] | None:
        """Return the means of the clusters that a stop shows, or None and have them taken.

        Only one thing is asked for at a time: what was asked for and not begun gives way to this,
        and this to a later `get`. So ask again for a moment that stays on show.

        Parameters
        ----------
        stop : Stop
            A stop of the run's history.

        Returns
        -------
        ndarray of float64, shape (k, 3), or None
            In the clustering space. With None, `ready` follows unless something else is asked for.
        """
        key = self._key_of(stop)
        found = self._kept.get(key)
        if found is not None and found.means is not None:
            return found.means
        self._ask(key, stop)
        return None

    def levels(self, stop: Stop) -> LevelSums | None:
        """Return what the error in sRGB follows from, or None and have it added up.

        As `means`; for runs in another space than sRGB.
        """
        key = self._key_of(stop)
        found = self._kept.get(key)
        if found is not None and found.levels is not None:
            return found.levels
        self._ask(key, stop)
        return None

    def _ask(self, key: _Key, stop: Stop) -> None:
        if key == self._asked or self._history is None or self._labeller is None:
            return
        self._asked = key
        centroids = (
            self._history.centroids_at(stop)
            if stop.kind is StopKind.SEEDING
            else self._history[stop.iteration].centroids
        )
        request = AssignRequest(self._generation, self._labeller, key, stop, centroids)
        self._worker.submit(request)

    @property
    def kept_bytes(self) -> int:
        """Memory that labels take."""
        return sum(each.labels.nbytes for each in self._kept.values())

    def forget(self) -> None:
        """Drop all labels; they are found again when asked for."""
        self._kept.clear()

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _key_of(self, stop: Stop) -> _Key:
        return self._key(*stop.labels_key)

    def _key(self, seeding: bool, number: int) -> _Key:
        return self._generation, seeding, number

    def _keep(self, key: _Key, found: Assignment) -> None:
        self._kept[key] = found
        self._kept.move_to_end(key)
        size = self.kept_bytes
        while size > self._budget and len(self._kept) > _LEAST_KEPT:
            _, oldest = self._kept.popitem(last=False)
            size -= oldest.labels.nbytes

    def _on_found(self, generation: int, payload: object) -> None:
        if generation != self._generation or not isinstance(payload, _Found):
            return
        if payload.key == self._asked:
            self._asked = None
        found, kept = payload.assignment, self._kept.get(payload.key)
        if kept is not None:
            # whoever shows these labels knows them by being the same array
            found = replace(kept, means=found.means, levels=found.levels)
        self._keep(payload.key, found)
        self.ready.emit(payload.stop)

    def _on_failed(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self._asked = None
            self.failed.emit(message)
