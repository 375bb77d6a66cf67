"""VeilItem: fades what a cloud has drawn into the background, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

from colorquant_gui.ui.space3d.array_buffer import ArrayBuffer
from colorquant_gui.ui.space3d.look import DIM_SHARE
from colorquant_gui.ui.space3d.programs import build_program

if TYPE_CHECKING:
    from PySide6.QtOpenGL import QOpenGLShaderProgram

# What is drawn of a cloud that is not dimmed is nearer than this, and nothing is farther.
_VERTEX = """
attribute vec2 a_place;

void main() {
    gl_Position = vec4(a_place, 0.5, 1.0);
}
"""
_FRAGMENT = f"""
uniform vec3 u_background;

void main() {{
    fragment = vec4(u_background, {DIM_SHARE:.2f});
}}
"""
# A triangle that holds the whole of the window.
_CORNERS = np.array([[-1, -1], [3, -1], [-1, 3]], np.float32)


class VeilItem(GLGraphicsItem):
    """Covers the pixels that have depth with the background, as much as dimmed points are."""

    def __init__(self) -> None:
        super().__init__()
        self.background = (0, 0, 0)
        self._program: QOpenGLShaderProgram | None = None
        self._corners = ArrayBuffer()
        self._corners.set(_CORNERS)

    def initializeGL(self) -> None:
        """Forget what belonged to an earlier context."""
        self._program = None
        self._corners.forget()

    def paint(self) -> None:
        """Draw into the current framebuffer; its depth stays."""
        if self._program is None:
            self._program = build_program(_VERTEX, _FRAGMENT, ("a_place",))
        program = self._program
        program.bind()
        background = [level / 255 for level in self.background]
        program.setUniformValue(program.uniformLocation("u_background"), *background)
        self._corners.feed(program, 0, GL.GL_FLOAT, 2)
        GL.glEnable(GL.GL_DEPTH_TEST)
        GL.glEnable(GL.GL_BLEND)
        GL.glDepthFunc(GL.GL_GREATER)
        GL.glDepthMask(False)
        GL.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glColorMask(True, True, True, False)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, len(_CORNERS))
        GL.glColorMask(True, True, True, True)
        GL.glDepthMask(True)
        GL.glDepthFunc(GL.GL_LESS)
        GL.glDisable(GL.GL_BLEND)
        GL.glDisable(GL.GL_DEPTH_TEST)
        program.disableAttributeArray(0)
        program.release()
