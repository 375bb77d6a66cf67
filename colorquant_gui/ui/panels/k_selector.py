"""KSelector: the control of the number of colours, a slider and a spin box that agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QToolTip,
    QWidget,
)

from colorquant_gui.ui.panels.k_scale import K_MAX, K_MIN
from colorquant_gui.ui.panels.k_slider import KSlider
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_BURST_MS = 300
_TYPING_MS = 400
_MOST_DIGITS = 5


class KSelector(QWidget):
    """Number of colours, 2..256.

    Signals
    -------
    editingStarted
        Before the first `valueEdited` of a drag, or of a burst of keys, wheel steps or typing.
    valueEdited : int
        The person chose another k. A setter never emits it.
    editingFinished
        The drag was let go, or the burst fell quiet or lost the focus.
    """

    editingStarted = Signal()
    valueEdited = Signal(int)
    editingFinished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kSelector")
        self.setAccessibleName(self.tr("Number of colours"))
        self._editing = False
        self._build()
        self._quiet = QTimer(self, singleShot=True, interval=_BURST_MS)
        self._quiet.timeout.connect(self._finish)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._commit_text)
        self._slider.valueChanged.connect(self._edit)
        self._slider.sliderPressed.connect(self._finish)
        self._slider.sliderReleased.connect(self._finish)
        self._spin.valueChanged.connect(self._edit)
        self._spin.tooLarge.connect(self._say_most)
        self._spin.lineEdit().textEdited.connect(self._await_typing)
        self._spin.editingFinished.connect(self._finish)
        for child in (self._slider, self._spin):
            child.installEventFilter(self)

    def value(self) -> int:
        """Return k."""
        return self._slider.value()

    def set_value(self, k: int) -> None:
        """Show k (clipped to 2..256), emitting nothing."""
        # Writing the same value would wipe out a number that is half typed.
        if k != self.value():
            self._show(k)

    def hint(self) -> str:
        """Return the sentence shown."""
        return self._hint

    def set_hint(self, text: str) -> None:
        """Show a sentence by the scale, as "This image has only 5 colours"; empty shows none."""
        self._hint = text
        self._slider.set_note(text)
        self._slider.setToolTip(text or self._usage)

    def set_maximum_useful(self, n_unique: int | None) -> None:
        """Dim the scale beyond a picture's number of unique colours; None dims nothing."""
        self._slider.set_useful(K_MAX if n_unique is None else min(n_unique, K_MAX))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End a burst where the focus leaves."""
        if event.type() == QEvent.Type.FocusOut and not self._slider.isSliderDown():
            self._finish()
        return False

    def _build(self) -> None:
        self._slider = KSlider()
        self._slider.setObjectName("kSlider")
        self._slider.setAccessibleName(self.tr("Number of colours"))
        self._spin = _KSpinBox()
        self._spin.setObjectName("kSpinBox")
        self._spin.setAccessibleName(self.tr("Number of colours"))
        self._spin.setToolTip(self.tr("Number of colours, 2 to 256 (Page keys double and halve)"))
        label = QLabel(self.tr("&Colours"))
        label.setObjectName("kLabel")
        label.setBuddy(self._slider)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._spin)
        self._usage = self.tr(
            "Drag to choose the number of colours; hold Shift to go slowly.\n"
            "Arrow keys step by 1, Page keys double and halve."
        )
        self.set_hint("")

    def _show(self, k: int) -> None:
        with QSignalBlocker(self._slider), QSignalBlocker(self._spin):
            self._slider.setValue(k)
            self._spin.setValue(k)

    def _edit(self, k: int) -> None:
        if not self._editing:
            self._editing = True
            self.editingStarted.emit()
        self._show(k)
        if not self._slider.isSliderDown():
            self._quiet.start()
        self.valueEdited.emit(k)

    def _await_typing(self, _text: str) -> None:
        self._typing.start()

    def _commit_text(self) -> None:
        # "1" may be the beginning of "16": only what stands for a k by itself counts.
        if self._spin.hasAcceptableInput() or self._spin.is_too_large():
            self._spin.interpretText()

    def _say_most(self) -> None:
        place = self._spin.mapToGlobal(self._spin.rect().bottomLeft())
        QToolTip.showText(place, self.tr("{0} colours are the most").format(K_MAX), self._spin)

    def _finish(self) -> None:
        self._typing.stop()
        self._quiet.stop()
        if self._editing:
            self._editing = False
            self.editingFinished.emit()


class _KSpinBox(QSpinBox):
    """A spin box over every k, with the keys of the slider."""

    tooLarge = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setRange(K_MIN, K_MAX)
        self.setFont(tabular_font(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
        # The selector decides when a number that is being typed counts.
        self.setKeyboardTracking(False)

    def hasAcceptableInput(self) -> bool:
        """Return whether the text is a k as it stands."""
        return self.lineEdit().hasAcceptableInput()

    def is_too_large(self) -> bool:
        """Return whether the text is a number above every k, which no more digits can mend."""
        text = self.cleanText()
        return text.isdecimal() and int(text) > K_MAX

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let larger numbers be typed: refusing a digit would make 50 of 500."""
        if text.isdecimal() and int(text) > K_MAX and len(text) <= _MOST_DIGITS:
            return QValidator.State.Intermediate, text, position
        state: tuple[QValidator.State, str, int] = super().validate(text, position)
        return state

    def fixup(self, text: str) -> str:
        """Take the nearest k for a number that is none."""
        if not text.isdecimal():
            return str(super().fixup(text))
        if int(text) > K_MAX:
            self.tooLarge.emit()
        return str(min(max(int(text), K_MIN), K_MAX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageUp:
                self.setValue(self.value() * 2)
            case Qt.Key.Key_PageDown:
                self.setValue(self.value() // 2)
            case _:
                super().keyPressEvent(event)
