"""RunnerSetup: the seeding of one runner, its seed or its picks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QToolButton, QWidget

from colorquant_gui.core.seeding import DRAWING_LOTS
from colorquant_gui.session import PICKS
from colorquant_gui.session.race import Runner
from colorquant_gui.ui.charts.race_legend import CurveDot
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.race.seeding_choice import SeedingChoice
from colorquant_gui.ui.race.words import picks_hint
from colorquant_gui.ui.theme import tabular_font

MAX_SEED = 9_999


class RunnerSetup(QWidget):
    """A row: the colour of its curve, the seeding, and what belongs to that.

    Attributes
    ----------
    runnerEdited : Signal(Runner)
        The person changed the seeding or the seed.
    picksRequested : Signal()
        The person wants to pick colours.
    removeRequested : Signal()
        The person wants this runner out of the race.

    Parameters
    ----------
    number : int
        Its place in the race, from 0.
    parent : QWidget, optional
        Qt parent.
    """

    runnerEdited = Signal(object)
    picksRequested = Signal()
    removeRequested = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = Runner("wu")
        self._pickable = True
        self.seeding = SeedingChoice()
        self.seeding.setObjectName(f"raceSeeding{number}")
        self.seeding.setAccessibleName(self._named(self.tr("Seeding of runner %1"), number))
        self.seeding.activated.connect(self._choose)
        self.seed = QSpinBox()
        self.seed.setObjectName(f"raceSeed{number}")
        self.seed.setAccessibleName(self._named(self.tr("Random seed of runner %1"), number))
        self.seed.setToolTip(self.tr("Random seed"))
        self.seed.setRange(0, MAX_SEED)
        self.seed.setFont(tabular_font(self.seed.font()))
        self.seed.setMaximumWidth(64)
        self.seed.setKeyboardTracking(False)
        self.seed.valueChanged.connect(self._choose_seed)
        self.picks = QPushButton()
        self.picks.setObjectName(f"racePicks{number}")
        self.picks.setAutoDefault(False)
        self.picks.clicked.connect(self.picksRequested)
        self.remove = QToolButton()
        self.remove.setObjectName(f"raceRemove{number}")
        self.remove.setAccessibleName(self._named(self.tr("Remove runner %1"), number))
        self.remove.setToolTip(self.tr("Remove this runner"))
        self.remove.setAutoRaise(True)
        self.remove.setIconSize(QSize(16, 16))
        self.remove.setIcon(icon("close"))
        self.remove.clicked.connect(self.removeRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(CurveDot(number))
        row.addSpacing(4)
        row.addWidget(self.seeding, 1)
        row.addWidget(self.seed)
        row.addWidget(self.picks)
        row.addWidget(self.remove)

    def _named(self, text: str, number: int) -> str:
        return text.replace("%1", str(number + 1))

    def runner(self) -> Runner:
        """Return the runner on show."""
        return self._runner

    def set_runner(self, runner: Runner, k: int) -> None:
        """Show a runner; emits nothing.

        Parameters
        ----------
        runner : Runner
            The runner.
        k : int
            Number of centroids.
        """
        self._runner = runner
        self.seeding.set_seeding(runner.seeding)
        with QSignalBlocker(self.seed):
            self.seed.setMaximum(max(MAX_SEED, runner.seed))
            self.seed.setValue(runner.seed)
        self.seed.setVisible(runner.seeding in DRAWING_LOTS)
        self.picks.setVisible(runner.seeding == PICKS)
        n_picks = min(len(runner.picks), k)
        text = self.tr("Pick Again…") if runner.former else self.tr("Pick…")
        if n_picks:
            text = self.tr("%1 of %2…")
        self.picks.setText(text.replace("%1", str(n_picks)).replace("%2", str(k)))
        self.picks.setAccessibleName(self.tr("Pick colours in the picture"))
        hint = self.tr("Pick colours in the picture…")
        self.picks.setToolTip(f"{hint}\n{picks_hint(n_picks, k)}" if n_picks else hint)

    def set_pickable(self, pickable: bool) -> None:
        """Say whether there are colours to pick."""
        self._pickable = pickable
        self.picks.setEnabled(pickable)

    def set_removable(self, removable: bool) -> None:
        """Say whether the race can do without it."""
        self.remove.setVisible(removable)

    def _choose(self, index: int) -> None:
        seeding = self.seeding.itemData(index)
        if seeding == self._runner.seeding:
            return
        self.runnerEdited.emit(replace(self._runner, seeding=seeding))
        if seeding == PICKS and not self._runner.is_ready and self._pickable:
            self.picksRequested.emit()

    def _choose_seed(self, seed: int) -> None:
        self.runnerEdited.emit(replace(self._runner, seed=seed))
