"""A whole window and its race, for tests that drive both."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from colorquant_gui.ui.race import RacePresenter
from tests.ui.race_shown import RaceOnScreen, click_pixel, picture, recolored
from tests.ui.whole_window import session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from colorquant_gui.session import Session
    from colorquant_gui.session.race_playback import RaceFrame
    from colorquant_gui.ui.main_window import MainWindow


RED, GREEN, BLUE = (200, 30, 40), (30, 180, 60), (40, 60, 210)
LEFT = Qt.MouseButton.LeftButton


def with_flat_areas() -> np.ndarray:
    """Three quarters are flat: wherever exactly a click lands, its colour is known."""
    rgb = picture()
    rgb[:24, :32], rgb[:24, 32:], rgb[24:, :32] = RED, GREEN, BLUE
    return rgb


FIRST, SECOND = with_flat_areas(), picture(4)


class Beside(RaceOnScreen):
    """A whole window with a picture, and its race."""

    def __init__(self, qtbot: QtBot, window: MainWindow, folder: Path) -> None:
        self.qtbot, self.main, self.folder = qtbot, window, folder
        self.session: Session = session_of(window)
        self.session.set("k", k=6)
        trigger(window, "race")
        presenter = window.findChild(RacePresenter)
        assert presenter is not None
        self.presenter, self.race = presenter, presenter.race
        self.window, self.playback = presenter.window, presenter.playback
        # so that it still plays when it is looked at, however busy the machine is
        self.playback.set_speed(0.1)
        qtbot.waitExposed(self.window)
        self.wait()

    def wait(self) -> None:
        """Until a race of what is set up now is over."""
        self.qtbot.waitUntil(
            lambda: (
                self.race.outcome is not None
                and self.race.settings.k == self.session.settings.k
                and self.race.settings.color_space == self.session.settings.color_space
            ),
            timeout=15_000,
        )

    def open(self, rgb: np.ndarray, name: str = "another.png") -> None:
        path = self.folder / name
        Image.fromarray(rgb).save(path)
        self.session.open(path)
        self.qtbot.waitUntil(
            lambda: self.session.source is not None and self.session.source.name == name
        )

    def click(self, name: str) -> None:
        QTest.mouseClick(self.child(name), LEFT)

    def key(
        self,
        key: Qt.Key,
        more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press it with Ctrl, wherever the window has its focus."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        target = self.window.focusWidget() or self.window
        QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier | more)

    def choose_picks(self, number: int) -> None:
        """Take "My picks", the last of the seedings, with the keyboard."""
        seeding = self.child(f"raceSeeding{number}")
        seeding.setFocus()
        QTest.keyClick(seeding, Qt.Key.Key_End)
        assert self.window.pick_page.isVisible()

    def pick(self, *colors: tuple[int, int, int]) -> None:
        for color in colors:
            click_pixel(self.window, *{RED: (16, 12), GREEN: (48, 12), BLUE: (16, 36)}[color])

    def message(self, number: int) -> str:
        return self.window.columns[number].picture._message

    def at_end(self) -> None:
        bar = self.child("raceBar")
        bar.setFocus()
        QTest.keyClick(bar, Qt.Key.Key_End)

    def shows(self, number: int, rgb: np.ndarray) -> bool:
        """Whether a column shows that picture, in the colours of the end of its run."""
        image = self.window.columns[number].picture.image()
        if image.isNull() or (image.width(), image.height()) != (rgb.shape[1], rgb.shape[0]):
            return False
        centroids = self.race.tracks[number].steps[-1].centroids
        expected = recolored(rgb, centroids)
        shown = [
            [image.pixelColor(x, y).getRgb()[:3] for x in range(rgb.shape[1])]
            for y in range(rgb.shape[0])
        ]
        return np.array_equal(shown, expected)

    def press(self, key: Qt.Key) -> RaceFrame:
        """Press a key wherever the focus is, and say what is shown then."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(self.window.focusWidget() or self.window, key)
        return self.playback.frame


@contextmanager
def race_beside(qtbot: QtBot, folder: Path) -> Iterator[Beside]:
    """A window with the first picture, and its race, which has ended."""
    path = folder / "first.png"
    Image.fromarray(FIRST).save(path)
    with whole_window(qtbot, [path], space=False, advisor=False) as window:
        beside = Beside(qtbot, window, folder)
        yield beside
        vars(beside).clear()
