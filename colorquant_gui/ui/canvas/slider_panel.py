"""SliderPanel: a slider over the picture for what a compare mode lets one choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from colorquant_gui.ui.canvas.floating_panel import FloatingPanel
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Callable

_SLIDER_WIDTH = 160


class SliderPanel(FloatingPanel):
    """A name, a slider and a value.

    Parameters
    ----------
    name : str
        objectName of the slider.
    text : str
        What it chooses.
    values : (int, int)
        Least and most value.
    steps : (int, int)
        What an arrow key and what a page key adds.
    show : callable
        Writes a value for people.
    parent : QWidget, optional
        The widget that it lies over.
    """

    valueEdited = Signal(int)

    def __init__(
        self,
        name: str,
        text: str,
        values: tuple[int, int],
        steps: tuple[int, int],
        show: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Panel")
        self._show = show
        label = QLabel(text, self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName(name)
        self._slider.setAccessibleName(text)
        self._slider.setRange(*values)
        self._slider.setSingleStep(steps[0])
        self._slider.setPageStep(steps[1])
        self._slider.setFixedWidth(_SLIDER_WIDTH)
        self._value = QLabel(self)
        self._value.setObjectName(f"{name}Value")
        self._value.setFont(tabular_font(self._value.font()))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        metrics = QFontMetrics(self._value.font())
        self._value.setMinimumWidth(
            max(metrics.horizontalAdvance(show(value)) for value in range(values[0], values[1] + 1))
        )
        label.setBuddy(self._slider)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (label, self._slider, self._value):
            layout.addWidget(widget)
        self._slider.valueChanged.connect(self._edit)
        self._tell()

    def value(self) -> int:
        """Return the value."""
        return self._slider.value()

    def set_value(self, value: int) -> None:
        """Show another value; `valueEdited` stays silent."""
        self._slider.blockSignals(True)
        self._slider.setValue(value)
        self._slider.blockSignals(False)
        self._tell()

    def place(self, area: QRect) -> None:
        """Move to the middle of the lower edge of an area."""
        self._settle(area)

    def _edit(self, value: int) -> None:
        self._tell()
        self.valueEdited.emit(value)

    def _tell(self) -> None:
        self._value.setText(self._show(self._slider.value()))
