"""CloudItem: the unique colours of a picture as small lit balls."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtGui import QMatrix4x4, QOpenGLContext
from PySide6.QtOpenGL import QOpenGLBuffer

from colorquant_gui.ui.space3d.array_buffer import ArrayBuffer
from colorquant_gui.ui.space3d.look import DIM, DIM_SHARE, HIDDEN, SHOWN
from colorquant_gui.ui.space3d.programs import build_program, is_compatibility

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtOpenGL import QOpenGLShaderProgram

    from colorquant_gui.ui.space3d.scene import Scene

# Population makes a ball somewhat bigger. What is dimmed lies behind all that is not, and what is
# hidden is outside of everything.
_VERTEX = f"""
attribute vec4 a_color;
attribute vec3 a_place;
attribute vec3 a_former;
attribute float a_state;
uniform mat4 u_matrix;
uniform float u_diameter;
uniform float u_progress;
uniform float u_least;
uniform float u_growth;
uniform float u_dims;
varying vec3 v_color;
varying float v_dim;
varying float v_size;
varying float v_seed;

void main() {{
    gl_Position = u_matrix * vec4(mix(a_former, a_place, u_progress), 1.0);
    v_dim = u_dims * (1.0 - step({DIM + 0.5:.1f}, a_state));
    gl_Position.z = gl_Position.z * 0.5 + (v_dim - 0.5) * gl_Position.w;
    v_size = max(u_diameter * (u_least + u_growth * a_color.a) / gl_Position.w, 1.0);
    v_color = a_color.rgb;
    v_seed = dot(a_color, vec4(17.3, 29.7, 41.9, 5.3));
    if (a_state < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = v_size + 1.0;
}}
"""
# A ball lit from the upper left. Its middle keeps the colour as it is: this is a tool for colours.
# What is translucent leaves out pixels by interleaved gradient noise (Jimenez 2014), so that
# nothing need be sorted.
_FRAGMENT = f"""
varying vec3 v_color;
varying float v_dim;
varying float v_size;
varying float v_seed;
uniform float u_soft_edge;
uniform float u_opacity;
uniform vec3 u_background;

void main() {{
    vec2 place = (gl_PointCoord * 2.0 - 1.0) * (v_size + 1.0) / v_size;
    float r = length(place);
    float cover = clamp((1.0 - r) * 0.5 * v_size + 0.5, 0.0, 1.0);
    if (cover < mix(0.5, 0.02, u_soft_edge)) discard;
    float noise = fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)) + v_seed);
    if (fract(52.9829189 * noise) > u_opacity) discard;
    float height = sqrt(max(1.0 - r * r, 0.0));
    float light = dot(vec3(place.x, -place.y, height), vec3(-0.37, 0.46, 0.81));
    float shade = min(0.66 + 0.42 * max(light, 0.0), 1.0);
    vec3 lit = v_color * shade;
    {{rim}}
    vec3 color = mix(lit, u_background, v_dim * {DIM_SHARE:.2f});
    fragment = vec4(color, mix(1.0, cover, u_soft_edge));
}}
"""


# Big balls cover one another: a thin rim tells them apart, a light one where they are dark.
_RIM = """
    float width = clamp(0.05 * v_size, 0.75, 2.0) * smoothstep(5.0, 12.0, v_size);
    float rim = clamp(0.5 + width - (1.0 - r) * 0.5 * v_size, 0.0, 1.0);
    float dark = 1.0 - smoothstep(0.10, 0.25, dot(v_color, vec3(0.30, 0.59, 0.11)));
    lit = mix(lit, mix(v_color * 0.45, v_color + 0.25, dark), rim);
