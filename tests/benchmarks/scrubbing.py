"""How smoothly the timeline of a long run on a large photo can be scrubbed.

Drives the real window: lets a run of the textbook's iterations converge from colours picked at
random, forgets all labels, and drags the playhead over the whole timeline and back with real mouse
events. Prints how often the canvas was painted, and how late the event loop ever was.

    python -m tests.benchmarks.scrubbing PHOTO [--megapixels 12] [--seconds 8]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from colorquant_gui.app import create_application, create_main_window
from colorquant_gui.session import PICKS, RunState, Session
from tests.benchmarks.driving import Painted, Stalls, enlarged, wait_for


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photo", type=Path)
    parser.add_argument("--megapixels", type=float, default=12.0)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("-k", type=int, default=64)
    options = parser.parse_args()
    create_application(["benchmark"])
    photo = enlarged(options.photo, options.megapixels)
    window = create_main_window([photo])
    window.resize(1280, 800)
    window.show()
    session = window.findChild(Session)
    session.playback.set_speed(float("inf"))
    wait_for(lambda: session.state is RunState.CONVERGED and session.encoded is not None)
    histogram = session.histogram
    rng = np.random.default_rng(0)
    chosen = histogram.colors[rng.choice(histogram.n_colors, options.k, replace=False)]
    picks = tuple(tuple(map(int, color)) for color in chosen)
    session.set("Pick", k=options.k, seeding=PICKS, picks=picks)
    wait_for(lambda: session.state is RunState.CONVERGED and session.encoded is not None)
    history = session.history
    print(f"{histogram.n_colors:,} unique colours, k = {options.k}, {len(history)} iterations")

    session.run.labels.forget()
    shown: list[int] = []
    painted: list[float] = []
    session.playback.frameChanged.connect(lambda frame: shown.append(frame.stop.index))
    watch = Painted()
    watch.painted.connect(painted.append)
    window.canvas.installEventFilter(watch)
    bar = window.findChild(QWidget, "timelineBar")
    stalls = Stalls()
    y, width = bar.height() // 2, bar.width()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(width - 12, y))
    shown.clear()
    painted.clear()
    stalls.reset()
    begin = time.perf_counter()
    while (part := (time.perf_counter() - begin) / options.seconds) < 1:
        # there and back again
        at = abs(1 - 2 * part)
        QTest.mouseMove(bar, QPoint(round(12 + at * (width - 24)), y))
        pause_until = time.perf_counter() + 0.008
        wait_for(lambda end=pause_until: time.perf_counter() >= end)
    seconds = time.perf_counter() - begin
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(width - 12, y))
    gaps, waits = np.array(stalls.gaps), np.diff(painted) * 1000
    print(f"stops shown:     {len(shown) / seconds:.0f} a second, {len(set(shown))} different")
    print(f"canvas painted:  {len(painted) / seconds:.0f} a second, ", end="")
    print(f"p99 {np.percentile(waits, 99):.0f} ms, worst {waits.max():.0f} ms apart")
    print(f"event loop late: p50 {np.median(gaps):.0f} ms, p99 {np.percentile(gaps, 99):.0f} ms, ")
    print(f"                 worst {gaps.max():.0f} ms")
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
