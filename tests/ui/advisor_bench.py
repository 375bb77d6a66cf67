"""What the tests of the advisor in the whole window share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDockWidget, QDoubleSpinBox, QWidget

from colorquant_gui.core import quantize
from colorquant_gui.session.advisor_curves import curve_key
from colorquant_gui.session.advisor_state import AdvisorState
from colorquant_gui.ui.canvas import CompareMode
from tests.ui.chart_bench import ChartBench
from tests.ui.painted import pixels
from tests.ui.whole_window import child, converge, session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from colorquant_gui.core.advisor import Measured
    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow

YELLOW = (240, 215, 20)

# What the curve of the meadow was found to be: the same for every test that looks at it.
_MEASURED: dict[tuple[object, ...], list[Measured]] = {}


def meadow() -> np.ndarray:
    """Greens and blues, and a yellow that a few colours leave out."""
    y, x = np.mgrid[0:6, 0:7]
    small = np.stack([20 + 4 * x, 60 + 26 * y, 30 + 30 * x], axis=2).astype(np.uint8)
    large = small.repeat(8, axis=0).repeat(8, axis=1)
    large[16:24, 24:40] = YELLOW
    return large


class Bench:
    """A window whose advisor knows all, its curve in front."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.findChild(QDockWidget, "advisorDock").raise_()
        self._know_all()
        self.chart = ChartBench(window.k_curve.chart, qtbot)
        window.canvas.set_compare_mode(CompareMode.RESULT)
        window.canvas.set_pixel_grid(False)
        qtbot.wait(20)

    @property
    def session(self) -> Session:
        return session_of(self.window)

    def _know_all(self) -> None:
        """Have the whole curve: measured once, and known from then on."""
        advisor = self.session.advisor
        key = curve_key(self.session.settings)
        if key in _MEASURED:
            advisor.pause()
            for measured in _MEASURED[key]:
                advisor._curve.add(measured)
            advisor._tell()
            advisor.resume()
        self.qtbot.waitUntil(lambda: advisor.state is AdvisorState.DONE, timeout=30_000)
        _MEASURED.setdefault(key, list(advisor._curve._measured.values()))

    def find(self, kind: type, name: str) -> QWidget:
        return child(self.window, kind, name)

    def picture(self) -> np.ndarray:
        """Whatever the canvas shows, when it doesn't change any more."""
        image = pixels(self.window.canvas)
        for _ in range(40):
            self.qtbot.wait(25)
            before, image = image, pixels(self.window.canvas)
            if np.array_equal(before, image):
                break
        return image

    def colors(self) -> set[tuple[int, ...]]:
        """Colours that are seen, without the greys around the picture and its caption's."""
        # as one number each: rows of an array take ten times as long to sort
        seen = self.picture().reshape(-1, 3) @ np.array([1 << 16, 1 << 8, 1])
        numbers, counts = np.unique(seen, return_counts=True)
        found = numbers[:, None] >> [16, 8, 0] & 255
        many = found[(counts > 4000) & (np.ptp(found, axis=1) > 0)]
        return {tuple(color) for color in many.tolist()}

    def reference(self, k: int) -> set[tuple[int, ...]]:
        return {tuple(color) for color in quantize(meadow(), k).palette.tolist()}

    def set_k(self, k: int) -> None:
        self.session.set("Change k", k=k)
        converge(self.window, self.qtbot)

    def set_target(self, kind: str, text: str) -> None:
        combo = self.find(QComboBox, "advisorTargetKind")
        for _ in range(combo.findData(kind)):
            QTest.keyClick(combo, Qt.Key.Key_Down)
        value = self.find(QDoubleSpinBox, "advisorTargetValue")
        value.setFocus()
        value.selectAll()
        QTest.keyClicks(value, text)
        QTest.keyClick(value, Qt.Key.Key_Return)
