"""SpeedSelector: how fast the animation is played."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.theme import tabular_font

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, math.inf)


class SpeedSelector(QWidget):
    """The speed of the animation, from a quarter to "Instant".

    Signals
    -------
    speedEdited : float
        The person chose another speed; infinity is "Instant".
    """

    speedEdited = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speedSelector")
        self._combo = QComboBox()
        self._combo.setObjectName("speedComboBox")
        self._combo.setAccessibleName(self.tr("Animation speed"))
        self._combo.setToolTip(self.tr("How fast the iterations are played"))
        self._combo.setFont(tabular_font(self._combo.font()))
        for value in SPEEDS:
            text = self.tr("Instant") if math.isinf(value) else formatting.speed(value)
            self._combo.addItem(text, value)
        label = QLabel(self.tr("Spee&d"))
        label.setObjectName("speedLabel")
        label.setBuddy(self._combo)
        self._label = label
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self._combo)
        self.setFocusProxy(self._combo)
        self._speed = 1.0
        self.set_speed(self._speed)
        self._combo.activated.connect(self._choose)

    def set_label_shown(self, shown: bool) -> None:
        """Show what it is, or leave that to the tooltip where there is little room."""
        self._label.setVisible(shown)

    def speed(self) -> float:
        """Return the speed factor, infinity for "Instant"."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Show the offered speed nearest to a positive factor, emitting nothing."""
        self._speed = min(SPEEDS, key=lambda offered: abs(_octave(offered) - _octave(speed)))
        self._combo.setCurrentIndex(SPEEDS.index(self._speed))

    def _choose(self, index: int) -> None:
        # The combo box reports the same entry chosen again, too.
        if SPEEDS[index] != self._speed:
            self._speed = SPEEDS[index]
            self.speedEdited.emit(self._speed)


def _octave(speed: float) -> float:
    # "Instant" has a place of its own, far above every factor.
    return 1e6 if math.isinf(speed) else math.log2(speed)
