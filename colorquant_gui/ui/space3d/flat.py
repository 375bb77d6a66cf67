"""FlatViewport: the colour space drawn without OpenGL."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.budget import PointBudget
from colorquant_gui.ui.space3d.raster import draw_cloud
from colorquant_gui.ui.space3d.scene import bold
from colorquant_gui.ui.space3d.shapes import OUTLINE, RING
from colorquant_gui.ui.space3d.text import draw_text

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent

    from colorquant_gui.ui.space3d.axes import AxesLayout
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.shapes import Discs, Strokes

_MOVING_S = 0.025
_STILL_S = 0.150
_SETTLE_MS = 120
# QPainter needs some microseconds a line.
_MAX_LINES = 600


class FlatViewport(QWidget):
    """Draws a scene with NumPy and QPainter: the same picture, with fewer points at a time.

    Parameters
    ----------
    scene : Scene
        What to draw; call `refresh` after changing it.
    parent : QWidget, optional
        The owner.

    Attributes
    ----------
    shownChanged : Signal(int)
        How many colours are on the screen.
    """

    shownChanged = Signal(int)

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = scene
        self._shown = 0
        self._budget = PointBudget(_MOVING_S, initial=20_000)
        self._cloud: QImage | None = None
        self._key: tuple[object, ...] = ()
        self._pending = True
        self._settle_due = False
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.timeout.connect(self._settle)

    @property
    def shown(self) -> int:
        """Colours on the screen."""
        return self._shown

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        return (
            not self._pending
            and not self._scene.is_changing
            and self._scene.placed == len(self._scene.points)
            and self._cloud is not None
            and not self._settle_timer.isActive()
        )

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        self._pending = True
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop refining what nobody sees."""
        self._settle_timer.stop()
        self._settle_due = True
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cloud where the view has changed, and what lies over it."""
        self._pending = False
        scene, width, height = self._scene, self.width(), self.height()
        axes = scene.axes(width, height)
        self._update_cloud(axes)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._cloud is not None:
            painter.drawImage(0, 0, self._cloud)
        self._draw_over(painter, axes, focus=True)
        painter.end()

    def _draw_over(self, painter: QPainter, axes: AxesLayout, *, focus: bool) -> None:
        """Draw what lies over the cloud."""
        scene, width, height = self._scene, self.width(), self.height()
        _draw_strokes(painter, scene.gamut(width, height)[1])
        _draw_strokes(painter, axes.front)
        for label in axes.labels:
            font = bold(scene.style.font) if label.bold else scene.style.font
            center = QPointF(label.x, label.y)
            painter.setOpacity(label.opacity)
            draw_text(painter, center, label.text, font, label.rgb, scene.style.background)
        painter.setOpacity(1.0)
        _draw_strokes(painter, scene.trail_strokes(width, height, _MAX_LINES))
        _draw_strokes(painter, scene.spokes(width, height))
        _draw_discs(painter, scene.discs(width, height))
        _draw_discs(painter, scene.mark(width, height))
        if focus:
            _draw_strokes(painter, scene.focus_ring(width, height))

    def render_image(self, scale: int, transparent: bool) -> QImage:
        """Draw the scene as it is at rest at a multiple of its size.

        Parameters
        ----------
        scale : int
            Pixels of the picture per logical pixel.
        transparent : bool
            Whether the background is left out.
        """
        scene, width, height = self._scene, self.width(), self.height()
        image = QImage(width * scale, height * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent if transparent else QColor(*scene.style.background))
        axes = scene.axes(width, height)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_strokes(painter, axes.back)
        _draw_strokes(painter, scene.gamut(width, height)[0])
        size = (width * scale, height * scale)
        painter.drawImage(0, 0, self._cloud_image(scene.visible_points(), size, float(scale)))
        self._draw_over(painter, axes, focus=False)
        painter.end()
        return image

    def _update_cloud(self, axes: AxesLayout) -> None:
        scene = self._scene
        ratio = self.devicePixelRatioF()
        points = scene.visible_points()
        size = (round(self.width() * ratio), round(self.height() * ratio))
        key = (
            scene.camera, size, scene.style, scene.look, scene.progress, scene.space, scene.layers,
            scene.painted_points(), scene.states, len(points),
        )  # fmt: skip
        settle, self._settle_due = self._settle_due, False
        same = len(key) == len(self._key) and all(map(_same, key, self._key))
        if same and not (settle and self._shown < len(points)):
            return
        self._key = key
        count = self._budget.points
        if same:
            count = max(self._budget.affordable(_STILL_S), self._shown)
        count = min(count, len(points))
        self._cloud = self._rasterised(points[:count], size, ratio, axes)
        if count != self._shown:
            self._shown = count
            self.shownChanged.emit(count)
        if not same and count < len(points):
            self._settle_timer.start(_SETTLE_MS)

    def _rasterised(
        self, points: np.ndarray, size: tuple[int, int], ratio: float, axes: AxesLayout
    ) -> QImage:
        scene = self._scene
        width, height = size
        start = time.perf_counter()
        cloud = self._cloud_image(points, size, ratio)
        self._budget.record(len(points), time.perf_counter() - start)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(*scene.style.background))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_strokes(painter, axes.back)
        _draw_strokes(painter, scene.gamut(round(width / ratio), round(height / ratio))[0])
        painter.drawImage(0, 0, cloud)
        painter.end()
        return image

    def _cloud_image(self, points: np.ndarray, size: tuple[int, int], ratio: float) -> QImage:
        """Draw some points onto nothing: behind them are lines."""
        scene = self._scene
        width, height = size
        pixels = np.zeros((height, width), np.uint32)
        n = len(points)
        draw_cloud(
            pixels, points, scene.camera, scene.point_diameter(n),
            places=scene.places(n),
            states=None if scene.states is None else scene.states[:n],
            look=scene.look, background=scene.style.background, largest=round(32 * ratio),
        )  # fmt: skip
        cloud = QImage(
            pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        ).copy()
        cloud.setDevicePixelRatio(ratio)
        return cloud

    def _settle(self) -> None:
        self._settle_due = True
        self.update()


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return one is other
    return one == other


def _draw_strokes(painter: QPainter, strokes: Strokes) -> None:
    for part in strokes.passes():
        lines = [QLineF(*one, *two) for one, two in part.ends.tolist()]
        # One colour a line: a gradient over a few pixels can't be told from its middle.
        tints = part.colors.mean(axis=1).astype(int).tolist()
        for line, color, width in zip(lines, tints, part.widths.tolist(), strict=True):
            painter.setPen(QPen(QColor(*color), width, c=Qt.PenCapStyle.FlatCap))
            painter.drawLine(line)


def _draw_discs(painter: QPainter, discs: Discs) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y), radius, color in zip(
        discs.centers.tolist(), discs.radii.tolist(), discs.colors.tolist(), strict=True
    ):
        center = QPointF(x, y)
        rings = ((RING + OUTLINE, (0, 0, 0)), (RING, (255, 255, 255)), (0.0, color))
        for extra, rgb in rings:
            painter.setBrush(QColor(*rgb))
            painter.drawEllipse(center, radius + extra, radius + extra)
