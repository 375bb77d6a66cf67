"""MessageLabel: selectable text that wraps anywhere it must and ends after three lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_MOST_LINES = 3
_LEAST_WIDTH = 80


class MessageLabel(QLabel):
    """A plain text of any length; what is left out of it is in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_full_text(self, text: str) -> None:
        """Show a text, as much of it as fits."""
        self._full = text
        self.setAccessibleName(text)
        self._wrap()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the text on lines of its own."""
        metrics = QFontMetricsF(self.font())
        # a line that is a fraction of a pixel too long would be broken
        width = max(math.ceil(metrics.horizontalAdvance(line)) for line in self._full.split("\n"))
        return QSize(max(width + 2, _LEAST_WIDTH), self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Return the size of one short line."""
        return QSize(_LEAST_WIDTH, self.fontMetrics().lineSpacing())

    def hasHeightForWidth(self) -> bool:
        """Return True: a narrower label is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines shown at a width."""
        return self.fontMetrics().lineSpacing() * len(self._lines(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        self._wrap()

    def _wrap(self) -> None:
        lines = self._lines(self.width())
        self.setText("\n".join(lines))
        whole = "".join(lines).replace(" ", "") == "".join(self._full.split())
        self.setToolTip("" if whole else self._full)

    def _lines(self, width: int) -> list[str]:
        """Break the text into at most three lines, the last of them elided."""
        text = self._full.replace("\n", "\u2028")
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        starts = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width - 2, _LEAST_WIDTH))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(text)]
        lines = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
        if len(lines) > _MOST_LINES:
            rest = text[starts[_MOST_LINES - 1] :].replace("\u2028", " ")
            end = Qt.TextElideMode.ElideRight
            lines[_MOST_LINES - 1 :] = [self.fontMetrics().elidedText(rest, end, width - 2)]
        return lines or [""]
