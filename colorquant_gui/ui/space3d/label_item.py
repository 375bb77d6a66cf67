"""LabelsItem: axis names and tick labels, drawn once into a texture and placed at every frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from colorquant_gui.ui.space3d.shape_items import LABEL, VERTEX, ShapeItem
from colorquant_gui.ui.space3d.text import PLATE_X, PLATE_Y, bold, draw_label

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.shapes import Label
    from colorquant_gui.ui.space3d.style import SceneStyle

_Color = tuple[int, int, int]
_Text = tuple[str, bool, _Color, _Color | None]

_MARGIN = 3.0
_MANY = 120


class LabelsItem(ShapeItem):
    """Draws labels from a texture that holds every text that was shown lately."""

    fragment = LABEL

    def __init__(self) -> None:
        super().__init__()
        self._texture = 0
        self._atlas: QImage | None = None
        self._cells: dict[_Text, QRectF] = {}
        self._known: dict[_Text, Label] = {}
        self._key: object = None

    def set_labels(self, labels: list[Label], style: SceneStyle) -> None:
        """Choose the labels; `ratio` must have been set before."""
        if not labels:
            self._set_quads(np.empty((0, 4), VERTEX))
            return
        texts = {_entry(label): label for label in labels}
        key = (style, self.ratio)
        if key != self._key or len(self._cells) > _MANY:
            self._key, self._cells, self._known = key, {}, {}
        if self._atlas is None or not texts.keys() <= self._cells.keys():
            # What was there stays: numbers come and go while the view turns.
            self._known.update(texts)
            self._draw_atlas(style)
        atlas = self._atlas
        assert atlas is not None
        quads = np.empty((len(labels), 4), VERTEX)
        quads["color"] = 255
        quads["shape"] = 0
        for quad, label in zip(quads, labels, strict=True):
            cell = self._cells[_entry(label)]
            quad["color"][:, 3] = round(label.opacity * 255)
            # On whole device pixels the text stays as sharp as it was drawn.
            left = round((label.x - cell.width() / 2) * self.ratio) / self.ratio
            top = round((label.y - cell.height() / 2) * self.ratio) / self.ratio
            for corner in range(4):
                x, y = corner % 2, corner // 2
                quad["position"][corner] = (left + x * cell.width(), top + y * cell.height())
                quad["shape"][corner, 0] = (cell.x() + x * cell.width()) * self.ratio
                quad["shape"][corner, 1] = (cell.y() + y * cell.height()) * self.ratio
        quads["shape"][..., 0] /= atlas.width()
        quads["shape"][..., 1] /= atlas.height()
        self._set_quads(quads)

    def initializeGL(self) -> None:
        """Forget what belonged to an earlier context."""
        super().initializeGL()
        self._texture = 0

    def paint(self) -> None:
        """Draw into the current framebuffer."""
        if not self._texture and self._atlas is not None:
            self._upload(self._atlas)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._texture)
        super().paint()
        GL.glBindTexture(GL.GL_TEXTURE_2D, 0)

    def _draw_atlas(self, style: SceneStyle) -> None:
        fonts = {False: style.font, True: bold(style.font)}
        self._cells, top = {}, 0.0
        for entry, label in self._known.items():
            metrics = QFontMetricsF(fonts[label.bold])
            plate = (0.0, 0.0) if label.plate is None else (PLATE_X, PLATE_Y)
            # Whole device pixels, so that a cell never shares one with the next.
            width, height = (
                np.ceil((length + 2 * (_MARGIN + beyond)) * self.ratio) / self.ratio
                for length, beyond in zip(
                    (metrics.horizontalAdvance(label.text), metrics.height()), plate, strict=True
                )
            )
            self._cells[entry] = QRectF(0.0, top, width, height)
            top += height
        widest = max((cell.width() for cell in self._cells.values()), default=1.0)
        image = QImage(
            max(round(widest * self.ratio), 1),
            max(round(top * self.ratio), 1),
            QImage.Format.Format_RGBA8888_Premultiplied,
        )
        image.setDevicePixelRatio(self.ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, label in self._known.items():
            center = self._cells[entry].center()
            draw_label(painter, center, label, style.font, style.halo)
        painter.end()
        self._atlas = image
        if self._texture:
            GL.glDeleteTextures([self._texture])
            self._texture = 0

    def _upload(self, atlas: QImage) -> None:
        self._texture = int(GL.glGenTextures(1))
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._texture)
        for name, value in (
            (GL.GL_TEXTURE_MIN_FILTER, GL.GL_NEAREST),
            (GL.GL_TEXTURE_MAG_FILTER, GL.GL_NEAREST),
            (GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE),
            (GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE),
        ):
            GL.glTexParameteri(GL.GL_TEXTURE_2D, name, value)
        GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 4)
        GL.glTexImage2D(
            GL.GL_TEXTURE_2D, 0, GL.GL_RGBA, atlas.width(), atlas.height(), 0,
            GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, bytes(atlas.constBits()),
        )  # fmt: skip


def _entry(label: Label) -> _Text:
    return label.text, label.bold, label.rgb, label.plate
