"""Clipper: which unique colours lie within a range of each coordinate of the space shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.spaces import DisplaySpace

Range = tuple[float, float]

_CHUNK = 1 << 17
_ALL: tuple[Range | None, ...] = (None, None, None)


@dataclass(frozen=True)
class Slice:
    """A part of a space.

    Attributes
    ----------
    space : DisplaySpace
        Of which.
    ranges : tuple of 3 tuples of 2 floats or None
        Lowest and highest value of each coordinate, in its own unit; None for all.
    """

    space: DisplaySpace
    ranges: tuple[Range | None, ...]

    def holds(self, colors: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Say which sRGB colours, shape (n, 3), are in it: bool, shape (n,)."""
        return self.holds_places(self.space.from_srgb8(colors))

    def holds_places(self, coordinates: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Say which coordinates in the space, shape (n, 3), are in it: bool, shape (n,)."""
        held = np.ones(len(coordinates), np.bool_)
        for axis, limits in enumerate(self.ranges):
            if limits is not None:
                values = coordinates[:, axis]
                held &= (values >= limits[0]) & (values <= limits[1])
        return held


class Clipper(QObject):
    """Keeps the coordinates of every unique colour, from when the first range is asked for.

    They are computed in steps between frames; after that a change of a range costs a comparison
    per colour.

    Attributes
    ----------
    changed : Signal(object)
        Which unique colours are within all ranges, ndarray of bool, shape (n,); None where there
        is no range, and so all of them are.
    dropped : Signal()
        The ranges have gone with the colours that they were chosen for.
    """

    changed = Signal(object)
    dropped = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._colors: NDArray[np.uint8] = np.empty((0, 3), np.uint8)
        self._space: DisplaySpace | None = None
        self._ranges = _ALL
        self._coordinates: NDArray[np.float32] | None = None
        self._done = 0
        self._slice: Slice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Clip other colours, uint8 of shape (n, 3): nothing, until ranges are chosen for them."""
        self._colors = colors
        self._ranges = _ALL
        self._forget()
        self.dropped.emit()

    def set_space(self, space: DisplaySpace) -> None:
        """Clip in another space: nothing, until ranges come that make sense there."""
        self._space = space
        self._ranges = _ALL
        self._forget()

    @property
    def current(self) -> Slice | None:
        """What `changed` told last; None for all."""
        return self._slice

    def set_ranges(self, ranges: Sequence[Range | None]) -> None:
        """Choose what is shown.

        Parameters
        ----------
        ranges : sequence of 3 tuples of 2 floats or None
            Lowest and highest value of each coordinate, in its own unit; None for all.
        """
        self._ranges = tuple(ranges)
        self._update()

    def pause(self) -> None:
        """Do nothing until something is asked for."""
        self._timer.stop()

    def resume(self) -> None:
        """Go on with what is not finished."""
        if any(self._ranges) and self._done < len(self._colors):
            self._timer.start(0)

    def _forget(self) -> None:
        self._coordinates, self._done = None, 0
        self._timer.stop()
        self._update()

    def _update(self) -> None:
        if self._space is None or not any(self._ranges) or not len(self._colors):
            if self._slice is not None:
                self._slice = None
                self.changed.emit(None)
            return
        if self._coordinates is None:
            self._coordinates = np.empty((len(self._colors), 3), np.float32)
        if self._done < len(self._colors):
            self._step()
            return
        self._slice = Slice(self._space, self._ranges)
        self.changed.emit(self._slice.holds_places(self._coordinates))

    def _step(self) -> None:
        if self._coordinates is None or self._space is None:
            return
        part = slice(self._done, self._done + _CHUNK)
        self._coordinates[part] = self._space.from_srgb8(self._colors[part])
        self._done = min(self._done + _CHUNK, len(self._colors))
        if self._done < len(self._colors):
            self._timer.start(0)
        else:
            self._update()
