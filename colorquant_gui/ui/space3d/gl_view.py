"""GLViewport: the colour space drawn by OpenGL."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from OpenGL import GL
from pyqtgraph.opengl import GLViewWidget
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QSurfaceFormat
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLVertexArrayObject

from colorquant_gui.ui.space3d.cloud_item import CloudItem
from colorquant_gui.ui.space3d.cloud_painter import CloudPainter
from colorquant_gui.ui.space3d.gl_image import ImageRenderer
from colorquant_gui.ui.space3d.programs import UnusableOpenGLError, is_software
from colorquant_gui.ui.space3d.scene import CENTROIDS, TRAILS
from colorquant_gui.ui.space3d.shape_stack import ShapeStack

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene

# Refining starts when the view has been still for a moment, and then leaves room for input.
_SETTLE_MS = 200
_PAUSE_MS = 8
# A window that was made anew around this view may lose the first frames it is given (X11), and
# would stay black until something changes.
_REPEAT_MS = 150
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
        self._current: CloudFrame | None = None
        self._points_version = 0
        self._shapes_key: object = None
        self._gliding = False
        self._moving_key: object = None
        self._moving_arrays: tuple[object, ...] = ()
        self._pending = True
        self._refine_due = False
        self._refine_timer = QTimer(self)
        self._refine_timer.setSingleShot(True)
        self._refine_timer.timeout.connect(self._refine)
        self._repeat_timer = QTimer(self)
        self._repeat_timer.setSingleShot(True)
        self._repeat_timer.timeout.connect(self.refresh)
        self._initialized = False
        self._cloud = CloudItem()
        self._shapes = ShapeStack()
        self._painter = CloudPainter(scene, self._cloud, self._shapes)
        self._images = ImageRenderer(self._cloud)
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
        return self._painter.moving_points

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        return (
            not self._pending
            and not self._scene.is_changing
            and self._scene.placed == len(self._scene.points)
            and not self._refine_timer.isActive()
            and not self._repeat_timer.isActive()
            and self._painter.is_final(self._current)
        )

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        self._pending = True
        self.update()

    def postpone(self) -> None:
        """Refine later, where that was to be done soon."""
        if self._refine_timer.isActive():
            self._refine_timer.start(_SETTLE_MS)

    # -- OpenGL --------------------------------------------------------------------------------

    def initializeGL(self) -> None:
        """Start anew: a view that moves to another window may get another context."""
        self._current = self._shapes_key = None
        self._painter.forget()
        self._initialized = True
        self.default_vao = QOpenGLVertexArrayObject(self)
        try:
            with warnings.catch_warnings():
                # pyqtgraph warns about ES; what is used here is there, too.
                warnings.simplefilter("ignore", RuntimeWarning)
                super().initializeGL()
            self._cloud.initialize()
            for item in self._shapes.items:
                item.initialize()
            self._images.initialize()
            if not QOpenGLFramebufferObject.hasOpenGLFramebufferBlit():
                raise UnusableOpenGLError("framebuffers cannot be copied")
            renderer = GL.glGetString(GL.GL_RENDERER) or b""
            self._painter.software = is_software(renderer.decode(errors="replace"))
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
        self._repeat_timer.stop()
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
            frame = self._painter.draw_moving(key, width, height)
            if self._painter.is_final(frame):
                self._refine_timer.stop()
            else:
                self._refine_timer.start(_SETTLE_MS)
        elif refine:
            frame, finished = self._painter.draw_refined(
                key, width, height, frame, gliding=self._gliding
            )
            if not finished:
                self._refine_timer.start(_PAUSE_MS)
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
        arrays = (
            scene.centroids, scene.counts, scene.trails, scene.boxes, scene.moves, scene.measures,
        )  # fmt: skip
        same = len(self._moving_arrays) == len(arrays) and all(
            old is new for old, new in zip(self._moving_arrays, arrays, strict=True)
        )
        self._gliding = not same
        frame_moved = self._shapes_key != key
        if frame_moved or self._moving_key != moving or not same:
            self._shapes_key, self._moving_key, self._moving_arrays = key, moving, arrays
            self._shapes.compose(scene, width, height, ratio, frame=frame_moved)

    def render_image(self, picture: Picture) -> QImage:
        """Draw a picture aside from the screen.

        Returns
        -------
        QImage
            Null where OpenGL can't do it.
        """
        if self._broken or not self.isValid():
            return QImage()
        self.makeCurrent()
        if self._cloud.take(self._scene):
            self._points_version += 1
        try:
            if self.default_vao.isCreated():
                self.default_vao.bind()
            return self._images.render(picture)
        except Exception:
            # a driver may have no framebuffer of that size
            return QImage()
        finally:
            # What is on the screen has not changed, and is not drawn anew.
            self._cloud.take(self._scene)
            self.doneCurrent()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to others what the controls have not taken: pyqtgraph would start a timer."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave to others what the controls have not taken."""
        event.ignore()

    def _refine(self) -> None:
        self._refine_due = True
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw once more in a moment where another window may have taken over the view."""
        if self._initialized:
            self._repeat_timer.start(_REPEAT_MS)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop refining what nobody sees."""
        self._refine_timer.stop()
        self._repeat_timer.stop()
        # What is not finished goes on with the first frame after the view is shown again.
        self._refine_due = True
        super().hideEvent(event)
