"""Draws a scene without OpenGL: the cloud with NumPy, lines and labels with QPainter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from colorquant_gui.ui.space3d.composition import compose, frame_of
from colorquant_gui.ui.space3d.flat_balls import draw_balls
from colorquant_gui.ui.space3d.qt_shapes import draw_discs, draw_labels, draw_strokes
from colorquant_gui.ui.space3d.raster import draw_cloud

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene

# QPainter needs some microseconds a line.
_MAX_LINES = 1200
_LARGEST_RADIUS = 32


def draw_behind(painter: QPainter, scene: Scene, width: int, height: int) -> None:
    """Draw what the cloud may cover."""
    draw_strokes(painter, *frame_of(scene, width, height).behind)


def draw_over(
    painter: QPainter, scene: Scene, width: int, height: int, most_lines: int = _MAX_LINES
) -> None:
    """Draw what covers the cloud."""
    space, shapes = frame_of(scene, width, height), compose(scene, width, height, most_lines)
    draw_strokes(painter, *space.before)
    draw_labels(painter, space.labels, scene.style)
    draw_strokes(painter, *shapes.lines)
    draw_discs(painter, shapes.discs)
    draw_strokes(painter, *shapes.signs)
    draw_labels(painter, shapes.labels, scene.style)
    draw_strokes(painter, shapes.ring)


def cloud_image(scene: Scene, n: int, size: tuple[int, int], ratio: float) -> QImage:
    """Draw the first n points onto nothing: behind them are lines.

    Parameters
    ----------
    scene : Scene
        Whose points.
    n : int
        How many.
    size : tuple of 2 ints
        Width and height in device pixels.
    ratio : float
        Device pixels per logical pixel.
    """
    width, height = size
    if scene.cells is not None:
        return _balls_image(scene, n, size, ratio)
    pixels = np.zeros((height, width), np.uint32)
    draw_cloud(
        pixels, scene.painted_points(n)[:n], scene.camera, scene.point_diameter(n),
        places=scene.places(n),
        states=None if scene.states is None else scene.states[:n],
        look=scene.look, background=scene.style.background,
        largest=round(_LARGEST_RADIUS * ratio),
    )  # fmt: skip
    cloud = QImage(
        pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
    ).copy()
    cloud.setDevicePixelRatio(ratio)
    return cloud


def _balls_image(scene: Scene, n: int, size: tuple[int, int], ratio: float) -> QImage:
    cloud = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    cloud.setDevicePixelRatio(ratio)
    cloud.fill(Qt.GlobalColor.transparent)
    painter = QPainter(cloud)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_balls(painter, scene, n, round(size[0] / ratio), round(size[1] / ratio))
    painter.end()
    return cloud


def flat_image(picture: Picture) -> QImage:
    """Draw a picture aside from the screen."""
    scene, (width, height) = picture.scene, picture.size
    image = QImage(*picture.device_size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(picture.scale)
    background = QColor(*scene.style.background)
    image.fill(Qt.GlobalColor.transparent if picture.transparent else background)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_behind(painter, scene, width, height)
    cloud = cloud_image(scene, picture.n_points, picture.device_size, picture.scale)
    painter.drawImage(0, 0, cloud)
    draw_over(painter, scene, width, height)
    painter.end()
    return image
