"""The runners of a race, what they leave behind, and the request that lets them run."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colorquant_gui.core import ColorHistogram, Fit, InvalidParameterError
from colorquant_gui.core.picks import start_from_picks
from colorquant_gui.session.history import Step
from colorquant_gui.session.race_outcome import judge
from colorquant_gui.session.settings import PICKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.core.picks import Color
    from colorquant_gui.session.settings import Settings

_BATCH_SECONDS = 0.03
RACE_QUALITY = "textbook"
"""The quality level of every runner: only who goes on to rest ends in a minimum."""


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
        The sRGB colours picked in the picture that is open, for `PICKS`.
    former : tuple of (int, int, int)
        Those picked in another picture. Nothing starts from them; they can be taken over.
    """

    seeding: str
    seed: int = 0
    picks: tuple[Color, ...] = ()
    former: tuple[Color, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it has all it needs to start."""
        return self.seeding != PICKS or bool(self.picks)

    def for_another_picture(self) -> Runner:
        """Return it for a picture that none of its colours were picked in."""
        return replace(self, picks=(), former=self.picks or self.former)


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
        k, quality and colour space, the same for all. It takes a level that ends at rest, such as
        `RACE_QUALITY`, for the outcome to tell minima apart.
    runners : tuple of Runner
        Who runs; those that are not ready take no part.
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
        deliver(judge(ends, self.settings.color_space))

    def _run_all(
        self,
        colors: ColorHistogram,
        deliver: Callable[[object], None],
        cancelled: Callable[[], bool],
    ) -> dict[int, Step]:
        running = {
            number: self._fit(runner, colors, cancelled).iterate(colors, cancelled=cancelled)
            for number, runner in enumerate(self.runners)
            if runner.is_ready
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
        return dict(sorted(ends.items()))

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
