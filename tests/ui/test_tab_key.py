"""The Tab key goes through the whole window, and only to what can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

from colorquant_gui.ui import main_window
from tests.pictures import photo
from tests.ui.whole_window import child, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot


def test_keys_go_past_docks_that_lie_behind_others(qtbot: QtBot, tmp_path: Path) -> None:
    Image.fromarray(np.asarray(photo(height=60, width=80))).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"]) as window:
        window.color_space.setFocus()
        names = []
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            for _ in range(60):
                QTest.keyClick(window.focusWidget(), key)
                names.append(window.focusWidget().objectName())
                assert not window.focusWidget().visibleRegion().isEmpty(), names[-1]
        assert {"kSpinBox", "spaceCombo", "timelineLoop"} <= set(names)
        # and to those that come to the front
        child(window, QDockWidget, "chartsDock").raise_()
        qtbot.waitUntil(lambda: not window.charts.visibleRegion().isEmpty())
        inside = False
        for _ in range(60):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            inside = inside or window.charts.isAncestorOf(window.focusWidget())
        assert inside


def test_the_keys_go_round_once_where_nothing_can_be_seen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with whole_window(qtbot) as window:
        if window.focusWidget() is not None:
            window.focusWidget().clearFocus()
        asked = []
        monkeypatch.setattr(main_window, "is_seen", lambda widget: bool(asked.append(widget)))
        QTest.keyClick(window, Qt.Key.Key_Tab)
        assert 0 < len(asked) == len(set(map(id, asked)))
