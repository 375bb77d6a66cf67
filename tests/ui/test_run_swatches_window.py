"""The swatch of transparent pixels is there all along, in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.pictures import photo
from tests.ui.painted import pixels
from tests.ui.pointing import move
from tests.ui.whole_window import session_of, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    rgba = np.dstack([photo(height=60, width=80), np.full((60, 80), 255, np.uint8)])
    rgba[:20, :, 3] = 0
    Image.fromarray(rgba).save(tmp_path / "clear.png")
    with whole_window(qtbot, [tmp_path / "clear.png"]) as window:
        session_of(window).advisor.pause()
        yield window


def test_transparent_pixels_have_a_swatch_in_mid_run_and_it_lights_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, palette, canvas = session_of(window), window.palette_view, window.canvas
    qtbot.waitUntil(lambda: session.playback.is_at_end)
    places = [palette.swatch_rect(n) for n in range(16)]
    canvas.zoom_actual_size()
    told: list[str] = []
    for stop in (session.history.n_stages, session.history.stops - 2):
        session.playback.seek(stop)
        qtbot.waitUntil(lambda: "1,600" in tip(window, 0), timeout=5000)
        told.append(tip(window, 0))
        assert [palette.swatch_rect(n) for n in range(16)] == places
        plain = pixels(canvas)
        move(palette, places[0].center())
        qtbot.waitUntil(lambda plain=plain: not np.array_equal(pixels(canvas), plain))
        move(palette, places[0].topLeft() * 0)
        qtbot.waitUntil(lambda plain=plain: np.array_equal(pixels(canvas), plain))
        # another one is still its own
        move(palette, places[3].center())
        qtbot.waitUntil(lambda plain=plain: not np.array_equal(pixels(canvas), plain))
        move(palette, places[0].topLeft() * 0)
        qtbot.waitUntil(lambda plain=plain: np.array_equal(pixels(canvas), plain))
    session.playback.skip_to_end()
    qtbot.waitUntil(lambda: session.playback.is_at_end)
    assert set(told) == {tip(window, 0)}


def tip(window: MainWindow, index: int) -> str:
    """What is said of a swatch to who walks there by keys."""
    palette = window.palette_view
    palette.setFocus()
    QTest.keyClick(palette, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(palette, Qt.Key.Key_Right)
    said = palette.accessibleDescription()
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    return str(said)
