"""A canvas on a screen, for tests that look at it or drive it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.canvas import Canvas

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown_canvas(
    qtbot: QtBot, width: int, height: int, *, fixed: bool = True, has_keys: bool = False
) -> Canvas:
    """An empty canvas without captions."""
    made = Canvas()
    qtbot.addWidget(made)
    if fixed:
        made.setFixedSize(width, height)
    else:
        made.resize(width, height)
    made.show()
    if has_keys:
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
    else:
        qtbot.waitExposed(made)
    made.set_captions("", "")
    return made
