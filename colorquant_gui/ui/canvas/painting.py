"""What is drawn around and over the picture: checkerboard, captions, rings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPalette, QPen, QPixmap

CHECKER_SIZE = 8
CHECKER_GREYS = {False: (0xFF, 0xCC), True: (0x5A, 0x46)}
CAPTION_GAP = 8.0
CAPTION_PADDING_X = 8.0
_CAPTION_PADDING_Y = 4.0
_CAPTION_GROUND = QColor(0, 0, 0, 170)
_TINT_OPACITY = 48
_RING = 2.0
_DROP_RING = 3.0


def checkerboard(ratio: float, *, dark: bool) -> QBrush:
    """Return the ground of transparent pixels, for a painter in device pixels.

    Parameters
    ----------
    ratio : float
        Device pixels per logical pixel.
    dark : bool
        Whether the surroundings are dark.

    Returns
    -------
    QBrush
        Squares of `CHECKER_SIZE` logical pixels in two neutral greys.
    """
    side = max(1, round(CHECKER_SIZE * ratio))
    first, second = (QColor(grey, grey, grey) for grey in CHECKER_GREYS[dark])
    tile = QPixmap(2 * side, 2 * side)
    tile.fill(first)
    with QPainter(tile) as painter:
        painter.fillRect(side, 0, side, side, second)
        painter.fillRect(0, side, side, side, second)
    return QBrush(tile)


def premultiplied(color: QColor, opacity: float) -> int:
    """Return a colour at an opacity, 0..1, as 0xAARRGGBB, premultiplied."""
    levels = (1.0, color.redF(), color.greenF(), color.blueF())
    alpha, red, green, blue = (round(255 * opacity * level) for level in levels)
    return alpha << 24 | red << 16 | green << 8 | blue


def caption_area(
    metrics: QFontMetricsF,
    text: str,
    area: QRectF,
    corner: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> QRectF:
    """Return where a label belongs in a corner of an area; empty where it would not fit.

    Parameters
    ----------
    metrics : QFontMetricsF
        Of its font.
    text : str
        The label.
    area : QRectF
        The part of the picture that it describes, in logical pixels.
    corner : Qt.AlignmentFlag
        The upper left one unless AlignRight or AlignBottom say otherwise.
    """
    size = QSizeF(
        metrics.horizontalAdvance(text) + 2 * CAPTION_PADDING_X,
        metrics.height() + 2 * _CAPTION_PADDING_Y,
    )
    room = area.adjusted(CAPTION_GAP, CAPTION_GAP, -CAPTION_GAP, -CAPTION_GAP)
    if not text or size.width() > room.width() or size.height() > room.height():
        return QRectF()
    label = QRectF(room.topLeft(), size)
    if corner & Qt.AlignmentFlag.AlignRight:
        label.moveRight(room.right())
    if corner & Qt.AlignmentFlag.AlignBottom:
        label.moveBottom(room.bottom())
    return label


def paint_caption(
    painter: QPainter,
    text: str,
    area: QRectF,
    corner: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write a label where `caption_area` puts it."""
    label = caption_area(QFontMetricsF(painter.font()), text, area, corner)
    if not label.isEmpty():
        paint_label(painter, text, label)


def paint_label(painter: QPainter, text: str, area: QRectF) -> None:
    """Write in the middle of an area, on a ground that fills it."""
    paint_caption_ground(painter, area)
    painter.setPen(QColor(Qt.GlobalColor.white))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def paint_caption_ground(painter: QPainter, area: QRectF) -> None:
    """Draw the ground of a label on the picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_CAPTION_GROUND)
    painter.drawRoundedRect(area, 4, 4)


def paint_panel(painter: QPainter, area: QRectF, palette: QPalette) -> None:
    """Draw the ground of a small panel that lies over the picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Window))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def paint_focus_ring(painter: QPainter, area: QRectF, palette: QPalette) -> None:
    """Draw a thin line in the accent colour along the inside of an area."""
    _paint_ring(painter, area, palette.color(QPalette.ColorRole.Highlight), _RING)


def paint_drop_highlight(painter: QPainter, area: QRectF, palette: QPalette) -> None:
    """Tint an area in the accent colour: what is dragged may be dropped here."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    tint = QColor(accent)
    tint.setAlpha(_TINT_OPACITY)
    painter.fillRect(area, tint)
    _paint_ring(painter, area, accent, _DROP_RING)


def _paint_ring(painter: QPainter, area: QRectF, color: QColor, width: float) -> None:
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRect(area.adjusted(inset, inset, -inset, -inset))


def paint_arrowheads(painter: QPainter, middle: QPointF, gap: float, size: float) -> None:
    """Draw a pair of chevrons that point away from a place, with the pen that is set."""
    for way in (-1, 1):
        tip = middle + QPointF(way * (gap + size), 0)
        painter.drawPolyline(
            [tip + QPointF(-way * size, -size), tip, tip + QPointF(-way * size, size)]
        )
