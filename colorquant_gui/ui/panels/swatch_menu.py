"""SwatchMenu: what can be copied of a palette at one of its swatches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from colorquant_gui.ui.formatting import integer
from colorquant_gui.ui.panels.swatch_words import hex_text, rgb_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget


class SwatchMenu(QMenu):
    """Offers a colour in several forms, and all of the palette; goes when it is closed.

    Attributes
    ----------
    copyRequested : Signal(str, str)
        What is to be put on the clipboard, and what that is called.

    Parameters
    ----------
    color : QColor or None
        Of the swatch; None where it stands for transparent pixels.
    colors : sequence of QColor
        All that can be copied, one at least.
    parent : QWidget
        The palette.
    """

    copyRequested = Signal(str, str)

    def __init__(self, color: QColor | None, colors: Sequence[QColor], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paletteMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if color is not None:
            for name, text in (("copyHex", hex_text(color)), ("copyRgb", rgb_text(color))):
                self._add(name, self.tr("Copy {}").format(text), text, text)
        everything = "\n".join(hex_text(each) for each in colors)
        number = self.tr("{} colours").format(integer(len(colors)))
        called = self.tr("1 colour") if len(colors) == 1 else number
        self._add("copyAllHex", self.tr("Copy all as a list of hex"), everything, called)

    def _add(self, name: str, label: str, text: str, called: str) -> None:
        action = QAction(label, self)
        action.setObjectName(name)
        action.triggered.connect(lambda: self.copyRequested.emit(text, called))
        self.addAction(action)
