"""Sizes: the bytes of the file that was opened, and of the one that would be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from colorquant_gui.session import Session
    from colorquant_gui.session.peek import Glimpse
    from colorquant_gui.ui.main_window import MainWindow


class Sizes(QObject):
    """Keeps the sizes in the status bar in step with what is on show.

    Parameters
    ----------
    session : Session
        Has the files.
    window : MainWindow
        Has the status bar.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._status = session, window.status
        self._glimpse: Glimpse | None = None
        session.sourceChanged.connect(self._forget)
        session.settingsChanged.connect(self._show)
        session.resultChanged.connect(self._show)
        session.encodedChanged.connect(self._show)
        session.advisor.pointsChanged.connect(self._show)
        session.peek.changed.connect(self._peek)

    @Slot()
    def _forget(self) -> None:
        self._glimpse = None
        self._show()

    @Slot(object)
    def _peek(self, glimpse: Glimpse | None) -> None:
        self._glimpse = glimpse
        self._show()

    @Slot()
    def _show(self) -> None:
        session, glimpse = self._session, self._glimpse
        if session.source is None:
            return
        n_bytes = session.source.file_size
        if glimpse is None and session.encoded is not None:
            self._status.set_sizes(n_bytes, len(session.encoded))
            return
        if glimpse is None:
            # what the run will end in may have been encoded already
            point = session.advisor.curves.point_for(session.settings)
        else:
            point = glimpse.point
        if point is None or point.n_bytes is None:
            self._status.set_sizes(n_bytes, "pending" if glimpse is None else None)
        else:
            self._status.set_sizes(n_bytes, point.n_bytes, estimated=point.bytes_estimated)
