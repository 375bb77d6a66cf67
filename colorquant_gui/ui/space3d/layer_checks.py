"""LayerChecks: switches for what is shown, in a panel where there is room for their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from colorquant_gui.ui.space3d.legend import layer_words
from colorquant_gui.ui.space3d.scene import LAYERS

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

_IN_A_ROW = 3


class LayerChecks(QWidget):
    """The same switches as the legend has, which a small view has no room for.

    Attributes
    ----------
    layersChanged : Signal(object)
        The person hid or showed something: the set of layers that are shown now.
    """

    layersChanged = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self._checks: dict[str, QCheckBox] = {}
        for number, layer in enumerate(LAYERS):
            check = QCheckBox(self)
            check.setObjectName(f"{layer}Check")
            check.setChecked(True)
            check.clicked.connect(self._report)
            grid.addWidget(check, *divmod(number, _IN_A_ROW))
            self._checks[layer] = check
        grid.setColumnStretch(_IN_A_ROW, 1)
        self._translate()

    def stops(self) -> list[QWidget]:
        """Return what takes the focus, in its order."""
        return list(self._checks.values())

    def set_layers(self, visible: set[str]) -> None:
        """Show which layers are shown, without a signal."""
        for layer, check in self._checks.items():
            check.setChecked(layer in visible)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        for layer, (text, name) in layer_words().items():
            self._checks[layer].setText(text)
            self._checks[layer].setAccessibleName(name)
            self._checks[layer].setToolTip(name)

    def _report(self) -> None:
        shown = {layer for layer, check in self._checks.items() if check.isChecked()}
        self.layersChanged.emit(shown)
