"""Shader programs, written once for every OpenGL that Qt may give us, from 2.1 and ES 2 on."""

from __future__ import annotations

from PySide6.QtGui import QOpenGLContext, QSurfaceFormat
from PySide6.QtOpenGL import QOpenGLShader, QOpenGLShaderProgram

_Profile = QSurfaceFormat.OpenGLContextProfile
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic", "basic")


class UnusableOpenGLError(RuntimeError):
    """The driver can't draw the view; the flat one takes over."""


def is_software(renderer: str) -> bool:
    """Return whether OpenGL's name of the renderer is one that draws on the processor."""
    return any(name in renderer.lower() for name in _SOFTWARE)


def is_compatibility(context: QOpenGLContext) -> bool:
    """Return whether point sprites are a state of their own, as before the core profile."""
    form = context.format()
    if context.isOpenGLES() or form.profile() == _Profile.CoreProfile:
        return False
    if form.profile() == _Profile.CompatibilityProfile or form.version() <= (2, 1):
        return True
    if form.version() == (3, 0):
        return True
    return bool(context.hasExtension(b"GL_ARB_compatibility"))


def build_program(vertex: str, fragment: str, attributes: tuple[str, ...]) -> QOpenGLShaderProgram:
    """Compile and link a program for the current context.

    Parameters
    ----------
    vertex, fragment : str
        GLSL 1.20 without a version; the result of a fragment goes to ``fragment``.
    attributes : tuple of str
        Names; the place in the tuple is the location.

    Returns
    -------
    QOpenGLShaderProgram
        Ready to bind.

    Raises
    ------
    UnusableOpenGLError
        There is no current context, or the driver refuses the program.
    """
    context = QOpenGLContext.currentContext()
    if context is None:
        raise UnusableOpenGLError("no current context")
    vertex_head, fragment_head = _heads(context)
    program = QOpenGLShaderProgram()
    kind = QOpenGLShader.ShaderTypeBit
    good = program.addShaderFromSourceCode(kind.Vertex, vertex_head + vertex)
    good = good and program.addShaderFromSourceCode(kind.Fragment, fragment_head + fragment)
    for location, name in enumerate(attributes):
        program.bindAttributeLocation(name, location)
    if not (good and program.link()):
        raise UnusableOpenGLError(program.log().strip() or "the shaders do not compile")
    return program


def _heads(context: QOpenGLContext) -> tuple[str, str]:
    version = context.format().version()
    precision = "precision highp float;\n"
    if context.isOpenGLES():
        if version < (3, 0):
            return "#version 100\n", f"#version 100\n{precision}#define fragment gl_FragColor\n"
        number = "300 es"
    elif version < (3, 1):
        return "#version 120\n", "#version 120\n#define fragment gl_FragColor\n"
    else:
        # 1.40 is unknown to macOS, 1.50 to drivers that stop at OpenGL 3.1.
        number = "150" if version >= (3, 2) else "140"
        precision = ""
    return (
        f"#version {number}\n#define attribute in\n#define varying out\n",
        f"#version {number}\n{precision}#define varying in\n#define texture2D texture\n"
        "out vec4 fragment;\n",
    )
