"""RaceHeader: what all runners have in common, how they are shown, and one more of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QWidget

from colorquant_gui.session.race import MAX_RUNNERS
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.race.buttons import quiet_button, toggle_button


class RaceHeader(QWidget):
    """The row above the runners.

    Attributes
    ----------
    spaceEdited : Signal(bool)
        The person wants colour spaces (True) or pictures.
    controlsEdited : Signal(bool)
        The person wants controls over the colour spaces, or none.
    addRequested : Signal()
        The person wants another runner.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    spaceEdited = Signal(bool)
    controlsEdited = Signal(bool)
    addRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = QLabel()
        self.method.setObjectName("raceMethod")
        self.as_picture = toggle_button("racePictures", self.tr("&Pictures"))
        self.as_space = toggle_button("raceSpaces", self.tr("Colour &Spaces"))
        self._view = QButtonGroup(self)
        self._view.addButton(self.as_picture)
        self._view.addButton(self.as_space)
        self.as_picture.setChecked(True)
        self.as_space.toggled.connect(self.spaceEdited)
        self.controls = toggle_button("raceControls", self.tr("&Controls"))
        self.controls.setToolTip(
            self.tr("What the colour spaces are set by, all at once: space, layers, view")
        )
        self.controls.toggled.connect(self.controlsEdited)
        self.controls.hide()
        self.as_space.toggled.connect(self.controls.setVisible)
        self.add = quiet_button("raceAdd", self.tr("&Add Runner"))
        self.add.setIcon(icon("add"))
        self.add.setToolTip(
            self.tr("Another run beside these; %1 at most").replace("%1", str(MAX_RUNNERS))
        )
        self.add.clicked.connect(self.addRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.method, 1)
        row.addWidget(self.controls)
        row.addSpacing(8)
        row.addWidget(self.as_picture)
        row.addWidget(self.as_space)
        row.addSpacing(8)
        row.addWidget(self.add)
