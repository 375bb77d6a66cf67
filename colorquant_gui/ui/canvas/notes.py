"""Notes on the picture: why some of it is dimmed, and that Escape ends it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF

from colorquant_gui.ui.canvas.painting import (
    CAPTION_GAP,
    CAPTION_PADDING_X,
    caption_area,
    paint_caption_ground,
)
from colorquant_gui.ui.icons import paint_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

_CONTEXT = "Canvas"
_GAP = 4.0
# a sign has some room of its own on both sides
_BEFORE_SIGN, _AFTER_SIGN = 6.0, 4.0


class Note(Enum):
    """What there is to note: its icon, its words, and words for those who don't see the picture."""

    PINNED = (
        "pin",
        QT_TRANSLATE_NOOP("Canvas", "Pinned · Esc releases"),
        QT_TRANSLATE_NOOP("Canvas", ", what stands out is pinned"),
    )
    SLICED = (
        "cube",
        QT_TRANSLATE_NOOP("Canvas", "Slice · Esc shows all"),
        QT_TRANSLATE_NOOP("Canvas", ", only a slice of the colour space stands out"),
    )

    @property
    def sign(self) -> str:
        """The name of its icon."""
        return str(self.value[0])

    @property
    def words(self) -> str:
        """What it says."""
        return QCoreApplication.translate(_CONTEXT, str(self.value[1]))

    @property
    def description(self) -> str:
        """What is added to a sentence about the picture."""
        return QCoreApplication.translate(_CONTEXT, str(self.value[2]))


def note_areas(
    metrics: QFontMetricsF,
    area: QRectF,
    notes: Sequence[Note],
    canvas: QRectF,
    captions: Sequence[QRectF],
) -> list[QRectF]:
    """Return where notes belong: below the caption in the upper left corner, and each other.

    Parameters
    ----------
    metrics : QFontMetricsF
        Of their font.
    area : QRectF
        The visible picture, in logical pixels.
    notes : sequence of Note
        The uppermost first.
    canvas : QRectF
        What is around the picture, for notes that don't fit on it.
    captions : sequence of QRectF
        What they must not cover.

    Returns
    -------
    list of QRectF
        Of each; empty where even the canvas is too small.
    """
    on_picture = _stacked(metrics, area, notes, captions, first=1)
    if all(not place.isEmpty() for place in on_picture):
        return on_picture
    return _stacked(metrics, canvas, notes, captions, first=0)


def _stacked(
    metrics: QFontMetricsF,
    area: QRectF,
    notes: Sequence[Note],
    captions: Sequence[QRectF],
    first: int,
) -> list[QRectF]:
    """Return places for notes in the upper left corner, from some row on; empty without room."""
    side = metrics.height()
    wider = _BEFORE_SIGN + side + _AFTER_SIGN - CAPTION_PADDING_X
    room = area.adjusted(CAPTION_GAP, CAPTION_GAP, -CAPTION_GAP, -CAPTION_GAP)
    places, top = [], 0.0
    for row, note in enumerate(notes):
        place = caption_area(metrics, note.words, area)
        place.setWidth(place.width() + wider)
        if row == 0:
            top = place.top() + first * (place.height() + _GAP)
        place.moveTop(top)
        for caption in sorted(captions, key=QRectF.top):
            if place.intersects(caption):
                place.moveTop(caption.bottom() + _GAP)
        top = place.bottom() + _GAP
        places.append(place if room.contains(place) else QRectF())
    return places


def paint_notes(painter: QPainter, notes: Sequence[Note], places: Sequence[QRectF]) -> None:
    """Write notes where `note_areas` puts them."""
    side = QFontMetricsF(painter.font()).height()
    for note, place in zip(notes, places, strict=True):
        if not place.isEmpty():
            _paint_note(painter, note, place, side)


def _paint_note(painter: QPainter, note: Note, place: QRectF, side: float) -> None:
    paint_caption_ground(painter, place)
    sign = QRectF(place.left() + _BEFORE_SIGN, place.center().y() - side / 2, side, side)
    white = QColor(Qt.GlobalColor.white)
    paint_icon(painter, sign.toAlignedRect(), note.sign, white)
    painter.setPen(white)
    words = place.adjusted(_BEFORE_SIGN + side + _AFTER_SIGN, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note.words)
