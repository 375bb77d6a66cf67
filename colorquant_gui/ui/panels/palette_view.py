"""PaletteView: the colours of the result, their shares, and a click to take one along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.share_strip import ShareStrip
from colorquant_gui.ui.panels.swatch_grid import SwatchGrid
from colorquant_gui.ui.panels.swatch_painting import (
    paint_focus,
    paint_hover,
    paint_mark,
    paint_swatch,
)

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
_Role = QPalette.ColorRole


class PaletteView(QWidget):
    """Up to 256 swatches below a strip that gives each colour its share of the pixels.

    A click copies a colour, as does Enter at the one that the arrow keys chose.

    Signals
    -------
    colorCopied : str
        What was put on the clipboard.
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
        self._hovered = -1
        self._marked = -1
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
            self._hovered = self._pressed = -1
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
        self._hover(self.index_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark none."""
        self._hover(-1)

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
            self._copy(self._hex(index), event.globalPosition().toPoint())
            self.swatchClicked.emit(index)
        self._pressed = -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose another swatch, or copy the chosen one."""
        n, columns = len(self._colors), self._grid.columns
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -self._current,
            Qt.Key.Key_End: n - 1 - self._current,
        }
        step = steps.get(Qt.Key(event.key()))
        copies = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not n or (step is None and not copies):
            event.ignore()
        elif step is None:
            self._copy(self._hex(self._current), self._tip_position(self._current))
        elif 0 <= self._current + step < n:
            self._choose(self._current + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which one is chosen."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide which one is chosen."""
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy in several forms."""
        by_key = event.reason() == event.Reason.Keyboard
        index = self._current if by_key else self.index_at(event.pos())
        if not self._colors or index < 0:
            return
        menu = self._menu(index)
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
            painter.setPen(self.palette().color(_Role.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            text = self._note or self.tr("The colours of the result appear here.")
            painter.drawText(
                self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), flags, text
            )
            return
        fills = [
            None if index == self._transparent else color
            for index, color in enumerate(self._colors)
        ]
        for rects in (self._grid.rects, self._strip().rects):
            for rect, fill in zip(rects, fills, strict=True):
                paint_swatch(painter, rect, fill)
        self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        palette, rects = self.palette(), self._grid.rects
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._marked >= 0:
            paint_mark(painter, rects[self._marked], palette)
        if self._hovered >= 0:
            paint_hover(painter, rects[self._hovered], palette)
        if self.hasFocus():
            paint_focus(painter, rects[self._current], palette)

    def _lay_out(self) -> None:
        area = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._grid = SwatchGrid(len(self._colors), area.adjusted(0, _STRIP + _MARGIN, 0, 0))

    def _strip(self) -> ShareStrip:
        width = max(0, self.width() - 2 * _MARGIN)
        return ShareStrip(self._counts, QRect(_MARGIN, _MARGIN, width, _STRIP))

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.swatchHovered.emit(None if index < 0 else index)
            self.update()

    def _choose(self, index: int) -> None:
        self._current = index
        self.setAccessibleDescription(self._describe(index))
        self.update()

    def _hex(self, index: int) -> str:
        color = self._colors[index]
        return formatting.hex_color(color.red(), color.green(), color.blue())

    def _rgb(self, index: int) -> str:
        color = self._colors[index]
        return formatting.rgb_color(color.red(), color.green(), color.blue())

    def _describe(self, index: int) -> str:
        count = int(self._counts[index])
        share = formatting.percent(count / max(1, int(self._counts.sum())), 1)
        pixels = (
            self.tr("1 pixel")
            if count == 1
            else self.tr("{} pixels").format(formatting.integer(count))
        )
        if index == self._transparent:
            name = self.tr("Transparent")
        else:
            name = f"{self._hex(index)}\n{self._rgb(index)}"
        return f"{name}\n{share}, {pixels}"

    def _show_tip(self, event: QEvent) -> None:
        help_event: QHelpEvent = event  # type: ignore[assignment]
        index = self.index_at(help_event.pos())
        if index < 0:
            QToolTip.hideText()
        else:
            QToolTip.showText(help_event.globalPos(), self._describe(index), self)

    def _tip_position(self, index: int) -> QPoint:
        return self.mapToGlobal(self._grid.rects[index].center())

    def _menu(self, index: int) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("paletteMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        everything = "\n".join(
            self._hex(i) for i in range(len(self._colors)) if i != self._transparent
        )
        entries = [(self.tr("Copy all as a list of hex"), "copyAllHex", everything)]
        if index != self._transparent:
            hex_text, rgb_text = self._hex(index), self._rgb(index)
            entries.insert(0, (self.tr("Copy {}").format(rgb_text), "copyRgb", rgb_text))
            entries.insert(0, (self.tr("Copy {}").format(hex_text), "copyHex", hex_text))
        for label, name, text in entries:
            action = QAction(label, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, text=text: self._copy(text))
            menu.addAction(action)
        return menu

    def _copy(self, text: str, position: QPoint | None = None) -> None:
        QGuiApplication.clipboard().setText(text)
        if position is not None:
            QToolTip.showText(position, self.tr("Copied {}").format(text), self)
        self.colorCopied.emit(text)
