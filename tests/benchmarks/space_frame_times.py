"""How long a frame of the colour-space view keeps the window, and how long picking a colour takes.

Where the processor draws, the window goes on meanwhile, and the frame comes some time later.

Turns a cloud of 10,000, 100,000 and 1,000,000 colours as a person does, lets centroids glide over
it while it stands still, asks what is under the pointer, and draws pictures for an animation.
Prints the median and the 95th percentile, how many colours the view drew meanwhile, and how long
it took to fill up at rest.

    python tests/benchmarks/space_frame_times.py [--flat] [--seconds 3]
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from colorquant_gui.app import create_application
from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space3d.budget import MAX_POINTS_IN_SOFTWARE
from colorquant_gui.ui.space3d.picking import Picker

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000, 1_000_000)
WINDOW = (640, 560)
PICTURE, PICTURE_POINTS = (960, 540), 20_000


def colors_of(n: int) -> np.ndarray:
    """`n` different colours around the grey axis, as photos have them."""
    rng = np.random.default_rng(0)
    grey = rng.uniform(0, 255, (3 * n, 1))
    cloud = np.clip(grey + rng.normal(0, 60, (3 * n, 3)), 0, 255).astype(np.uint8)
    return rng.permutation(np.unique(cloud, axis=0))[:n]


def frames(surface: QWidget, seconds: float, move: Callable[[int], None]) -> np.ndarray:
    """Milliseconds of frames, each drawn and finished before the next."""
    times = []
    loop = QEventLoop()
    if isinstance(surface, QOpenGLWidget):
        surface.frameSwapped.connect(loop.quit)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        move(len(times))
        start = time.perf_counter()
        if isinstance(surface, QOpenGLWidget):
            # what a person waits for: until the frame is on the screen
            loop.exec()
        else:
            surface.repaint()
        times.append((time.perf_counter() - start) * 1000)
        QTest.qWait(1)
    # the first ones measure what is affordable
    return np.array(times[len(times) // 5 :])


def told(name: str, times: np.ndarray, rest: str = "") -> None:
    """Print a line."""
    middle, late = np.percentile(times, (50, 95))
    print(f"  {name:<10} {middle:8.2f} ms   95 % {late:8.2f} ms   {rest}")


def measure(n: int, flat: bool, seconds: float) -> None:
    """Measure one cloud."""
    view = ColorSpaceView(use_opengl=False if flat else None)
    view.resize(*WINDOW)
    view.show()
    while (surface := view.findChild(QWidget, "spaceViewport")) is None:
        QTest.qWait(10)
    colors = colors_of(n)
    view.set_colors(colors, np.random.default_rng(1).integers(1, 50, len(colors)))
    scene = view._scene
    start = time.perf_counter()
    while len(scene.points) < min(len(colors), MAX_POINTS_IN_SOFTWARE) or not surface.settled:
        QTest.qWait(5)
    print(f"{len(colors):,} colours, {'OpenGL' if view.has_opengl else 'flat'}")
    print(f"  filled up  {time.perf_counter() - start:8.2f} s    {surface.shown:,} shown")

    def turn(number: int) -> None:
        scene.camera = scene.camera.orbited(3.0, 0.0)
        surface.refresh()

    times = frames(surface, seconds, turn)
    told("orbiting", times, f"{surface.shown:,} shown")
    while not surface.settled:
        QTest.qWait(5)
    centroids = np.random.default_rng(2).uniform(20, 235, (32, 3))

    def glide(number: int) -> None:
        view.set_centroids(centroids + np.sin(number / 9) * 15, np.ones(32))

    told("gliding", frames(surface, seconds, glide), f"{surface.shown:,} shown")
    width, height = surface.width(), surface.height()
    picker, picks, pictures = Picker(scene), [], []
    for number in range(40):
        scene.camera = scene.camera.orbited(1.0, 0.0)
        start = time.perf_counter()
        picker.point(width / 2 + number, height / 2, width, height)
        picks.append((time.perf_counter() - start) * 1000)
    told("picking", np.array(picks), "each from another side")
    for number in range(12):
        start = time.perf_counter()
        view.render_image(size=PICTURE, azimuth=3.0 * number, max_points=PICTURE_POINTS)
        pictures.append((time.perf_counter() - start) * 1000)
    told("picture", np.array(pictures), f"{PICTURE[0]} x {PICTURE[1]}, {PICTURE_POINTS:,} colours")
    view.close()
    view.deleteLater()
    QTest.qWait(50)


def main() -> None:
    """Measure every cloud."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flat", action="store_true", help="without OpenGL")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each kind of frame")
    options = parser.parse_args()
    app = create_application(["space_frame_times"])
    app.setQuitOnLastWindowClosed(False)
    for n in SIZES:
        measure(n, options.flat, options.seconds)


if __name__ == "__main__":
    main()
