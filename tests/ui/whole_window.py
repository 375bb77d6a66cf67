"""The whole window on a screen, for tests that drive it."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDockWidget, QWidget

from colorquant_gui.app import create_main_window
from colorquant_gui.session import RunState, Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@contextmanager
def whole_window(
    qtbot: QtBot,
    paths: Sequence[Path] = (),
    size: tuple[int, int] = (1280, 800),
    *,
    space: bool = True,
    advisor: bool = True,
) -> Iterator[MainWindow]:
    """A wired window that has the keys; what it was given is open and converged.

    Who doesn't look at the colour space does without: nothing takes as long to draw. Nor need
    the advisor work, on a curve that nobody looks at.
    """
    window = create_main_window(paths)
    if not space:
        close_space(window)
    session = session_of(window)
    if not advisor:
        session.advisor.pause()
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


def close_space(window: MainWindow) -> None:
    """Close the dock of the colour space, as a person may."""
    child(window, QDockWidget, "colorSpaceDock").close()


def open_space(window: MainWindow, qtbot: QtBot) -> None:
    """Open it again, and wait until it is seen."""
    child(window, QDockWidget, "colorSpaceDock").show()
    qtbot.waitUntil(window.color_space.isVisible)


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
