"""The note on the picture that what stands out is pinned, and which key releases it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF

from colorquant_gui.ui.canvas.painting import (
    CAPTION_GAP,
    CAPTION_PADDING_X,
    caption_area,
    paint_caption_ground,
)
from colorquant_gui.ui.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_GAP = 4.0
# the pin has some room of its own on both sides
_BEFORE_PIN, _AFTER_PIN = 6.0, 2.0


def pin_note_area(metrics: QFontMetricsF, area: QRectF) -> QRectF:
    """Return where the note belongs: below the caption in the upper left corner.

    Parameters
    ----------
    metrics : QFontMetricsF
        Of its font.
    area : QRectF
        The visible picture, in logical pixels.

    Returns
    -------
    QRectF
        Empty where it would not fit.
    """
    side = metrics.height()
    note = caption_area(metrics, _text(), area)
    down, wider = note.height() + _GAP, _BEFORE_PIN + side + _AFTER_PIN - CAPTION_PADDING_X
    note.adjust(0, down, wider, down)
    room = area.adjusted(CAPTION_GAP, CAPTION_GAP, -CAPTION_GAP, -CAPTION_GAP)
    return note if room.contains(note) else QRectF()


def paint_pin_note(painter: QPainter, area: QRectF) -> None:
    """Write the note where `pin_note_area` puts it."""
    metrics = QFontMetricsF(painter.font())
    note = pin_note_area(metrics, area)
    if note.isEmpty():
        return
    paint_caption_ground(painter, note)
    side = metrics.height()
    top = note.center().y() - side / 2
    sign = QRectF(note.left() + _BEFORE_PIN, top, side, side)
    white = QColor(Qt.GlobalColor.white)
    paint_icon(painter, sign.toAlignedRect(), "pin", white)
    painter.setPen(white)
    words = note.adjusted(_BEFORE_PIN + side + _AFTER_PIN, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _text())


def _text() -> str:
    return QCoreApplication.translate("Canvas", "Pinned · Esc releases")
