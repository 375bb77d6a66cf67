"""PaletteView: the colours of the result, their shares, and a click to take one along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from colorquant_gui.ui.panels import swatch_painting
from colorquant_gui.ui.panels.share_strip import ShareStrip
from colorquant_gui.ui.panels.swatch_grid import SwatchGrid
from colorquant_gui.ui.panels.swatch_menu import SwatchMenu
from colorquant_gui.ui.panels.swatch_pointing import SwatchPointing
from colorquant_gui.ui.panels.swatch_words import describe_swatch, hex_text

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QHelpEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

_MARGIN = 8
_STRIP = 12  # height of the strip of shares


class PaletteView(QWidget):
    """Up to 256 swatches below a strip that gives each colour its share of the pixels.

    A click copies a colour, as does Enter at the one that the arrow keys chose; what they come to
    counts as pointed at until Escape, Enter or another focus.

    Attributes
    ----------
    colorCopied : Signal(str)
        What was put on the clipboard: a colour, or how many of them.
    swatchHovered : Signal(int or None)
        The swatch under the pointer, or the one that the arrow keys have come to.
    swatchClicked : Signal(int)
        A swatch was clicked, or chosen with Enter.
    """

    colorCopied = Signal(str)
    swatchHovered = Signal(object)
    swatchClicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paletteView")
        self.setAccessibleName(self.tr("Palette"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colors: list[QColor] = []
        self._counts = np.empty(0, np.int64)
        self._transparent: int | None = None
        self._note = ""
        self._grid = SwatchGrid(0, QRect())
        self._pointing = SwatchPointing(self)
        self._pointing.pointed.connect(self.swatchHovered)
        self._pointing.moved.connect(self.update)
        self._marked = -1
        self._pinned = -1
        self._pressed = -1
        self._current = 0

    def set_palette_colors(
        self,
        colors: NDArray[np.uint8],
        counts: NDArray[np.integer],
        transparent_index: int | None = None,
    ) -> None:
        """Show a palette, in its order. Cheap: only the next repaint draws it.

        Parameters
        ----------
        colors : ndarray of uint8, shape (n, 3)
            sRGB colours, at most 256; empty shows the empty state.
        counts : ndarray of int, shape (n,)
            Pixels of each.
        transparent_index : int or None
            The entry that stands for transparent pixels.
        """
        self._colors = [QColor(*color) for color in colors.tolist()]
        self._counts = np.array(counts, np.int64)
        self._transparent = transparent_index
        if len(self._colors) != self._grid.n:
            self._lay_out()
            self._current = min(self._current, max(0, len(self._colors) - 1))
            self._pressed = self._marked = self._pinned = -1
            self._pointing.forget()
        self.update()

    def clear(self) -> None:
        """Show the empty state."""
        self.set_palette_colors(np.empty((0, 3), np.uint8), np.empty(0, np.int64))

    def set_note(self, text: str) -> None:
        """Say why there are no colours, where there are none; empty for the usual sentence."""
        if text != self._note:
            self._note = text
            self.update()

    def set_highlight(self, index: int | None) -> None:
        """Mark a swatch that is pointed at elsewhere, None for none; no signal."""
        marked = -1 if index is None or index >= len(self._colors) else index
        if marked != self._marked:
            self._marked = marked
            self.update()

    def set_pinned(self, index: int | None) -> None:
        """Put a pin on the swatch that is to stay marked, None for none; no signal."""
        pinned = -1 if index is None or index >= len(self._colors) else index
        if pinned != self._pinned:
            self._pinned = pinned
            self._say_current()
            self.update()

    def end_walk(self) -> None:
        """Point no more at what the arrow keys have come to."""
        self._pointing.stop_walking()

    def swatch_rect(self, index: int) -> QRect:
        """Return where a colour's swatch is, in logical pixels."""
        return self._grid.rects[index]

    def index_at(self, position: QPoint) -> int:
        """Return the colour whose swatch or share lies at a position, -1 where there is none."""
        share = self._strip().index_at(position)
        return share if share >= 0 else self._grid.index_at(position)

    def sizeHint(self) -> QSize:
        """Return the size of a few rows."""
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which 256 swatches can still be hit."""
        return QSize(160, 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the swatches out anew."""
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the swatch under the pointer."""
        self._pointing.hover(self.index_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark none."""
        self._pointing.hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a swatch."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.index_at(event.position().toPoint())
            if self._pressed >= 0:
                self._choose(self._pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Copy the swatch that was pressed."""
        index = self.index_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= index == self._pressed:
            self.swatchClicked.emit(index)
            self._copy_swatch(index, event.globalPosition().toPoint())
        self._pressed = -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk to another swatch, take the chosen one along, or walk no more."""
        there = self._grid.neighbour(self._current, event.key())
        if event.key() == Qt.Key.Key_Escape and self._pointing.is_walking:
            self._pointing.stop_walking()
        elif self._colors and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.swatchClicked.emit(self._current)
            # what a pin shows needs no pointing at, and one that is released is to be seen to go
            self._pointing.stop_walking()
            self._copy_swatch(self._current, self._tip_position(self._current))
        elif self._colors and there is not None:
            self._choose(there)
            self._pointing.walk_to(there)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which one is chosen."""
        self._say_current()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide which one is chosen."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._pointing.stop_walking()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy in several forms."""
        by_key = event.reason() == event.Reason.Keyboard
        index = self._current if by_key else self.index_at(event.pos())
        colors = [color for color in self._fills() if color is not None]
        if not colors or index < 0:
            return
        menu = SwatchMenu(self._fills()[index], colors, self)
        menu.copyRequested.connect(self._copy)
        menu.popup(self._tip_position(index) if by_key else event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Show the tooltip of the swatch under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the swatches and the strip of shares."""
        painter = QPainter(self)
        if not self._colors:
            text = self._note or self.tr("The colours of the result appear here.")
            swatch_painting.paint_note(painter, self._area(), text, self.palette())
            return
        fills = self._fills()
        for rects in (self._grid.rects, self._strip().rects):
            for rect, fill in zip(rects, fills, strict=True):
                swatch_painting.paint_swatch(painter, rect, fill)
        swatch_painting.paint_edges(painter, self._grid.rects, fills, self.palette())
        self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        palette, rects = self.palette(), self._grid.rects
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._marked >= 0:
            swatch_painting.paint_mark(painter, rects[self._marked], palette)
        if self._pinned >= 0:
            swatch_painting.paint_pin(painter, rects[self._pinned])
        if self._pointing.hovered >= 0:
            swatch_painting.paint_hover(painter, rects[self._pointing.hovered], palette)
        if self.hasFocus():
            swatch_painting.paint_focus(painter, rects[self._current], palette)

    def _lay_out(self) -> None:
        area = self._area().adjusted(0, _STRIP + _MARGIN, 0, 0)
        self._grid = SwatchGrid(len(self._colors), area)

    def _area(self) -> QRect:
        return self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def _strip(self) -> ShareStrip:
        width = max(0, self.width() - 2 * _MARGIN)
        return ShareStrip(self._counts, QRect(_MARGIN, _MARGIN, width, _STRIP))

    def _choose(self, index: int) -> None:
        self._current = index
        self._say_current()
        self.update()

    def _say_current(self) -> None:
        """Say which one is chosen, for those who don't see it."""
        if self._colors:
            at = self.tr("Colour {0} of {1}").format(self._current + 1, len(self._colors))
            pin = "\n" + self.tr("Pinned") if self._current == self._pinned else ""
            self.setAccessibleDescription(f"{at}\n{self._describe(self._current)}{pin}")

    def _fills(self) -> list[QColor | None]:
        """Colours of the swatches, None for the one of transparent pixels."""
        return [
            None if index == self._transparent else color
            for index, color in enumerate(self._colors)
        ]

    def _describe(self, index: int) -> str:
        counts = self._counts
        return describe_swatch(self._fills()[index], int(counts[index]), int(counts.sum()))

    def _show_tip(self, event: QEvent) -> None:
        help_event: QHelpEvent = event  # type: ignore[assignment]
        index = self.index_at(help_event.pos())
        if index < 0:
            QToolTip.hideText()
        else:
            QToolTip.showText(help_event.globalPos(), self._describe(index), self)

    def _tip_position(self, index: int) -> QPoint:
        return self.mapToGlobal(self._grid.rects[index].center())

    def _copy_swatch(self, index: int, position: QPoint) -> None:
        color = self._fills()[index]
        if color is not None:
            text = hex_text(color)
            self._copy(text, text)
            QToolTip.showText(position, self.tr("Copied {}").format(text), self)

    def _copy(self, text: str, called: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.colorCopied.emit(called)
