"""The whole window on a screen, for tests that drive it."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QImage

from colorquant_gui.app import create_main_window
from colorquant_gui.session import RunState, Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


def photo(height: int = 90, width: int = 120) -> NDArray[np.uint8]:
    """A smooth picture with some noise."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:height, 0:width]
    bands = np.stack([x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)], axis=2)
    return np.clip(bands + rng.normal(0, 12, bands.shape), 0, 255).astype(np.uint8)


@contextmanager
def whole_window(
    qtbot: QtBot, paths: Sequence[Path] = (), size: tuple[int, int] = (1280, 800)
) -> Iterator[MainWindow]:
    """A wired window that has the keys; what it was given is open and converged."""
    window = create_main_window(paths)
    session = session_of(window)
    session.playback.set_speed(math.inf)
    try:
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if paths:
            converge(window, qtbot)
        yield window
    finally:
        session.cancel_save()
        window.close()
        window.deleteLater()


def session_of(window: MainWindow) -> Session:
    session = window.findChild(Session)
    assert session is not None
    return session


def converge(window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(window)
    qtbot.waitUntil(
        lambda: session.state is RunState.CONVERGED and session.encoded is not None, timeout=20_000
    )


def trigger(window: MainWindow, key: str) -> None:
    action = window.actions_by_key[key]
    assert action.isEnabled(), key
    action.trigger()


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    """What is painted, (height, width, 3)."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def child(parent: QWidget, kind: type, name: str) -> Any:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found
