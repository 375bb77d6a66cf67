"""Items that draw strokes, discs and labels in logical pixels over or under the cloud."""

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

    from colorquant_gui.ui.space3d.shapes import Discs, Strokes

_TRIANGLES = np.array([0, 1, 2, 2, 1, 3])

_VERTEX = """
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
# v_shape: distance across the line, half its width.
STROKE = """
varying vec4 v_color;
varying vec3 v_shape;
uniform float u_ratio;

void main() {
    float cover = v_color.a * clamp((v_shape.y - abs(v_shape.x)) * u_ratio + 0.5, 0.0, 1.0);
    fragment = vec4(v_color.rgb * cover, cover);
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
    fragment = vec4(color * outline, outline);
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
_OFFSETS = (0, 8, 12)


class ShapeItem(GLGraphicsItem):
    """Draws quads of one kind, blended, in the order they come.

    Attributes
    ----------
    window : tuple of 2 floats
        Size of the window in logical pixels.
    ratio : float
        Device pixels per logical pixel.
    """

    fragment: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.window = (1.0, 1.0)
        self.ratio = 1.0
        self._vertices = np.empty(0, VERTEX)
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
            names = ("a_position", "a_color", "a_shape")
            self._program = build_program(_VERTEX, self.fragment, names)
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
        stride = VERTEX.itemsize
        kinds = ((GL.GL_FLOAT, 2), (GL.GL_UNSIGNED_BYTE, 4), (GL.GL_FLOAT, 3))
        for location, (kind, size) in enumerate(kinds):
            program.enableAttributeArray(location)
            program.setAttributeBuffer(location, kind, _OFFSETS[location], size, stride)
        buffer.release()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, len(self._vertices))
        GL.glDisable(GL.GL_BLEND)
        for location in range(len(kinds)):
            program.disableAttributeArray(location)
        program.release()


class StrokesItem(ShapeItem):
    """Draws smooth lines of any width."""

    fragment = STROKE

    def set_strokes(self, *strokes: Strokes) -> None:
        """Choose the lines, those to draw first first."""
        parts = [_stroke_quads(part) for lines in strokes for part in lines.passes()]
        self._set_quads(np.concatenate(parts) if parts else np.empty((0, 4), VERTEX))


def _stroke_quads(strokes: Strokes) -> NDArray[np.void]:
    along = strokes.ends[:, 1] - strokes.ends[:, 0]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)
    half = strokes.widths / 2
    # One pixel more on each side, for the soft edge.
    reach = half + 1
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * (reach / length)[:, None]
    quads = np.empty((len(strokes), 4), VERTEX)
    for corner in range(4):
        end, sign = divmod(corner, 2)
        side = 1 - 2 * sign
        quads["position"][:, corner] = strokes.ends[:, end] + across * side
        quads["color"][:, corner] = strokes.colors[:, end]
        quads["shape"][:, corner, 0] = reach * side
    quads["shape"][..., 1] = half[:, None]
    quads["shape"][..., 2] = 0.0
    return quads


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
        quads["color"][..., 3] = 255
        quads["shape"][..., 2] = discs.radii[:, None]
        self._set_quads(quads)
