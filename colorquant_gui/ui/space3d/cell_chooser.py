"""CellChooser: gathers the colours of a picture in cells, between frames where they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from colorquant_gui.ui.space3d.color_cells import gathered

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.color_cells import ColorCells

# Colours that are gathered before the next frame: some ten milliseconds.
_AT_ONCE = 1 << 18


class CellChooser(QObject):
    """Gathers colours: at once where there are few, else bit by bit.

    Attributes
    ----------
    chosen : Signal(object)
        The `ColorCells`, when they are found.
    """

    chosen = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Generator[None, None, ColorCells] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    @property
    def is_busy(self) -> bool:
        """Whether there are colours to gather."""
        return self._steps is not None

    def choose(self, colors: NDArray[np.uint8], counts: NDArray[np.int64], bits: int) -> None:
        """Start anew with other colours, or cells of another size; see `gathered`."""
        self.pause()
        self._steps = gathered(colors, counts, bits)
        if len(colors) <= _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Gather all that is left now: something can't wait for it."""
        self._timer.stop()
        while self._steps is not None:
            self._advance()

    def resume(self) -> None:
        """Go on with what is not finished."""
        if self._steps is not None:
            self._timer.start(0)

    def pause(self) -> None:
        """Do nothing until `resume`."""
        self._timer.stop()

    def stop(self) -> None:
        """Forget what is not finished."""
        self.pause()
        self._steps = None

    def _step(self) -> None:
        self._advance()
        self.resume()

    def _advance(self) -> None:
        if self._steps is None:
            return
        try:
            next(self._steps)
        except StopIteration as end:
            self._steps = None
            self.chosen.emit(end.value)
