"""FlatViewport: the colour space drawn without OpenGL."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.budget import MIN_POINTS, PointBudget
from colorquant_gui.ui.space3d.flat_image import cloud_image, draw_behind, draw_over

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent

    from colorquant_gui.ui.space3d.scene import Scene

_MOVING_S = 0.025
_STILL_S = 0.150
_SETTLE_MS = 120


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
        self._point_budget = PointBudget(_MOVING_S, initial=20_000)
        # a shaded ball costs as much as a hundred points
        self._ball_budget = PointBudget(_MOVING_S, initial=MIN_POINTS)
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
            and not self._scene.is_gathering
            and self._scene.placed == len(self._scene.points)
            and self._cloud is not None
            and not self._settle_timer.isActive()
        )

    @property
    def _budget(self) -> PointBudget:
        return self._point_budget if self._scene.cells is None else self._ball_budget

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        self._pending = True
        self.update()

    def postpone(self) -> None:
        """Refine later, where that was to be done soon."""
        if self._settle_timer.isActive():
            self._settle_timer.start(_SETTLE_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop refining what nobody sees."""
        self._settle_timer.stop()
        self._settle_due = True
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cloud where the view has changed, and what lies over it."""
        self._pending = False
        scene, width, height = self._scene, self.width(), self.height()
        self._update_cloud()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._cloud is not None:
            painter.drawImage(0, 0, self._cloud)
        draw_over(painter, scene, width, height)
        painter.end()

    def _update_cloud(self) -> None:
        scene = self._scene
        ratio = self.devicePixelRatioF()
        points = scene.visible_points()
        # not less than the widget, which nothing else paints
        size = (math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        key = (
            scene.camera, size, scene.style, scene.look, scene.progress, scene.space, scene.layers,
            scene.points, scene.tint, scene.states, len(points),
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
        self._cloud = self._rasterised(count, size, ratio)
        if count != self._shown:
            self._shown = count
            self.shownChanged.emit(count)
        if not same and count < len(points):
            self._settle_timer.start(_SETTLE_MS)

    def _rasterised(self, count: int, size: tuple[int, int], ratio: float) -> QImage:
        scene = self._scene
        start = time.perf_counter()
        cloud = cloud_image(scene, count, size, ratio)
        self._budget.record(count, time.perf_counter() - start)
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(*scene.style.background))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_behind(painter, scene, self.width(), self.height())
        painter.drawImage(0, 0, cloud)
        painter.end()
        return image

    def _settle(self) -> None:
        self._settle_due = True
        self.update()


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return one is other
    return one == other
