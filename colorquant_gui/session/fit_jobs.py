"""The requests that fit a palette: iterate, show one that is known, keep one that was reached."""

from __future__ import annotations

import time
import weakref
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core import Cancelled, ColorHistogram, Fit, IndexedImage, Iteration
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.core.warm_start import warm_start
from colorquant_gui.session.settings import PICKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from colorquant_gui.session.history import Step
    from colorquant_gui.session.settings import Settings

# A little less than a frame at 60 Hz: the views can't show more.
_BATCH_SECONDS = 0.015
# A preview shows its first iterations soon: somebody's hand is on the slider.
_PREVIEW_SECONDS = 0.006
_REST_SECONDS = 0.08
# Labels that may wait for a window that is busy: the engine can make a gigabyte of them a second.
_WAITING_BYTES = 64 << 20


@dataclass(frozen=True, eq=False)
class Iterations:
    """Iterations of one run, as they come.

    Attributes
    ----------
    settings : Settings
        The settings of the run.
    iterations : tuple of Iteration
        In the order of their numbers. Their labels are empty where too many wait to be taken
        already: they can be found again from the centroids.
    """

    settings: Settings
    iterations: tuple[Iteration, ...]


class _Post:
    """Delivers iterations, with labels only as long as what was delivered is taken."""

    def __init__(self, settings: Settings, deliver: Callable[[object], None]) -> None:
        self._settings, self._deliver = settings, deliver
        self._waiting: list[weakref.ref[Iterations]] = []

    def send(self, iterations: list[Iteration]) -> None:
        """Hand over some of them."""
        waiting = [each for ref in self._waiting if (each := ref()) is not None]
        size = sum(one.labels.nbytes for each in waiting for one in each.iterations)
        if size > _WAITING_BYTES:
            iterations = [replace(each, labels=each.labels[:0].copy()) for each in iterations]
        payload = Iterations(self._settings, tuple(iterations))
        self._waiting = [weakref.ref(each) for each in (*waiting, payload)]
        self._deliver(payload)


@dataclass(frozen=True, eq=False)
class FitRequest:
    """Run k-means on a histogram.

    Delivers `Iterations`, about 60 a second, then (unless `live`) one `IndexedImage`;
    of a search, in between, the part that is done as a float 0..1.

    Attributes
    ----------
    generation : int
        Number of the run.
    histogram : ColorHistogram
        The colours.
    settings : Settings
        The settings.
    live : bool
        A preview while a control moves: a few iterations, no index map.
    start : ndarray of float64, shape (m, 3), optional
        Centroids that a preview starts from, in the same clustering space.
    """

    generation: int
    histogram: ColorHistogram
    settings: Settings
    live: bool = False
    start: NDArray[np.float64] | None = None

    @property
    def patient(self) -> bool:
        """Previews let each other show something; see `Request.patient`."""
        return self.live

    @property
    def n_colors(self) -> int:
        """Number of centroids; see `Settings.n_centroids`."""
        return self.settings.n_centroids(self.histogram)

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        last = None
        if self.n_colors:
            batch: list[Iteration] = []
            post = _Post(self.settings, deliver)
            # the seeding is worth a look of its own, but not in a preview
            due = time.monotonic() + _PREVIEW_SECONDS if self.live else 0.0
            fit = self._fit(cancelled)
            for last in fit.iterate(self.histogram, cancelled=cancelled, progress=deliver):
                batch.append(last)
                now = time.monotonic()
                if now >= due:
                    post.send(batch)
                    batch.clear()
                    due = now + _BATCH_SECONDS
            if batch:
                post.send(batch)
        if self.live:
            return
        deliver(_indexed(self.histogram, self.settings, last, cancelled))

    def _fit(self, cancelled: Callable[[], bool]) -> Fit:
        settings, start = self.settings, self.start
        if start is not None and not len(start) / 2 <= self.n_colors <= len(start) * 2:
            # so far away that a seeding is quicker
            start = None
        picked = settings.seeding == PICKS
        if start is None and picked:
            start = start_from_picks(
                self.histogram,
                settings.picks,
                self.n_colors,
                color_space=settings.color_space,
                cancelled=cancelled,
            )
        if start is not None:
            start = warm_start(
                self.histogram,
                start,
                self.n_colors,
                color_space=settings.color_space,
                cancelled=cancelled,
            )
        return Fit(
            self.n_colors,
            "live" if self.live else settings.quality,
            color_space=settings.color_space,
            seeding="wu" if picked else settings.seeding,
            seed=settings.seed,
            init=start,
        )


@dataclass(frozen=True, eq=False)
class PaletteRequest:
    """Show what a run would end with, where its palette is known already.

    Delivers `Iterations` of one and an `IndexedImage`.
    """

    generation: int
    histogram: ColorHistogram
    settings: Settings
    palette: NDArray[np.uint8]
    patient = True

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        space = self.settings.color_space
        centroids = color_space(space).from_srgb(self.palette)
        fit = Fit(len(centroids), "live", color_space=space, max_iter=0, init=centroids)
        final = fit.last(self.histogram, cancelled=cancelled)
        deliver(Iterations(self.settings, (final,)))
        _rest(cancelled)
        deliver(_indexed(self.histogram, self.settings, final, cancelled, refine=False))


@dataclass(frozen=True, eq=False)
class KeepRequest:
    """Make a result of the iteration that a run was stopped at; delivers an `IndexedImage`."""

    generation: int
    histogram: ColorHistogram
    settings: Settings
    iteration: Step
    patient = False

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        deliver(_indexed(self.histogram, self.settings, self.iteration, cancelled))


def _rest(cancelled: Callable[[], bool]) -> None:
    """Wait for a moment: who moves on quickly has no use for the index map of all pixels."""
    end = time.monotonic() + _REST_SECONDS
    while time.monotonic() < end:
        if cancelled():
            raise Cancelled
        time.sleep(0.005)


def _indexed(
    histogram: ColorHistogram,
    settings: Settings,
    iteration: Iteration | Step | None,
    cancelled: Callable[[], bool],
    *,
    refine: bool = True,
) -> IndexedImage:
    """Round, refine and map; no iteration where there is nothing visible to cluster."""
    return IndexedImage.from_centroids(
        histogram,
        np.empty((0, 3)) if iteration is None else iteration.centroids,
        0 if iteration is None else iteration.number,
        color_space=settings.color_space,
        refine=refine,
        cancelled=cancelled,
    )
