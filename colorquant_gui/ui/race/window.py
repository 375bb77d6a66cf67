"""RaceWindow: runners side by side, their curves in one chart, and how they end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.session.race import MAX_RUNNERS, Runner
from colorquant_gui.ui.charts.race_chart import RaceChart
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.race.pick_page import PickPage
from colorquant_gui.ui.race.runner_row import RunnerRow
from colorquant_gui.ui.race.transport import Transport
from colorquant_gui.ui.space3d.opengl import opengl_available

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from colorquant_gui.ui.race.runner_column import RunnerColumn

DEFAULT_RUNNERS = (Runner("wu"), Runner("kmeans++", 1), Runner("random", 1))


class RaceWindow(QDialog):
    """Shows a race and says what the person wants; it knows no engine.

    Attributes
    ----------
    runnersEdited : Signal(object)
        The person changed who runs: a tuple of Runner.
    startRequested, stopRequested : Signal()
        The person wants the race to be run again, or stopped.
    playEdited : Signal(bool)
        As of `Transport`.
    numberEdited : Signal(int)
        The person went to an iteration, by the slider or in the chart.
    speedEdited : Signal(float)
        As of `Transport`.
    spaceEdited : Signal(bool)
        The person wants colour spaces (True) or pictures.
    magnifyEdited : Signal(bool)
        The person wants the ends of the curves only, or all of them.
    adoptRequested : Signal(int)
        The person wants the run of this runner.
    chartExportRequested : Signal(object)
        The person wants the chart (`colorquant_gui.ui.charts.chart.Chart`) as a file.
    imageSaveRequested : Signal(object, str)
        As of `RunnerRow`.
    closed : Signal()
        The person has closed the window.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    runnersEdited = Signal(object)
    startRequested = Signal()
    stopRequested = Signal()
    playEdited = Signal(bool)
    numberEdited = Signal(int)
    speedEdited = Signal(float)
    spaceEdited = Signal(bool)
    magnifyEdited = Signal(bool)
    adoptRequested = Signal(int)
    chartExportRequested = Signal(object)
    imageSaveRequested = Signal(object, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("raceWindow")
        self.setWindowTitle(self.tr("Race of Seedings"))
        self.setAccessibleName(self.tr("Race of seedings"))
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        # the columns say how wide it must be
        self.setMinimumHeight(600)
        self.resize(1120, 760)
        self._picking = -1
        self._has_picture = False
        self.pick_page = PickPage()
        self.pick_page.done.connect(self._take_picks)
        self.pick_page.cancelled.connect(self.leave_picking)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._main_page())
        self._pages.addWidget(self.pick_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._pages)
        if opengl_available():
            # A window that has such a child from the start need not be made anew, with a flash,
            # when colour spaces are added to it.
            QOpenGLWidget(self).resize(0, 0)
        self.set_runners(DEFAULT_RUNNERS, 2)
        self.set_running(False, can_start=False)

    # -- building ------------------------------------------------------------------------------

    def _main_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(self._header())
        self.row = RunnerRow()
        self.row.runnersEdited.connect(self._edited)
        self.row.picksRequested.connect(self.begin_picking)
        self.row.adoptRequested.connect(self.adoptRequested)
        self.row.imageSaveRequested.connect(self.imageSaveRequested)
        self.add.clicked.connect(self.row.add)
        self.chart = RaceChart()
        self.chart.iterationClicked.connect(self.numberEdited)
        self.chart.exportRequested.connect(lambda: self.chartExportRequested.emit(self.chart.chart))
        self.transport = Transport()
        self.transport.playEdited.connect(self.playEdited)
        self.transport.numberEdited.connect(self.numberEdited)
        self.transport.speedEdited.connect(self.speedEdited)
        self.sentence = QLabel()
        self.sentence.setObjectName("raceSentence")
        self.sentence.setWordWrap(True)
        font = self.sentence.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.sentence.setFont(font)
        self.start = self._push("raceStart", self.tr("Start"))
        self.start.clicked.connect(self.startRequested)
        self.stop = self._push("raceStop", self.tr("Stop"))
        self.stop.clicked.connect(self.stopRequested)
        self.magnify = self._toggle("raceMagnify", self.tr("&Magnify Ends"))
        self.magnify.setToolTip(
            self.tr("Only the part of the curves that lies near the lowest end")
        )
        self.magnify.toggled.connect(self.magnifyEdited)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.sentence, 1)
        said.addWidget(self.start)
        said.addWidget(self.stop)
        said.addWidget(self.magnify)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.transport)
        column.addLayout(said)
        column.addWidget(self.chart, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("raceSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.addWidget(self.row)
        splitter.addWidget(below)
        splitter.setSizes([420, 260])
        splitter.setStretchFactor(0, 1)
        layout.addWidget(splitter, 1)
        return page

    def _header(self) -> QHBoxLayout:
        self.method = QLabel()
        self.method.setObjectName("raceMethod")
        self.as_picture = self._toggle("racePictures", self.tr("&Pictures"))
        self.as_space = self._toggle("raceSpaces", self.tr("Colour &Spaces"))
        self._view = QButtonGroup(self)
        self._view.addButton(self.as_picture)
        self._view.addButton(self.as_space)
        self.as_picture.setChecked(True)
        self.as_space.toggled.connect(self.spaceEdited)
        self.add = self._push("raceAdd", self.tr("&Add Runner"))
        self.add.setIcon(icon("add"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.method, 1)
        row.addWidget(self.as_picture)
        row.addWidget(self.as_space)
        row.addSpacing(8)
        row.addWidget(self.add)
        return row

    def _push(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        return button

    def _toggle(self, name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoRaise(True)
        button.setCheckable(True)
        return button

    # -- who runs ------------------------------------------------------------------------------

    @property
    def columns(self) -> list[RunnerColumn]:
        """One for each runner."""
        return self.row.columns

    def runners(self) -> tuple[Runner, ...]:
        """Return who runs."""
        return self.row.runners()

    def set_runners(self, runners: Sequence[Runner], k: int) -> None:
        """Show who runs; emits nothing.

        Parameters
        ----------
        runners : sequence of Runner
            2 to 4.
        k : int
            Number of centroids.
        """
        self.row.set_runners(runners, k)
        self._show_add()

    def _edited(self, runners: tuple[Runner, ...]) -> None:
        self._show_add()
        self.runnersEdited.emit(runners)

    def _show_add(self) -> None:
        self.add.setEnabled(self._has_picture and len(self.runners()) < MAX_RUNNERS)
        self.add.setToolTip(
            self.tr("Another run beside these; %1 at most").replace("%1", str(MAX_RUNNERS))
        )

    # -- picking -------------------------------------------------------------------------------

    def begin_picking(self, number: int) -> None:
        """Show the picture, to pick colours for a runner."""
        self._picking = number
        self.pick_page.begin(self.runners()[number].picks, self.row.k)
        self._pages.setCurrentWidget(self.pick_page)
        self.pick_page.canvas.setFocus()

    def leave_picking(self) -> None:
        """Show the race again; nothing has been picked."""
        number, self._picking = self._picking, -1
        self._pages.setCurrentIndex(0)
        if 0 <= number < len(self.columns):
            self.columns[number].setup.picks.setFocus()

    def _take_picks(self, picks: tuple[tuple[int, int, int], ...]) -> None:
        number, runners = self._picking, self.runners()
        self.leave_picking()
        if 0 <= number < len(runners) and picks != runners[number].picks:
            self.row.edit(number, replace(runners[number], picks=picks))

    # -- what is shown -------------------------------------------------------------------------

    def set_method(self, text: str) -> None:
        """Say what all runners have in common."""
        self.method.setText(text)

    def set_sentence(self, text: str) -> None:
        """Say what goes on, or how it ended."""
        self.sentence.setText(text)

    def set_explanation(self, text: str) -> None:
        """Explain what is said to who points at it."""
        self.sentence.setToolTip(text)

    def set_has_picture(self, has_picture: bool) -> None:
        """Say whether there is a picture to race for."""
        self._has_picture = has_picture
        for column in self.columns:
            column.setEnabled(has_picture)
        self._show_add()

    def set_running(self, running: bool, *, can_start: bool) -> None:
        """Say whether a race is on, and if not, whether one that was broken off can start anew."""
        self.stop.setVisible(running)
        self.start.setVisible(not running and can_start)

    # -- events --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for three runners."""
        return QSize(1120, 760)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses."""
        if event.key() == Qt.Key.Key_Space and self.transport.isEnabled():
            self.transport.button.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Go, however that was asked for, and say so."""
        super().done(result)
        self.closed.emit()
