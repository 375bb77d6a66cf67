"""PanelStates: what panels say while there is nothing for them to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.session import RunState

if TYPE_CHECKING:
    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow


class PanelStates(QObject):
    """Tells palette, method and status bar that there is no picture, no result yet, or a failure.

    Parameters
    ----------
    session : Session
        What is going on.
    window : MainWindow
        Has the panels.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._loading = ""
        session.loadingChanged.connect(self._follow_loading)
        session.sourceChanged.connect(self._show)
        session.runChanged.connect(self._show)
        self._show()

    @Slot(str)
    def _follow_loading(self, name: str) -> None:
        self._loading = name
        self._show()

    @Slot()
    def _show(self) -> None:
        window, session = self._window, self._session
        opening = self.tr("Opening {0}…").format(self._loading) if self._loading else ""
        failed = session.state is RunState.FAILED
        note = ""
        if session.source is None:
            window.status.set_note(opening or self.tr("No picture"))
            note = opening
        elif failed:
            note = self.tr("There is no palette: the run failed.")
        elif session.state is RunState.RUNNING:
            note = self.tr("Finding the colours…")
        window.palette_view.set_note(note)
        window.method.set_note(
            self.tr("The run failed. Choose another method, or restart it (Ctrl+R).")
            if failed
            else ""
        )
