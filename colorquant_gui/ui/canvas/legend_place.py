"""Where the legend of the difference lies, in which shape: beside the picture if it can."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize

if TYPE_CHECKING:
    from collections.abc import Mapping

_GAP = 16
# Between the legend, the picture and the edge, where there is little room.
_LEAST_GAP = 4
# Over the picture, it is as narrow as it gets where it would take up more of the width than this.
_WIDEST = 0.4


class LegendShape(Enum):
    """How the measures and the colour bar lie: these the best first."""

    BLOCK = "block"
    ROW = "row"
    COLUMN = "column"


def legend_place(
    sizes: Mapping[LegendShape, QSize], canvas: QRect, picture: QRect
) -> tuple[LegendShape, QRect]:
    """Return the shape of the legend, and where it lies.

    Parameters
    ----------
    sizes : mapping of LegendShape to QSize
        What each shape needs.
    canvas : QRect
        In logical pixels.
    picture : QRect
        The part of it that the picture covers.
    """
    for shape, size in sizes.items():
        below = canvas.bottom() - picture.bottom()
        beside = picture.left() - canvas.left()
        corner = QPoint(_GAP, canvas.height() - _GAP - size.height())
        corners = [corner]
        if below >= size.height() + 2 * _LEAST_GAP:
            down = picture.bottom() + 1 + (below - size.height()) // 2
            corners.append(QPoint(corner.x(), down - canvas.top()))
        if beside >= size.width() + 2 * _LEAST_GAP:
            corners.append(QPoint((beside - size.width()) // 2, corner.y()))
        for place in corners:
            box = QRect(canvas.topLeft() + place, size)
            if canvas.contains(box) and not box.intersects(picture):
                return shape, box
    wide = sizes[LegendShape.BLOCK].width() > _WIDEST * canvas.width()
    shape = LegendShape.COLUMN if wide else LegendShape.BLOCK
    corner = QPoint(_GAP, canvas.height() - _GAP - sizes[shape].height())
    return shape, QRect(canvas.topLeft() + corner, sizes[shape])
