"""The picture keeps its place while a run is played, whatever is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.pictures import photo
from tests.ui.whole_window import converge, session_of, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("size", [(1280, 800), (1000, 720)])
def test_no_sentence_moves_it(qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    Image.fromarray(np.asarray(photo(height=60, width=80))).save(tmp_path / "photo.png")
    with whole_window(qtbot, [tmp_path / "photo.png"], size) as window:
        session = session_of(window)
        # its sentences are the longest
        session.set("Seeding", seeding="kmeans++")
        converge(window, qtbot)
        before = window.canvas.geometry()
        for stop in range(session.history.stops):
            session.playback.seek(stop)
            qtbot.wait(1)
            assert window.canvas.geometry() == before, window.explanation.text()