"""


class CloudItem(GLGraphicsItem):
    """Draws a range of points, or of those that stand out, depth-tested and opaque.

    Attributes
    ----------
    first, count : int
        The range that `paint` draws.
    lit : ndarray of uint32, shape (l,), or None
        Which points stand out while the others are dimmed, those to draw first first; None
        while none are dimmed.
    only_lit : bool
        Whether the range is one of `lit`, and not of all points.
    dims : bool
        Whether points that are to be dimmed are; else they are drawn as the others.
    diameter : float
        Of a ball, in pixels at unit depth.
    matrix : QMatrix4x4
        From the world to clip space.
    soft_edges : bool
        Whether edges are smoothed by coverage, which needs a multisampled target.
    keeps_alpha : bool
        Whether the target is to become opaque where there are points: it is saved, not shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = 0
        self.count = 0
        self.lit: NDArray[np.uint32] | None = None
        self.only_lit = False
        self.dims = True
        self.diameter = 1.0
        self.matrix = QMatrix4x4()
        self.soft_edges = False
        self.keeps_alpha = False
        self._scene: Scene | None = None
        # without a rim and with one: points are many, and a rim takes time
        self._programs: dict[bool, QOpenGLShaderProgram] = {}
        self._colors, self._places = ArrayBuffer(), ArrayBuffer()
        self._former, self._states = ArrayBuffer(), ArrayBuffer()
        self._hidden: NDArray[np.bool_] | None = None
        self._rows = ArrayBuffer(QOpenGLBuffer.Type.IndexBuffer)
        self._reach = 0

    @property
    def points(self) -> NDArray[np.uint8]:
        """Colours that are held, shape (m, 4)."""
        return np.empty((0, 4), np.uint8) if self._colors.array is None else self._colors.array

    def take(self, scene: Scene) -> bool:
        """Take over what has changed in a scene; it is uploaded with the next frame.

        Returns
        -------
        bool
            Whether points that are drawn already have changed; those that only came on top of
            them don't count, nor does what is dimmed.
        """
        self._scene = scene
        changed = [
            self._set_colors(scene, 0),
            self._places.set(scene.world, scene.placed),
            self._former.set(scene.former),
            self._set_states(scene.states),
        ]
        return any(changed)

    def _set_colors(self, scene: Scene, n: int) -> bool:
        # of a tint there are only the rows that are drawn
        rows = None if scene.tint is None else max(n, scene.tint.found)
        return self._colors.set(scene.painted_points(n), rows)

    def _set_states(self, states: NDArray[np.uint8] | None) -> bool:
        """Take over what is hidden and dimmed; tell whether other points are hidden now."""
        if not self._states.set(states):
            return False
        hidden, self.lit = None, None
        if states is not None and (states == HIDDEN).any():
            hidden = states == HIDDEN
        if states is not None and (states == DIM).any():
            self.lit = np.flatnonzero(states == SHOWN).astype(np.uint32)
            self._reach = int(self.lit[-1]) + 1 if len(self.lit) else 0
        self._rows.set(self.lit)
        before, self._hidden = self._hidden, hidden
        if hidden is None or before is None:
            return hidden is not before
        return not np.array_equal(hidden, before)

    def initializeGL(self) -> None:
        """Forget what belonged to an earlier context."""
        self._programs = {}
        buffers = (self._colors, self._places, self._former, self._states, self._rows)
        for buffer in buffers:
            buffer.forget()

    def paint(self) -> None:
        """Draw the chosen range into the current framebuffer."""
        scene = self._scene
        if not self.count or scene is None:
            return
        program = self._program(rimmed=scene.cells is not None)
        program.bind()
        self._set_colors(scene, self._reach if self.only_lit else self.first + self.count)
        background = [level / 255 for level in scene.style.background]
        program.setUniformValue(program.uniformLocation("u_matrix"), self.matrix)
        program.setUniformValue(program.uniformLocation("u_background"), *background)
        for name, value in (
            ("u_diameter", self.diameter),
            ("u_soft_edge", float(self.soft_edges)),
            ("u_opacity", scene.look.opacity),
            ("u_dims", float(self.dims)),
            ("u_least", scene.spread[0]),
            ("u_growth", scene.spread[1]),
            ("u_progress", scene.progress if scene.former is not None else 1.0),
        ):
            program.setUniformValue1f(program.uniformLocation(name), value)
        self._colors.feed(program, 0, GL.GL_UNSIGNED_BYTE, 4)
        self._places.feed(program, 1, GL.GL_FLOAT, 3)
        former = self._places if scene.former is None else self._former
        former.feed(program, 2, GL.GL_FLOAT, 3)
        if scene.states is None or (self._hidden is None and not self.dims):
            GL.glVertexAttrib1f(3, float(SHOWN))
        else:
            # bytes become 0..1 for a float attribute, unless it is told not to
            self._states.feed(program, 3, GL.GL_UNSIGNED_BYTE, 1, normalised=False)
        self._draw()
        for location in range(4):
            program.disableAttributeArray(location)
        program.release()

    def _program(self, *, rimmed: bool) -> QOpenGLShaderProgram:
        if rimmed not in self._programs:
            fragment = _FRAGMENT.replace("{rim}", _RIM if rimmed else "")
            names = ("a_color", "a_place", "a_former", "a_state")
            self._programs[rimmed] = build_program(_VERTEX, fragment, names)
        return self._programs[rimmed]

    def _draw(self) -> None:
        states = [GL.GL_DEPTH_TEST]
        context = QOpenGLContext.currentContext()
        if not context.isOpenGLES():
            states.append(GL.GL_PROGRAM_POINT_SIZE)
            if self.keeps_alpha:
                states.append(GL.GL_SAMPLE_ALPHA_TO_ONE)
        if is_compatibility(context):
            states.append(GL.GL_POINT_SPRITE)
        if self.soft_edges:
            states.append(GL.GL_SAMPLE_ALPHA_TO_COVERAGE)
        for state in states:
            GL.glEnable(state)
        # Coverage must not make the window itself translucent.
        GL.glColorMask(True, True, True, self.keeps_alpha)
        if self.only_lit:
            self._rows.bind()
            start = ctypes.c_void_p(self.first * np.uint32().itemsize)
            GL.glDrawElements(GL.GL_POINTS, self.count, GL.GL_UNSIGNED_INT, start)
            self._rows.release()
        else:
            GL.glDrawArrays(GL.GL_POINTS, self.first, self.count)
        GL.glColorMask(True, True, True, True)
        for state in states:
            GL.glDisable(state)
