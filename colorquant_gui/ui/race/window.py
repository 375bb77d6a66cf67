"""RaceWindow: runners side by side, their curves in one chart, and how they end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from colorquant_gui.session.race import MAX_RUNNERS, Runner
from colorquant_gui.ui.charts.race_chart import RaceChart
from colorquant_gui.ui.race.header import RaceHeader
from colorquant_gui.ui.race.pick_page import PickPage
from colorquant_gui.ui.race.runner_row import RunnerRow
from colorquant_gui.ui.race.transport import RaceTransport
from colorquant_gui.ui.race.verdict import RaceVerdict
from colorquant_gui.ui.space3d.opengl import opengl_available, prepare_window

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
        As of `RaceVerdict`.
    numberEdited : Signal(int)
        The person went to an iteration in the chart.
    spaceEdited : Signal(bool)
        As of `RaceHeader`.
    magnifyEdited : Signal(bool)
        As of `RaceVerdict`.
    adoptRequested : Signal(int)
        The person wants the run of this runner.
    chartExportRequested : Signal(object)
        The person wants the chart (`colorquant_gui.ui.charts.chart.Chart`) as a file.
    imageSaveRequested : Signal(object, str)
        As of `RunnerRow`.
    undoRequested, redoRequested : Signal()
        The person wants the last step of the session undone, or done again.
    closed : Signal()
        The person has closed the window.
    transport : RaceTransport
        Plays; has signals of its own.
    header : RaceHeader
        What is above the runners.
    verdict : RaceVerdict
        What is below them.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    runnersEdited = Signal(object)
    startRequested = Signal()
    stopRequested = Signal()
    numberEdited = Signal(int)
    spaceEdited = Signal(bool)
    magnifyEdited = Signal(bool)
    adoptRequested = Signal(int)
    chartExportRequested = Signal(object)
    imageSaveRequested = Signal(object, str)
    undoRequested = Signal()
    redoRequested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("raceWindow")
        self.setWindowTitle(self.tr("Race of Seedings"))
        self.setAccessibleName(self.tr("Race of seedings"))
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
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
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self._undo)
        QShortcut(QKeySequence.StandardKey.Redo, self).activated.connect(self._redo)
        if opengl_available():
            prepare_window(self)
        self.set_runners(DEFAULT_RUNNERS, 2)
        self.verdict.set_running(False, can_start=False)
        self.setFocus()

    # -- building ------------------------------------------------------------------------------

    def _main_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self.header = RaceHeader()
        self.header.spaceEdited.connect(self.spaceEdited)
        layout.addWidget(self.header)
        self.row = RunnerRow()
        self.row.runnersEdited.connect(self._edited)
        self.row.picksRequested.connect(self.begin_picking)
        self.row.adoptRequested.connect(self.adoptRequested)
        self.row.imageSaveRequested.connect(self.imageSaveRequested)
        self.header.addRequested.connect(self.row.add)
        self.header.controlsEdited.connect(self.row.set_controls_shown)
        self.chart = RaceChart()
        self.chart.iterationClicked.connect(self.numberEdited)
        self.chart.exportRequested.connect(lambda: self.chartExportRequested.emit(self.chart.chart))
        self.transport = RaceTransport()
        self.verdict = RaceVerdict()
        self.verdict.startRequested.connect(self.startRequested)
        self.verdict.stopRequested.connect(self.stopRequested)
        self.verdict.magnifyEdited.connect(self.magnifyEdited)
        below = _Wrapping()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.transport)
        column.addWidget(self.verdict)
        column.addWidget(self.chart, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("raceSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.addWidget(self.row)
        splitter.addWidget(below)
        # three pictures of 3 to 2 beside each other fill theirs, and the curves have as much
        splitter.setSizes([400, 300])
        layout.addWidget(splitter, 1)
        return page

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
        self.pick_page.set_most(k)
        self._show_add()

    def _edited(self, runners: tuple[Runner, ...]) -> None:
        self._show_add()
        self.runnersEdited.emit(runners)

    def _show_add(self) -> None:
        self.header.add.setEnabled(self._has_picture and len(self.runners()) < MAX_RUNNERS)

    # -- picking -------------------------------------------------------------------------------

    def begin_picking(self, number: int) -> None:
        """Show the picture, to pick colours for a runner."""
        runner = self.runners()[number]
        self._picking = number
        self.pick_page.begin(runner.picks, self.row.k, former=runner.former)
        self._pages.setCurrentWidget(self.pick_page)
        self.pick_page.canvas.setFocus()

    def leave_picking(self) -> None:
        """Show the race again; nothing has been picked."""
        number, self._picking = self._picking, -1
        self._pages.setCurrentIndex(0)
        if 0 <= number < len(self.columns):
            self.columns[number].setup.picks.setFocus()

    def put_picks_away(self, k: int) -> None:
        """Note that there is another picture; what was picked for the one before can be taken over.

        Parameters
        ----------
        k : int
            Number of centroids.
        """
        runners = list(self.runners())
        if 0 <= self._picking < len(runners):
            # what is not accepted yet is no less the work of a person
            begun = self.pick_page.picks()
            there = runners[self._picking]
            runners[self._picking] = replace(there, picks=begun or there.picks)
        self.leave_picking()
        self.set_runners([runner.for_another_picture() for runner in runners], k)

    def _take_picks(self, picks: tuple[tuple[int, int, int], ...]) -> None:
        number, runners = self._picking, self.runners()
        self.leave_picking()
        # a race begins, and the keys play it
        self.setFocus()
        if 0 <= number < len(runners):
            runner = replace(runners[number], picks=picks, former=())
            if runner != runners[number]:
                self.row.edit(number, runner)

    # -- what is shown -------------------------------------------------------------------------

    def set_has_picture(self, has_picture: bool, *, can_pick: bool) -> None:
        """Say whether there is a picture to race for, and whether there are colours in it."""
        self._has_picture = has_picture
        for column in self.columns:
            column.setEnabled(has_picture)
            column.setup.set_pickable(can_pick)
        self._show_add()

    def clear_course(self) -> None:
        """Show that there is no race to play; emits nothing."""
        focused = self.focusWidget()
        if focused is not None and self.transport.isAncestorOf(focused):
            # it is disabled, and keys would go to whatever comes next
            self.setFocus()
        self.transport.set_length(-1)
        self.chart.set_curves([])
        self.chart.set_playhead(None)

    def _undo(self) -> None:
        # what is undone is what is seen
        if self._pages.currentWidget() is self.pick_page:
            self.pick_page.undo.click()
        else:
            self.undoRequested.emit()

    def _redo(self) -> None:
        if self._pages.currentWidget() is not self.pick_page:
            self.redoRequested.emit()

    # -- events --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for three runners."""
        return QSize(1120, 760)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys that nobody else had a use for to the transport."""
        if self._pages.currentIndex() == 0:
            self.transport.keyPressEvent(event)
            if event.isAccepted():
                return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Go, however that was asked for, and say so."""
        super().done(result)
        self.leave_picking()
        self.closed.emit()


class _Wrapping(QWidget):
    """Says that it needs the height that its sentence takes when it is wrapped; splitters don't."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size at the present width."""
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and self.width() >= least.width():
            least.setHeight(max(least.height(), layout.minimumHeightForWidth(self.width())))
        return least
