"""LayerChecks: switches for what is shown, in a panel where there is room for their names."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from colorquant_gui.ui.space3d.layer_switches import LayerSwitches
from colorquant_gui.ui.space3d.layers import LAYERS

_IN_A_ROW = 3


class LayerChecks(LayerSwitches):
    """The same switches as the legend has, which a small view has no room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        checks = {layer: QCheckBox(self) for layer in LAYERS}
        for number, check in enumerate(checks.values()):
            grid.addWidget(check, *divmod(number, _IN_A_ROW))
        grid.setColumnStretch(_IN_A_ROW, 1)
        self._take(checks, "Check")

    def stops(self) -> list[QWidget]:
        """Return what takes the focus, in its order."""
        return list(self._switches.values())
