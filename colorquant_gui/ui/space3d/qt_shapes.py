"""Draws strokes, discs and labels with QPainter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from colorquant_gui.ui.space3d.shapes import OUTLINE, RING
from colorquant_gui.ui.space3d.text import draw_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.space3d.shapes import Discs, Label, Strokes
    from colorquant_gui.ui.space3d.style import SceneStyle


def draw_strokes(painter: QPainter, *strokes: Strokes) -> None:
    """Draw lines, those of the first set first."""
    for lines in strokes:
        for part in lines.passes():
            _draw_pass(painter, part)


def _draw_pass(painter: QPainter, strokes: Strokes) -> None:
    # One colour a line: a gradient over a few pixels can't be told from its middle.
    tints = strokes.colors.mean(axis=1).astype(np.uint8)
    lines = [QLineF(*one, *two) for one, two in strokes.ends.tolist()]
    # Neighbours that look the same are handed over together: a line alone costs more than that.
    change = (tints[1:] != tints[:-1]).any(axis=1) | (strokes.widths[1:] != strokes.widths[:-1])
    bounds = [0, *(np.flatnonzero(change) + 1).tolist(), len(lines)]
    for first, end in pairwise(bounds):
        if first < end:
            width = float(strokes.widths[first])
            color = QColor(*tints[first].tolist())
            painter.setPen(QPen(color, width, c=Qt.PenCapStyle.FlatCap))
            painter.drawLines(lines[first:end])


def draw_discs(painter: QPainter, discs: Discs) -> None:
    """Draw ringed discs."""
    painter.setPen(Qt.PenStyle.NoPen)
    columns = (discs.centers, discs.radii, discs.colors, discs.opacities)
    for (x, y), radius, color, opacity in zip(*(c.tolist() for c in columns), strict=True):
        center = QPointF(x, y)
        painter.setOpacity(opacity)
        rings = (
            (RING + OUTLINE, RING, (0, 0, 0)),
            (RING, 0.0, (255, 255, 255)),
            (0.0, None, color),
        )
        for outer, inner, rgb in rings:
            shape = QPainterPath()
            shape.addEllipse(center, radius + outer, radius + outer)
            if inner is not None and opacity < 1:
                # nothing that a ring covers shines through it
                shape.addEllipse(center, radius + inner, radius + inner)
            painter.fillPath(shape, QColor(*rgb))
    painter.setOpacity(1.0)


def draw_labels(painter: QPainter, labels: Sequence[Label], style: SceneStyle) -> None:
    """Draw labels at their places."""
    for label in labels:
        painter.setOpacity(label.opacity)
        draw_label(painter, QPointF(label.x, label.y), label, style.font, style.halo)
    painter.setOpacity(1.0)
