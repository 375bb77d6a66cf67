"""How a timeline looks: grooves, ticks, marks and the handle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPalette, QPen, QPolygonF

from colorquant_gui.ui import formatting

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.mark_groups import MarkGroup
    from colorquant_gui.ui.panels.timeline_scale import TimelineScale

MARGIN = 16.0
GROOVE_Y = 17.0
LABEL_TOP = 29
MARK_APART = 11.0
"""Logical pixels from one mark to the next."""
MARKS_BOTTOM = GROOVE_Y - 6
"""Marks lie above this."""

_HANDLE, _RING = 7.0, 10.0  # radii
_GROOVE = 4.0
_MARK = 4.5  # half the width of a mark
_TICK_TOP, _TICK = 23.0, 5.0
_LEAST_TICKS, _LEAST_LABELS = 4.0, 14.0
_LABEL_GAP = 6.0
_SUBDUED = 0.45  # opacity

_Role = QPalette.ColorRole


@dataclass(frozen=True)
class TimelineLook:
    """What there is to paint.

    Attributes
    ----------
    scale : TimelineScale
        Where the stops are; at least one.
    marks : tuple of MarkGroup
        What happened.
    handle : float
        Where the handle is, in logical pixels.
    seeding : str
        What is written below the stages of the seeding, where there is room.
    is_growing : bool
        Whether there is more to come.
    is_active : bool
        Whether the handle is held or pointed at.
    has_focus : bool
        Whether keys go there.
    is_subdued : bool
        Whether something else is on show.
    """

    scale: TimelineScale
    marks: tuple[MarkGroup, ...]
    handle: float
    seeding: str
    is_growing: bool
    is_active: bool
    has_focus: bool
    is_subdued: bool


def paint_empty(painter: QPainter, palette: QPalette, rect: QRect, sentence: str) -> None:
    """Paint a groove without stops, and why there are none.

    Parameters
    ----------
    painter : QPainter
        Of the widget, with the font of the labels.
    palette : QPalette
        Its colours.
    rect : QRect
        All of it.
    sentence : str
        Why there is nothing.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(_Role.Mid))
    groove = QRectF(MARGIN, GROOVE_Y - 1, rect.width() - 2 * MARGIN, 2)
    painter.drawRoundedRect(groove, 1, 1)
    # to be read, though there is nothing to be moved
    painter.setPen(palette.color(QPalette.ColorGroup.Active, _Role.PlaceholderText))
    below = rect.adjusted(int(MARGIN), LABEL_TOP - 4, -int(MARGIN), 0)
    text = painter.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, below.width())
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, text)


def paint(painter: QPainter, palette: QPalette, look: TimelineLook) -> None:
    """Paint a timeline.

    Parameters
    ----------
    painter : QPainter
        Of the widget, with the font of the labels.
    palette : QPalette
        Its colours.
    look : TimelineLook
        What there is.
    """
    scale = look.scale
    if look.is_subdued:
        painter.setOpacity(_SUBDUED)
    if scale.n_stages:
        _paint_groove(painter, palette, look, scale.left, scale.seeding_width)
        _paint_stages(painter, palette, look)
    if scale.n_iterations >= 0:
        left, width = scale.iterations_left, scale.iterations_width
        _paint_groove(painter, palette, look, left, width)
        if look.is_growing:
            _paint_tail(painter, palette, left + width)
        _paint_ticks(painter, palette, scale)
        _paint_marks(painter, palette, look.marks)
    _paint_handle(painter, palette, look)


