"""How long the k advisor takes for its curve, and what the event loop feels of it meanwhile.

Enlarges a photo, and measures: the time to the first 20 points, to the real sizes of their files,
and to the errors of every k; how late a 10 ms timer of the event loop comes; how long the advisor
takes to stand still when it is told to give way; and the most memory. Processor time is that of
the whole process: on two cores that nobody else uses, a clock shows little more than half of it.
With --window the advisor is that of the real window, with the picture on show.

    python -m tests.benchmarks.advisor PHOTO [--megapixels 12] [--window] [--all]
"""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication

from colorquant_gui.core import ColorHistogram
from colorquant_gui.core.advisor import N_FIRST
from colorquant_gui.session import advisor_jobs
from colorquant_gui.session.advisor import Advisor, AdvisorState
from colorquant_gui.session.settings import Settings
from tests.benchmarks.driving import (
    Stalls,
    converged,
    open_window,
    photo_of,
    photo_parser,
    rest,
    wait_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

LONGEST = 1200.0


class Clock:
    """Notes when the curve of an advisor has come how far."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._start, self._cpu = time.perf_counter(), time.process_time()
        self.signals = 0
        self.reached: dict[str, tuple[float, float]] = {}
        advisor.pointsChanged.connect(self._note)

    def _note(self) -> None:
        self.signals += 1
        progress = self._advisor.progress
        for name, there in (
            ("first point", progress.measured >= 1),
            (f"errors of {N_FIRST} k", progress.measured >= N_FIRST),
            (f"bytes of {N_FIRST} k", progress.encoded >= N_FIRST),
            ("errors of all k", progress.measured == progress.total > 0),
            ("bytes of all k", progress.encoded == progress.total > 0),
        ):
            if there and name not in self.reached:
                seconds = time.perf_counter() - self._start
                self.reached[name] = (seconds, time.process_time() - self._cpu)


class Returns:
    """Notes when a worker comes back from a request."""

    def __init__(self) -> None:
        self.last = 0.0
        for kind in (advisor_jobs.MeasureRequest, advisor_jobs.MissingRequest):
            kind.run = self._noting(kind.run)

    def _noting(self, run: Callable[..., None]) -> Callable[..., None]:
        def noting(*arguments: object) -> None:
            try:
                run(*arguments)
            finally:
                self.last = time.perf_counter()

        return noting


def times_to_stand_still(advisor: Advisor, returns: Returns) -> NDArray[np.float64]:
    """Tell a working advisor to give way, again and again; return milliseconds."""
    taken = []
    for number in range(30):
        wait_for(lambda: advisor.state is AdvisorState.WORKING)
        rest(0.1 + 0.01 * number)
        start = time.perf_counter()
        advisor.yield_to_user(True)
        time.sleep(0.6)
        taken.append(max(0.0, returns.last - start) * 1000)
        advisor.yield_to_user(False)
    return np.array(taken)


def report(advisor: Advisor, begin: Callable[[], None], *, everything: bool) -> None:
    """Run the advisor from nothing and print the figures."""
    returns = Returns()
    stalls = Stalls()
    for _ in range(2):  # the first while, a window that has just opened still paints
        stalls.reset()
        rest(3)
    quiet = np.array(stalls.gaps)
    clock = Clock(advisor)
    stalls.reset()
    begin()
    last = "bytes of all k" if everything else "errors of all k"
    wait_for(lambda: last in clock.reached or advisor.state is AdvisorState.FAILED, LONGEST)
    gaps = np.array(stalls.gaps)
    seconds = max(taken for taken, _ in clock.reached.values())
    for name, (taken, cpu) in clock.reached.items():
        print(f"{name:18s} {taken:8.2f} s, {cpu:8.2f} s of processor time")
    for name, late in (("quiet", quiet), ("advisor at work", gaps)):
        p50, p99 = np.percentile(late, [50, 99])
        print(f"timer late, {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, worst {late.max():.1f} ms")
    print(f"signals: {clock.signals / seconds:.1f} a second")
    if advisor.state is AdvisorState.WORKING:
        taken = times_to_stand_still(advisor, returns)
        print(f"stands still: p50 {np.median(taken):.0f} ms, worst {taken.max():.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of the process: {peak:.0f} MB")


def headless(photo: Path, *, everything: bool) -> None:
    """Measure an advisor by itself."""
    QCoreApplication(["benchmark"])
    with Image.open(photo) as image:
        rgb = np.asarray(image.convert("RGB"))
    histogram = ColorHistogram.from_rgb(rgb)
    print(f"{rgb.shape[1]} x {rgb.shape[0]}, {histogram.n_colors:,} unique colours")
    advisor = Advisor()
    advisor.set_settings(Settings())
    report(advisor, lambda: advisor.set_source(histogram), everything=everything)
    advisor.close()


def in_window(photo: Path, *, everything: bool) -> None:
    """Measure the advisor of the real window."""
    window, session = open_window(photo)
    converged(session)
    session.playback.skip_to_end()
    histogram = session.histogram
    print(f"{session.source.width} x {session.source.height}, {histogram.n_colors:,} colours")
    advisor = session.findChild(Advisor, "advisor")
    if advisor is None:
        raise SystemExit("This window has no advisor.")
    advisor.set_source(None)
    report(advisor, lambda: advisor.set_source(histogram), everything=everything)
    window.close()


def main() -> int:
    """Run the benchmark."""
    parser = photo_parser(__doc__)
    parser.add_argument("--window", action="store_true", help="measure within the real window")
    parser.add_argument("--all", action="store_true", help="wait for the sizes of all k too")
    options = parser.parse_args()
    run = in_window if options.window else headless
    run(photo_of(options), everything=options.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
