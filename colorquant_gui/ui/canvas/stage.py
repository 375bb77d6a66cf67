"""Stage: where the canvas shows what, between logical pixels of Qt and device pixels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from colorquant_gui.ui.canvas.compare import CompareMode, Pane, panes
from colorquant_gui.ui.canvas.split_handle import SplitHandle
from colorquant_gui.ui.canvas.viewport import Viewport, Window

_FIT_MARGIN = 16
_LEAST_SPLIT = 64


class Stage:
    """The geometry of the canvas: a viewport, shown in one pane or in two, and the split.

    Places and areas are in logical pixels of the canvas; the viewport and the panes are in device
    pixels.
    """

    def __init__(self) -> None:
        self.viewport = Viewport()
        self._size = QSizeF(0, 0)
        self._ratio = 1.0
        self._mode = CompareMode.SPLIT
        self._split = 0.5
        self._can_compare = False

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
        """Where the canvas is split, 0..1 of its width."""
        return self._split

    @split.setter
    def split(self, position: float) -> None:
        self._split = min(max(position, 0.0), 1.0)

    @property
    def shown_mode(self) -> CompareMode:
        """What is shown now.

        The original alone where there is nothing to compare it with; the result alone where a
        handle would cover the picture.
        """
        if not self._can_compare:
            return CompareMode.ORIGINAL
        if self._mode is CompareMode.SPLIT:
            window = self.viewport.window()
            if window is None or window.width < _LEAST_SPLIT * self._ratio:
                return CompareMode.RESULT
        return self._mode

    @property
    def is_split(self) -> bool:
        """Whether there is a split to be seen and moved."""
        return self.shown_mode is CompareMode.SPLIT

    def resize(self, size: QSizeF, ratio: float) -> None:
        """Take another size in logical pixels, or another number of device pixels for each."""
        self._size, self._ratio = size, ratio
        self._resize_viewport()

    def set_mode(self, mode: CompareMode) -> None:
        """Choose how the original and the result are compared."""
        self._mode = mode
        self._resize_viewport()

    def set_can_compare(self, on: bool) -> None:
        """Say whether a result is shown beside the original now."""
        self._can_compare = on

    def panes(self) -> list[Pane]:
        """Return the parts of the canvas that show the picture."""
        return panes(self._mode, round(self._size.width() * self._ratio), self._ratio)

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

    def split_column(self, window: Window) -> int:
        """Return the device column where the result begins; it never leaves the picture."""
        column = round(self._split * self.viewport.size[0])
        return min(max(column, window.left), window.right)

    def split_share(self) -> float:
        """Return how much of the visible picture is original, 0..1."""
        window = self.viewport.window()
        if window is None:
            return self._split
        return (self.split_column(window) - window.left) / window.width

    def split_limits(self) -> tuple[float, float]:
        """Return the positions at which the split meets the edges of the visible picture."""
        window, width = self.viewport.window(), self.viewport.size[0]
        return (0.0, 1.0) if window is None else (window.left / width, window.right / width)

    def handle(self) -> SplitHandle | None:
        """Return the handle of the split, where there is one."""
        window = self.viewport.window()
        if window is None or not self.is_split:
            return None
        x = self.split_column(window) / self._ratio
        return SplitHandle(x, self.visible_area(window, self.panes()[0]), self.area)

    def _resize_viewport(self) -> None:
        height = round(self._size.height() * self._ratio)
        self.viewport.resize(self.panes()[0].width, height, round(_FIT_MARGIN * self._ratio))
