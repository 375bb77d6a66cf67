"""PauseButton: lets measuring rest, and go on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from colorquant_gui.ui.icons import icon


class PauseButton(QToolButton):
    """A button that stays down while measuring rests; gone where nothing is left to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("advisorPause")
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.setIconSize(QSize(16, 16))

    def set_progress(self, words: str, paused: bool) -> None:
        """Show whether it rests.

        Parameters
        ----------
        words : str
            What is done so far; an empty text where nothing is left to do.
        paused : bool
            Whether it rests.
        """
        self.setVisible(bool(words))
        self.setChecked(paused)
        self.setIcon(icon("play" if paused else "pause"))
        name = self.tr("Go on measuring") if paused else self.tr("Pause measuring")
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setToolTip(f"{name}\n{words}")
