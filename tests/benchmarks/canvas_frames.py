"""How long a frame of the canvas takes, for pictures of several sizes.

Shows a synthetic picture on a canvas of 1280 x 800 and paints it after each of what happens while a
person works: other colours, other labels, a step of a pan, a step of a zoom, another highlight, the
loupe. The times should not depend on the size of the picture.

    python tests/benchmarks/canvas_frames.py [--megapixels 1 12 50] [--frames 60]
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from colorquant_gui.ui.canvas import Canvas, CompareMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

WIDTH, HEIGHT = 1280, 800
K = 64
FRAME_MS = 1000 / 60


def synthetic(megapixels: float) -> tuple[NDArray[np.uint8], NDArray[np.int32], int]:
    """Return a picture of soft waves with noise, its colour numbers, and how many there are.

    Parameters
    ----------
    megapixels : float
        Its size; it is 3 by 2.
    """
    height = round((megapixels * 1e6 / 1.5) ** 0.5)
    width = round(1.5 * height)
    rng = np.random.default_rng(0)
    x = np.linspace(0, 9, width, dtype=np.float32)
    rgb = np.empty((height, width, 3), np.uint8)
    # in bands, so that 50 megapixels need no gigabytes
    for first in range(0, height, 256):
        rows = slice(first, min(height, first + 256))
        y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] * (6 / height)
        for channel in range(3):
            wave = 128 + 100 * np.sin(x * (1 + 0.3 * channel) + y + channel)
            noise = rng.integers(-8, 9, wave.shape, np.int8)
            rgb[rows, :, channel] = np.clip(wave + noise, 0, 255)
    keys = np.empty((height, width), np.int32)
    np.left_shift(rgb[..., 0], 16, out=keys, dtype=np.int32)
    keys |= np.left_shift(rgb[..., 1], 8, dtype=np.int32)
    keys |= rgb[..., 2]
    seen = np.zeros(1 << 24, np.bool_)
    seen[keys] = True
    table = np.cumsum(seen, dtype=np.int32) - 1
    return rgb, table[keys], int(table[-1]) + 1


class Bench:
    """A canvas that is painted into an image, as Qt paints it into a window's store."""

    def __init__(self, megapixels: float) -> None:
        rgb, numbers, self.n_colors = synthetic(megapixels)
        self.size = f"{rgb.shape[1]:,} x {rgb.shape[0]:,}"
        self.rng = np.random.default_rng(1)
        self.canvas = Canvas()
        self.canvas.resize(WIDTH, HEIGHT)
        self.canvas.show()
        self.canvas.set_picture(rgb, None, numbers)
        self.canvas.set_labels(self.labels(), self.colors())
        self.canvas.set_animating(True)
        self.store = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        QApplication.processEvents()

    def labels(self) -> NDArray[np.uint8]:
        """Return labels of no meaning."""
        return self.rng.integers(0, K, self.n_colors, np.uint8)

    def colors(self) -> NDArray[np.uint8]:
        """Return a palette of no meaning."""
        return self.rng.integers(0, 256, (K, 3), np.uint8)

    def times(self, step: Callable[[int], None], frames: int) -> NDArray[np.float64]:
        """Paint one frame after each step; return milliseconds, shape (frames,)."""
        taken = np.empty(frames)
        for number in range(-3, frames):
            start = time.perf_counter()
            step(number)
            self.canvas.render(self.store)
            if number >= 0:
                taken[number] = 1000 * (time.perf_counter() - start)
        return taken


def steps(bench: Bench) -> list[tuple[str, Callable[[int], None]]]:
    """Return what happens, with a name; labels and colours are made beforehand."""
    canvas, stage = bench.canvas, bench.canvas._stage
    palettes = [bench.colors() for _ in range(8)]
    labelings = [bench.labels() for _ in range(4)]

    def pan(number: int) -> None:
        stage.viewport.pan(-3 if number % 40 < 20 else 3, 2 if number % 40 < 20 else -2)
        canvas._show_view()

    def at(zoom: float, step: Callable[[int], None]) -> Callable[[int], None]:
        def prepared(number: int) -> None:
            if number == -3:
                canvas.set_zoom(zoom)
            step(number)

        return prepared

    def loupe(number: int) -> None:
        canvas.set_loupe(True)
        place = QPointF(300 + 5 * (number % 60), 200 + 2 * (number % 60))
        none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, plain)
        QCoreApplication.sendEvent(canvas, event)

    def colors(number: int) -> None:
        canvas.set_colors(palettes[number % 8])

    def labels(number: int) -> None:
        canvas.set_labels(labelings[number % 4], palettes[number % 8])

    def fitted(number: int) -> None:
        if number == -3:
            canvas.zoom_to_fit()
        colors(number)

    return [
        ("colours, fitted", fitted),
        ("labels, fitted", labels),
        ("highlight, fitted", lambda n: canvas.set_highlight(n % K)),
        ("labels + highlight", labels),
        ("no highlight", lambda n: canvas.set_highlight(None)),
        ("colours, 100 %", at(1.0, colors)),
        ("pan, 100 %", at(1.0, pan)),
        ("pan, 1200 %, grid", at(12.0, pan)),
        ("zoom", at(1.0, lambda n: canvas.set_zoom(1.0 + 0.07 * (n + 4)))),
        ("loupe, 100 %", at(1.0, loupe)),
    ]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megapixels", type=float, nargs="+", default=[1.0, 12.0, 50.0])
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--mode", choices=[mode.value for mode in CompareMode], default="split")
    options = parser.parse_args()
    QApplication([])
    for megapixels in options.megapixels:
        bench = Bench(megapixels)
        bench.canvas.set_compare_mode(CompareMode(options.mode))
        print(f"{megapixels:g} MP, {bench.size}, {bench.n_colors:,} colours; ms a frame")
        for name, step in steps(bench):
            taken = bench.times(step, options.frames)
            median, late = np.percentile(taken, [50, 95])
            missed = np.mean(taken > FRAME_MS)
            print(f"  {name:20s} median {median:6.2f}  p95 {late:6.2f}  over 16.7 ms {missed:4.0%}")
        bench.canvas.close()
        bench.canvas.deleteLater()
        QApplication.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
