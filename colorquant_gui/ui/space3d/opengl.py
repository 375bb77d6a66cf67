"""Whether this machine has OpenGL, found out without loading pyqtgraph."""

from __future__ import annotations

from PySide6.QtGui import QOpenGLContext

_LOWEST = (2, 1)


def opengl_available() -> bool:
    """Return whether a widget of this program can draw with OpenGL; needs a QApplication."""
    context = QOpenGLContext.globalShareContext()
    if context is None:
        context = QOpenGLContext()
        if not context.create():
            return False
    form = context.format()
    lowest = (2, 0) if context.isOpenGLES() else _LOWEST
    return context.isValid() and form.version() >= lowest
