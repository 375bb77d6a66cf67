"""PauseButton: lets measuring rest, and go on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from colorquant_gui.ui.icons import icon


class PauseButton(QToolButton):
    """A button that stays down while measuring rests; gone where nothing is left to measure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advisorPause")
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.setIconSize(QSize(16, 16))

    def set_progress(self, done: int, total: int | None, paused: bool) -> None:
        """Show whether it rests.

        Parameters
        ----------
        done : int
            So many values of k are measured.
        total : int or None
            Of so many; 0 and None where there is nothing to measure.
        paused : bool
            Whether it rests.
        """
        self.setVisible(total is not None and done < total)
        self.setChecked(paused)
        self.setIcon(icon("play" if paused else "pause"))
        words = self.tr("Go on measuring") if paused else self.tr("Pause measuring")
        self.setAccessibleName(words)
        self.setToolTip(words)
