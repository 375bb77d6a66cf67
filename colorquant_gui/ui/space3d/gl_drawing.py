"""GLDrawing: what a viewport of OpenGL draws, and when it has to draw again."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtOpenGL import QOpenGLFramebufferObject

from colorquant_gui.ui.space3d.cloud_item import CloudItem
from colorquant_gui.ui.space3d.cloud_painter import CloudPainter
from colorquant_gui.ui.space3d.gl_image import ImageRenderer
from colorquant_gui.ui.space3d.layers import CENTROIDS, TRAILS
from colorquant_gui.ui.space3d.marks import MOST_LINES
from colorquant_gui.ui.space3d.programs import UnusableOpenGLError, is_software
from colorquant_gui.ui.space3d.scene import Scene
from colorquant_gui.ui.space3d.shape_stack import ShapeStack

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from pyqtgraph.opengl import GLViewWidget
    from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

    from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
    from colorquant_gui.ui.space3d.picture import Picture

# Refining starts when the view has been still for a moment, and then leaves room for input.
_SETTLE_MS = 200
_PAUSE_MS = 8
# What a drag waits for comes first, and the steps of a drag may be far apart.
_POSTPONED_MS = 600
# What lies over the cloud and does not ask for a new picture of it.
_GLIDING_LAYERS = frozenset({CENTROIDS, TRAILS})
# Of the steps of 256 centroids there are 16 then: more take longer than all the rest.
_MOST_LINES_IN_SOFTWARE = 4_096


class GLDrawing(QObject):
    """Draws a scene. The cloud is kept in a picture of its own while the view stands still.

    So a frame in which only centroids move costs next to nothing, and a cloud that is too big
    for one frame fills up over the next ones.

    Parameters
    ----------
    scene : Scene
        What to draw; call `refresh` after changing it.
    view : GLViewWidget
        Or what else pyqtgraph's items can be drawn in; its context is current in `initialize`
        and `draw`.

    Attributes
    ----------
    shownChanged : Signal(int)
        How many colours are on the screen.
    failed : Signal(str)
        OpenGL can't do it, and why. Nothing more will be drawn.
    """

    shownChanged = Signal(int)
    failed = Signal(str)

    def __init__(self, scene: Scene, view: GLViewWidget) -> None:
        super().__init__(view)
        self._scene, self._view = scene, view
        # what a frame shows: the scene goes on while one is drawn
        self._shot = Scene(scene.style)
        self._shot.take_over(scene)
        self._broken = False
        self._shown = -1
        self._current: CloudFrame | None = None
        self._points_version = 0
        self._shapes_key: object = None
        self._moving_key: object = None
        self._moving_arrays: tuple[object, ...] = ()
        self._pending = True
        self._refine_due = False
        self._refine_timer = QTimer(self)
        self._refine_timer.setSingleShot(True)
        self._refine_timer.timeout.connect(self._refine)
        self._cloud = CloudItem()
        self._shapes = ShapeStack()
        self._painter = CloudPainter(self._shot, self._cloud, self._shapes)
        self._images = ImageRenderer(self._cloud)

    @property
    def items(self) -> list[GLGraphicsItem]:
        """What the view has to hold."""
        return [self._cloud, *self._shapes.items]

    @property
    def is_broken(self) -> bool:
        """Whether OpenGL has failed."""
        return self._broken

    @property
    def shown(self) -> int:
        """Colours on the screen."""
        return max(self._shown, 0)

    @property
    def uploaded(self) -> int:
        """Colours held by the graphics memory."""
        return len(self._cloud.points)

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        return (
            not self._pending
            and not self._scene.is_changing
            and not self._scene.is_gathering
            and self._scene.placed == len(self._scene.points)
            and not self._refine_timer.isActive()
            and self._painter.is_final(self._current)
            and self._painter.is_lit(self._current)
        )

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        self._pending = True
        self._view.update()

    def postpone(self) -> None:
        """Refine later, where that is not finished."""
        if self._view.isVisible() and not self._painter.is_final(self._current):
            self._refine_timer.start(_POSTPONED_MS)

    def pause(self) -> None:
        """Stop refining; what is not finished goes on with the next frame."""
        self._refine_timer.stop()
        self._refine_due = True

    def initialize(self, initialize_view: Callable[[], None]) -> None:
        """Start anew in a context that is current, whether or not there was another one.

        Parameters
        ----------
        initialize_view : callable
            Does the same for pyqtgraph's part of the view.
        """
        self._current = self._shapes_key = None
        self._painter.initialize()
        try:
            with warnings.catch_warnings():
                # pyqtgraph warns about ES; what is used here is there, too.
                warnings.simplefilter("ignore", RuntimeWarning)
                initialize_view()
            for item in self.items:
                item.initialize()
            self._images.initialize()
            if not QOpenGLFramebufferObject.hasOpenGLFramebufferBlit():
                raise UnusableOpenGLError("framebuffers cannot be copied")
            renderer = GL.glGetString(GL.GL_RENDERER) or b""
            self._painter.software = is_software(renderer.decode(errors="replace"))
        except Exception as error:
            self.fail(error)

    def draw(self, target: QOpenGLFramebufferObject | None = None) -> None:
        """Draw a frame; a driver that fails is not asked again.

        Parameters
        ----------
        target : QOpenGLFramebufferObject, optional
            Where to; into the widget of the context, where not given.
        """
        for _ in self.draw_in_steps(target):
            GL.glFinish()

    def draw_in_steps(self, target: QOpenGLFramebufferObject | None = None) -> Iterator[None]:
        """Draw a frame as `draw` does; yields where OpenGL has to be done before it goes on.

        The context has to be current again then. Another frame may be begun when this one is
        finished or given up.
        """
        if self._broken:
            return
        try:
            yield from self._draw(target)
        except Exception as error:
            self.fail(error)

    def fail(self, error: Exception) -> None:
        """Draw nothing any more, and tell why."""
        self._broken = True
        self._refine_timer.stop()
        self.failed.emit(str(error))

    def render_image(self, picture: Picture) -> QImage:
        """Draw a picture aside from the screen; the context has to be current.

        Returns
        -------
        QImage
            Null where OpenGL can't do it.
        """
        try:
            self._bind_vertex_array()
            return self._images.render(picture)
        except Exception:
            # a driver may have no framebuffer of that size
            return QImage()
        finally:
            # What is on the screen has not changed, and is not drawn anew.
            self._cloud.take(self._shot)

    def _bind_vertex_array(self) -> None:
        if self._view.default_vao.isCreated():
            self._view.default_vao.bind()

    def _draw(self, target: QOpenGLFramebufferObject | None) -> Iterator[None]:
        _, _, width, height = (int(value) for value in GL.glGetIntegerv(GL.GL_VIEWPORT))
        self._bind_vertex_array()
        GL.glDisable(GL.GL_SCISSOR_TEST)
        scene = self._shot
        scene.take_over(self._scene)
        if self._cloud.take(scene):
            self._points_version += 1
        key = (
            scene.camera, width, height, scene.style, scene.look, scene.layers - _GLIDING_LAYERS,
            scene.space, scene.progress, self._points_version,
        )  # fmt: skip
        self._lay_out(key)
        self._pending = False
        cloud = self._current = yield from self._cloud_frame(key, width, height)
        # something else may have been drawn meanwhile
        GL.glViewport(0, 0, width, height)
        frame = yield from self._lit_frame(cloud)
        frame.copy_to(target)
        if target is not None:
            target.bind()
        GL.glViewport(0, 0, width, height)
        self._shapes.paint_over()
        if target is not None:
            target.release()
            yield
        if cloud.drawn != self._shown:
            self._shown = cloud.drawn
            self.shownChanged.emit(cloud.drawn)

    def _cloud_frame(
        self, key: object, width: int, height: int
    ) -> Generator[None, None, CloudFrame]:
        """Return the best picture of the cloud that there is time for."""
        refine, self._refine_due = self._refine_due, False
        frame = self._current
        if frame is None or frame.key != key:
            frame = yield from self._painter.draw_moving(key, width, height)
            if self._painter.is_final(frame):
                self._refine_timer.stop()
            else:
                self._refine_timer.start(_SETTLE_MS)
        elif refine and not self._painter.is_final(frame):
            frame, finished = yield from self._painter.draw_refined(key, width, height, frame)
            if not finished:
                self._refine_timer.start(_PAUSE_MS)
        elif frame.drawn < len(self._shot.visible_points()) and not self._refine_timer.isActive():
            # more colours have found their place meanwhile
            self._refine_timer.start(_PAUSE_MS)
        return frame

    def _lit_frame(self, cloud: CloudFrame) -> Generator[None, None, CloudFrame]:
        """Return the cloud with what stands out over it."""
        if self._cloud.lit is None:
            return cloud
        is_final = self._painter.is_final(cloud)
        frame, finished = yield from self._painter.light(cloud, is_final=is_final)
        if not finished and not self._refine_timer.isActive():
            self._refine_timer.start(_PAUSE_MS)
        return frame

    def _lay_out(self, view: object) -> None:
        """Compose lines, labels and discs, where anything has changed."""
        scene = self._shot
        width, height = self._view.width(), self._view.height()
        ratio = self._view.devicePixelRatioF()
        key = (view, width, height, ratio, scene.covered, scene.kept_free)
        moving = (key, scene.layers, scene.focused, scene.highlight)
        arrays = (
            scene.centroids, scene.counts, scene.trails, scene.boxes, scene.moves, scene.measures,
        )  # fmt: skip
        same = len(self._moving_arrays) == len(arrays) and all(
            old is new for old, new in zip(self._moving_arrays, arrays, strict=True)
        )
        frame_moved = self._shapes_key != key
        if frame_moved or self._moving_key != moving or not same:
            self._shapes_key, self._moving_key, self._moving_arrays = key, moving, arrays
            most = _MOST_LINES_IN_SOFTWARE if self._painter.software else MOST_LINES
            self._shapes.compose(scene, width, height, ratio, frame=frame_moved, most_lines=most)

    def _refine(self) -> None:
        self._refine_due = True
        self._view.update()
