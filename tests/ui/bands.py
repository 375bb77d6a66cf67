"""The whole window on a picture of four bands, at 100 %."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint

from tests.ui.painted import pixels
from tests.ui.whole_window import converge, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow

WIDTH, HEIGHT = 160, 60
COLORS = np.array([[200, 40, 40], [40, 180, 60], [50, 60, 200], [230, 210, 60]], np.uint8)


@contextmanager
def bands_window(qtbot: QtBot, folder: Path, *, space: bool = True) -> Iterator[MainWindow]:
    """A window on upright bands, each of one colour and some noise, with k = 4."""
    rng = np.random.default_rng(0)
    rgb = np.repeat(np.repeat(COLORS[None], HEIGHT, axis=0), WIDTH // 4, axis=1).astype(int)
    rgb = np.clip(rgb + rng.integers(-6, 7, rgb.shape), 0, 255).astype(np.uint8)
    Image.fromarray(rgb).save(folder / "bands.png")
    opened = whole_window(qtbot, [folder / "bands.png"], space=space, advisor=False)
    with opened as window:
        session = session_of(window)
        session.set("k", k=4)
        converge(window, qtbot)
        trigger(window, "modeResult")
        trigger(window, "zoomActual")
        yield window


def band_center(window: MainWindow, band: int) -> QPoint:
    """Return where the middle of a band is on the canvas."""
    return window.canvas.rect().center() + QPoint(-80 + 40 * band + 20, 0)


def swatch_of(window: MainWindow, band: int) -> int:
    """Return the swatch of a band's colour."""
    result = session_of(window).result
    assert result is not None
    return int(np.abs(result.palette.astype(int) - COLORS[band]).sum(axis=1).argmin())


def lower_part(window: MainWindow) -> NDArray[np.int_]:
    """The picture's lower 24 rows as they are seen, (24, 160, 3): above them are captions."""
    canvas = window.canvas
    left, top = (canvas.width() - WIDTH + 1) // 2, (canvas.height() - HEIGHT + 1) // 2
    return pixels(canvas)[top + 36 : top + HEIGHT, left : left + WIDTH].astype(int)
