"""SwatchPointing: which swatch is pointed at, be it by the pointer or by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class SwatchPointing(QObject):
    """Whoever moved last decides: the pointer when it comes to a swatch, or a key.

    Attributes
    ----------
    pointed : Signal(int or None)
        What is pointed at now.
    moved : Signal()
        The pointer has come to another swatch, or has gone.
    hovered : int
        The swatch under the pointer, -1 where there is none.
    is_walking : bool
        Whether the keys have come to one, and it is this that is pointed at.

    Parameters
    ----------
    parent : QObject
        The owner.
    """

    pointed = Signal(object)
    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.is_walking = False
        self._pointed = -1

    def hover(self, index: int) -> None:
        """Move the pointer onto a swatch, or away with -1, which takes nothing from the keys."""
        if index != self.hovered:
            self.hovered = index
            self.moved.emit()
        if index >= 0 or not self.is_walking:
            self.is_walking = False
            self._point_at(index)

    def walk_to(self, index: int) -> None:
        """Come to a swatch by a key."""
        self.is_walking = True
        self._point_at(index)

    def stop_walking(self) -> None:
        """Point by keys no more; a pointer at rest does not come into it."""
        if self.is_walking:
            self.is_walking = False
            self._point_at(-1)

    def forget(self) -> None:
        """Point at nothing, without a signal."""
        self.hovered = self._pointed = -1
        self.is_walking = False

    def _point_at(self, index: int) -> None:
        if index != self._pointed:
            self._pointed = index
            self.pointed.emit(None if index < 0 else index)
