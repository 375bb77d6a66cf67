"""Where a tooltip over the view hides least of it, and nothing of what it is about."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_GAP = 8
# What is hidden is counted in pixels; so many are as bad as a pixel farther from the pointer, and
# from so many pixels on nobody sees what a tooltip belongs to.
_PER_PIXEL, _FARTHEST = 40, 240
# A pixel of what is to be kept free counts as so many of the view.
_KEPT = 100
# Around the text: border and padding of the style sheet.
_AROUND = QSize(12, 12)
# Where Qt puts a tooltip, seen from where it is told to, on most desktops.
_QT_OFFSET = QPoint(2, 16)


def tip_place(
    size: QSize, pointer: QPoint, thing: QRect, view: QRect, kept: Sequence[QRect], screen: QRect
) -> QPoint:
    """Return the upper left corner of a tooltip, all of it in the same coordinates.

    Parameters
    ----------
    size : QSize
        Of the tooltip.
    pointer : QPoint
        Where the pointer is.
    thing : QRect
        What it points at, which is never covered where there is any other room.
    view : QRect
        Of which as little as possible is to be covered.
    kept : sequence of QRect
        What in it should be covered last of all.
    screen : QRect
        Where a tooltip can be seen.
    """
    wide, high = size.width(), size.height()
    around = thing.adjusted(-_GAP, -_GAP, _GAP, _GAP)
    beside = view.adjusted(-_GAP, -_GAP, _GAP, _GAP)
    lefts = [around.right() + 1, pointer.x() - wide // 2, around.left() - wide]
    tops = [around.bottom() + 1, pointer.y() - high // 2, around.top() - high]
    lefts += [beside.left() - wide, beside.right() + 1]
    tops += [beside.bottom() + 1, beside.top() - high]
    # within the screen, as far as it is large enough
    right = max(screen.right() + 1 - wide, screen.left())
    bottom = max(screen.bottom() + 1 - high, screen.top())
    places = [
        QPoint(min(max(left, screen.left()), right), min(max(top, screen.top()), bottom))
        for left, top in product(lefts, tops)
    ]

    def cost(place: QPoint) -> tuple[bool, bool, int]:
        box = QRect(place, size)
        away = _distance(pointer, box)
        hidden = _shared(box, view) + _KEPT * sum(_shared(box, one) for one in kept)
        return box.intersects(thing), away > _FARTHEST, hidden + _PER_PIXEL * away

    return min(places, key=cost)


def show_tip(
    text: str, owner: QWidget, pointer: QPoint, thing: QRect, kept: Sequence[QRect]
) -> None:
    """Show a tooltip; parameters as for `tip_place`, in coordinates of its owner, the view."""
    origin = owner.mapToGlobal(QPoint())
    view = QRect(origin, owner.size())
    screen = owner.screen().availableGeometry()
    moved = [one.translated(origin) for one in kept]

    def place(size: QSize) -> QPoint:
        return tip_place(size, pointer + origin, thing.translated(origin), view, moved, screen)

    # Close to the place from the start, as some desktops let nothing move that is shown.
    QToolTip.showText(place(_expected_size(text)) - _QT_OFFSET, text, owner)
    tip = next((one for one in QApplication.topLevelWidgets() if _is_tip(one)), None)
    if tip is not None:
        tip.move(place(tip.size()))


def _expected_size(text: str) -> QSize:
    document = QTextDocument()
    document.setDefaultFont(QToolTip.font())
    document.setDocumentMargin(0.0)
    document.setHtml(text)
    return document.size().toSize() + _AROUND


def _is_tip(widget: QWidget) -> bool:
    return widget.metaObject().className() == "QTipLabel" and widget.isVisible()


def _shared(one: QRect, other: QRect) -> int:
    both = one.intersected(other)
    return both.width() * both.height() if both.isValid() else 0


def _distance(place: QPoint, box: QRect) -> int:
    across = max(box.left() - place.x(), place.x() - box.right(), 0)
    down = max(box.top() - place.y(), place.y() - box.bottom(), 0)
    return round(math.hypot(across, down))
