"""Legend: what the marks of the view mean, and switches to hide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QWidget

from colorquant_gui.ui.space3d.ground import paint_ground
from colorquant_gui.ui.space3d.layer_switches import LayerSwitches
from colorquant_gui.ui.space3d.layers import AXES, CENTROIDS, GAMUT, LAYERS, PIXELS, TRAILS
from colorquant_gui.ui.space3d.style import SceneStyle, mixed

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

_GLYPH = 18
_HEIGHT = 24
_PADDING = 8
# A mark alone takes up what a button of the bar does.
_BARE_PADDING = 5
_GAP = 6
_SPACING = 2


class LegendToggle(QCheckBox):
    """An entry of the legend: a mark as in the view, its name, and whether it is shown.

    Parameters
    ----------
    layer : str
        "pixels", "centroids", "trails", "gamut" or "axes".
    text : str
        Its name.
    """

    def __init__(self, layer: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._layer = layer
        self._style = SceneStyle.of(self)
        self._named = True
        self.setChecked(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        self._style = style
        self.update()

    def set_named(self, named: bool) -> None:
        """Show the name, or the mark alone."""
        if named != self._named:
            self._named = named
            self.updateGeometry()
            self.update()

    def width_for(self, named: bool) -> int:
        """Return how wide it is with its name, or without it."""
        if not named:
            return 2 * _BARE_PADDING + self._glyph_size()
        words = self.fontMetrics().horizontalAdvance(self.text())
        return 2 * _PADDING + self._glyph_size() + _GAP + words

    def _glyph_size(self) -> int:
        usual = QFontMetrics(QApplication.font(self)).height()
        return round(_GLYPH * max(self.fontMetrics().height() / usual, 1.0))

    def sizeHint(self) -> QSize:
        """Room for the mark and the name."""
        height = max(_HEIGHT, self.fontMetrics().height() + 6)
        return QSize(self.width_for(self._named), height)

    def minimumSizeHint(self) -> QSize:
        """As much as it needs."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark and the name; struck through and faded when hidden."""
        style = self._style
        background = QColor(*style.background)
        foreground = self.palette().color(QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        level = 0.24 if self.isDown() else 0.16 if self.underMouse() else 0.0
        paint_ground(painter, area, mixed(background, foreground, level))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(*style.focus), 2))
            painter.drawRoundedRect(area, 4, 4)
        shown = self.isChecked()
        ink = mixed(background, foreground, 1.0 if shown else 0.66)
        padding = _PADDING if self._named else _BARE_PADDING
        size, glyph = self._glyph_size(), QRectF(0, 0, _GLYPH, _GLYPH)
        painter.save()
        painter.translate(padding, (self.height() - size) / 2)
        painter.scale(size / _GLYPH, size / _GLYPH)
        _GLYPHS[self._layer](painter, glyph, ink, shown)
        if not (self._named or shown):
            painter.setPen(QPen(ink, 1.5))
            painter.drawLine(glyph.bottomLeft(), glyph.topRight())
        painter.restore()
        if self._named:
            self._draw_name(painter, ink, shown)
        painter.end()

    def _draw_name(self, painter: QPainter, ink: QColor, shown: bool) -> None:
        font = self.font()
        font.setStrikeOut(not shown)
        painter.setFont(font)
        painter.setPen(ink)
        place = QRectF(self.rect()).adjusted(_PADDING + self._glyph_size() + _GAP, 0, 0, 0)
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )


def _pixels_glyph(painter: QPainter, area: QRectF, ink: QColor, shown: bool) -> None:
    dots = ((0.22, 0.70, 2.6), (0.52, 0.28, 2.2), (0.60, 0.66, 2.9), (0.86, 0.42, 2.0))
    painter.setPen(Qt.PenStyle.NoPen if shown else QPen(ink, 1))
    painter.setBrush(ink if shown else Qt.BrushStyle.NoBrush)
    for x, y, radius in dots:
        center = area.topLeft() + QPointF(x * area.width(), y * area.height())
        painter.drawEllipse(center, radius, radius)


