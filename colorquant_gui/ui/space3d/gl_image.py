"""ImageRenderer: pictures of a scene drawn by OpenGL aside from the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtGui import QMatrix4x4

from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
from colorquant_gui.ui.space3d.shape_stack import ShapeStack

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from colorquant_gui.ui.space3d.cloud_item import CloudItem
    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene

_SAMPLES = 4
# A frame up to so many pixels is kept for the next picture of an animation.
_KEPT_PIXELS = 1 << 21


def aim(cloud: CloudItem, scene: Scene, width: int, height: int, total: int) -> None:
    """Point a cloud's camera at a picture of this size that will hold `total` points."""
    camera = scene.camera
    cloud.matrix = QMatrix4x4(camera.matrix(width, height).ravel().tolist())
    cloud.diameter = scene.point_diameter(total) * camera.point_scale(width, height)


class ImageRenderer:
    """Draws pictures; every call needs the context to be current.

    Its shapes are its own, so that those on the screen stay as they are. Of the cloud there is
    only one: big arrays are uploaded once.

    Parameters
    ----------
    cloud : CloudItem
        The cloud of the view.
    """

    def __init__(self, cloud: CloudItem) -> None:
        self._cloud = cloud
        self._shapes = ShapeStack()
        self._frame: CloudFrame | None = None

    def initialize(self) -> None:
        """Start anew in another context."""
        self._frame = None
        for item in self._shapes.items:
            item.initialize()

    def render(self, picture: Picture) -> QImage:
        """Draw one picture, every point of it smooth."""
        scene, cloud = picture.scene, self._cloud
        (wide, high), (width, height) = picture.size, picture.device_size
        frame = self._frame
        if frame is None or frame.size != (width, height):
            frame = CloudFrame(width, height, _SAMPLES)
        self._frame = frame if width * height <= _KEPT_PIXELS else None
        frame.clear(scene.style.background, 0.0 if picture.transparent else 1.0)
        self._shapes.compose(scene, wide, high, width / wide)
        cloud.take(scene)
        cloud.first, cloud.count = 0, picture.n_points
        cloud.only_lit, cloud.dims = False, True
        aim(cloud, scene, width, height, picture.n_points)
        cloud.soft_edges = frame.samples > 0
        cloud.keeps_alpha = True
        try:
            frame.bind()
            GL.glViewport(0, 0, width, height)
            self._shapes.paint_behind()
            cloud.paint()
            self._shapes.paint_over(focus=False)
            frame.release()
        finally:
            cloud.keeps_alpha = False
        image = frame.to_image()
        image.setDevicePixelRatio(width / wide)
        return image
