"""Stage: where the canvas shows what, between logical pixels of Qt and device pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

from colorquant_gui.ui.canvas.compare import MODES, CompareMode, Comparison, Pane, Part, panes
from colorquant_gui.ui.canvas.split_handle import SplitHandle
from colorquant_gui.ui.canvas.viewport import Viewport

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas.window import Window

_FIT_MARGIN = 16
_LEAST_SPLIT = 64
# Where a split is until it is moved.
MIDDLE = 0.5


class Stage:
    """The geometry of the canvas: a viewport, shown in one pane or in two, and the split.

    Places and areas are in logical pixels of the canvas; the viewport and the panes are in device
    pixels.

    Attributes
    ----------
    viewport : Viewport
        Zoom and place of the picture.
    onion_opacity : float
        Of the result over the original, 0..1.
    is_flipped : bool
        Whether a mode that takes turns is at the result.
    can_compare : bool
        Whether a result is shown beside the original now.
    has_error : bool
        Whether the difference can be shown.
    """

    def __init__(self) -> None:
        self.viewport = Viewport()
        self.onion_opacity = 0.5
        self.is_flipped = False
        self.can_compare = False
        self.has_error = False
        self._size = QSizeF(0, 0)
        self._ratio = 1.0
        self._mode = CompareMode.SPLIT
        # of its own for each way to split: what is right for one says nothing about the other
        self._splits = dict.fromkeys((mode for mode in MODES if MODES[mode].line), MIDDLE)

    @property
    def ratio(self) -> float:
        """Device pixels per logical pixel."""
        return self._ratio

    @property
    def area(self) -> QRectF:
        """The whole canvas."""
        return QRectF(0, 0, self._size.width(), self._size.height())

    @property
    def mode(self) -> CompareMode:
        """How the original and the result are compared."""
        return self._mode

    @property
    def split(self) -> float:
        """Where the present mode splits the canvas, 0..1 of its width or height, if it does."""
        return self._splits.get(self._mode, MIDDLE)

    @split.setter
    def split(self, position: float) -> None:
        self.set_split(position, self._mode)

    def set_split(self, position: float, mode: CompareMode) -> None:
        """Split the canvas at 0..1 of its width or height whenever a mode is the present one."""
        if mode in self._splits:
            self._splits[mode] = min(max(position, 0.0), 1.0)

    @property
    def shown_mode(self) -> CompareMode:
        """What is shown now.

        The original alone where there is nothing to compare it with; the result alone where a
        handle would cover the picture, or there is no difference to show yet.
        """
        if not self.can_compare:
            return CompareMode.ORIGINAL
        line = MODES[self._mode].line
        if line is not None:
            window = self.viewport.window()
            if window is None or self._extent(window, line)[1] < _LEAST_SPLIT * self._ratio:
                return CompareMode.RESULT
        if self._mode is CompareMode.DIFFERENCE and not self.has_error:
            return CompareMode.RESULT
        return self._mode

    @property
    def line(self) -> Qt.Orientation | None:
        """Of the line between before and after, None where there is none to be seen and moved."""
        return MODES[self.shown_mode].line

    def resize(self, size: QSizeF, ratio: float) -> None:
        """Take another size in logical pixels, or another number of device pixels for each."""
        self._size, self._ratio = size, ratio
        self._resize_viewport()

    def set_mode(self, mode: CompareMode) -> None:
        """Choose how the original and the result are compared."""
        self._mode = mode
        self._resize_viewport()

    def panes(self) -> list[Pane]:
        """Return the parts of the canvas that show the picture."""
        return panes(self._mode, round(self._size.width() * self._ratio), self._ratio)

    def parts(self, window: Window) -> list[Part]:
        """Return what is painted where, in this order."""
        mode = MODES[self.shown_mode]
        where = tuple(self.panes())
        line = self.split_line(window)
        parts: list[Part] = []
        # without a result, both panes show the original
        for pane in [where] if mode.n_panes == len(where) else [(pane,) for pane in where]:
            parts += mode.parts(Comparison(window, pane, line, self.onion_opacity, self.is_flipped))
        return [
            part
            for part in parts
            if part.right > part.left and part.bottom > part.top and part.opacity > 0
        ]

    def part_area(self, part: Part) -> QRectF:
        """Return what a part covers."""
        ratio = self._ratio
        return QRectF(
            (part.pane.x + part.left) / ratio,
            part.top / ratio,
            (part.right - part.left) / ratio,
            (part.bottom - part.top) / ratio,
        )

    def caption_room(self, part: Part) -> QRectF:
        """Return where the caption of a part may be, clear of those that share its width."""
        area = self.part_area(part)
        width = area.width() / part.n_captions
        left = area.right() - width if part.corner & Qt.AlignmentFlag.AlignRight else area.left()
        return QRectF(left, area.top(), width, area.height())

    def visible_area(self, window: Window, pane: Pane) -> QRectF:
        """Return what the picture covers in a pane."""
        return QRectF(
            (pane.x + window.left) / self._ratio,
            window.top / self._ratio,
            window.width / self._ratio,
            window.height / self._ratio,
        )

    def in_viewport(self, place: QPointF) -> tuple[float, float]:
        """Return the device pixels of the viewport that a place is on, in whichever pane."""
        x, y = place.x() * self._ratio, place.y() * self._ratio
        last = self.panes()[-1]
        return (x - last.x if x >= last.x else x), y

    def pixel_at(self, place: QPointF) -> tuple[int, int] | None:
        """Return the image pixel (column, row) at a place, or None."""
        return self.viewport.pixel_at(*self.in_viewport(place))

    def split_line(self, window: Window) -> int:
        """Return the device column or row where the result begins; it stays on the picture."""
        start, length, whole = self._extent(window, MODES[self._mode].line)
        return min(max(round(self.split * whole), start), start + length)

    def share(self) -> float:
        """Return how much there is of what the mode divides, 0..1.

        Of the visible picture that is original, or of the result that is over the original.
        """
        window = self.viewport.window()
        if self.shown_mode is CompareMode.ONION:
            return self.onion_opacity
        if window is None:
            return self.split
        start, length, _ = self._extent(window, MODES[self._mode].line)
        return (self.split_line(window) - start) / length

    def split_limits(self) -> tuple[float, float]:
        """Return the positions at which the split meets the edges of the visible picture."""
        window = self.viewport.window()
        if window is None:
            return (0.0, 1.0)
        start, length, whole = self._extent(window, MODES[self._mode].line)
        return start / whole, (start + length) / whole

    def handle(self) -> SplitHandle | None:
        """Return the handle of the split, where there is one."""
        window, line = self.viewport.window(), self.line
        if window is None or line is None:
            return None
        position = self.split_line(window) / self._ratio
        return SplitHandle(position, line, self.visible_area(window, self.panes()[0]), self.area)

    def _extent(self, window: Window, line: Qt.Orientation | None) -> tuple[int, int, int]:
        """Start and length of the visible picture across a line, and length of the viewport."""
        if line is Qt.Orientation.Horizontal:
            return window.top, window.height, self.viewport.size[1]
        return window.left, window.width, self.viewport.size[0]

    def _resize_viewport(self) -> None:
        height = round(self._size.height() * self._ratio)
        self.viewport.resize(self.panes()[0].width, height, round(_FIT_MARGIN * self._ratio))
