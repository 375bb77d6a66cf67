"""Unattended: works where nobody is watching, and leaves files that show it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from colorquant_gui.core.export import suggested_name

if TYPE_CHECKING:
    from pathlib import Path

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow

_LIMIT_MS = 120_000
_SETTLE_MS = 1500


class Unattended(QObject):
    """Shows that the program works where nobody is watching: saves, takes a picture, quits.

    Parameters
    ----------
    session : Session
        Is opening a picture.
    window : MainWindow
        Shows it.
    folder : Path
        Where the result and the screenshot go; made where it is missing.

    Attributes
    ----------
    status : int
        Exit status: 0 when both files are there.
    """

    def __init__(self, session: Session, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._folder = folder
        self._saved = self._played = False
        self.status = 2
        session.problem.connect(self._give_up)
        session.resultChanged.connect(self._save)
        session.saved.connect(self._note_saved)
        session.playback.finished.connect(self._note_played)
        QTimer.singleShot(_LIMIT_MS, self, lambda: self._give_up("It took too long."))

    @Slot()
    def _save(self) -> None:
        session = self._session
        if session.result is None or session.source is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._give_up(f"{self._folder} can't be made: {error.strerror}.")
            return
        session.save(self._folder / suggested_name(session.source.name, session.effective_k))

    @Slot(object)
    def _note_saved(self, path: Path) -> None:
        print(f"Result:     {path}")
        self._saved = True
        self._finish()

    @Slot()
    def _note_played(self) -> None:
        self._played = True
        self._finish()

    def _finish(self) -> None:
        if self._saved and self._played:
            self._window.notifications.clear()
            # the 3D view fills in its points and the notices settle
            QTimer.singleShot(_SETTLE_MS, self, self._take_screenshot)

    def _take_screenshot(self) -> None:
        window = self._window
        path = self._folder / "window.png"
        pixmap = window.screen().grabWindow(window.winId())
        if pixmap.isNull() or not pixmap.save(str(path)):
            self._give_up(f"{path} could not be written.")
            return
        print(f"Screenshot: {path}")
        self.status = 0
        window.close()

    @Slot(str)
    def _give_up(self, message: str) -> None:
        print(message, file=sys.stderr)
        self._window.close()
        QApplication.exit(self.status)
