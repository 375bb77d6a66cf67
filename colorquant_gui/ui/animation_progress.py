"""AnimationProgress: how far an export is, in a small window beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout

from colorquant_gui.ui.formatting import integer
from colorquant_gui.ui.theme import tabular_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WIDTH = 360


class AnimationProgress(QDialog):
    """Says which frame is being drawn; the window behind it stays in use.

    Attributes
    ----------
    cancelRequested : Signal()
        The person doesn't want it any more.

    Parameters
    ----------
    name : str
        What is being written.
    n_frames : int
        Frames there will be.
    parent : QWidget, optional
        The window.
    """

    cancelRequested = Signal()

    def __init__(self, name: str, n_frames: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setObjectName("animationProgress")
        self.setWindowTitle(self.tr("Exporting {0}").format(name))
        self._n_frames = n_frames
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        self._label = QLabel()
        self._label.setObjectName("animationProgressText")
        self._label.setFont(tabular_font(self._label.font()))
        self._bar = QProgressBar()
        self._bar.setObjectName("animationProgressBar")
        self._bar.setAccessibleName(self.tr("Frames written"))
        self._bar.setRange(0, n_frames)
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(_WIDTH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("animationProgressCancelButton")
        cancel.setAccessibleName(self.tr("Cancel the export"))
        buttons.rejected.connect(self.reject)
        column.addWidget(self._label)
        column.addWidget(self._bar)
        self._closing = QLabel(
            self.tr("ColorQuant closes when this is done. To stop now, close ColorQuant again.")
        )
        self._closing.setObjectName("animationProgressClosing")
        self._closing.hide()
        column.addWidget(self._closing)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.set_done(0)

    def set_done(self, frames: int) -> None:
        """Show how many frames are written."""
        self._bar.setValue(frames)
        drawing = min(frames + 1, self._n_frames)
        text = self.tr("Frame {0} of {1}")
        self._label.setText(text.format(integer(drawing), integer(self._n_frames)))

    def set_closing(self, on: bool) -> None:
        """Say that the window behind it waits for the end, to close then."""
        self._closing.setVisible(on)

    def reject(self) -> None:
        """Ask for the end, by the button, Escape or closing; the window goes when it has come."""
        self.cancelRequested.emit()
