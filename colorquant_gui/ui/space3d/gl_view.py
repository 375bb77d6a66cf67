"""GLViewport: the colour space drawn by OpenGL."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING

from OpenGL import GL
from pyqtgraph.opengl import GLViewWidget
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMatrix4x4, QSurfaceFormat
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLVertexArrayObject

from colorquant_gui.ui.space3d.budget import PointBudget
from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
from colorquant_gui.ui.space3d.cloud_item import CloudItem
from colorquant_gui.ui.space3d.programs import UnusableOpenGLError, is_software
from colorquant_gui.ui.space3d.scene import CENTROIDS, TRAILS
from colorquant_gui.ui.space3d.shape_stack import ShapeStack

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.scene import Scene

_MOVING_S = 0.016
# A refining frame is short where centroids move meanwhile, and otherwise not worth noticing.
_REFINING_S = 0.030
_RESTING_S = 0.100
# Refining starts when the view has been still for a moment, and then leaves room for input.
_SETTLE_MS = 90
_PAUSE_MS = 8
_SAMPLES = 4
_CLEARLY_MORE = 4
# What lies over the cloud and does not ask for a new picture of it.
_GLIDING_LAYERS = frozenset({CENTROIDS, TRAILS})


class GLViewport(GLViewWidget):
    """Draws a scene. The cloud is kept in a picture of its own while the view stands still.

    So a frame in which only centroids move costs next to nothing, and a cloud that is too big
    for one frame fills up over the next ones.

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
    failed : Signal(str)
        OpenGL can't do it, and why. Nothing more will be drawn.
    """

    shownChanged = Signal(int)
    failed = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = QSurfaceFormat(self.format())
        # The cloud has samples of its own; a window with some could not be copied into.
        form.setSamples(0)
        self.setFormat(form)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scene = scene
        self._broken = False
        self._shown = -1
        self._software = False
        self._moving_budget = PointBudget(_MOVING_S)
        self._refining_budget = PointBudget(_REFINING_S)
        self._frames: dict[str, CloudFrame] = {}
        self._current: CloudFrame | None = None
        self._points_version = 0
        self._shapes_key: object = None
        self._gliding = False
        self._moving_key: object = None
        self._moving_arrays: tuple[object, ...] = (None, None, None)
        self._pending = True
        self._refine_due = False
        self._refine_timer = QTimer(self)
        self._refine_timer.setSingleShot(True)
        self._refine_timer.timeout.connect(self._refine)
        self._cloud = CloudItem()
        self._shapes = ShapeStack(scene)
        for item in (self._cloud, *self._shapes.items):
            self.addItem(item)

    @property
    def shown(self) -> int:
        """Colours on the screen."""
        return max(self._shown, 0)

    @property
    def uploaded(self) -> int:
        """Colours held by the graphics memory."""
        return len(self._cloud.points)

    @property
    def moving_points(self) -> int:
        """Most colours drawn while the view moves."""
        return self._moving_budget.points

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        frame = self._current
        return (
            not self._pending
            and not self._scene.is_changing
            and self._scene.placed == len(self._scene.points)
            and not self._refine_timer.isActive()
            and frame is not None
            and frame is self._frames.get("smooth")
            and frame.drawn == len(self._scene.visible_points())
        )

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        self._pending = True
        self.update()

    # -- OpenGL --------------------------------------------------------------------------------

    def initializeGL(self) -> None:
        """Start anew: a view that moves to another window may get another context."""
        self._frames, self._current, self._shapes_key = {}, None, None
        self.default_vao = QOpenGLVertexArrayObject(self)
        try:
            with warnings.catch_warnings():
                # pyqtgraph warns about ES; what is used here is there, too.
                warnings.simplefilter("ignore", RuntimeWarning)
                super().initializeGL()
            for item in (self._cloud, *self._shapes.items):
                item.initialize()
            if not QOpenGLFramebufferObject.hasOpenGLFramebufferBlit():
                raise UnusableOpenGLError("framebuffers cannot be copied")
            renderer = GL.glGetString(GL.GL_RENDERER) or b""
            self._software = is_software(renderer.decode(errors="replace"))
        except Exception as error:
            self._fail(error)

    def paintGL(self) -> None:
        """Draw a frame; a driver that fails is not asked again."""
        if self._broken:
            return
        try:
            self._draw()
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._broken = True
        self._refine_timer.stop()
        self.failed.emit(str(error))

    def _draw(self) -> None:
        _, _, width, height = (int(value) for value in GL.glGetIntegerv(GL.GL_VIEWPORT))
        if self.default_vao.isCreated():
            self.default_vao.bind()
        GL.glDisable(GL.GL_SCISSOR_TEST)
        scene = self._scene
        if self._cloud.take(scene):
            self._points_version += 1
        key = (
            scene.camera, width, height, scene.style, scene.look, scene.layers - _GLIDING_LAYERS,
            scene.space, scene.progress, self._points_version,
        )  # fmt: skip
        self._lay_out(key)
        self._pending = False
        refine, self._refine_due = self._refine_due, False
        frame = self._current
        if frame is None or frame.key != key:
            frame = self._draw_moving(key, width, height)
        elif refine:
            frame = self._draw_refined(key, width, height, frame)
        elif frame.drawn < len(scene.visible_points()) and not self._refine_timer.isActive():
            # more colours have found their place meanwhile
            self._refine_timer.start(_PAUSE_MS)
        self._current = frame
        frame.copy_to_window()
        self._shapes.paint_over()
        if frame.drawn != self._shown:
            self._shown = frame.drawn
            self.shownChanged.emit(frame.drawn)

    def _lay_out(self, view: object) -> None:
        """Compose lines, labels and discs, where anything has changed."""
        scene = self._scene
        width, height = self.width(), self.height()
        ratio = self.devicePixelRatioF()
        key = (view, width, height, ratio)
        moving = (key, scene.layers, scene.focused, scene.highlight)
        arrays = (scene.centroids, scene.counts, scene.trails)
        same = all(old is new for old, new in zip(self._moving_arrays, arrays, strict=True))
        self._gliding = not same
        frame_moved = self._shapes_key != key
        if frame_moved or self._moving_key != moving or not same:
            self._shapes_key, self._moving_key, self._moving_arrays = key, moving, arrays
            self._shapes.compose(width, height, ratio, frame=frame_moved)

    def _draw_moving(self, key: object, width: int, height: int) -> CloudFrame:
        """Draw as much of the cloud as a fluid frame has time for."""
        total = len(self._scene.visible_points())
        count = min(self._moving_budget.points, total)
        if count == total and not self._software:
            frame = self._frame("smooth", width, height, _SAMPLES)
            self._refine_timer.stop()
        else:
            # Smooth edges take software three times as long: they come when the view rests.
            samples = 0 if self._software else _SAMPLES
            frame = self._frame("quick", width, height, samples)
            self._refine_timer.start(_SETTLE_MS)
        self._start(frame, key)
        self._add_points(frame, count, count, self._moving_budget)
        return frame

    def _draw_refined(self, key: object, width: int, height: int, frame: CloudFrame) -> CloudFrame:
        """Add points to the smooth picture, which takes over when it is clearly the better one."""
        total = len(self._scene.visible_points())
        smooth = self._frame("smooth", width, height, _SAMPLES)
        every = len(self._scene.points) if total else 0
        if smooth.key != key:
            self._start(smooth, key)
        seconds = _REFINING_S if self._gliding else _RESTING_S
        count = self._refining_budget.affordable(seconds)
        count = min(count, total - smooth.drawn)
        seconds = self._add_points(smooth, count, every, self._refining_budget)
        if not self._moving_budget.measured and self._refining_budget.measured:
            # A cautious start: drawing with smooth edges is slower.
            self._moving_budget.record(count, seconds)
        if smooth.drawn < total:
            self._refine_timer.start(_PAUSE_MS)
        done = smooth.drawn == total or smooth.drawn > _CLEARLY_MORE * frame.drawn
        return smooth if done else frame

    def _frame(self, name: str, width: int, height: int, samples: int) -> CloudFrame:
        frame = self._frames.get(name)
        if frame is None or frame.size != (width, height):
            frame = self._frames[name] = CloudFrame(width, height, samples)
        return frame

    def _start(self, frame: CloudFrame, key: object) -> None:
        frame.clear(self._scene.style.background)
        frame.key, frame.drawn = key, 0
        frame.bind()
        self._shapes.paint_behind()
        frame.release()

    def _add_points(self, frame: CloudFrame, count: int, total: int, budget: PointBudget) -> float:
        """Add `count` points to those in a frame that will hold `total`; give the time it took."""
        cloud = self._cloud
        cloud.first = frame.drawn
        cloud.count = min(count, total - frame.drawn)
        if cloud.count <= 0:
            return 0.0
        self._aim(*frame.size, total)
        cloud.soft_edges = frame.samples > 0
        start = time.perf_counter()
        frame.bind()
        cloud.paint()
        GL.glFinish()
        frame.release()
        seconds = time.perf_counter() - start
        budget.record(cloud.count, seconds)
        frame.drawn += cloud.count
        return seconds

    def _aim(self, width: int, height: int, total: int) -> None:
        """Point the cloud's camera at a picture of this size that will hold `total` points."""
        camera = self._scene.camera
        self._cloud.matrix = QMatrix4x4(camera.matrix(width, height).ravel().tolist())
        diameter = self._scene.point_diameter(total)
        self._cloud.diameter = diameter * camera.point_scale(width, height)

    def render_image(self, scale: int, transparent: bool) -> QImage:
        """Draw the scene as it is at rest at a multiple of its size.

        Parameters
        ----------
        scale : int
            Pixels of the picture per logical pixel.
        transparent : bool
            Whether the background is left out.

        Returns
        -------
        QImage
            Null where OpenGL can't do it.
        """
        if self._broken or not self.isValid():
            return QImage()
        self.makeCurrent()
        try:
            return self._rendered(scale, transparent)
        except Exception:
            # a driver may have no framebuffer of that size
            return QImage()
        finally:
            self._shapes_key = self._moving_key = None
            self.doneCurrent()
            self.refresh()

    def _rendered(self, scale: int, transparent: bool) -> QImage:
        scene, cloud = self._scene, self._cloud
        logical = self.width(), self.height()
        width, height = logical[0] * scale, logical[1] * scale
        if self.default_vao.isCreated():
            self.default_vao.bind()
        frame = CloudFrame(width, height, _SAMPLES)
        frame.clear(scene.style.background, 0.0 if transparent else 1.0)
        self._shapes.compose(*logical, float(scale))
        cloud.take(scene)
        cloud.first, cloud.count = 0, len(scene.visible_points())
        self._aim(width, height, len(scene.points))
        cloud.soft_edges = frame.samples > 0
        cloud.keeps_alpha = True
        frame.bind()
        GL.glViewport(0, 0, width, height)
        self._shapes.paint_behind()
        cloud.paint()
        self._shapes.paint_over(focus=False)
        frame.release()
        cloud.keeps_alpha = False
        image = frame.to_image()
        image.setDevicePixelRatio(scale)
        return image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to others what the controls have not taken: pyqtgraph would start a timer."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave to others what the controls have not taken."""
        event.ignore()

    def _refine(self) -> None:
        self._refine_due = True
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop refining what nobody sees."""
        self._refine_timer.stop()
        # What is not finished goes on with the first frame after the view is shown again.
        self._refine_due = True
        super().hideEvent(event)
