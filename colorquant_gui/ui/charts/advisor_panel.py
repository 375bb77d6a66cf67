"""AdvisorPanel: asks what k has to reach, and tells the k that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui import formatting
from colorquant_gui.ui.charts.missing_colors import MissingColors
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colorquant_gui.core.advisor import MissingColor


@dataclass(frozen=True)
class _Target:
    """A kind of target: how it is entered, and what one unit there is in the value that is told."""

    key: str
    unit: str
    low: float
    high: float
    step: float
    decimals: int
    start: float
    factor: float = 1.0


_TARGETS = (
    _Target("psnr", "dB", 5.0, 99.0, 0.5, 1, 35.0),
    _Target("mean_de", "", 0.05, 50.0, 0.1, 2, 2.0),
    _Target("n_bytes", "kB", 0.1, 1e6, 10.0, 1, 500.0, 1000.0),
)


class AdvisorPanel(QWidget):
    """What is to be reached, the k that does, and the colours that are missing.

    Attributes
    ----------
    targetEdited : Signal(str, float)
        The person wants "psnr" of at least so many dB, "mean_de" (CIEDE2000) of at most so much,
        or "n_bytes" of at most so many bytes.
    kEdited : Signal(int)
        The person takes a k that was suggested.
    missingColorShown : Signal(int)
        The person wants to see where a missing colour is, by its position; -1 no longer.
    """

    targetEdited = Signal(str, float)
    kEdited = Signal(int)
    missingColorShown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advisorPanel")
        self.setAccessibleName(self.tr("Advisor for k"))
        self._values = {target.key: target.start for target in _TARGETS}
        self._answer_k: int | None = None
        self._kind = QComboBox()
        self._kind.setObjectName("advisorTargetKind")
        self._kind.setAccessibleName(self.tr("What is to be reached"))
        for target, name in zip(
            _TARGETS,
            (self.tr("PSNR ≥"), self.tr("mean ΔE ≤"), self.tr("file ≤")),
            strict=True,
        ):
            self._kind.addItem(name, target.key)
        self._kind.setItemData(
            1, self.tr("Mean colour difference, CIEDE2000"), Qt.ItemDataRole.ToolTipRole
        )
        self._kind.activated.connect(self._choose_kind)
        self._value = QDoubleSpinBox()
        self._value.setObjectName("advisorTargetValue")
        self._value.setAccessibleName(self.tr("Value to be reached"))
        self._value.setFont(tabular_font(self._value.font()))
        self._value.setGroupSeparatorShown(True)
        self._value.setKeyboardTracking(False)
        self._value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._value.valueChanged.connect(self._edit)
        self._question = QLabel()
        self._question.setObjectName("advisorQuestion")
        self._question.setBuddy(self._kind)
        self._answer = QLabel()
        self._answer.setObjectName("advisorAnswer")
        self._answer.setWordWrap(True)
        self._answer.setFont(tabular_font(self._answer.font()))
        self._answer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._use = QPushButton()
        self._use.setObjectName("advisorUse")
        self._use.clicked.connect(self._take)
        self._note = QLabel()
        self._note.setObjectName("advisorNote")
        self._note.setWordWrap(True)
        self._progress = QLabel()
        self._progress.setObjectName("advisorProgress")
        self._progress.setFont(tabular_font(self._progress.font()))
        self._progress.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._missing = MissingColors()
        self._missing.kEdited.connect(self.kEdited)
        self._missing.missingColorShown.connect(self.missingColorShown)
        asked = _row(self._question, self._kind, self._value)
        asked.addStretch(1)
        answered = QHBoxLayout()
        answered.setSpacing(8)
        answered.addWidget(self._answer, 1)
        answered.addWidget(self._use, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._note)
        layout.addWidget(self._missing)
        layout.addLayout(asked)
        layout.addLayout(answered)
        layout.addWidget(self._progress)
        layout.addStretch(1)
        self.set_target("psnr", 35.0)
        self.set_target_answer("", None)
        self.set_note("")
        self.set_progress(0, None, paused=False)

    def set_target(self, kind: str, value: float) -> None:
        """Show what is to be reached; emits nothing.

        Parameters
        ----------
        kind : str
            "psnr", "mean_de" or "n_bytes".
        value : float
            In dB, CIEDE2000 or bytes; brought into the range that can be typed.
        """
        target = next(target for target in _TARGETS if target.key == kind)
        self._values[kind] = min(max(value / target.factor, target.low), target.high)
        self._kind.setCurrentIndex(_TARGETS.index(target))
        self._show_value()

    def target(self) -> tuple[str, float]:
        """Return what is to be reached: its kind, and dB, CIEDE2000 or bytes."""
        target = _TARGETS[self._kind.currentIndex()]
        return target.key, self._values[target.key] * target.factor

    def set_target_answer(self, text: str, k: int | None) -> None:
        """Answer.

        Parameters
        ----------
        text : str
            A sentence; an empty one while nothing is known.
        k : int or None
            The k that is offered; None offers none.
        """
        self._answer.setText(text)
        self._answer_k = k
        self._use.setVisible(k is not None)
        if k is not None:
            self._use.setText(self.tr("Use k = %1").replace("%1", str(k)))

    def set_note(self, text: str) -> None:
        """Say in a sentence that nothing is to be gained; an empty one says nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_progress(self, done: int, total: int | None, paused: bool = False) -> None:
        """Show how many values of k are measured, and whether it rests; emits nothing.

        Parameters
        ----------
        done : int
            So many.
        total : int or None
            Of so many; 0 and None where there is nothing to measure.
        paused : bool
            Whether it rests.
        """
        self._progress.setVisible(bool(total))
        if not total:
            return
        if done >= total:
            text = self.tr("All %2 values of k are measured.")
        elif paused:
            text = self.tr("Paused: %1 of %2 values of k are measured.")
        else:
            text = self.tr("Measured %1 of %2 values of k…")
        text = text.replace("%1", formatting.integer(done))
        self._progress.setText(text.replace("%2", formatting.integer(total)))

    def set_missing(self, colors: Sequence[MissingColor] | None) -> None:
        """List missing colours; None where it is not known yet which are."""
        self._missing.set_missing(colors)

    def show_missing(self, index: int) -> None:
        """Show which missing colour is shown in the picture; -1 for none. Emits nothing."""
        self._missing.show_only(index)

    def _choose_kind(self) -> None:
        self._show_value()
        self.targetEdited.emit(*self.target())

    def _show_value(self) -> None:
        target = _TARGETS[self._kind.currentIndex()]
        # the more colours the better, as long as the file stays small enough
        largest = target.key == "n_bytes"
        self._question.setText(
            self.tr("&Largest k with") if largest else self.tr("&Smallest k with")
        )
        with QSignalBlocker(self._value):
            self._value.setDecimals(target.decimals)
            self._value.setRange(target.low, target.high)
            self._value.setSingleStep(target.step)
            self._value.setSuffix(f" {target.unit}" if target.unit else "")
            self._value.setValue(self._values[target.key])

    def _edit(self, value: float) -> None:
        self._values[_TARGETS[self._kind.currentIndex()].key] = value
        self.targetEdited.emit(*self.target())

    def _take(self) -> None:
        if self._answer_k is not None:
            self.kEdited.emit(self._answer_k)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return row