def _centroids_glyph(painter: QPainter, area: QRectF, ink: QColor, shown: bool) -> None:
    painter.setPen(QPen(ink, 1.75 if shown else 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(area.center(), 6.5, 6.5)
    if shown:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(area.center(), 3.75, 3.75)


def _trails_glyph(painter: QPainter, area: QRectF, ink: QColor, shown: bool) -> None:
    path = [QPointF(1, 15.5), QPointF(4.5, 15), QPointF(8, 13), QPointF(10.5, 9.5)]
    for number in range(3):
        color = QColor(ink)
        if shown:
            color.setAlphaF((0.4, 0.7, 1.0)[number])
        painter.setPen(QPen(color, 1.75 if shown else 1.0, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(area.topLeft() + path[number], area.topLeft() + path[number + 1])
    painter.setPen(Qt.PenStyle.NoPen if shown else QPen(ink, 1))
    painter.setBrush(ink if shown else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(area.topLeft() + QPointF(12.5, 5.5), 3.5, 3.5)


def _gamut_glyph(painter: QPainter, area: QRectF, ink: QColor, shown: bool) -> None:
    corners = [QPointF(9, 1.5), QPointF(15.5, 5.5), QPointF(15.5, 12.5), QPointF(9, 16.5)]
    corners += [QPointF(2.5, 12.5), QPointF(2.5, 5.5)]
    painter.setPen(QPen(ink, 1.75 if shown else 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon([area.topLeft() + corner for corner in corners])
    for corner in corners[1::2]:
        painter.drawLine(area.center(), area.topLeft() + corner)


def _axes_glyph(painter: QPainter, area: QRectF, ink: QColor, shown: bool) -> None:
    origin = area.topLeft() + QPointF(4.5, 13.5)
    painter.setPen(QPen(ink, 1.75 if shown else 1.0))
    painter.drawLine(origin, area.topLeft() + QPointF(4.5, 2))
    painter.drawLine(origin, area.topLeft() + QPointF(16.5, 13.5))
    for step in (3.5, 7.0):
        painter.drawLine(origin + QPointF(-2.5, -step), origin + QPointF(0, -step))
        painter.drawLine(origin + QPointF(step + 1, 0), origin + QPointF(step + 1, 2.5))


_GLYPHS = {
    PIXELS: _pixels_glyph,
    CENTROIDS: _centroids_glyph,
    TRAILS: _trails_glyph,
    GAMUT: _gamut_glyph,
    AXES: _axes_glyph,
}


class Legend(LayerSwitches):
    """The entries side by side, without their names where there is no room for these."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("spaceLegend")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        self._font = SceneStyle.of(self).font
        self._toggles = {layer: LegendToggle(layer, "", self) for layer in LAYERS}
        for toggle in self._toggles.values():
            row.addWidget(toggle)
        self._take(self._toggles, "Toggle")

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours and the font of the scene."""
        self._font = style.font
        self._set_font(style.font)
        for toggle in self._toggles.values():
            toggle.set_style(style)

    def set_room(self, width: int) -> None:
        """Leave the names out where they don't fit into a width, not even as small as usual."""
        font, usual = QFont(self._font), QApplication.font(self).pointSizeF()
        self._set_font(font)
        while self._width(named=True) > width and font.pointSizeF() > usual:
            font.setPointSizeF(max(font.pointSizeF() * 0.94, usual))
            self._set_font(font)
        named = self._width(named=True) <= width
        if not named:
            self._set_font(self._font)
        for toggle in self._toggles.values():
            toggle.set_named(named)

    def _set_font(self, font: QFont) -> None:
        for toggle in self._toggles.values():
            toggle.setFont(font)

    def compact_width(self) -> int:
        """Return the least width it needs."""
        return self._width(named=False)

    def full_width(self) -> int:
        """Return the width that the names need."""
        return self._width(named=True)

    def _width(self, *, named: bool) -> int:
        widths = [toggle.width_for(named) for toggle in self._toggles.values()]
        return sum(widths) + (len(widths) - 1) * _SPACING
