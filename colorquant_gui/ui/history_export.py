"""HistoryExport: saves the numbers of a run as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from colorquant_gui.core.export import suggested_stem
from colorquant_gui.core.export.history_table import HISTORY_FORMATS
from colorquant_gui.session.history_job import HistoryRequest, history_table
from colorquant_gui.session.worker import Worker
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.save_question import ask_save_path

if TYPE_CHECKING:
    from pathlib import Path

    from colorquant_gui.session import Session
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.preferences import Preferences


class HistoryExport(QObject):
    """Asks for a file and writes the history of the run on show.

    Parameters
    ----------
    session : Session
        Has the run.
    window : MainWindow
        Where a person is asked and told.
    preferences : Preferences
        Remembers the folder.
    """

    def __init__(self, session: Session, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self.setObjectName("historyExport")
        self._session, self._window, self._preferences = session, window, preferences
        self._worker: Worker | None = None
        self._generation = 0

    def export(self) -> None:
        """Ask for a file and write it."""
        session = self._session
        source, histogram = session.source, session.histogram
        if source is None or histogram is None or not session.history.stops:
            self._window.notifications.show_message(self.tr("There is no run to export yet."))
            return
        # the run as it is when it is asked for, however long the question is open
        table = history_table(session.history, histogram, source.name, session.result)
        path = ask_save_path(
            self._window,
            self._preferences,
            self.tr("Export the history"),
            f"{suggested_stem(source.name)}-history.csv",
            [(kind.label, kind.suffixes) for kind in HISTORY_FORMATS.values()],
        )
        if path is None:
            return
        self._generation += 1
        self._started_worker().submit(HistoryRequest(self._generation, table, path))

    def close(self) -> None:
        """Finish what is being written and end the thread. Call before the window goes."""
        if self._worker is not None:
            self._worker.close(finish=True)
            self._worker = None

    def _started_worker(self) -> Worker:
        if self._worker is None:
            self._worker = Worker("history writer", self)
            self._worker.delivered.connect(self._on_written)
            self._worker.failed.connect(self._on_failed)
        return self._worker

    @Slot(int, object)
    def _on_written(self, _generation: int, path: Path) -> None:
        self._window.notifications.show_message(self.tr("Saved {0}").format(path.name))

    @Slot(int, str)
    def _on_failed(self, _generation: int, message: str) -> None:
        self._window.notifications.show_message(message, Severity.ERROR)
