"""The whole window on a screen, for tests that drive it."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from colorquant_gui.app import create_main_window
from colorquant_gui.session import RunState, Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


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


def space_viewport(window: MainWindow, qtbot: QtBot) -> Any:
    """What the colour space is drawn in, which comes after the window, with all of it drawn."""
    qtbot.waitUntil(lambda: window.findChild(QWidget, "spaceViewport") is not None)
    viewport: Any = window.findChild(QWidget, "spaceViewport")
    qtbot.waitUntil(lambda: viewport.settled, timeout=9000)
    return viewport


def trigger(window: MainWindow, key: str) -> None:
    action = window.actions_by_key[key]
    assert action.isEnabled(), key
    action.trigger()


def child(parent: QWidget, kind: type, name: str) -> Any:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found
