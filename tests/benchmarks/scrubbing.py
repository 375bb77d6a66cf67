"""How smoothly a long run on a large photo can be played, stepped through and scrubbed.

Drives the real window: lets a run of the textbook's iterations go on from colours picked at random
while its beginning is being played, then plays it, steps through it with the arrow keys and
drags the playhead over the whole timeline and back with real mouse events, each time with all
labels forgotten. Prints how often the canvas was painted, how late the event loop ever was, and
the memory it took; and checks some labels by brute force.

    python -m tests.benchmarks.scrubbing PHOTO [--megapixels 12] [-k 64] [--seconds 8]
    python -m tests.benchmarks.scrubbing PHOTO --megapixels 50 --noise 14 -k 256 --iterations 500
"""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from colorquant_gui.core import Fit
from colorquant_gui.session import PICKS, fit_jobs
from tests.benchmarks.driving import (
    Painted,
    Stalls,
    converged,
    open_window,
    photo_of,
    photo_parser,
    rest,
    wait_for,
)

if TYPE_CHECKING:
    from colorquant_gui.session import Frame, History, Session
    from colorquant_gui.ui.main_window import MainWindow

_PATIENCE = 1200.0
_MARGIN = 12
_CHECKED_STOPS, _CHECKED_COLORS = 12, 5_000


class Watch:
    """Counts what is painted and shown while something is done with a window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self._shown: list[int] = []
        self._painted: list[float] = []
        self._canvas_paint = Painted()
        self._canvas_paint.painted.connect(self._painted.append)
        window.canvas.installEventFilter(self._canvas_paint)
        session.playback.frameChanged.connect(self._note)
        self._stalls = Stalls()
        self._begin = time.perf_counter()

    def _note(self, frame: Frame) -> None:
        self._shown.append(frame.stop.index)

    def begin(self) -> None:
        """Forget what was."""
        self._shown.clear()
        self._painted.clear()
        self._stalls.reset()
        self._begin = time.perf_counter()

    def report(self, what: str) -> None:
        """Print what there was since `begin`, in a line."""
        seconds = time.perf_counter() - self._begin
        late = np.array(self._stalls.gaps or [0.0])
        apart = np.diff(self._painted) * 1000 if len(self._painted) > 1 else np.zeros(1)
        print(
            f"{what:<28}{seconds:7.1f} s | canvas painted {len(self._painted) / seconds:3.0f}/s, "
            f"worst {apart.max():4.0f} ms apart | stops shown {len(self._shown) / seconds:3.0f}/s, "
            f"{len(set(self._shown)):4d} different | event loop late: p50 {np.median(late):3.0f}, "
            f"p99 {np.percentile(late, 99):3.0f}, worst {late.max():4.0f} ms",
            flush=True,
        )


def memory() -> str:
    """Say how much memory the process takes and ever took, where the system tells."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return "unknown"
    kilobytes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
    now, most = (int(kilobytes[name]) / 1e6 for name in ("VmRSS", "VmHWM"))
    return f"{now:.2f} GB, at most {most:.2f} GB"


def history_bytes(history: History) -> int:
    """Add up the arrays of a history."""
    steps = sum(step.centroids.nbytes + step.counts.nbytes for step in history.steps)
    trail = history.seeding
    return steps + (trail.final.nbytes + trail.parts.nbytes if trail is not None else 0)


