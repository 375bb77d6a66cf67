"""The note of a plot: a few words in a corner that its lines leave free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from colorquant_gui.ui.charts.edges import label_boxes
from colorquant_gui.ui.charts.free_room import FreeRoom

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.charts.content import Content
    from colorquant_gui.ui.charts.look import ChartLook
    from colorquant_gui.ui.charts.plot import Plot

_BEHIND = 0.85  # opacity of what lies behind the words
_HIGHEST = 0.5  # as a part of the plot
# From the sides, from the handle at the bottom, and from what is written beside marks at the top.
_ASIDE, _ABOVE, _BELOW = 6.0, 10.0, 20.0
_PLACES = 7  # that are tried from right to left
_FLAGS = int(Qt.AlignmentFlag.AlignRight)


class Note:
    """Paints the note of a plot; looks for another place only when something else is shown."""

    def __init__(self) -> None:
        self._shown: tuple[Content, ChartLook, tuple[str, ...], QRectF] | None = None
        self._found: tuple[str, QRectF] | None = None

    def paint(self, painter: QPainter, plot: Plot) -> None:
        """Write the note, in the most words that there is free room for.

        Parameters
        ----------
        painter : QPainter
            An active painter, in logical pixels of the plot.
        plot : Plot
            Whose note it is.
        """
        if not plot.note or not plot.content.lines:
            return
        painter.setFont(plot.look.font)
        # before measuring: without a pen a text has no size
        painter.setPen(plot.look.text)
        shown = (plot.content, plot.look, plot.note_wordings, plot.area())
        if shown != self._shown:
            self._shown, self._found = shown, _found(painter, plot)
        if self._found is None:
            return
        text, box = self._found
        behind = QColor(plot.look.background)
        behind.setAlphaF(_BEHIND)
        painter.fillRect(box, behind)
        painter.drawText(box.adjusted(2, 0, -2, 0), _FLAGS, text)


def _found(painter: QPainter, plot: Plot) -> tuple[str, QRectF] | None:
    """Return the first wording that there is room for, and where; None where none has any."""
    area, room = plot.area(), FreeRoom(plot)
    room.take(box for _, box in label_boxes(plot))
    for text in plot.note_wordings:
        needed = painter.boundingRect(area, _FLAGS, text).adjusted(-2, 0, 2, 0)
        if needed.height() > _HIGHEST * area.height() or needed.width() > area.width() - 2 * _ASIDE:
            continue
        boxes = _boxes(area, needed.width(), needed.height())
        box = next((box for box in boxes if not room.taken(box)), None)
        if box is not None:
            return text, box
    return None


def _boxes(area: QRectF, width: float, height: float) -> list[QRectF]:
    """Return the places that are tried, from the lower right on."""
    columns = np.linspace(area.right() - _ASIDE - width, area.left() + _ASIDE, _PLACES)
    rows = (area.bottom() - _ABOVE - height, area.top() + _BELOW)
    return [QRectF(float(x), y, width, height) for y in rows for x in columns]
