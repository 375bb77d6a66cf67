"""Furniture: the small widgets that lie over the picture, and which of them is shown when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Signal
from PySide6.QtWidgets import QApplication

from colorquant_gui.ui.canvas.busy import BusyPanel
from colorquant_gui.ui.canvas.compare import CompareMode
from colorquant_gui.ui.canvas.empty_state import EmptyState
from colorquant_gui.ui.canvas.error_legend import ErrorLegend
from colorquant_gui.ui.canvas.flicker import FASTEST, SLOWEST
from colorquant_gui.ui.canvas.minimap import Minimap
from colorquant_gui.ui.canvas.slider_panel import SliderPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.canvas.picture import Picture
    from colorquant_gui.ui.canvas.stage import Stage

_GAP = 16
_TURNS = 10


class Furniture(QObject):
    """Places the widgets.

    Parameters
    ----------
    canvas : QWidget
        What they lie over; their owner.
    """

    openRequested = Signal()
    cancelRequested = Signal()
    viewCentered = Signal(float, float)
    onionEdited = Signal(float)
    flickerEdited = Signal(float)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._area = QRect()
        self._empty = EmptyState(canvas)
        self._empty.openRequested.connect(self.openRequested)
        self._legend = ErrorLegend(canvas)
        self._minimap = Minimap(canvas)
        self._minimap.centered.connect(self.viewCentered)
        self._has_minimap = True
        self._onion = SliderPanel(
            "onionSlider",
            self.tr("Opacity of the result"),
            (0, 100),
            (1, 10),
            lambda value: f"{value} %",
            canvas,
        )
        self._onion.valueEdited.connect(lambda value: self.onionEdited.emit(value / 100))
        self._flicker = SliderPanel(
            "flickerSlider",
            self.tr("Turns a second"),
            (round(_TURNS * SLOWEST), round(_TURNS * FASTEST)),
            (1, 5),
            lambda value: f"{value / _TURNS:.1f}",
            canvas,
        )
        self._flicker.valueEdited.connect(lambda value: self.flickerEdited.emit(value / _TURNS))
        self._flicker.set_value(_TURNS)
        self._onion.set_value(50)
        self._busy = BusyPanel(canvas)
        self._busy.cancelRequested.connect(self.cancelRequested)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return bool(self._busy.text)

    def covering(self) -> list[QWidget]:
        """Return the widgets that keep the pointer from the picture."""
        return [self._minimap, self._onion, self._flicker, self._busy]

    def set_busy(self, text: str) -> None:
        """Say what is being done."""
        self._busy.set_text(text)

    def set_picture(self, picture: Picture | None) -> None:
        """Take another picture, or none."""
        self._minimap.set_picture(picture)

    def set_minimap(self, on: bool) -> None:
        """Allow the minimap, or not."""
        self._has_minimap = on

    def set_error_scale(self, unit: str, maximum: float) -> None:
        """Say what the colours of the error map mean."""
        self._legend.set_scale(unit, maximum)

    def set_onion(self, opacity: float) -> None:
        """Show the opacity, 0..1."""
        self._onion.set_value(round(100 * opacity))

    def set_flicker(self, rate: float) -> None:
        """Show the turns a second."""
        self._flicker.set_value(round(_TURNS * rate))

    def resize(self, area: QRect) -> None:
        """Take another size."""
        self._area = area
        self._empty.setGeometry(area)
        for panel in (self._onion, self._flicker):
            panel.place(area)
        size = self._legend.sizeHint()
        corner = area.bottomLeft() + QPoint(_GAP, 1 - _GAP - size.height())
        self._legend.setGeometry(QRect(corner, size))

    def show_state(self, *, has_picture: bool) -> None:
        """Follow a change between empty, busy and picture."""
        self._place_busy(has_picture=has_picture)
        shown = {self._empty: not has_picture and not self.is_busy, self._busy: self.is_busy}
        for panel in shown:
            panel.setVisible(shown[panel] or panel.isVisible())
        held = QApplication.focusWidget()
        if any(panel.isAncestorOf(held) for panel in shown if held and not shown[panel]):
            # before it is hidden, for Qt would pass the focus on as if Tab had been pressed
            heir = self._busy if self.is_busy else self._empty
            (self._canvas if has_picture else heir).setFocus()
        for panel in shown:
            panel.setVisible(shown[panel])

    def show_view(self, stage: Stage) -> None:
        """Follow a change of what is seen where."""
        window, mode = stage.viewport.window(), stage.shown_mode
        self._place_busy(has_picture=window is not None)
        for panel, its_mode in (
            (self._onion, CompareMode.ONION),
            (self._flicker, CompareMode.FLICKER),
        ):
            self._show(panel, mode is its_mode and self._fits(panel))
        self._show(self._legend, mode is CompareMode.DIFFERENCE and self._fits(self._legend))
        handle = stage.handle()
        taken = [QRectF(p.geometry()) for p in (self._onion, self._flicker) if not p.isHidden()]
        if not self._legend.isHidden():
            taken.append(QRectF(self._legend.geometry()))
        if handle is not None:
            taken += handle.areas()
        self._minimap.follow(window if self._has_minimap else None, self._area, taken)

    def _show(self, panel: QWidget, on: bool) -> None:
        held = QApplication.focusWidget()
        if not on and held is not None and panel.isAncestorOf(held):
            self._canvas.setFocus()
        panel.setVisible(on)

    def _fits(self, panel: QWidget) -> bool:
        return self._area.contains(panel.geometry())

    def _place_busy(self, *, has_picture: bool) -> None:
        self._busy.place(self._area, centred=not has_picture)
