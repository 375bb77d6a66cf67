"""The runners of a race, what they leave behind, and the request that lets them run."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colorquant_gui.core import ColorHistogram, Fit, InvalidParameterError
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.session.history import Step
from colorquant_gui.session.race_outcome import judge
from colorquant_gui.session.settings import PICKS

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.core.picks import Color
    from colorquant_gui.session.settings import Settings

_BATCH_SECONDS = 0.03
# To tell minima apart, a run that has ended is carried on until hardly anything moves.
_REST_TOL, _REST_ITERATIONS = 0.001, 300


@dataclass(frozen=True)
class Runner:
    """Where one of the runs starts.

    Attributes
    ----------
    seeding : str
        A member of `colorquant_gui.core.seeding.SEEDINGS`, or `PICKS`.
    seed : int
        Seed of all that is random, 0 or more.
    picks : tuple of (int, int, int)
        The picked sRGB colours, for `PICKS`.
    """

    seeding: str
    seed: int = 0
    picks: tuple[Color, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it has all it needs to start."""
        return self.seeding != PICKS or bool(self.picks)


@dataclass(frozen=True, eq=False)
class RunnerSteps:
    """Further steps of one runner, as they come.

    Attributes
    ----------
    runner : int
        Its place in the race, from 0.
    steps : tuple of Step
        In the order of their numbers.
    ended : bool
        Whether these were the last.
    """

    runner: int
    steps: tuple[Step, ...]
    ended: bool


@dataclass(frozen=True, eq=False)
class RaceRequest:
    """Let runners run, one iteration each in turn.

    Delivers `RunnerSteps`, about 30 times a second, then one `Outcome`.

    Attributes
    ----------
    generation : int
        Number of the race.
    histogram : ColorHistogram
        The colours of the picture.
    settings : Settings
        k, quality and colour space, the same for all.
    runners : tuple of Runner
        Who runs.
    """

    generation: int
    histogram: ColorHistogram
    settings: Settings
    runners: tuple[Runner, ...]
    patient = False

    @property
    def n_colors(self) -> int:
        """Number of centroids; see `Settings.n_centroids`."""
        return self.settings.n_centroids(self.histogram)

    def run(self, deliver: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
        """See `colorquant_gui.session.worker.Request.run`."""
        if not self.n_colors:
            raise InvalidParameterError("This image is fully transparent: there is no race to run.")
        # Another histogram of the same arrays has a problem of its own, so that the run of the
        # session, in another thread, is not disturbed.
        colors = ColorHistogram(self.histogram.colors, self.histogram.counts)
        ends = self._run_all(colors, deliver, cancelled)
        rest = [self._at_rest(colors, end, cancelled) for end in ends]
        deliver(judge([end.inertia for end in ends], rest, self.settings.color_space))

    def _run_all(
        self,
        colors: ColorHistogram,
        deliver: Callable[[object], None],
        cancelled: Callable[[], bool],
    ) -> list[Step]:
        running = {
            number: self._fit(runner, colors, cancelled).iterate(colors, cancelled=cancelled)
            for number, runner in enumerate(self.runners)
        }
        ends: dict[int, Step] = {}
        waiting: dict[int, list[Step]] = defaultdict(list)
        sent = 0.0
        while running:
            over = set()
            for number, iterations in running.items():
                iteration = next(iterations, None)
                if iteration is None:
                    over.add(number)
                else:
                    ends[number] = Step.of(iteration)
                    waiting[number].append(ends[number])
            for number in over:
                del running[number]
                deliver(RunnerSteps(number, tuple(waiting.pop(number, ())), ended=True))
            now = time.monotonic()
            if now - sent >= _BATCH_SECONDS:
                for number, steps in waiting.items():
                    deliver(RunnerSteps(number, tuple(steps), ended=False))
                waiting.clear()
                sent = now
        return [ends[number] for number in range(len(self.runners))]

    def _fit(self, runner: Runner, colors: ColorHistogram, cancelled: Callable[[], bool]) -> Fit:
        settings, start = self.settings, None
        if runner.seeding == PICKS:
            start = start_from_picks(
                colors,
                runner.picks,
                self.n_colors,
                color_space=settings.color_space,
                cancelled=cancelled,
            )
        return Fit(
            self.n_colors,
            settings.quality,
            color_space=settings.color_space,
            seeding="wu" if runner.seeding == PICKS else runner.seeding,
            seed=runner.seed,
            init=start,
        )

    def _at_rest(
        self, colors: ColorHistogram, end: Step, cancelled: Callable[[], bool]
    ) -> NDArray[np.float64]:
        fit = Fit(
            self.n_colors,
            color_space=self.settings.color_space,
            max_iter=_REST_ITERATIONS,
            tol=_REST_TOL,
            init=end.centroids,
        )
        return fit.last(colors, cancelled=cancelled).centroids
