"""How the views beside the picture keep up with a run that plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.ui import run_presenter
from colorquant_gui.ui.run_presenter import RunPresenter
from tests.pictures import photo
from tests.ui.whole_window import session_of, whole_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.session import Frame


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(np.asarray(photo(height=60, width=80))).save(path)
    return path


@pytest.mark.parametrize("slow", [False, True])
def test_the_colour_space_follows_every_frame_or_takes_turns(
    qtbot: QtBot, picture: Path, monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    shown: list[Frame] = []
    frames: list[Frame] = []
    show_moment = run_presenter.show_moment

    def note(view: object, frame: Frame, **options: bool) -> None:
        shown.append(frame)
        show_moment(view, frame, **options)

    def note_cost(presenter: RunPresenter) -> None:
        presenter._side_ms = 1e9 if slow else 0.0

    monkeypatch.setattr(RunPresenter, "_note_side_cost", note_cost)
    with whole_window(qtbot, [picture]) as window:
        playback = session_of(window).playback
        presenter = window.findChild(RunPresenter)
        qtbot.waitUntil(lambda: not presenter._side_drawn.isActive())
        monkeypatch.setattr(run_presenter, "show_moment", note)
        # so slow that no turn comes in a test
        monkeypatch.setattr(run_presenter, "_LONGEST_TURN_MS", 1e8)
        playback.frameChanged.connect(frames.append)
        playback.set_speed(0.25)
        playback.play()
        qtbot.waitUntil(lambda: len(frames) >= 8)
        if slow:
            assert shown == []
        else:
            assert shown == frames
        # and where it rests, they have arrived there
        playback.pause()
        presenter._side_timer.stop()
        playback.seek(playback.stop + 1)
        qtbot.waitUntil(lambda: bool(shown) and shown[-1].stop.index == playback.stop)
        assert shown[-1] is frames[-1]
