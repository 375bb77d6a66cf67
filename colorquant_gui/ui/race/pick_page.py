"""PickPage: the picture, large, in which a person clicks the colours to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorquant_gui.core.picks import distinct_picks
from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.race.buttons import push_button
from colorquant_gui.ui.race.pick_canvas import PickCanvas
from colorquant_gui.ui.race.swatches import SwatchStrip
from colorquant_gui.ui.race.words import former_hint, picks_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent

    from colorquant_gui.core.picks import Color


class PickPage(QWidget):
    """Collects up to k colours by clicks into the picture.

    Attributes
    ----------
    done : Signal(object)
        The person is content: a tuple of (int, int, int), possibly empty.
    cancelled : Signal()
        The person wants everything as it was.

    Parameters
    ----------
    parent : QWidget, optional
        Qt parent.
    """

    done = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("racePickPage")
        self._colors: NDArray[np.uint8] = np.empty((0, 3), np.uint8)
        self._numbers: NDArray[np.int32] = np.empty((0, 0), np.int32)
        # where in this picture colours were clicked
        self._places: dict[Color, tuple[int, int]] = {}
        self._picks: list[Color] = []
        self._former: list[Color] = []
        self._most = 2
        self.hint = QLabel()
        self.hint.setObjectName("racePickHint")
        self.hint.setWordWrap(True)
        self.canvas = PickCanvas()
        self.canvas.setObjectName("racePickCanvas")
        self.canvas.setAccessibleName(self.tr("Picture to pick colours from"))
        self.canvas.set_captions("", "")
        self.canvas.set_compare_mode(CompareMode.ORIGINAL)
        self.canvas.pixelClicked.connect(self._click)
        self.swatches = SwatchStrip(24)
        self.swatches.setObjectName("racePickSwatches")
        self.swatches.setAccessibleName(self.tr("Picked colours"))
        self.undo = self._button("racePickUndo", self.tr("&Undo Last Pick"), self._undo)
        self.undo.setIcon(icon("undo"))
        self.clear = self._button("racePickClear", self.tr("C&lear"), self._clear)
        self.cancel = self._button("racePickCancel", self.tr("Cancel"), self.cancelled)
        self.accept = self._button("racePickDone", self.tr("&Done"), self._accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.swatches, 1)
        for button in (self.undo, self.clear):
            row.addWidget(button)
        row.addSpacing(16)
        for button in (self.cancel, self.accept):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.hint)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row)
        self._show()

    def _button(
        self, name: str, text: str, slot: Callable[[], None] | SignalInstance
    ) -> QPushButton:
        button = push_button(name, text)
        button.clicked.connect(slot)
        return button

    def set_picture(
        self,
        rgb: NDArray[np.uint8] | None,
        alpha: NDArray[np.uint8] | None,
        color_numbers: NDArray[np.int32] | None,
        colors: NDArray[np.uint8] | None,
    ) -> None:
        """Take the picture.

        Parameters
        ----------
        rgb, alpha, color_numbers
            As for `colorquant_gui.ui.canvas.Canvas.set_picture`; None without a picture.
        colors : ndarray of uint8, shape (n, 3), or None
            The colour of each number.
        """
        self._places = {}
        self.canvas.set_marks({})
        if rgb is None or color_numbers is None or colors is None:
            self._colors = np.empty((0, 3), np.uint8)
            self.canvas.clear()
        else:
            self._colors, self._numbers = colors, color_numbers
            self.canvas.set_picture(rgb, alpha, color_numbers)

    def begin(self, picks: Sequence[Color], most: int, former: Sequence[Color] = ()) -> None:
        """Start with what is picked already.

        Parameters
        ----------
        picks : sequence of (int, int, int)
            sRGB colours.
        most : int
            How many there may be: k.
        former : sequence of (int, int, int)
            Those of another picture, to start with where nothing is picked.
        """
        self._picks, self._most = distinct_picks(picks or former), most
        self._former = [] if picks else list(self._picks)
        self._show()
        self.canvas.setFocus()

    def set_most(self, most: int) -> None:
        """Say how many there may be: k. Those beyond wait for a larger one."""
        self._most = most
        self._show()

    def picks(self) -> tuple[Color, ...]:
        """Return what is picked so far, those beyond k included."""
        return tuple(self._picks)

    def _click(self, pixel: tuple[int, int] | None) -> None:
        if pixel is None or len(self._picks) >= self._most:
            return
        column, row = pixel
        number = int(self._numbers[row, column])
        if number >= len(self._colors):
            # transparent
            return
        red, green, blue = self._colors[number].tolist()
        color = (red, green, blue)
        if color not in self._picks:
            self._places[color] = pixel
            self._pick([*self._picks, color])

    def _undo(self) -> None:
        self._pick(self._picks[: self._most][:-1])

    def _clear(self) -> None:
        self._pick([])

    def _pick(self, picks: list[Color]) -> None:
        self._picks = picks
        self._show()

    def _accept(self) -> None:
        self.done.emit(self.picks())

    def _show(self) -> None:
        shown = self._picks[: self._most]
        self.swatches.set_colors(shown)
        self.canvas.set_marks(
            {
                number: self._places[color]
                for number, color in enumerate(shown, start=1)
                if color in self._places
            }
        )
        is_former = bool(shown) and self._picks == self._former
        self.hint.setText(
            former_hint(len(shown)) if is_former else picks_hint(len(shown), self._most)
        )
        self.undo.setEnabled(bool(self._picks))
        self.clear.setEnabled(bool(self._picks))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels, Backspace takes the last one back, Enter is content."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key == Qt.Key.Key_Backspace:
            self._undo()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            super().keyPressEvent(event)
