"""LayerSwitches: which layers of the view are shown, by one switch for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.layers import AXES, CENTROIDS, GAMUT, PIXELS, TRAILS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QCheckBox


class LayerSwitches(QWidget):
    """Switches of any look; who makes them hands them to `_take`.

    Attributes
    ----------
    layersChanged : Signal(object)
        The person hid or showed something: the set of layers that are shown now.
    """

    layersChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switches: Mapping[str, QCheckBox] = {}

    def _take(self, switches: Mapping[str, QCheckBox], kind: str) -> None:
        """Take the switch of each layer; their objectNames end in `kind`."""
        self._switches = switches
        for layer, switch in switches.items():
            switch.setObjectName(f"{layer}{kind}")
            switch.setChecked(True)
            switch.clicked.connect(self._report)
        self._translate()

    def layers(self) -> set[str]:
        """Return the layers that are shown."""
        return {layer for layer, switch in self._switches.items() if switch.isChecked()}

    def set_layers(self, visible: set[str]) -> None:
        """Show what is in the set and hide the rest, without a signal."""
        for layer, switch in self._switches.items():
            switch.setChecked(layer in visible)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        words = _words()
        for layer, switch in self._switches.items():
            text, name = words[layer]
            switch.setText(text)
            switch.setAccessibleName(name)
            switch.setToolTip(name)

    def _report(self) -> None:
        self.layersChanged.emit(self.layers())


def _words() -> dict[str, tuple[str, str]]:
    """Return the name of each layer, and what its switch does."""
    return {
        PIXELS: (_tr("Pixels"), _tr("Show the colours of the picture")),
        CENTROIDS: (_tr("Centroids"), _tr("Show the centroids")),
        TRAILS: (_tr("Trails"), _tr("Show where the centroids came from")),
        GAMUT: (_tr("Gamut"), _tr("Show the outline of all sRGB colours")),
        AXES: (_tr("Axes"), _tr("Show axes and grid")),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerSwitches", text)
