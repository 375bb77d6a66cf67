"""The race window alone, for tests that drive it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSettings, Qt
from PySide6.QtTest import QTest

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.core.image import SourceImage, image_from_array
from colorquant_gui.session import Settings
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.race import RacePresenter, RaceWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

K = 6


def picture(seed: int = 0) -> np.ndarray:
    """48 x 64 pixels: a gradient with some noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:48, 0:64]
    bands = np.stack([x * 4, y * 5, (x + y) * 2], axis=2) + rng.normal(0, 9, (48, 64, 3))
    return np.clip(bands, 0, 255).astype(np.uint8)


def opened(rgb: np.ndarray) -> tuple[SourceImage, ColorHistogram]:
    source = image_from_array(rgb, "picture.png")
    return source, ColorHistogram.from_rgb(source.rgb, source.mask)


def steps_of(seeding: str, seed: int = 0, k: int = K) -> list[tuple[np.ndarray, float]]:
    """Centroids and MSE of every iteration, by the textbook."""
    histogram = ColorHistogram.from_rgb(picture())
    fit = Fit(k, "textbook", seeding=seeding, seed=seed)
    return [(i.centroids, i.inertia / (48 * 64)) for i in fit.iterate(histogram)]


def recolored(rgb: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Every pixel in the rounded colour of its nearest centroid."""
    apart = ((rgb.astype(float)[:, :, None] - centroids) ** 2).sum(axis=3)
    return np.rint(centroids).astype(np.uint8)[apart.argmin(axis=2)]


class RaceOnScreen:
    """A race window that is looked at."""

    window: RaceWindow

    def child(self, name: str) -> Any:
        found = self.window.findChild(QObject, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return self.child(name).text()


class Shown(RaceOnScreen):
    """A race window on the screen, by itself."""

    def __init__(self, qtbot: QtBot, store: QSettings) -> None:
        self.qtbot = qtbot
        self.presenter = RacePresenter(Preferences(store))
        self.window = self.presenter.window
        self.playback, self.race = self.presenter.playback, self.presenter.race

    def open(self, rgb: np.ndarray | None = None, settings: Settings | None = None) -> None:
        self.presenter.set_settings(settings or Settings(k=K))
        self.presenter.set_picture(*opened(picture() if rgb is None else rgb))
        self.presenter.show()
        self.qtbot.waitExposed(self.window)

    def run(self, rgb: np.ndarray | None = None, settings: Settings | None = None) -> None:
        self.open(rgb, settings)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.race.outcome is not None, timeout=10_000)

    @property
    def bar(self) -> Any:
        return self.child("raceBar")

    def pixels(self, number: int) -> np.ndarray:
        """What the picture of a runner shows, pixel by pixel, as it is painted."""
        widget = self.window.columns[number].picture
        grabbed = widget.grab().toImage()
        place = widget.picture_rect()
        height, width = widget.image().height(), widget.image().width()
        step = place.width() / width
        assert step >= 2
        return np.array(
            [
                [
                    grabbed.pixelColor(
                        int(place.x() + (x + 0.5) * step), int(place.y() + (y + 0.5) * step)
                    ).getRgb()[:3]
                    for x in range(width)
                ]
                for y in range(height)
            ]
        )


def dispose(shown: Shown) -> None:
    shown.presenter.close()
    shown.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # pyqtgraph's menus, which belong to no window, go with the last reference to the chart
    vars(shown).clear()


def click_pixel(window: RaceWindow, x: int, y: int) -> None:
    """Click a pixel of a picture of 64 x 48 on the page where colours are picked."""
    canvas = window.pick_page.canvas
    scale = min(canvas.width() / 64, canvas.height() / 48)
    # the picture is centred and about as large as it fits
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    guess = middle + QPoint(round((x + 0.5 - 32) * scale), round((y + 0.5 - 24) * scale))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=guess)
