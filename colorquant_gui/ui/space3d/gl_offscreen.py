"""OffscreenViewport: the colour space drawn by OpenGL in software, into a picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QImage,
    QOffscreenSurface,
    QOpenGLContext,
    QPainter,
    QSurfaceFormat,
)
from PySide6.QtOpenGL import QOpenGLFramebufferObject
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.gl_viewport import GLViewport
from colorquant_gui.ui.space3d.programs import UnusableOpenGLError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QHideEvent, QPaintEvent

    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene


# The processor draws while the window goes on; it is asked so often whether it is done.
_POLL_MS = 2


class OffscreenViewport(GLViewport, QWidget):
    """Draws a scene into a picture, and paints that as any widget paints.

    With a child that is drawn by OpenGL a window is composed by it as a whole, for each change of
    any widget. Where the processor does that it takes longer than the change itself; so here only
    this view is drawn by OpenGL, and only when the scene changes.

    Parameters
    ----------
    scene : Scene
        What to draw; call `refresh` after changing it.
    parent : QWidget, optional
        The owner.
    """

    _context: QOpenGLContext | None = None
    _surface: QOffscreenSurface | None = None
    _target: QOpenGLFramebufferObject | None = None
    _stale = True
    _steps: Iterator[None] | None = None
    _fence: object = None

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = scene
        self._image = QImage()
        # apart from painting: where it only begins a frame, nothing over this view is painted anew
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._begin_due)
        self._poll = QTimer(self, singleShot=True, interval=_POLL_MS)
        self._poll.setTimerType(Qt.TimerType.PreciseTimer)
        self._poll.timeout.connect(self._look)

    # -- what pyqtgraph asks of a view ---------------------------------------------------------

    def context(self) -> QOpenGLContext | None:
        """Return the context; None until there is something to draw."""
        return self._context

    def isValid(self) -> bool:
        """Return whether there is a context."""
        return self._context is not None

    def update(self) -> None:  # type: ignore[override]
        """Draw the scene anew, and paint it; one that nobody sees waits until it is painted."""
        self._stale = True
        if self._steps is None and not self.visibleRegion().isEmpty():
            self._due.start()

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        return super().settled and not self._stale and self._steps is None

    # -- drawing -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what was drawn, and have it drawn anew where the scene has changed."""
        size = self._device_size()
        if self._image.size() != QSize(*size):
            self._begin_frame(size, at_once=True)
        elif self._stale and self._steps is None:
            self._due.start()
        painter = QPainter(self)
        if self._image.isNull():
            painter.fillRect(self.rect(), QColor(*self._scene.style.background))
        else:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawImage(0, 0, self._image)
        painter.end()

    def _begin_due(self) -> None:
        """Begin a frame where there is something to draw, and paint at least what there is."""
        if not self._stale or self._steps is not None:
            return
        if self._image.isNull():
            # the first one is waited for, lest nothing be seen
            QWidget.update(self)
        else:
            self._begin_frame(self._device_size())

    def _begin_frame(self, size: tuple[int, int], *, at_once: bool = False) -> None:
        self._give_up()
        self._stale = False
        if 0 in size or self.drawing.is_broken or not self._make_current():
            return
        try:
            self._forget_fence()
            target = self._target_of(size)
            target.bind()
            GL.glViewport(0, 0, *size)
            self._steps = self.drawing.draw_in_steps(target)
            self._go_on(at_once=at_once)
        except Exception as error:
            self._give_up()
            self.drawing.fail(error)
        finally:
            self._done()

    def _go_on(self, *, at_once: bool) -> None:
        """Take the next steps of a frame, as far as they need not wait for the ones before."""
        for _ in self._steps or ():
            if at_once or not GL.glFenceSync:
                GL.glFinish()
                continue
            self._fence = GL.glFenceSync(GL.GL_SYNC_GPU_COMMANDS_COMPLETE, 0)
            GL.glFlush()
            self._poll.start()
            return
        self._steps = None
        if self._target is not None and not self.drawing.is_broken:
            self._image = self._target.toImage()
            if self._image.isNull():
                raise UnusableOpenGLError("the picture cannot be read")
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
        if not at_once:
            QWidget.update(self)

    def _look(self) -> None:
        """Go on where what was asked for is done."""
        if self._steps is None or not self._make_current():
            self._give_up()
            return
        try:
            if GL.glClientWaitSync(self._fence, 0, 0) == GL.GL_TIMEOUT_EXPIRED:
                self._poll.start()
                return
            self._forget_fence()
            self._go_on(at_once=False)
        except Exception as error:
            self._give_up()
            self.drawing.fail(error)
        finally:
            self._done()

    def _forget_fence(self) -> None:
        if self._fence is not None:
            GL.glDeleteSync(self._fence)
            self._fence = None

    def _give_up(self) -> None:
        """Finish no frame that was begun."""
        self._poll.stop()
        if self._steps is not None:
            self._steps = None
            self._stale = True

    def _target_of(self, size: tuple[int, int]) -> QOpenGLFramebufferObject:
        target = self._target
        if target is None or (target.width(), target.height()) != size:
            target = self._target = QOpenGLFramebufferObject(*size)
            if not target.isValid():
                raise UnusableOpenGLError("no framebuffer of this size")
        return target

    def render_image(self, picture: Picture) -> QImage:
        """Draw a picture aside from the screen; null where OpenGL can't do it."""
        if self.drawing.is_broken or not self._make_current():
            return QImage()
        try:
            return self.drawing.render_image(picture)
        finally:
            self._done()

    def _device_size(self) -> tuple[int, int]:
        # not less than the widget, which nothing else paints
        ratio = self.devicePixelRatioF()
        return math.ceil(self.width() * ratio), math.ceil(self.height() * ratio)

    def _make_current(self) -> bool:
        """Make the context current, and first of all make one."""
        if self._context is not None and self._surface is not None:
            if self._context.makeCurrent(self._surface):
                return True
            self.drawing.fail(UnusableOpenGLError("the context is lost"))
            return False
        context = QOpenGLContext(self)
        form = QSurfaceFormat.defaultFormat()
        form.setSamples(0)
        context.setFormat(form)
        surface = QOffscreenSurface(None, self)
        if context.create():
            surface.setFormat(context.format())
            surface.create()
        if not (context.isValid() and surface.isValid() and context.makeCurrent(surface)):
            self.drawing.fail(UnusableOpenGLError("no context without a window"))
            return False
        self._context, self._surface = context, surface
        self.drawing.initialize(self.initializeGL)
        if self.drawing.is_broken:
            self._done()
        return not self.drawing.is_broken

    def _done(self) -> None:
        if self._context is not None:
            self._context.doneCurrent()

    def hideEvent(self, event: QHideEvent) -> None:
        """Neither begin nor refine what nobody sees."""
        self._due.stop()
        self._give_up()
        self.drawing.pause()
        super().hideEvent(event)