def _paint_groove(
    painter: QPainter, palette: QPalette, look: TimelineLook, left: float, width: float
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    end = left + width
    reached = min(max(look.handle, left), end)
    for right, role in ((end, _Role.Mid), (reached, _Role.PlaceholderText)):
        if right > left:
            painter.setBrush(palette.color(role))
            bar = QRectF(left, GROOVE_Y - _GROOVE / 2, right - left, _GROOVE)
            painter.drawRoundedRect(bar, _GROOVE / 2, _GROOVE / 2)


def _paint_tail(painter: QPainter, palette: QPalette, end: float) -> None:
    """Three dots: there is more to come."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(_Role.Mid))
    for i in range(3):
        painter.drawEllipse(QPointF(end + 4.5 + 4.5 * i, GROOVE_Y), 1.3, 1.3)


def _paint_stages(painter: QPainter, palette: QPalette, look: TimelineLook) -> None:
    scale, metrics = look.scale, painter.fontMetrics()
    each = scale.seeding_width / scale.n_stages
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(_Role.PlaceholderText))
    for stop in range(0, scale.n_stages, max(1, math.ceil(_LEAST_TICKS / each))):
        painter.drawEllipse(QPointF(scale.x_of(stop), _TICK_TOP + 2), 1.2, 1.2)
    # the number of iteration 0 stands beside it
    zero = scale.iterations_left - metrics.horizontalAdvance("0") / 2 - _LABEL_GAP
    end = zero if scale.n_iterations >= 0 else scale.left + scale.width
    if metrics.horizontalAdvance(look.seeding) <= end - scale.left:
        painter.setPen(palette.color(_Role.PlaceholderText))
        painter.drawText(QPointF(scale.left, LABEL_TOP + metrics.ascent()), look.seeding)


def _paint_ticks(painter: QPainter, palette: QPalette, scale: TimelineScale) -> None:
    metrics = painter.fontMetrics()
    painter.setPen(QPen(palette.color(_Role.PlaceholderText), 1))
    widest = metrics.horizontalAdvance(formatting.integer(scale.n_iterations))
    labelled = tuple(scale.labelled(widest + _LEAST_LABELS))
    painter.drawLines(_ticks(scale, labelled))
    for iteration in labelled:
        text = formatting.integer(iteration)
        left = _middle(scale, iteration) - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, LABEL_TOP + metrics.ascent()), text)


@lru_cache(maxsize=8)
def _ticks(scale: TimelineScale, labelled: tuple[int, ...]) -> list[QLineF]:
    """Lines that stay what they are while the handle moves over them."""
    places = {*range(0, scale.n_iterations + 1, scale.tick_step(_LEAST_TICKS)), *labelled}
    middles = (_middle(scale, iteration) for iteration in sorted(places))
    return [QLineF(x, _TICK_TOP, x, _TICK_TOP + _TICK) for x in middles]


def _middle(scale: TimelineScale, iteration: int) -> float:
    return round(scale.x_of(scale.assign_stop(iteration))) + 0.5


def _paint_marks(painter: QPainter, palette: QPalette, marks: tuple[MarkGroup, ...]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(_Role.WindowText))
    left, right = QPointF(-_MARK, -1.4 * _MARK), QPointF(_MARK, -1.4 * _MARK)
    for mark in marks:
        tip = QPointF(mark.x, MARKS_BOTTOM)
        painter.drawPolygon(QPolygonF([tip + left, tip + right, tip]))
        if len(mark) > 1:
            # a second one looks out from behind the first
            painter.drawRect(QRectF(mark.x - _MARK, tip.y() + left.y() - 3, 2 * _MARK, 1.5))


def _paint_handle(painter: QPainter, palette: QPalette, look: TimelineLook) -> None:
    centre = QPointF(look.handle, GROOVE_Y)
    painter.setPen(Qt.PenStyle.NoPen)
    if look.is_subdued:
        # nothing shines through
        opacity = painter.opacity()
        painter.setOpacity(1)
        painter.setBrush(palette.color(_Role.Window))
        painter.drawEllipse(centre, _HANDLE, _HANDLE)
        painter.setOpacity(opacity)
    # the accent is what is on show
    role = _Role.PlaceholderText if look.is_subdued else _Role.Highlight
    painter.setBrush(palette.color(role))
    painter.drawEllipse(centre, _HANDLE + look.is_active, _HANDLE + look.is_active)
    if look.has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(role), 1.5))
        painter.drawEllipse(centre, _RING, _RING)
