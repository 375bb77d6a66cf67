"""Draws the cells of a histogram with QPainter, for machines without OpenGL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPen, QRadialGradient

from colorquant_gui.ui.space3d.balls import ball_radii
from colorquant_gui.ui.space3d.look import DIM_SHARE, HIDDEN, SHOWN

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from colorquant_gui.ui.space3d.scene import Scene

# As the shader lights a ball: from the upper left, so far as this from the middle.
_LIGHT = (-0.28, -0.35)
_SHADE = 0.72
# A ball up to the first radius has no rim, and from the second on a clear one; logical pixels.
_RIMLESS, _RIMMED = 2.5, 6.0
# Shades of one up to this radius are not seen.
_FLAT = 4.0
_RIM, _LIGHTER = 0.45, 64
# Below this luma a rim is lighter than its ball.
_DARK = 45.0


def draw_balls(painter: QPainter, scene: Scene, n: int, width: int, height: int) -> None:
    """Draw the first n points as lit balls, the near ones over the far ones.

    Parameters
    ----------
    painter : QPainter
        An active painter, in logical pixels, with antialiasing.
    scene : Scene
        Whose points.
    n : int
        How many.
    width, height : int
        Size of the window in logical pixels.
    """
    rows = np.arange(n)
    states = None if scene.states is None else scene.states[:n]
    if states is not None:
        rows = rows[states != HIDDEN]
    centers, depth = scene.camera.project(scene.places(n)[rows], width, height)
    radii = np.maximum(ball_radii(scene, rows, depth, width, height), 0.5)
    order = np.argsort(-depth, kind="stable")
    colors = scene.painted_points(n)[rows, :3].astype(np.float32)
    if states is not None:
        bright = states[rows] == SHOWN
        faded = colors + (np.array(scene.style.background, np.float32) - colors) * DIM_SHARE
        colors = np.where(bright[:, None], colors, faded)
        # what is dimmed lies behind what is not
        order = order[np.argsort(bright[order], kind="stable")]
    looks = _Looks(colors[order], radii[order])
    painter.save()
    painter.setOpacity(scene.look.opacity)
    for number, (x, y) in enumerate(centers[order].tolist()):
        looks.draw(painter, number, QPointF(x, y))
    painter.restore()


class _Looks:
    """How balls look, found for all of them at once: they may be thousands."""

    def __init__(self, colors: NDArray[np.float32], radii: NDArray[np.float64]) -> None:
        luma = colors @ np.array((0.30, 0.59, 0.11), np.float32)
        light = np.minimum(colors + _LIGHTER, 255.0)
        edges = np.where(luma[:, None] >= _DARK, colors * _RIM, light)
        strength = np.clip((radii - _RIMLESS) / (_RIMMED - _RIMLESS), 0.0, 1.0)
        edges = colors + (edges - colors) * strength[:, None]
        self._plain, self._shaded, self._edges = (
            levels.astype(np.int64).tolist() for levels in (colors, colors * _SHADE, edges)
        )
        self._radii = radii.tolist()
        self._lines = np.clip(0.1 * radii, 0.75, 2.0).tolist()

    def draw(self, painter: QPainter, number: int, center: QPointF) -> None:
        """Draw one ball."""
        radius, plain = self._radii[number], QColor(*self._plain[number])
        if radius <= _RIMLESS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(plain)
            painter.drawEllipse(center, radius, radius)
            return
        line = self._lines[number]
        painter.setPen(QPen(QColor(*self._edges[number]), line))
        if radius <= _FLAT:
            painter.setBrush(plain)
        else:
            shades = QRadialGradient(center + QPointF(*_LIGHT) * radius, 1.45 * radius)
            shades.setColorAt(0.45, plain)
            shades.setColorAt(1.0, QColor(*self._shaded[number]))
            painter.setBrush(QBrush(shades))
        painter.drawEllipse(center, radius - line / 2, radius - line / 2)
