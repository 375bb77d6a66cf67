"""ZoomField: the zoom as a percentage, to be read, typed or chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from colorquant_gui.ui.panels.wheel_steps import WheelSteps
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*%?\s*")
_WIDEST = "1,600 %"
_ARROW = 36
_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageUp: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageDown: -1,
}


def zoom_text(zoom: float) -> str:
    """Return a zoom for people: ``63 %``, ``12.5 %``, ``1,600 %``.

    Parameters
    ----------
    zoom : float
        1 for 100 %.
    """
    percent = 100 * zoom
    return f"{percent:,.0f} %" if percent >= 20 or percent == round(percent) else f"{percent:.1f} %"


class ZoomField(QComboBox):
    """An editable list: "Fit", round zooms, or what is typed, with or without "%".

    As in any field of a number, Up and the wheel make it larger, Down makes it smaller.

    Attributes
    ----------
    zoomEdited : Signal(float)
        A person wants a zoom; 1 for 100 %. A setter never emits it.
    fitRequested : Signal()
        A person wants to see the whole picture.
    zoomInRequested, zoomOutRequested : Signal()
        A person wants the next larger or smaller zoom.
    """

    zoomEdited = Signal(float)
    fitRequested = Signal()
    zoomInRequested = Signal()
    zoomOutRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zoomField")
        self.setAccessibleName(self.tr("Zoom"))
        self.setToolTip(self.tr("Zoom: type a percentage or choose one"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setFont(tabular_font(self.font()))
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance(_WIDEST) + _ARROW)
        self.setMaxVisibleItems(16)
        self._zoom: float | None = None
        self._wheel = WheelSteps(sideways=False)
        edit = self.lineEdit()
        assert edit is not None, "the box is editable"
        self._edit = edit
        self._edit.setObjectName("zoomEdit")
        self._edit.setAccessibleName(self.accessibleName())
        self._edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._edit.editingFinished.connect(self._take_text)
        self.activated.connect(self._choose)

    def set_presets(self, zooms: Iterable[float]) -> None:
        """Offer "Fit" and some zooms.

        Parameters
        ----------
        zooms : iterable of float
            1 for 100 %, from small to large.
        """
        self.clear()
        self.addItem(self.tr("Fit"), None)
        for zoom in zooms:
            self.addItem(zoom_text(zoom), zoom)
        self._show()

    def set_zoom(self, zoom: float | None) -> None:
        """Show the present zoom; None where there is nothing to zoom."""
        self._zoom = zoom
        if not (self._edit.hasFocus() and self._edit.isModified()):
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up what is typed on Escape; step on arrows."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and self._edit.isModified():
            self._show()
            self._edit.selectAll()
        elif is_plain and event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step once for every notch; a list of zooms would begin at its top."""
        steps = self._wheel.turn(event)
        for _ in range(abs(steps)):
            self._step(1 if steps > 0 else -1)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take Escape before it is a shortcut, while there is something to give up."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._edit.isModified()
        ):
            event.accept()
            return True
        return super().event(event)

    def _show(self) -> None:
        self.setCurrentIndex(-1)
        self.setEditText("" if self._zoom is None else zoom_text(self._zoom))
        self._edit.setModified(False)

    def _step(self, way: int) -> None:
        self._show()
        (self.zoomInRequested if way > 0 else self.zoomOutRequested).emit()
        self._edit.selectAll()

    def _choose(self, index: int) -> None:
        zoom = self.itemData(index)
        self._show()
        if zoom is None:
            self.fitRequested.emit()
        else:
            self.zoomEdited.emit(zoom)

    def _take_text(self) -> None:
        if not self._edit.isModified():
            return
        text = self._edit.text()
        found = _NUMBER.fullmatch(text)
        self._show()
        if text.strip().casefold() == self.itemText(0).casefold():
            self.fitRequested.emit()
        elif found and float(found[1].replace(",", ".")) > 0:
            self.zoomEdited.emit(float(found[1].replace(",", ".")) / 100)
        self._edit.selectAll()
