"""How a swatch looks, and one that is pointed at or chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from colorquant_gui.ui.icons import paint_icon

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHECKER = 4
# Levels of sRGB by which a swatch has to differ from what it lies on, in some channel.
_ALIKE = 24
_PIN_GROUND = QColor(0, 0, 0, 170)
_PIN_SIZES, _PIN_SHARE = (12, 20), 0.45
_Role = QPalette.ColorRole


def paint_swatch(painter: QPainter, rect: QRect, color: QColor | None) -> None:
    """Fill a swatch.

    Parameters
    ----------
    painter : QPainter
        Draws it.
    rect : QRect
        Where it is.
    color : QColor or None
        None for transparent pixels, which are a chequered board.
    """
    if color is not None:
        painter.fillRect(rect, color)
        return
    painter.fillRect(rect, QColor(0xFF, 0xFF, 0xFF))
    dark = QColor(0xC0, 0xC0, 0xC0)
    for top in range(0, rect.height(), _CHECKER):
        for left in range(top // _CHECKER % 2 * _CHECKER, rect.width(), 2 * _CHECKER):
            square = QRect(rect.x() + left, rect.y() + top, _CHECKER, _CHECKER)
            painter.fillRect(square & rect, dark)


def paint_edges(
    painter: QPainter, rects: Iterable[QRect], colors: Iterable[QColor | None], palette: QPalette
) -> None:
    """Draw a thin line around swatches that could not be told from the panel behind them."""
    ground = palette.color(_Role.Window)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(palette, _Role.Mid, 1))
    for rect, color in zip(rects, colors, strict=True):
        if color is not None and _is_like(color, ground):
            painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _is_like(color: QColor, ground: QColor) -> bool:
    apart = (
        color.red() - ground.red(),
        color.green() - ground.green(),
        color.blue() - ground.blue(),
    )
    return max(map(abs, apart)) < _ALIKE


def paint_mark(painter: QPainter, rect: QRect, palette: QPalette) -> None:
    """Frame a swatch that is pointed at elsewhere, just inside of it."""
    # dark in light, so that it stands out from any colour
    for width, role in ((4, _Role.WindowText), (2, _Role.Window)):
        painter.setPen(_pen(palette, role, width))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


def paint_pin(painter: QPainter, rect: QRect) -> None:
    """Put a pin into the corner of a swatch: white on black, to be seen on any colour."""
    room = min(rect.width(), rect.height())
    side = min(max(round(_PIN_SHARE * room), _PIN_SIZES[0]), _PIN_SIZES[1])
    # out of a small swatch it looks over the edge, to leave its colour to be seen
    inside = side // 4 + 1 if room > 2 * side else -side // 2
    ground = QRect(rect.right() + 1 - side - inside, rect.top() + inside, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PIN_GROUND)
    painter.drawEllipse(ground)
    inset = side // 6
    sign = ground.adjusted(inset, inset, -inset, -inset)
    paint_icon(painter, sign, "pin", QColor(Qt.GlobalColor.white))
    painter.restore()


def paint_note(painter: QPainter, rect: QRect, text: str, palette: QPalette) -> None:
    """Write a sentence where there are no swatches."""
    painter.setPen(palette.color(_Role.PlaceholderText))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def paint_hover(painter: QPainter, rect: QRect, palette: QPalette) -> None:
    """Frame the swatch under the pointer."""
    painter.setPen(QPen(palette.color(_Role.WindowText), 1))
    painter.drawRect(rect.adjusted(-1, -1, 0, 0))


def paint_focus(painter: QPainter, rect: QRect, palette: QPalette) -> None:
    """Frame the swatch that the keys have chosen, in the accent colour."""
    painter.setPen(_pen(palette, _Role.Highlight, 2))
    painter.drawRect(rect.adjusted(-1, -1, 1, 1))


def _pen(palette: QPalette, role: QPalette.ColorRole, width: int) -> QPen:
    pen = QPen(palette.color(role), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
