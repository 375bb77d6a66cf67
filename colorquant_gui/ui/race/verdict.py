"""RaceVerdict: how a race goes and ends in a sentence, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from colorquant_gui.ui.race.buttons import quiet_button, toggle_button


class RaceVerdict(QWidget):
    """The row between transport and chart.

    Attributes
    ----------
    startRequested, stopRequested : Signal()
        The person wants the race to be run again, or stopped.
    magnifyEdited : Signal(bool)
        The person wants the ends of the curves only, or all of them.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    startRequested = Signal()
    stopRequested = Signal()
    magnifyEdited = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel()
        self.sentence.setObjectName("raceSentence")
        self.sentence.setWordWrap(True)
        font = self.sentence.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.sentence.setFont(font)
        self.start = quiet_button("raceStart", self.tr("Start"))
        self.start.clicked.connect(self.startRequested)
        self.stop = quiet_button("raceStop", self.tr("Stop"))
        self.stop.clicked.connect(self.stopRequested)
        self.magnify = toggle_button("raceMagnify", self.tr("&Magnify Ends"))
        self.magnify.setToolTip(
            self.tr("Only the part of the curves that lies near the lowest end")
        )
        # what a race is about; where the curves come from can be seen anew at any time
        self.magnify.setChecked(True)
        self.magnify.toggled.connect(self.magnifyEdited)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.start)
        row.addWidget(self.stop)
        row.addWidget(self.magnify)

    def say(self, text: str, explanation: str = "") -> None:
        """Say what goes on, or how it ended, and explain that to who points at it."""
        self.sentence.setText(text)
        self.sentence.setToolTip(explanation)

    def set_running(self, running: bool, *, can_start: bool, hindrance: str = "") -> None:
        """Say whether a race is on.

        Parameters
        ----------
        running : bool
            Whether it is, and can be stopped.
        can_start : bool
            If not, whether starting is offered.
        hindrance : str
            Why it can't be started all the same; "" where nothing is in the way.
        """
        self.stop.setVisible(running)
        self.start.setVisible(not running and can_start)
        self.start.setEnabled(not hindrance)
        self.start.setToolTip(hindrance)
