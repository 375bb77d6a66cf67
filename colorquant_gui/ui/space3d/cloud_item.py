"""CloudItem: the unique colours of a picture as small lit balls, 4 bytes each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtGui import QMatrix4x4, QOpenGLContext
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShaderProgram

from colorquant_gui.ui.space3d.programs import build_program, is_compatibility

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The position of a colour is the colour itself; its population makes it somewhat bigger.
_VERTEX = """
attribute vec4 a_point;
uniform mat4 u_matrix;
uniform float u_diameter;
varying vec3 v_color;
varying float v_size;

void main() {
    gl_Position = u_matrix * vec4(a_point.rgb * 255.0, 1.0);
    v_color = a_point.rgb;
    v_size = max(u_diameter * (0.8 + a_point.a) / gl_Position.w, 1.0);
    gl_PointSize = v_size + 1.0;
}
"""
# A ball lit from the upper left. Its middle keeps the colour as it is: this is a tool for colours.
_FRAGMENT = """
varying vec3 v_color;
varying float v_size;
uniform float u_soft_edge;

void main() {
    vec2 place = (gl_PointCoord * 2.0 - 1.0) * (v_size + 1.0) / v_size;
    float r = length(place);
    float cover = clamp((1.0 - r) * 0.5 * v_size + 0.5, 0.0, 1.0);
    if (cover < mix(0.5, 0.02, u_soft_edge)) discard;
    float height = sqrt(max(1.0 - r * r, 0.0));
    float light = dot(vec3(place.x, -place.y, height), vec3(-0.37, 0.46, 0.81));
    float shade = min(0.66 + 0.42 * max(light, 0.0), 1.0);
    fragment = vec4(v_color * shade, mix(1.0, cover, u_soft_edge));
}
"""


class CloudItem(GLGraphicsItem):
    """Draws a range of points, depth-tested and opaque.

    Attributes
    ----------
    first, count : int
        The range that `paint` draws.
    diameter : float
        Of a ball, in pixels at unit depth.
    matrix : QMatrix4x4
        From colours of 0..255 to clip space.
    soft_edges : bool
        Whether edges are smoothed by coverage, which needs a multisampled target.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = 0
        self.count = 0
        self.diameter = 1.0
        self.matrix = QMatrix4x4()
        self.soft_edges = False
        self._points: NDArray[np.uint8] = np.empty((0, 4), np.uint8)
        self._stale = True
        self._program: QOpenGLShaderProgram | None = None
        self._buffer: QOpenGLBuffer | None = None

    @property
    def points(self) -> NDArray[np.uint8]:
        """What was set by `set_points`."""
        return self._points

    def set_points(self, points: NDArray[np.uint8]) -> None:
        """Choose what is uploaded with the next frame.

        Parameters
        ----------
        points : ndarray of uint8, shape (m, 4)
            R, G, B and population.
        """
        self._points = np.ascontiguousarray(points)
        self._stale = True

    def initializeGL(self) -> None:
        """Forget what belonged to an earlier context."""
        self._program = self._buffer = None
        self._stale = True

    def paint(self) -> None:
        """Draw the chosen range into the current framebuffer."""
        if not self.count:
            return
        if self._program is None or self._buffer is None:
            self._program = build_program(_VERTEX, _FRAGMENT, ("a_point",))
            self._buffer = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
            self._buffer.create()
        program, buffer = self._program, self._buffer
        buffer.bind()
        if self._stale:
            buffer.allocate(self._points, self._points.nbytes)
            self._stale = False
        program.bind()
        program.setUniformValue(program.uniformLocation("u_matrix"), self.matrix)
        program.setUniformValue1f(program.uniformLocation("u_diameter"), self.diameter)
        program.setUniformValue1f(program.uniformLocation("u_soft_edge"), float(self.soft_edges))
        program.enableAttributeArray(0)
        program.setAttributeBuffer(0, GL.GL_UNSIGNED_BYTE, 0, 4, 4)
        buffer.release()
        states = [GL.GL_DEPTH_TEST]
        context = QOpenGLContext.currentContext()
        if not context.isOpenGLES():
            states.append(GL.GL_PROGRAM_POINT_SIZE)
        if is_compatibility(context):
            states.append(GL.GL_POINT_SPRITE)
        if self.soft_edges:
            states.append(GL.GL_SAMPLE_ALPHA_TO_COVERAGE)
        for state in states:
            GL.glEnable(state)
        # Coverage must not make the window itself translucent.
        GL.glColorMask(True, True, True, False)
        GL.glDrawArrays(GL.GL_POINTS, self.first, self.count)
        GL.glColorMask(True, True, True, True)
        for state in states:
            GL.glDisable(state)
        program.disableAttributeArray(0)
        program.release()
