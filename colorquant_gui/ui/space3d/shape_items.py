"""Items that draw quads in logical pixels over or under the cloud: discs, and what others are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShaderProgram

from colorquant_gui.ui.space3d.programs import build_program
from colorquant_gui.ui.space3d.shapes import OUTLINE, RING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.shapes import Discs

_TRIANGLES = np.array([0, 1, 2, 2, 1, 3])

_CORNERS = """
attribute vec2 a_position;
attribute vec4 a_color;
attribute vec3 a_shape;
uniform vec2 u_window;
varying vec4 v_color;
varying vec3 v_shape;

void main() {
    vec2 place = a_position / u_window * 2.0 - 1.0;
    gl_Position = vec4(place.x, -place.y, 0.0, 1.0);
    v_color = a_color;
    v_shape = a_shape;
}
"""
# v_shape: offset from the centre, radius.
DISC = f"""
varying vec4 v_color;
varying vec3 v_shape;
uniform float u_ratio;

float within(float limit, float r) {{ return clamp((limit - r) * u_ratio + 0.5, 0.0, 1.0); }}

void main() {{
    float r = length(v_shape.xy);
    float radius = v_shape.z;
    float disc = within(radius, r);
    float gap = within(radius + 1.0, r);
    float ring = within(radius + {RING:.2f}, r);
    float outline = within(radius + {RING + OUTLINE:.2f}, r);
    vec3 color = mix(vec3(0.0), vec3(1.0), ring);
    color = mix(color, v_color.rgb, disc);
    fragment = vec4(color, 1.0) * outline * v_color.a;
}}
"""
# v_shape: place in the texture.
LABEL = """
varying vec4 v_color;
varying vec3 v_shape;
uniform sampler2D u_texture;

void main() {
    fragment = texture2D(u_texture, v_shape.xy) * v_color.a;
}
"""

VERTEX = np.dtype(
    [("position", "<f4", 2), ("color", "u1", 4), ("shape", "<f4", 3)],
)
# How OpenGL reads a field: kind and size of its numbers.
_KINDS = {"f": GL.GL_FLOAT, "u": GL.GL_UNSIGNED_BYTE}


class ShapeItem(GLGraphicsItem):
    """Draws quads of one kind, blended, in the order they come.

    Attributes
    ----------
    window : tuple of 2 floats
        Size of the window in logical pixels.
    ratio : float
        Device pixels per logical pixel.
    vertex, fragment : str
        The program.
    layout : numpy.dtype
        A corner; a field goes to the attribute of its name, with "a_" before it.
    """

    vertex: ClassVar[str] = _CORNERS
    fragment: ClassVar[str]
    layout: ClassVar[np.dtype[np.void]] = VERTEX

    def __init__(self) -> None:
        super().__init__()
        self.window = (1.0, 1.0)
        self.ratio = 1.0
        self._vertices = np.empty(0, self.layout)
        self._stale = True
        self._program: QOpenGLShaderProgram | None = None
        self._buffer: QOpenGLBuffer | None = None

    def _set_quads(self, quads: NDArray[np.void]) -> None:
        """Set corners, shape (n, 4), to be drawn as two triangles each."""
        self._vertices = np.ascontiguousarray(quads[:, _TRIANGLES].reshape(-1))
        self._stale = True

    def initializeGL(self) -> None:
        """Forget what belonged to an earlier context."""
        self._program = self._buffer = None
        self._stale = True

    def paint(self) -> None:
        """Draw into the current framebuffer."""
        if not len(self._vertices):
            return
        if self._program is None or self._buffer is None:
            names = tuple(f"a_{name}" for name in self.layout.names or ())
            self._program = build_program(self.vertex, self.fragment, names)
            self._buffer = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
            self._buffer.create()
        program, buffer = self._program, self._buffer
        buffer.bind()
        if self._stale:
            buffer.allocate(self._vertices.tobytes(), self._vertices.nbytes)
            self._stale = False
        program.bind()
        program.setUniformValue(program.uniformLocation("u_window"), *self.window)
        program.setUniformValue1f(program.uniformLocation("u_ratio"), self.ratio)
        fields = list((self.layout.fields or {}).values())
        for location, (field, offset, *_) in enumerate(fields):
            number, shape = field.subdtype or (field, (1,))
            kind = _KINDS[number.kind]
            program.enableAttributeArray(location)
            program.setAttributeBuffer(location, kind, offset, shape[0], self.layout.itemsize)
        buffer.release()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        self._draw(program)
        GL.glDisable(GL.GL_BLEND)
        for location in range(len(fields)):
            program.disableAttributeArray(location)
        program.release()

    def _draw(self, program: QOpenGLShaderProgram) -> None:
        """Draw the vertices with all that is bound."""
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, len(self._vertices))


class DiscsItem(ShapeItem):
    """Draws ringed discs."""

    fragment = DISC

    def set_discs(self, discs: Discs) -> None:
        """Choose the discs."""
        reach = discs.radii + RING + OUTLINE + 1
        quads = np.empty((len(discs), 4), VERTEX)
        for corner in range(4):
            offset = np.array([corner % 2, corner // 2]) * 2.0 - 1.0
            quads["position"][:, corner] = discs.centers + reach[:, None] * offset
            quads["shape"][:, corner, :2] = reach[:, None] * offset
        quads["color"][..., :3] = discs.colors[:, None]
        quads["color"][..., 3] = np.rint(255 * discs.opacities)[:, None]
        quads["shape"][..., 2] = discs.radii[:, None]
        self._set_quads(quads)
