"""What OpenGL this machine has, found out without loading pyqtgraph."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtGui import QOffscreenSurface, QOpenGLContext
from PySide6.QtOpenGLWidgets import QOpenGLWidget

from colorquant_gui.ui.space3d.programs import is_software

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_GL_RENDERER = 0x1F01

_LOWEST = (2, 1)


def opengl_available() -> bool:
    """Return whether a widget of this program can draw with OpenGL; needs a QApplication."""
    context = QOpenGLContext.globalShareContext()
    if context is None:
        # PySide's stub doesn't know that there may be none
        context = QOpenGLContext()  # type: ignore[unreachable]
        if not context.create():
            return False
    form = context.format()
    lowest = (2, 0) if context.isOpenGLES() else _LOWEST
    return context.isValid() and form.version() >= lowest


@functools.cache
def draws_in_software() -> bool:
    """Return whether the processor draws, and not a graphics card; needs a QApplication."""
    context, surface = QOpenGLContext(), QOffscreenSurface()
    if context.create():
        surface.setFormat(context.format())
        surface.create()
    if not (context.isValid() and surface.isValid() and context.makeCurrent(surface)):
        return True
    renderer = context.functions().glGetString(_GL_RENDERER)
    context.doneCurrent()
    return is_software(str(renderer))


def prepare_window(child: QWidget) -> QOpenGLWidget | None:
    """Spare a window from being made anew, with a flash, when a view is added to it.

    Parameters
    ----------
    child : QWidget
        Of the window, which must not have been shown yet.

    Returns
    -------
    QOpenGLWidget or None
        A child of it that is not seen, and may go when there is a view; None where views are not
        drawn into windows.
    """
    if draws_in_software():
        return None
    hint = QOpenGLWidget(child)
    hint.resize(0, 0)
    return hint
