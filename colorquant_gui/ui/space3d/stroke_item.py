"""StrokesItem: lines of any width, with rings or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL

from colorquant_gui.ui.space3d.shape_items import ShapeItem
from colorquant_gui.ui.space3d.shapes import RING_PASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtOpenGL import QOpenGLShaderProgram

    from colorquant_gui.ui.space3d.shapes import Strokes

# a_shape: which way is across, at this side of the line; the side, -1 or 1; half the width.
# The rings of a line are the same line, wider, in a grey of their own: u_ring has how much wider
# on each side, the grey 0..1 or -1 for the colour of the line, and the opacity.
_VERTEX = """
attribute vec2 a_position;
attribute vec4 a_color;
attribute vec4 a_shape;
uniform vec2 u_window;
uniform vec3 u_ring;
varying vec4 v_color;
varying vec2 v_shape;

void main() {
    float half_width = a_shape.w + u_ring.x;
    // one pixel more on each side, for the soft edge
    float reach = half_width + 1.0;
    vec2 place = (a_position + a_shape.xy * reach) / u_window * 2.0 - 1.0;
    gl_Position = vec4(place.x, -place.y, 0.0, 1.0);
    vec3 color = u_ring.y < 0.0 ? a_color.rgb : vec3(u_ring.y);
    v_color = vec4(color, a_color.a * u_ring.z);
    v_shape = vec2(reach * a_shape.z, half_width);
}
"""
# v_shape: distance across the line, half its width.
_FRAGMENT = """
varying vec4 v_color;
varying vec2 v_shape;
uniform float u_ratio;

void main() {
    float cover = v_color.a * clamp((v_shape.y - abs(v_shape.x)) * u_ratio + 0.5, 0.0, 1.0);
    fragment = vec4(v_color.rgb * cover, cover);
}
"""
_CORNER = np.dtype([("position", "<f4", 2), ("color", "u1", 4), ("shape", "<f4", 4)])
_CORNERS_OF_QUAD = 6
_PLAIN = ((0.0, -1.0, 1.0),)


class StrokesItem(ShapeItem):
    """Draws smooth lines of any width."""

    vertex, fragment, layout = _VERTEX, _FRAGMENT, _CORNER

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[int, bool]] = []

    def set_strokes(self, *strokes: Strokes) -> None:
        """Choose the lines, those to draw first first."""
        self._runs = [(_CORNERS_OF_QUAD * len(lines), lines.ringed) for lines in strokes]
        parts = [_stroke_quads(lines) for lines in strokes]
        self._set_quads(np.concatenate(parts) if parts else np.empty((0, 4), _CORNER))

    def _draw(self, program: QOpenGLShaderProgram) -> None:
        first, ring = 0, program.uniformLocation("u_ring")
        for count, ringed in self._runs:
            if not count:
                continue
            for beyond, grey, opacity in RING_PASSES if ringed else _PLAIN:
                program.setUniformValue(ring, beyond, grey, opacity)
                GL.glDrawArrays(GL.GL_TRIANGLES, first, count)
            first += count


def _stroke_quads(strokes: Strokes) -> NDArray[np.void]:
    along = strokes.ends[:, 1] - strokes.ends[:, 0]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) / length[:, None]
    quads = np.empty((len(strokes), 4), _CORNER)
    for corner in range(4):
        end, sign = divmod(corner, 2)
        side = 1 - 2 * sign
        quads["position"][:, corner] = strokes.ends[:, end]
        quads["color"][:, corner] = strokes.colors[:, end]
        quads["shape"][:, corner, :2] = across * side
        quads["shape"][:, corner, 2] = side
    quads["shape"][..., 3] = strokes.widths[:, None] / 2
    return quads
