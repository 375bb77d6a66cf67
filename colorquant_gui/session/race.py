"""Race: several seedings run side by side on the same picture."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colorquant_gui.core.seeding import DRAWING_LOTS
from colorquant_gui.session.frame import glide
from colorquant_gui.session.race_jobs import RACE_QUALITY, RaceRequest, Runner, RunnerSteps
from colorquant_gui.session.race_outcome import Outcome
from colorquant_gui.session.settings import PICKS, Settings
from colorquant_gui.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.histogram import ColorHistogram
    from colorquant_gui.session.history import Step

MIN_RUNNERS, MAX_RUNNERS = 2, 4


@dataclass(frozen=True, eq=False)
class Moment:
    """A runner at a moment of the race.

    Attributes
    ----------
    step : Step
        The iteration whose labels are on show.
    centroids : ndarray of float64, shape (k, 3)
        Centroids on their way to the next.
    has_ended : bool
        Whether it rests here while others go on.
    """

    step: Step
    centroids: NDArray[np.float64]
    has_ended: bool


@dataclass(eq=False)
class Track:
    """What one runner has left behind so far.

    Attributes
    ----------
    runner : Runner
        Who ran.
    steps : list of Step
        Its iterations: number n at index n.
    ended : bool
        Whether there will be no more. One that takes no part has ended before its first.
    """

    runner: Runner
    steps: list[Step] = field(default_factory=list)
    ended: bool = False

    def at(self, number: int, fraction: float = 0.0) -> Moment | None:
        """Say where the runner is.

        Parameters
        ----------
        number : int
            Iteration of the race, 0 or more; beyond its end a runner stays there.
        fraction : float
            Part of the way to the next iteration that is covered, 0..1.

        Returns
        -------
        Moment or None
            None where it has no step yet.
        """
        if not self.steps:
            return None
        last = len(self.steps) - 1
        step = self.steps[min(number, last)]
        centroids = step.centroids
        if fraction > 0 and number < last:
            centroids = glide(centroids, self.steps[number + 1].centroids, fraction)
        return Moment(step, centroids, self.ended and number >= last)


class Race(QObject):
    """Runs 2 to 4 seedings in a thread of its own and keeps their steps.

    A runner takes the very fit that the session would with the same settings, so that what was
    shown is what is adopted. Steps are kept without labels: 32 bytes a centroid, at most 2,000
    iterations a runner, so 66 MB for four of 256 colours at the very most. Beside that the
    engine's copy of the colours, about 36 bytes a unique colour, for as long as a race runs.

    Attributes
    ----------
    runnerChanged : Signal(int)
        `tracks` of this runner has new steps or has ended.
    finished : Signal()
        All have ended, and `outcome` is there.
    failed : Signal(str)
        Why there will be no outcome, in words for a person.
    tracks : list of Track
        One for each runner.
    outcome : Outcome or None
        How it ended.
    settings : Settings
        The settings of the race; `seeding`, `seed` and picks are those of the runners instead.
    n_pixels : int
        Visible pixels of the picture; inertia over this is the mean squared error.

    Parameters
    ----------
    parent : QObject, optional
        Qt parent.
    """

    runnerChanged = Signal(int)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tracks: list[Track] = []
        self.outcome: Outcome | None = None
        self.settings = Settings(quality=RACE_QUALITY)
        self.n_pixels = 0
        self._generation = 0
        self._is_running = False
        self._worker: Worker | None = None

    @property
    def is_running(self) -> bool:
        """Whether a race is on."""
        return self._is_running

    def start(
        self, histogram: ColorHistogram, runners: Sequence[Runner], settings: Settings
    ) -> None:
        """Start a race; one that is on is cancelled.

        Parameters
        ----------
        histogram : ColorHistogram
            The colours of the picture.
        runners : sequence of Runner
            2 to 4, at least one of them ready; the others take no part. Where there is no chance
            in a seeding, the seed of the settings is taken in place of the runner's.
        settings : Settings
            k and colour space. Everybody runs by the textbook, to the very end, whatever the
            quality level.
        """
        if not MIN_RUNNERS <= len(runners) <= MAX_RUNNERS or not any(r.is_ready for r in runners):
            raise ValueError(f"a race needs 2 to 4 runners, one of them ready, not {runners}")
        entered = [
            r if r.seeding in DRAWING_LOTS else replace(r, seed=settings.seed) for r in runners
        ]
        self._generation += 1
        self.tracks = [Track(runner, ended=not runner.is_ready) for runner in entered]
        self.outcome = None
        self.settings = replace(settings, quality=RACE_QUALITY)
        self.n_pixels = histogram.n_pixels
        self._is_running = True
        if self._worker is None:
            self._worker = Worker("race", self)
            self._worker.delivered.connect(self._take)
            self._worker.failed.connect(self._fail)
        self._worker.submit(RaceRequest(self._generation, histogram, self.settings, tuple(entered)))

    def settings_of(self, number: int) -> Settings:
        """Return the settings with which a session makes the run of a runner."""
        runner = self.tracks[number].runner
        picks = runner.picks if runner.seeding == PICKS else ()
        return replace(self.settings, seeding=runner.seeding, seed=runner.seed, picks=picks)

    def cancel(self) -> None:
        """Stop the race that is on; what it has so far stays."""
        self._generation += 1
        self._is_running = False
        if self._worker is not None:
            self._worker.cancel()

    def clear(self) -> None:
        """Stop, and forget everything: another picture, or nobody looks."""
        self.cancel()
        self.tracks = []
        self.outcome = None

    def close(self) -> None:
        """Cancel and end the thread. Call before it is deleted; `start` makes another."""
        self.cancel()
        if self._worker is not None:
            self._worker.close()
            self._worker.deleteLater()
            self._worker = None

    def _take(self, generation: int, payload: object) -> None:
        if generation != self._generation:
            return
        if isinstance(payload, RunnerSteps):
            track = self.tracks[payload.runner]
            track.steps.extend(payload.steps)
            track.ended = payload.ended
            self.runnerChanged.emit(payload.runner)
        elif isinstance(payload, Outcome):
            self.outcome = payload
            self._is_running = False
            self.finished.emit()

    def _fail(self, generation: int, message: str) -> None:
        if generation == self._generation:
            self._is_running = False
            self.failed.emit(message)


__all__ = ["MAX_RUNNERS", "MIN_RUNNERS", "Moment", "Race", "Runner", "Track"]
