"""What the benchmarks share that drive the real window."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from colorquant_gui.app import create_application, create_main_window
from colorquant_gui.session import RunState, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.ui.main_window import MainWindow


def photo_parser(doc: str) -> argparse.ArgumentParser:
    """Return a parser for a photo and how large it is to be; for `photo_of`."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("photo", type=Path)
    parser.add_argument(
        "--megapixels", type=float, default=12.0, help="blow it up; 0 leaves it as it is"
    )
    return parser


def photo_of(options: argparse.Namespace, noise: float = 2.0) -> Path:
    """Return the photo that was asked for, as large as it was asked for."""
    if not options.megapixels:
        return options.photo
    return enlarged(options.photo, options.megapixels, noise)


def open_window(photo: Path) -> tuple[MainWindow, Session]:
    """Show the real window with a photo that is about to be opened."""
    create_application(["benchmark"])
    window = create_main_window([photo])
    window.resize(1280, 800)
    window.show()
    session = window.findChild(Session)
    assert session is not None
    return window, session


def enlarged(path: Path, megapixels: float, noise: float = 2.0) -> Path:
    """Blow a photo up to a size, with sensor-like noise so that it has as many colours."""
    with Image.open(path) as image:
        rgb = image.convert("RGB")
    factor = (megapixels * 1e6 / (rgb.width * rgb.height)) ** 0.5
    size = (round(rgb.width * factor), round(rgb.height * factor))
    pixels = np.asarray(rgb.resize(size, Image.Resampling.BICUBIC)).astype(np.int16)
    rng = np.random.default_rng(0)
    target = Path(tempfile.mkdtemp()) / f"{path.stem}-{megapixels:g}mp.png"
    for row in range(0, len(pixels) if noise else 0, 256):
        # in bands: the numbers drawn for a large picture would take gigabytes
        band = pixels[row : row + 256]
        band += rng.normal(0, noise, band.shape).round().astype(np.int16)
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    picture.save(target, compress_level=1)
    return target


class Stalls:
    """Watches the event loop with a timer and notes how late it comes."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(10)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000 - 10)
        self._last = now

    def reset(self) -> None:
        """Forget what was."""
        self.gaps.clear()
        self._last = time.perf_counter()


class Painted(QObject):
    """Tells when the canvas has been painted."""

    painted = Signal(float)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the time after the paint event has been handled."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            watched.installEventFilter(self)
            self.painted.emit(time.perf_counter())
            return True
        return False


def wait_for(condition: Callable[[], object], seconds: float = 120.0) -> None:
    """Run the event loop until something holds."""
    end = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > end:
            raise SystemExit("It took too long.")
        QApplication.processEvents()
        time.sleep(0.0005)


def rest(seconds: float) -> None:
    """Run the event loop for a time."""
    end = time.perf_counter() + seconds
    wait_for(lambda: time.perf_counter() >= end)


def converged(session: Session, seconds: float = 120.0) -> None:
    """Run the event loop until a run has ended and its bytes are there."""
    wait_for(lambda: session.state is RunState.CONVERGED and session.encoded is not None, seconds)
