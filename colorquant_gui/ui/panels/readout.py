"""Readout: a few figures, large enough to be read from the back row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_SHARE = 0.06  # of the window's height, for the figures
_SMALLEST, _LARGEST = 28, 96
_CAPTION = 0.4  # of the figures' size
_SIDE = 24
_GAP = 48


class Readout(QWidget):
    """A row of figures, each below its name; smaller where the row is too long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("presentationReadout")
        self.setAccessibleName(self.tr("Figures"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._entries: list[tuple[str, str]] = []
        self._widest: list[float] = []
        self._size = float(_SMALLEST)

    def entries(self) -> list[tuple[str, str]]:
        """Return the names and figures shown."""
        return list(self._entries)

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show other figures.

        Parameters
        ----------
        entries : sequence of (str, str)
            Name and figure, such as ("k", "16").
        """
        entries = [(name, figure) for name, figure in entries if figure]
        if entries != self._entries:
            if [name for name, _ in entries] != [name for name, _ in self._entries]:
                self._widest = []
            self._entries = entries
            self.setAccessibleDescription(", ".join(f"{name} {figure}" for name, figure in entries))
            self.update()

    def set_window_height(self, height: int) -> None:
        """Choose the size of the figures for a window of this many logical pixels."""
        self._size = min(max(_SHARE * height, _SMALLEST), _LARGEST)
        self._widest = []
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a name, a figure and their margins."""
        large, small = (QFontMetricsF(font) for font in self._fonts(1.0))
        return QSize(480, round(large.height() + small.height() + 16))

    def minimumSizeHint(self) -> QSize:
        """Return the same height at any width."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and figures."""
        large, small = self._fonts(1.0)
        metrics, small_metrics = QFontMetricsF(large), QFontMetricsF(small)
        widths = [
            max(metrics.horizontalAdvance(figure), small_metrics.horizontalAdvance(name))
            for name, figure in self._entries
        ]
        # a figure that gets shorter leaves its neighbours where they are
        before = self._widest if len(self._widest) == len(widths) else widths
        self._widest = [max(pair) for pair in zip(widths, before, strict=True)]
        wanted = sum(self._widest) + _GAP * max(0, len(widths) - 1)
        scale = min(1.0, max(0.1, (self.width() - 2 * _SIDE) / max(wanted, 1.0)))
        large, small = self._fonts(scale)
        metrics, small_metrics = QFontMetricsF(large), QFontMetricsF(small)
        with QPainter(self) as painter:
            palette = self.palette()
            top = (self.height() - metrics.height() - small_metrics.height()) / 2
            x = float(_SIDE)
            for (name, figure), width in zip(self._entries, self._widest, strict=True):
                painter.setFont(small)
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(QPointF(x, top + small_metrics.ascent()), name)
                painter.setFont(large)
                painter.setPen(palette.color(QPalette.ColorRole.WindowText))
                baseline = top + small_metrics.height() + metrics.ascent()
                painter.drawText(QPointF(x, baseline), figure)
                x += scale * (width + _GAP)

    def _fonts(self, scale: float) -> tuple[QFont, QFont]:
        large, small = tabular_font(self.font()), QFont(self.font())
        large.setPixelSize(max(1, round(scale * self._size)))
        small.setPixelSize(max(1, round(scale * _CAPTION * self._size)))
        return large, small
