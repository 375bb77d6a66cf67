"""Furniture: the small widgets that lie over the picture, and which of them is shown when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Signal
from PySide6.QtWidgets import QApplication

from colorquant_gui.ui.canvas.busy import BusyPanel
from colorquant_gui.ui.canvas.compare import CompareMode
from colorquant_gui.ui.canvas.error_legend import ErrorLegend
from colorquant_gui.ui.canvas.flicker import FASTEST, SLOWEST
from colorquant_gui.ui.canvas.minimap import Minimap
from colorquant_gui.ui.canvas.slider_panel import SliderPanel
from colorquant_gui.ui.canvas.way_sign import WaySign
from colorquant_gui.ui.canvas.welcome import Welcome
from colorquant_gui.ui.formatting import integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.canvas.picture import Picture
    from colorquant_gui.ui.canvas.stage import Stage
    from colorquant_gui.ui.canvas.whereabouts import Whereabouts

_TURNS = 10


class Furniture(QObject):
    """Places the widgets.

    Parameters
    ----------
    canvas : QWidget
        What they lie over; their owner.
    """

    openRequested = Signal()
    sampleRequested = Signal(str)
    welcomeClosed = Signal()
    metricEdited = Signal(str)
    cancelRequested = Signal()
    viewCentered = Signal(float, float)
    onionEdited = Signal(float)
    flickerEdited = Signal(float)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._area = QRect()
        self._welcome = Welcome(canvas)
        self._welcome.openRequested.connect(self.openRequested)
        self._welcome.sampleRequested.connect(self.sampleRequested)
        self._welcome.closed.connect(self.welcomeClosed)
        self._is_welcoming = False
        self._legend = ErrorLegend(canvas)
        self._legend.measureEdited.connect(self.metricEdited)
        self._minimap = Minimap(canvas)
        self._minimap.centered.connect(self.viewCentered)
        self._has_minimap = True
        self._way = WaySign(canvas)
        # 0..1 of the picture's width and height
        self._nearest = (0.5, 0.5)
        self._way.clicked.connect(lambda: self.viewCentered.emit(*self._nearest))
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

    @property
    def is_welcoming(self) -> bool:
        """Whether the welcome lies over a picture."""
        return self._is_welcoming

    def covering(self) -> list[QWidget]:
        """Return the widgets that keep the pointer from the picture."""
        over = (self._minimap, self._way, self._onion, self._flicker, self._busy, self._legend)
        return [*over, self._welcome]

    def covered(self) -> list[QRectF]:
        """Return what they cover now, in logical pixels."""
        return [QRectF(widget.geometry()) for widget in self.covering() if widget.isVisible()]

    def set_busy(self, text: str) -> None:
        """Say what is being done."""
        self._busy.set_text(text)

    def set_welcome(self, on: bool) -> None:
        """Show the welcome over a picture, or don't; without one it is there anyway."""
        self._is_welcoming = on

    def set_drop_active(self, on: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        self._welcome.set_drop_active(on)

    def focus_welcome(self) -> None:
        """Give the welcome the keys."""
        self._welcome.setFocus()

    def set_picture(self, picture: Picture | None) -> None:
        """Take another picture, or none."""
        self._is_welcoming = False
        self._minimap.set_picture(picture)

    def set_minimap(self, on: bool) -> None:
        """Allow the minimap, or not."""
        self._has_minimap = on

    def error_metric(self) -> str:
        """Return the measure of the difference that is chosen."""
        return self._legend.measure()

    def set_error_metric(self, metric: str) -> None:
        """Choose the measure of the difference."""
        self._legend.set_measure(metric)

    def set_error_busy(self, on: bool) -> None:
        """Say that the difference is being computed, or no longer."""
        self._legend.set_busy(on)

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
        self._welcome.setGeometry(area)
        for panel in (self._onion, self._flicker):
            panel.place(area)

    def show_state(self, *, has_picture: bool) -> None:
        """Follow a change between empty, busy and picture."""
        self._place_busy(has_picture=has_picture and not self._is_welcoming)
        welcomes = (self._is_welcoming or not has_picture) and not self.is_busy
        self._welcome.set_closable(has_picture)
        if welcomes:
            self._welcome.raise_()
        shown = {self._welcome: welcomes, self._busy: self.is_busy}
        for panel in shown:
            panel.setVisible(shown[panel] or panel.isVisible())
        held = QApplication.focusWidget()
        if any(panel.isAncestorOf(held) for panel in shown if held and not shown[panel]):
            # before it is hidden, for Qt would pass the focus on as if Tab had been pressed
            heir = self._busy if self.is_busy else self._welcome
            (self._canvas if has_picture and not welcomes else heir).setFocus()
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
        if window is not None:
            picture = stage.visible_area(window, stage.panes()[0])
            self._legend.place(self._area, picture.toAlignedRect())
        # also while there is no difference to show yet
        has_legend = stage.mode is CompareMode.DIFFERENCE and stage.can_compare
        self._show(self._legend, has_legend and self._fits(self._legend))
        handle = stage.handle()
        taken = [QRectF(p.geometry()) for p in (self._onion, self._flicker) if not p.isHidden()]
        if not self._legend.isHidden():
            taken.append(QRectF(self._legend.geometry()))
        if handle is not None:
            taken += handle.areas()
        self._minimap.follow(window if self._has_minimap else None, self._area, taken)

    def show_missed(
        self, missed: Whereabouts | None, stage: Stage, font: QFont, captioned: Sequence[QRectF]
    ) -> None:
        """Show the way to what stands out of view, None for nothing, beside what is captioned."""
        window = stage.viewport.window()
        if missed is None or window is None or self._is_welcoming:
            self._minimap.mark(None)
            self._show(self._way, False)
            return
        wide, high = window.picture_width, window.picture_height
        self._minimap.mark(missed)
        x, y = missed.nearest(window)
        self._nearest = x / wide, y / high
        words = self.tr("{0} pixels, none in view")
        text = words.format(integer(missed.n_pixels))
        if missed.n_pixels == 1:
            text = self.tr("1 pixel, not in view")
        pane, ratio = stage.panes()[0], stage.ratio
        area = QRectF(pane.x / ratio, 0, pane.width / ratio, stage.area.height())
        target = QPointF(
            (pane.x + window.left - window.skip_x + self._nearest[0] * window.shown_width) / ratio,
            (window.top - window.skip_y + self._nearest[1] * window.shown_height) / ratio,
        )
        others = [w for w in self.covering() if w is not self._way and w.isVisible()]
        taken = [*captioned, *(QRectF(widget.geometry()) for widget in others)]
        self._way.show_way(text, target, area, font, taken)

    def _show(self, panel: QWidget, on: bool) -> None:
        held = QApplication.focusWidget()
        if not on and held is not None and panel.isAncestorOf(held):
            self._canvas.setFocus()
        panel.setVisible(on)

    def _fits(self, panel: QWidget) -> bool:
        return self._area.contains(panel.geometry())

    def _place_busy(self, *, has_picture: bool) -> None:
        self._busy.place(self._area, centred=not has_picture)
