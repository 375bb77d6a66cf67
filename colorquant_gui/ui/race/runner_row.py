"""RunnerRow: the columns of the runners side by side, and who may join or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from colorquant_gui.session.race import MIN_RUNNERS, Runner
from colorquant_gui.ui.race.runner_column import RunnerColumn
from colorquant_gui.ui.race.words import runner_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage


class RunnerRow(QWidget):
    """Two to four runners, all equally wide.

    Attributes
    ----------
    runnersEdited : Signal(object)
        The person changed who runs: a tuple of Runner.
    picksRequested, adoptRequested : Signal(int)
        The person wants to pick colours for this runner, or its run for the picture.
    imageSaveRequested : Signal(object, str)
        The person wants a colour space as a file: a QImage, and the name of its runner.
    columns : list of RunnerColumn
        One for each.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    runnersEdited = Signal(object)
    picksRequested = Signal(int)
    adoptRequested = Signal(int)
    imageSaveRequested = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: list[RunnerColumn] = []
        self._runners: tuple[Runner, ...] = ()
        self._k = 2
        self._has_controls = self._sharing = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 8)
        self._row.setSpacing(16)

    @property
    def k(self) -> int:
        """Number of centroids."""
        return self._k

    def runners(self) -> tuple[Runner, ...]:
        """Return who runs."""
        return self._runners

    def set_runners(self, runners: Sequence[Runner], k: int) -> None:
        """Show who runs; emits nothing.

        Parameters
        ----------
        runners : sequence of Runner
            2 to 4.
        k : int
            Number of centroids.
        """
        self._runners, self._k = tuple(runners), k
        while len(self.columns) < len(runners):
            self.columns.append(self._column(len(self.columns)))
            self._row.addWidget(self.columns[-1], 1)
        while len(self.columns) > len(runners):
            column = self.columns.pop()
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        for column, runner in zip(self.columns, runners, strict=True):
            column.setup.set_runner(runner, k)
            column.setup.set_removable(len(runners) > MIN_RUNNERS)
            column.set_name(runner_name(runner, k))

    def set_controls_shown(self, shown: bool) -> None:
        """Have over each colour space what it is set by, or leave them bare."""
        self._has_controls = shown
        for column in self.columns:
            column.set_controls_shown(shown)

    def edit(self, number: int, runner: Runner) -> None:
        """Put a runner in the place of another, as the person wants it."""
        self._change([runner if i == number else r for i, r in enumerate(self._runners)])

    def add(self) -> None:
        """Let another one run: a further draw, as that is what makes the difference visible."""
        seeds = [r.seed for r in self._runners if r.seeding == "random"]
        self._change([*self._runners, Runner("random", max(seeds, default=0) + 1)])

    def _remove(self, number: int) -> None:
        self._change([r for i, r in enumerate(self._runners) if i != number])

    def _change(self, runners: Sequence[Runner]) -> None:
        self.set_runners(runners, self._k)
        self.runnersEdited.emit(self._runners)

    def _column(self, number: int) -> RunnerColumn:
        column = RunnerColumn(number)
        column.runnerEdited.connect(lambda runner: self.edit(number, runner))
        column.picksRequested.connect(lambda: self.picksRequested.emit(number))
        column.removeRequested.connect(lambda: self._remove(number))
        column.adoptRequested.connect(lambda: self.adoptRequested.emit(number))
        column.imageSaveRequested.connect(lambda image: self._save(number, image))
        column.spaceLookEdited.connect(lambda *look: self._share_look(number, *look))
        column.cameraMoved.connect(lambda: self._share_camera(column))
        column.set_controls_shown(self._has_controls)
        return column

    def _share_look(self, number: int, options: dict[str, Any], layers: set[str]) -> None:
        # what is to be compared must be shown in the same way
        for other, column in enumerate(self.columns):
            if other != number:
                column.set_space_look(options, layers)

    def _share_camera(self, moved: RunnerColumn) -> None:
        if self._sharing or moved.space is None:
            return
        self._sharing = True
        for column in self.columns:
            if column is not moved and column.space is not None:
                column.space.look_from(moved.space)
        self._sharing = False

    def _save(self, number: int, image: QImage) -> None:
        self.imageSaveRequested.emit(image, runner_name(self._runners[number], self._k))
