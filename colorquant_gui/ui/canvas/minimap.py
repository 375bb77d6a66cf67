"""Minimap: the whole picture, small, and where in it the view is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.canvas import rendering, smooth_rendering
from colorquant_gui.ui.canvas.errand import Errand
from colorquant_gui.ui.canvas.painting import checkerboard
from colorquant_gui.ui.canvas.viewport import Viewport
from colorquant_gui.ui.theme import is_dark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.picture import Picture
    from colorquant_gui.ui.canvas.whereabouts import Whereabouts
    from colorquant_gui.ui.canvas.window import Window

_LONGEST = 160
# below this, an overview would take more than it gives
_LEAST_CANVAS = QSize(480, 360)
_GAP = 16
_EDGE = QColor(255, 255, 255)
_SHADE = QColor(0, 0, 0, 120)
_MARK = 5.0
_MARK_EDGE = QColor(0, 0, 0, 200)


class Minimap(QWidget):
    """Shows and moves the view.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    centered = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("minimap")
        self.setAccessibleName(self.tr("Overview of the picture"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture: Picture | None = None
        self._window: Window | None = None
        self._marked: Whereabouts | None = None
        self._marks: QPixmap | None = None
        self._thumbnail: QImage | None = None
        self._thumbnail_window: Window | None = None
        self._smoother: Errand[QImage] = Errand(self)
        self._smoother.ready.connect(self.update)
        self.hide()

    def set_picture(self, picture: Picture | None) -> None:
        """Take another picture, or none."""
        self._picture = picture
        self._thumbnail = self._thumbnail_window = None
        self._marked = None
        self._smoother.clear()

    def follow(self, window: Window | None, canvas: QRect, obstacles: Sequence[QRectF]) -> None:
        """Show where the view is, where it is not everything.

        Parameters
        ----------
        window : Window or None
            What is visible of the picture; None to hide.
        canvas : QRect
            The canvas, to stay in a corner of: the lower right one, unless there is an obstacle.
        obstacles : sequence of QRectF
            What must not be covered.
        """
        size = None
        if window is not None and self._picture is not None and not window.is_whole:
            size = self._size_in(canvas)
        corner = None if size is None else self._corner(size, canvas, obstacles)
        if corner is None:
            self.setVisible(False)
            return
        self.setGeometry(corner)
        if window != self._window:
            self._window = window
            self.update()
        self.setVisible(True)

    def mark(self, missed: Whereabouts | None) -> None:
        """Mark places of the picture, or none; the same ones again cost nothing."""
        if missed is not self._marked:
            self._marked, self._marks = missed, None
            self.update()

    def view_area(self) -> QRectF:
        """Return the rectangle that stands for the view, in logical pixels."""
        window, inside = self._window, self._inside()
        if window is None:
            return inside
        across = inside.width() / window.shown_width
        down = inside.height() / window.shown_height
        return QRectF(
            inside.left() + window.skip_x * across,
            inside.top() + window.skip_y * down,
            window.width * across,
            window.height * down,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, dimmed where it is out of view."""
        with QPainter(self) as painter:
            inside = self._inside()
            painter.fillRect(self.rect(), _SHADE)
            self._paint_picture(painter, inside)
            view = self.view_area()
            around = [
                QRectF(inside.topLeft(), QPointF(inside.right(), view.top())),
                QRectF(QPointF(inside.left(), view.bottom()), inside.bottomRight()),
                QRectF(QPointF(inside.left(), view.top()), view.bottomLeft()),
                QRectF(view.topRight(), QPointF(inside.right(), view.bottom())),
            ]
            for part in around:
                painter.fillRect(part, _SHADE)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            least = 6.0
            grow = QPointF(max(0.0, least - view.width()), max(0.0, least - view.height())) / 2
            frame = QRectF(view.topLeft() - grow, view.bottomRight() + grow).intersected(inside)
            for color, width in ((_SHADE, 3.0), (_EDGE, 1.5)):
                pen = QPen(color, width)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                painter.drawRect(frame.adjusted(0.75, 0.75, -0.75, -0.75))
            self._paint_marks(painter)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        self._smoother.cancel()
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the place under the pointer to the middle of the view."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._center_on(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._center_on(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep it from the canvas below."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take it as one more press."""
        self.mousePressEvent(event)

    def _center_on(self, place: QPointF) -> None:
        inside = self._inside()
        x = (place.x() - inside.left()) / inside.width()
        y = (place.y() - inside.top()) / inside.height()
        self.centered.emit(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def _inside(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 1, -1, -1)

    def _size_in(self, canvas: QRect) -> QSize | None:
        roomy = canvas.size().expandedTo(_LEAST_CANVAS) == canvas.size()
        if self._picture is None or not roomy:
            return None
        width, height = self._picture.width, self._picture.height
        scale = _LONGEST / max(width, height)
        return QSize(max(4, round(width * scale)) + 2, max(4, round(height * scale)) + 2)

    @staticmethod
    def _corner(size: QSize, canvas: QRect, obstacles: Sequence[QRectF]) -> QRect | None:
        left, top = canvas.left() + _GAP, canvas.top() + _GAP
        right = canvas.right() + 1 - _GAP - size.width()
        bottom = canvas.bottom() + 1 - _GAP - size.height()
        for x, y in ((right, bottom), (left, bottom), (right, top + _GAP), (left, top + _GAP)):
            place = QRect(x, y, size.width(), size.height())
            if not any(QRectF(place).intersects(obstacle) for obstacle in obstacles):
                return place
        return None

    def _paint_picture(self, painter: QPainter, inside: QRectF) -> None:
        picture, ratio = self._picture, self.devicePixelRatioF()
        if picture is None:
            return
        viewport = Viewport()
        viewport.set_picture_size(picture.width, picture.height)
        width, height = round(inside.width() * ratio), round(inside.height() * ratio)
        viewport.resize(width, height)
        window = viewport.window()
        if window is None:
            return
        if window != self._thumbnail_window:
            self._thumbnail = rendering.nearest_original(picture, window)
            self._thumbnail_window = window
        image = self._thumbnail
        if window.is_reduced:
            smooth = self._smoother.made(window)
            if smooth is None:
                self._smoother.request(
                    window, partial(smooth_rendering.smooth_original, picture, window)
                )
            image = smooth or image
        if picture.alpha is not None:
            painter.fillRect(inside, checkerboard(1.0, dark=is_dark(self.palette())))
        if image is not None:
            painter.drawImage(inside, image)

    def _paint_marks(self, painter: QPainter) -> None:
        """Paint all marks as one picture: there may be hundreds, and the view moves below them."""
        missed, picture, ratio = self._marked, self._picture, self.devicePixelRatioF()
        if missed is None or picture is None:
            return
        if self._marks is None or self._marks.devicePixelRatio() != ratio:
            inside = self._inside()
            scale = np.array([inside.width() / picture.width, inside.height() / picture.height])
            places = merged((missed.places + 0.5) * scale, _MARK)
            self._marks = QPixmap(self.size() * ratio)
            self._marks.setDevicePixelRatio(ratio)
            self._marks.fill(Qt.GlobalColor.transparent)
            with QPainter(self._marks) as on_marks:
                on_marks.setRenderHint(QPainter.RenderHint.Antialiasing)
                on_marks.setPen(Qt.PenStyle.NoPen)
                for color, radius in ((_MARK_EDGE, _MARK / 2 + 1.5), (_EDGE, _MARK / 2)):
                    on_marks.setBrush(color)
                    for x, y in places.tolist():
                        on_marks.drawEllipse(QPointF(x, y) + inside.topLeft(), radius, radius)
        painter.drawPixmap(0, 0, self._marks)


def merged(places: NDArray[np.float64], side: float) -> NDArray[np.float64]:
    """Return the first of the places in each square of a grid, (n, 2) of (m, 2)."""
    squares = (places // side).astype(np.int64)
    keys = squares[:, 1] * (int(squares[:, 0].max()) + 1) + squares[:, 0]
    return places[np.unique(keys, return_index=True)[1]]
