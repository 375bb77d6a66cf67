"""OnscreenViewport: the colour space drawn by a graphics card, right into the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyqtgraph.opengl import GLViewWidget
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QSurfaceFormat
from PySide6.QtOpenGL import QOpenGLVertexArrayObject

from colorquant_gui.ui.space3d.gl_viewport import GLViewport

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene

# A window that was made anew around this view may lose the first frames it is given (X11), and
# would stay black until something changes.
_REPEAT_MS = 150


class OnscreenViewport(GLViewport, GLViewWidget):
    """Draws a scene into the window. The card composes all of the window then.

    Parameters
    ----------
    scene : Scene
        What to draw; call `refresh` after changing it.
    parent : QWidget, optional
        The owner.
    """

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        form = QSurfaceFormat(self.format())
        # The cloud has samples of its own; a window with some could not be copied into.
        form.setSamples(0)
        self.setFormat(form)
        self._initialized = False
        self._repeat_timer = QTimer(self)
        self._repeat_timer.setSingleShot(True)
        self._repeat_timer.timeout.connect(self.refresh)

    @property
    def settled(self) -> bool:
        """Whether the scene is drawn as it is now, and nothing is left to refine."""
        return super().settled and not self._repeat_timer.isActive()

    @property
    def lacks_context(self) -> bool:
        """Whether there is no OpenGL although the view is on the screen."""
        # without a size there is no surface yet, and nothing to complain about
        return self.isVisible() and not (self.size().isEmpty() or self.isValid())

    def initializeGL(self) -> None:
        """Start anew: a view that moves to another window may get another context."""
        self._initialized = True
        self.default_vao = QOpenGLVertexArrayObject(self)
        self.drawing.initialize(super().initializeGL)

    def paintGL(self) -> None:
        """Draw a frame."""
        self.drawing.draw()

    def render_image(self, picture: Picture) -> QImage:
        """Draw a picture aside from the screen; null where OpenGL can't do it."""
        if self.drawing.is_broken or not self.isValid():
            return QImage()
        self.makeCurrent()
        try:
            return self.drawing.render_image(picture)
        finally:
            self.doneCurrent()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw once more in a moment where another window may have taken over the view."""
        if self._initialized:
            self._repeat_timer.start(_REPEAT_MS)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop refining what nobody sees."""
        self.drawing.pause()
        self._repeat_timer.stop()
        super().hideEvent(event)
