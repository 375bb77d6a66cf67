"""How promptly the window answers a drag of the k slider on a large photo.

Drives the real window: real mouse events drag the slider from 2 to 64. Prints how long the event
loop was ever blocked, and how long it took from each step of the slider to the first preview with
that many colours on the canvas.

    python -m tests.benchmarks.slider_latency PHOTO [--megapixels 12] [--seconds 4]
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider

from colorquant_gui.session import RunState
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
    from colorquant_gui.session import Frame


def main() -> int:
    """Run the benchmark."""
    parser = photo_parser(__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    window, session = open_window(photo_of(options))
    session.playback.set_speed(float("inf"))
    converged(session)
    session.set("k", k=2)
    converged(session)
    source, histogram = session.source, session.histogram
    print(f"{source.width} x {source.height}, {histogram.n_colors:,} unique colours")

    asked: list[tuple[int, float]] = []
    latencies: list[float] = []

    frames: list[Frame] = []

    def shown(frame: Frame, now: float) -> None:
        # a preview answers the step it was computed for, and with it all earlier ones
        numbers = [index for index, (k, _) in enumerate(asked) if k == len(frame.centroids)]
        if numbers:
            latencies.extend((now - when) * 1000 for _, when in asked[: numbers[-1] + 1])
            del asked[: numbers[-1] + 1]

    session.playback.frameChanged.connect(frames.append)
    painted = Painted()
    window.canvas.installEventFilter(painted)

    def note(now: float) -> None:
        while frames:
            shown(frames.pop(0), now)

    painted.painted.connect(note)
    window.k_selector.valueEdited.connect(lambda k: asked.append((k, time.perf_counter())))
    slider = window.findChild(QAbstractSlider, "kSlider")
    stalls = Stalls()
    y = slider.height() // 4
    left, right = slider.x_of(2), slider.x_of(64)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(left), y))
    stalls.reset()
    begin = time.perf_counter()
    while (part := (time.perf_counter() - begin) / options.seconds) < 1:
        x = left + (right - left) * part
        QTest.mouseMove(slider, QPoint(round(x), y))
        rest(0.016)
    QTest.mouseMove(slider, QPoint(round(right), y))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(right), y))
    last = session.settings.k
    wait_for(lambda: session.state is RunState.CONVERGED)
    gaps = np.array(stalls.gaps)
    seen = np.array(latencies)
    print(f"event loop late: p50 {np.median(gaps):.0f} ms, p99 {np.percentile(gaps, 99):.0f} ms, ")
    print(f"                 worst {gaps.max():.0f} ms")
    print(f"steps answered:  {len(seen)} of {len(seen) + len(asked)}")
    if len(seen):
        p50, p95 = np.percentile(seen, [50, 95])
        print(f"step to preview: p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {seen.max():.0f} ms")
    print(f"last k: {last}; palette saved has {len(session.result.palette)} colours")
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
