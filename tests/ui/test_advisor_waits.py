"""The curve waits while a run is played, unless it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QDockWidget

from colorquant_gui.session.advisor_state import AdvisorState
from tests.ui.whole_window import child, session_of, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_a_curve_behind_another_tab_waits_for_the_playback(qtbot: QtBot, tmp_path: Path) -> None:
    # so many colours that all k are not measured within this test
    noise = np.random.default_rng(1).integers(0, 256, (160, 160, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    with whole_window(qtbot, [tmp_path / "noise.png"]) as window:
        session = session_of(window)
        advisor, dock = session.advisor, child(window, QDockWidget, "advisorDock")
        # it is a tab behind the palette, which Qt calls visible
        assert dock.isVisible()
        # slow enough that it plays as long as this takes
        session.playback.set_speed(0.001)
        session.playback.seek(0)
        session.playback.play()
        assert session.playback.is_playing
        advisor.set_source(session.histogram)
        assert advisor.state is AdvisorState.WAITING
        dock.raise_()
        qtbot.waitUntil(lambda: advisor.state is AdvisorState.WORKING)
        # out of the window it is seen, too, wherever it lies
        child(window, QDockWidget, "paletteDock").raise_()
        qtbot.waitUntil(lambda: advisor.state is AdvisorState.WAITING)
        dock.setFloating(True)
        dock.move(-300, 40)
        qtbot.waitUntil(lambda: advisor.state is AdvisorState.WORKING)
        dock.setFloating(False)
        qtbot.waitUntil(lambda: not dock.isFloating())
        child(window, QDockWidget, "paletteDock").raise_()
        qtbot.waitUntil(lambda: advisor.state is AdvisorState.WAITING)
        session.playback.pause()
        qtbot.waitUntil(lambda: advisor.state is AdvisorState.WORKING)
