"""ArrayBuffer: a NumPy array kept in graphics memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLBuffer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtOpenGL import QOpenGLShaderProgram


class ArrayBuffer:
    """Uploads an array when it is a different one, and only the rows that have come to it since.

    Parameters
    ----------
    kind : QOpenGLBuffer.Type, optional
        What it is bound as: values of attributes, where not given, or rows to draw.

    Attributes
    ----------
    array : ndarray or None
        What is, or with the next frame will be, in graphics memory.
    """

    def __init__(self, kind: QOpenGLBuffer.Type = QOpenGLBuffer.Type.VertexBuffer) -> None:
        self._kind = kind
        self.array: NDArray[Any] | None = None
        self._rows = 0
        self._uploaded = 0
        self._buffer: QOpenGLBuffer | None = None

    def set(self, array: NDArray[Any] | None, rows: int | None = None) -> bool:
        """Choose what to hold.

        Parameters
        ----------
        array : ndarray, C-contiguous, or None
            Whose rows must not change once they count.
        rows : int, optional
            How many of them are final yet; all, where not given.

        Returns
        -------
        bool
            Whether it is another array than before.
        """
        length = 0 if array is None else len(array)
        self._rows = length if rows is None else rows
        if array is self.array:
            return False
        self.array, self._uploaded = array, 0
        return True

    def forget(self) -> None:
        """Upload all of it anew: the context is another one."""
        self._buffer, self._uploaded = None, 0

    def feed(
        self,
        program: QOpenGLShaderProgram,
        location: int,
        kind: int,
        size: int,
        *,
        normalised: bool = True,
    ) -> None:
        """Give the rows to an attribute of a program, `size` values of an OpenGL type each."""
        self.bind()
        assert self.array is not None
        row = self.array.strides[0]
        program.enableAttributeArray(location)
        if normalised:
            program.setAttributeBuffer(location, kind, 0, size, row)
        else:
            GL.glVertexAttribPointer(location, size, kind, False, row, None)
        self.release()

    def bind(self) -> None:
        """Upload what is missing and use it from now on; it may be empty, but not None."""
        array = self.array
        assert array is not None
        if self._buffer is None:
            self._buffer = QOpenGLBuffer(self._kind)
            self._buffer.create()
        buffer = self._buffer
        buffer.bind()
        if self._uploaded == 0:
            buffer.allocate(array.nbytes)
        if self._uploaded < self._rows:
            part = array[self._uploaded : self._rows]
            # PySide's stub says int, PySide itself takes bytes
            first = self._uploaded * array.strides[0]
            buffer.write(first, part.tobytes(), part.nbytes)  # type: ignore[arg-type]
            self._uploaded = self._rows

    def release(self) -> None:
        """Use it no more."""
        if self._buffer is not None:
            self._buffer.release()
