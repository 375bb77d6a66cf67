"""TargetQuestion: asks what k has to reach, and tells the k that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui.charts.dispensable import Dispensable
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


_GAP = 8


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


class TargetQuestion(QWidget):
    """A question in one row, the k that answers it at its end, and below what more there is to say.

    Attributes
    ----------
    targetEdited : Signal(str, float)
        The person wants "psnr" of at least so many dB, "mean_de" (CIEDE2000) of at most so much,
        or "n_bytes" of at most so many bytes.
    kEdited : Signal(int)
        The person takes the k that answers it.
    """

    targetEdited = Signal(str, float)
    kEdited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = {target.key: target.start for target in _TARGETS}
        self._answer_k: int | None = None
        self._current: int | None = None
        self._kind = QComboBox()
        self._kind.setObjectName("advisorTargetKind")
        self._kind.setAccessibleName(self.tr("What is to be reached"))
        names = (self.tr("PSNR ≥"), self.tr("mean ΔE ≤"), self.tr("file ≤"))
        for target, name in zip(_TARGETS, names, strict=True):
            self._kind.addItem(name, target.key)
        tip = self.tr("Mean colour difference, CIEDE2000")
        self._kind.setItemData(1, tip, Qt.ItemDataRole.ToolTipRole)
        self._kind.activated.connect(self._choose_kind)
        self._value = _Field()
        self._value.setObjectName("advisorTargetValue")
        self._value.setAccessibleName(self.tr("Value to be reached"))
        self._value.setFont(tabular_font(self._value.font()))
        self._value.setGroupSeparatorShown(True)
        self._value.setKeyboardTracking(False)
        self._value.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
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
        self._brief = Dispensable()
        self._brief.setObjectName("advisorBrief")
        self._brief.setFont(tabular_font(self._brief.font()))
        self._brief.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._brief.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._halves = _row(self._question, self._kind), _row(self._value)
        self._halves[1].addWidget(self._brief, 1)
        self._halves[1].addWidget(self._use)
        self._asked = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._asked.setSpacing(_GAP)
        for half in self._halves:
            self._asked.addLayout(half)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._asked)
        layout.addWidget(self._answer)
        self.set_target("psnr", 35.0)
        self.set_answer("", None)

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

    def set_answer(self, text: str, k: int | None, brief: str = "") -> None:
        """Answer.

        Parameters
        ----------
        text : str
            What there is to say besides the k; an empty one says nothing.
        k : int or None
            The k that is offered; None offers none.
        brief : str
            The same in a word or two, where that says enough: it takes no row of its own.
        """
        self._answer.setText(text)
        self._answer.setVisible(bool(text) and not brief)
        self._brief.setText(brief)
        for widget in (self._brief, self._use):
            widget.setToolTip(text if brief else "")
            widget.setAccessibleDescription(text if brief else "")
        self._answer_k = k
        self._offer()

    def set_current_k(self, k: int | None) -> None:
        """Tell the k in use, which needs no offer."""
        self._current = k
        self._offer()

    def minimumSizeHint(self) -> QSize:
        """Return the size with the question in two rows."""
        width = max(half.minimumSize().width() for half in self._halves)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask in two rows where there is no room for one."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        for half in self._halves:
            # what has changed in it is not counted before that
            half.invalidate()
        needed = sum(half.minimumSize().width() for half in self._halves) + _GAP
        direction = QBoxLayout.Direction
        self._asked.setDirection(
            direction.LeftToRight if needed <= self.width() else direction.TopToBottom
        )

    def _offer(self) -> None:
        k = self._answer_k
        self._use.setVisible(k is not None)
        self._use.setEnabled(k != self._current)
        words = self.tr("k = %1 is in use") if k == self._current else self.tr("Use k = %1")
        self._use.setText(words.replace("%1", str(k)))
        self._fold()

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
        self._fold()

    def _edit(self, value: float) -> None:
        self._values[_TARGETS[self._kind.currentIndex()].key] = value
        self.targetEdited.emit(*self.target())

    def _take(self) -> None:
        if self._answer_k is not None:
            self.kEdited.emit(self._answer_k)


class _Field(QDoubleSpinBox):
    """A number; what is out of range is brought into it, and an emptied field keeps what it had."""

    def fixup(self, text: str) -> str:
        """Return a text that can be read."""
        if any(map(str.isdigit, text)):
            return super().fixup(text)
        return f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(_GAP)
    for widget in widgets:
        row.addWidget(widget)
    return row