def main() -> int:
    """Run the benchmark."""
    parser = photo_parser(__doc__)
    parser.add_argument("--noise", type=float, default=2.0, help="levels, of the blown-up photo")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each way to move")
    parser.add_argument("-k", type=int, default=64)
    parser.add_argument("--speed", type=float, default=1.0, help="to play at")
    parser.add_argument(
        "--iterations", type=int, default=0, help="exactly so many; 0: until it has converged"
    )
    options = parser.parse_args()
    window, session = open_window(photo_of(options, options.noise))
    watch = Watch(window, session)
    converge(session, watch, "opened, first result")
    if options.iterations:
        # no control of the window asks for as many
        fit_jobs.Fit = partial(Fit, max_iter=options.iterations, tol=0.0)
    rng = np.random.default_rng(0)
    histogram = session.histogram
    chosen = histogram.colors[rng.choice(histogram.n_colors, options.k, replace=False)]
    picks = tuple(tuple(map(int, color)) for color in chosen)
    watch.begin()
    session.set("Pick", k=options.k, seeding=PICKS, picks=picks)
    converge(session, watch, "the run, while played")
    history, labels = session.history, session.run.labels
    print(f"{histogram.n_colors:,} unique colours, k = {options.k}, {len(history)} iterations")
    print(f"history {history_bytes(history) / 1e6:.1f} MB; process {memory()}")

    session.playback.pause()
    labels.forget()
    play(session, watch, options.seconds, options.speed)
    labels.forget()
    step(window, session, watch, options.seconds)
    labels.forget()
    scrub(window, watch, options.seconds)
    print(f"labels kept {labels.kept_bytes / 1e6:.0f} MB; process {memory()}")
    check(session, rng)
    window.close()
    return 0


def converge(session: Session, watch: Watch, what: str) -> None:
    """Wait for a run and its bytes."""
    converged(session, _PATIENCE)
    watch.report(what)


def play(session: Session, watch: Watch, seconds: float, speed: float) -> None:
    """Play from the start."""
    session.playback.seek(session.history.stop_of(0))
    session.playback.set_speed(speed)
    watch.begin()
    session.playback.play()
    rest(seconds)
    session.playback.pause()
    watch.report(f"played at {speed:g}x")


def step(window: MainWindow, session: Session, watch: Watch, seconds: float) -> None:
    """Step with the arrow keys as fast as they repeat, half of the time back again."""
    bar = window.findChild(QWidget, "timelineBar")
    session.playback.seek(session.history.stop_of(0))
    rest(0.5)
    watch.begin()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        end = time.perf_counter() + seconds / 2
        while time.perf_counter() < end:
            QTest.keyClick(bar, key)
            rest(1 / 30)
    watch.report("stepped, 30 keys a second")


def scrub(window: MainWindow, watch: Watch, seconds: float) -> None:
    """Drag the playhead from the end to the start and back again."""
    bar = window.findChild(QWidget, "timelineBar")
    y, length = bar.height() // 2, bar.width() - 2 * _MARGIN
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(_MARGIN + length, y))
    watch.begin()
    begin = time.perf_counter()
    while (part := (time.perf_counter() - begin) / seconds) < 1:
        at = abs(1 - 2 * part)
        QTest.mouseMove(bar, QPoint(round(_MARGIN + at * length), y))
        rest(0.008)
    watch.report("scrubbed there and back")
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(_MARGIN + length, y))


def check(session: Session, rng: np.random.Generator) -> None:
    """Go to some stops and compute again, by brute force, what some colours should have there."""
    history, colors = session.history, session.histogram.colors
    frames: list[Frame] = []
    session.playback.frameChanged.connect(frames.append)
    wrong = 0
    stops = [history.stop_of(int(n)) for n in rng.integers(0, len(history), _CHECKED_STOPS)]
    for stop in stops:
        session.run.labels.forget()
        frames.clear()
        session.playback.seek(stop)
        wait_for(lambda stop=stop: frames and frames[-1].stop.index == stop)
        frame, some = frames[-1], rng.integers(0, len(colors), _CHECKED_COLORS)
        away = colors[some, None].astype(np.float64) - history[frame.stop.iteration].centroids
        distances = (away**2).sum(axis=2)
        own = np.take_along_axis(distances, frame.labels[some, None].astype(np.intp), axis=1)[:, 0]
        wrong += int(np.count_nonzero(own > distances.min(axis=1) * (1 + 1e-9)))
    session.playback.frameChanged.disconnect(frames.append)
    checked = len(stops) * _CHECKED_COLORS
    print(f"checked at {len(stops)} stops: {wrong} of {checked:,} colours not with the nearest")


if __name__ == "__main__":
    sys.exit(main())
