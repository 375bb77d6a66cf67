"""Advisory: the curve over k with what is said of it, below or beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

# In pixels: from which width on there is room for both side by side, and the words' width then.
_WIDE, _WORDS = 840, 470
# What a curve can be read at; heights of the words below it, from two rows over three to many.
_CURVE, _FEWEST, _SOME, _MOST = 126, 48, 86, 160
# Their share of the height: up to three rows, and of what there is more.
_SHARE, _LARGE_SHARE = 0.31, 0.27
_MARGIN = 4
_LEFT_TO_RIGHT, _TOP_TO_BOTTOM = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class Advisory(QScrollArea):
    """Gives the curve most of the room, and lets the words scroll by themselves.

    How much there is to say changes while k is dragged along the curve, which must not move.
    Where there is no room for any words, both scroll.

    Parameters
    ----------
    curve : QWidget
        The curve.
    words : QWidget
        What is said of it.
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, curve: QWidget, words: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve = curve
        self._words = _frameless(QScrollArea(), words)
        self._words.setObjectName("advisoryWords")
        content = QWidget()
        self._box = QBoxLayout(_TOP_TO_BOTTOM, content)
        self._box.setContentsMargins(0, _MARGIN, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(curve, 1)
        self._box.addWidget(self._words)
        _frameless(self, content)
        self.setHorizontalScrollBarPolicy(_OFF)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words where there is room for them."""
        width, height = event.size().width(), event.size().height() - _MARGIN
        if width >= _WIDE:
            self._box.setDirection(_LEFT_TO_RIGHT)
            self._words.setFixedSize(_WORDS, max(height, 0))
            self._curve.setMinimumHeight(_CURVE)
        else:
            self._box.setDirection(_TOP_TO_BOTTOM)
            words = _height_of_words(height)
            is_low = height - words < _CURVE
            self._words.setMinimumWidth(0)
            self._words.setMaximumWidth(width)
            self._words.setFixedHeight(words)
            self._curve.setMinimumHeight(max(_CURVE, height if is_low else height - words))
        super().resizeEvent(event)


def _frameless(area: QScrollArea, content: QWidget) -> QScrollArea:
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(content)
    # what has the keys in it scrolls into sight; a frame of its own would be a stop for nothing
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _height_of_words(height: int) -> int:
    few = max(_FEWEST, min(_SOME, round(_SHARE * height)))
    return max(few, min(_MOST, round(_LARGE_SHARE * height)))
