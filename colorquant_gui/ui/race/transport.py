"""Transport: play, pause and scrub through a race."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.theme import tabular_font

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, math.inf)


class Transport(QWidget):
    """A button, a slider over the iterations, and a speed.

    Attributes
    ----------
    playEdited : Signal(bool)
        The person wants it to play, or to pause.
    numberEdited : Signal(int)
        The person went to an iteration.
    speedEdited : Signal(float)
        The person chose another speed; infinity is "Instant".

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    playEdited = Signal(bool)
    numberEdited = Signal(int)
    speedEdited = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self.button = QToolButton()
        self.button.setObjectName("racePlayButton")
        self.button.setAutoRaise(True)
        self.button.setIconSize(QSize(20, 20))
        self.button.clicked.connect(lambda: self.playEdited.emit(not self._playing))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("raceSlider")
        self.slider.setAccessibleName(self.tr("Iteration of the race"))
        self.slider.setPageStep(5)
        self.slider.valueChanged.connect(self.numberEdited)
        self.text = QLabel()
        self.text.setObjectName("raceNumber")
        self.text.setFont(tabular_font(self.text.font()))
        widest = self.tr("Iteration %1 of %2").replace("%1", "000").replace("%2", "000")
        self.text.setMinimumWidth(self.text.fontMetrics().horizontalAdvance(widest))
        self.speed = QComboBox()
        self.speed.setObjectName("raceSpeed")
        self.speed.setAccessibleName(self.tr("Speed of the race"))
        self.speed.setToolTip(self.tr("How fast the iterations are played"))
        for value in SPEEDS:
            text = self.tr("Instant") if math.isinf(value) else formatting.speed(value)
            self.speed.addItem(text, value)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.activated.connect(lambda index: self.speedEdited.emit(SPEEDS[index]))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.slider, 1)
        row.addWidget(self.text)
        row.addWidget(self.speed)
        self.set_playing(False)
        self.set_range(0)

    def set_playing(self, playing: bool) -> None:
        """Show whether it plays; emits nothing."""
        self._playing = playing
        text = self.tr("Pause") if playing else self.tr("Play")
        self.button.setIcon(icon("pause" if playing else "play"))
        self.button.setAccessibleName(text)
        self.button.setToolTip(self.tr("%1 (Space)").replace("%1", text))

    def set_range(self, last: int) -> None:
        """Say how many iterations there are; emits nothing."""
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, last)
        self.setEnabled(last > 0)
        self._show_text()

    def set_number(self, number: int) -> None:
        """Show where it is; emits nothing."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(number)
        self._show_text()

    def set_speed(self, speed: float) -> None:
        """Show one of the speeds; emits nothing. Another is ignored."""
        if speed in SPEEDS:
            self.speed.setCurrentIndex(SPEEDS.index(speed))

    def _show_text(self) -> None:
        text = self.tr("Iteration %1 of %2").replace("%1", str(self.slider.value()))
        self.text.setText(text.replace("%2", str(self.slider.maximum())))
