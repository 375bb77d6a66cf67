"""Gizmo: the directions of the axes in a corner; a click on an end looks from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.camera import MIDDLE, Camera
from colorquant_gui.ui.space3d.style import mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from colorquant_gui.ui.space3d.scene import Scene

_SIDE = 84
_ARM = 28.0
_BALL, _SMALL_BALL = 9.0, 5.5
# Where the camera stands to look along an axis: azimuth (None keeps it) and elevation.
_VIEWS = {
    (0, 1): (0.0, 0.0),
    (0, -1): (-180.0, 0.0),
    (1, 1): (90.0, 0.0),
    (1, -1): (-90.0, 0.0),
    (2, 1): (-90.0, 90.0),
    (2, -1): (-90.0, -90.0),
}


def aligned(camera: Camera, axis: int, sign: int) -> Camera:
    """Return the camera that looks at the middle from one end of an axis.

    Parameters
    ----------
    camera : Camera
        Whose zoom and kind of projection are kept.
    axis : int
        0, 1 or 2.
    sign : int
        1 for its high end, -1 for the low one.
    """
    azimuth, elevation = _VIEWS[axis, sign]
    return replace(camera, azimuth=azimuth, elevation=elevation, center=MIDDLE)


@dataclass(frozen=True)
class _End:
    axis: int
    sign: int
    x: float
    y: float
    depth: float

    @property
    def radius(self) -> float:
        return _BALL if self.sign > 0 else _SMALL_BALL


class Gizmo(QWidget):
    """Three axes in the colours of their names, as the camera sees them.

    Parameters
    ----------
    scene : Scene
        Whose camera and space are shown.
    parent : QWidget
        The owner.

    Attributes
    ----------
    alignRequested : Signal(int, int)
        The person clicked an end: axis 0..2, and 1 for its high end or -1 for the low one.
    """

    alignRequested = Signal(int, int)

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("spaceGizmo")
        self._scene = scene
        self._hot: tuple[int, int] | None = None
        self._shown: object = None
        self._scale = 1.0
        self.setMouseTracking(True)
        self.resize(_SIDE, _SIDE)
        self._translate()

    def sizeHint(self) -> QSize:
        """As big as it is."""
        return self.size()

    def set_scale(self, scale: float) -> None:
        """Be so many times as big as usual."""
        self._scale = scale
        side = round(_SIDE * scale)
        self.resize(side, side)
        self.update()

    def refresh(self) -> None:
        """Follow the camera, where it has turned."""
        shown = (self._scene.camera, self._scene.space, self._scene.style)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def place_of(self, axis: int, sign: int) -> QPointF:
        """Return where an end is drawn."""
        end = next(e for e in self._ends() if (e.axis, e.sign) == (axis, sign))
        return QPointF(end.x, end.y) * self._scale

    def _ends(self) -> list[_End]:
        """Return the six ends, the farthest first."""
        basis = np.stack(self._scene.camera.axes())
        ends = []
        for axis in range(3):
            for sign in (1, -1):
                x, y, depth = (basis[:, axis] * sign).tolist()
                ends.append(_End(axis, sign, _SIDE / 2 + x * _ARM, _SIDE / 2 - y * _ARM, depth))
        return sorted(ends, key=lambda end: end.depth)

    def _names(self) -> list[str]:
        space = self._scene.space
        if space.is_round:
            return ["0°", "90°", space.axes[2].name]
        return [axis.name for axis in space.axes]

    def _color(self, axis: int) -> QColor:
        channel = self._scene.space.axes[axis].channel
        style = self._scene.style
        return QColor(*(style.text if channel is None else style.names[channel]))

    def _at(self, position: QPointF) -> tuple[int, int] | None:
        for end in reversed(self._ends()):
            away = position / self._scale - QPointF(end.x, end.y)
            if away.x() ** 2 + away.y() ** 2 <= (end.radius + 2.0) ** 2:
                return end.axis, end.sign
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what a click would do."""
        self._heat(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Cool down."""
        self._heat(None)

    def _heat(self, hot: tuple[int, int] | None) -> None:
        if hot != self._hot:
            self._hot = hot
            self.setCursor(Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the view from an end."""
        end = self._at(event.position())
        if end is not None and event.button() == Qt.MouseButton.LeftButton:
            self.alignRequested.emit(*end)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        self.setAccessibleName(self.tr("Directions of the axes"))
        self.setAccessibleDescription(
            self.tr("In the view, the keys 1, 2 and 3 look along an axis, twice from behind")
        )
        self.setToolTip(self.tr("Click an end to look from there (1, 2, 3)"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the far ends first."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        background = QColor(*self._scene.style.background)
        names = self._names()
        middle = QPointF(_SIDE / 2, _SIDE / 2)
        if self._hot is not None:
            disc = mixed(background, QColor(*self._scene.style.text), 0.14)
            disc.setAlpha(200)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(disc)
            painter.drawEllipse(middle, _SIDE / 2 - 1, _SIDE / 2 - 1)
        font = self.font()
        font.setBold(True)
        font.setPixelSize(10)
        painter.setFont(font)
        for end in self._ends():
            center, hot = QPointF(end.x, end.y), self._hot == (end.axis, end.sign)
            color = self._color(end.axis)
            # the far end is the fainter one
            ink = mixed(background, color, 0.72 + 0.28 * end.depth if not hot else 1.0)
            if end.sign > 0:
                painter.setPen(QPen(ink, 2.0))
                painter.drawLine(middle, center)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
            else:
                painter.setPen(QPen(ink, 1.5))
                painter.setBrush(mixed(background, ink, 0.9 if hot else 0.3))
            painter.drawEllipse(center, end.radius, end.radius)
            if end.sign > 0:
                self._draw_name(painter, center, names[end.axis], background)
        painter.end()

    def _draw_name(self, painter: QPainter, center: QPointF, name: str, background: QColor) -> None:
        painter.save()
        width = painter.fontMetrics().horizontalAdvance(name)
        room = 2 * _BALL - 3.0
        if width > room:
            font = painter.font()
            font.setPixelSize(max(int(10 * room / width), 6))
            painter.setFont(font)
        painter.setPen(background)
        area = QRectF(center.x() - _BALL, center.y() - _BALL, 2 * _BALL, 2 * _BALL)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()
