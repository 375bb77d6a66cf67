"""CloudFrame: an off-screen picture of the cloud that keeps its depth, so that it can grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtCore import QRect
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from colorquant_gui.ui.space3d.programs import UnusableOpenGLError

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class CloudFrame:
    """A framebuffer, what it shows and how much of that.

    Parameters
    ----------
    width, height : int
        Device pixels.
    samples : int
        Samples a pixel, 0 for none; the driver may give fewer.

    Attributes
    ----------
    key : object
        The view that it shows; None when it shows nothing.
    drawn : int
        Points in it.
    meant : int
        Points that it is to hold: they are drawn as big as suits so many.

    Raises
    ------
    UnusableOpenGLError
        The driver has no such framebuffer.
    """

    def __init__(self, width: int, height: int, samples: int) -> None:
        form = QOpenGLFramebufferObjectFormat()
        form.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
        form.setSamples(samples)
        self._buffer = QOpenGLFramebufferObject(width, height, form)
        if not self._buffer.isValid():
            raise UnusableOpenGLError("no framebuffer of this size")
        # Resolving samples takes software longer than copying: it is done once, not every frame.
        self._resolved = self._buffer
        if self._buffer.format().samples():
            self._resolved = QOpenGLFramebufferObject(width, height)
        self._stale = True
        self.size = (width, height)
        self.key: object = None
        self.drawn = self.meant = 0

    @property
    def samples(self) -> int:
        """Samples a pixel that the driver gave, 0 for none."""
        return self._buffer.format().samples()

    def bind(self) -> None:
        """Draw into this from now on."""
        self._stale = True
        self._buffer.bind()

    def release(self) -> None:
        """Draw into the window again."""
        self._buffer.release()

    def clear(self, background: tuple[int, int, int], opacity: float = 1.0) -> None:
        """Fill with a colour, 0..255, and forget all depth."""
        self.bind()
        # premultiplied, as everything that is drawn over it
        red, green, blue = (level / 255 * opacity for level in background)
        GL.glClearColor(red, green, blue, opacity)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT)
        self.release()

    def take(self, other: CloudFrame) -> None:
        """Become a copy of a frame of the same size and number of samples, with its depth."""
        area = QRect(0, 0, *self.size)
        planes = GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT
        QOpenGLFramebufferObject.blitFramebuffer(
            self._buffer, area, other._buffer, area, int(planes)
        )
        self._stale = True

    def forget_depth(self) -> None:
        """Let all that is drawn from now on cover what is there."""
        self.bind()
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        self.release()

    def copy_to(self, target: QOpenGLFramebufferObject | None) -> None:
        """Replace what a framebuffer of the same size holds; the window's, where it is None."""
        area = QRect(0, 0, *self.size)
        if self._stale and self._resolved is not self._buffer:
            QOpenGLFramebufferObject.blitFramebuffer(self._resolved, area, self._buffer, area)
        self._stale = False
        # PySide's stub doesn't know of None
        QOpenGLFramebufferObject.blitFramebuffer(target, area, self._resolved, area)  # type: ignore[arg-type]

    def to_image(self) -> QImage:
        """Return what it shows, in device pixels."""
        return self._buffer.toImage()
