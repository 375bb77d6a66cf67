"""Unfinished: has the window wait, once, for what is still being written when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

if TYPE_CHECKING:
    from colorquant_gui.session import Session
    from colorquant_gui.ui.animation_export import AnimationExport
    from colorquant_gui.ui.main_window import MainWindow


class Unfinished(QObject):
    """Saves and exports that a closing window waits for.

    The window closes by itself when all is written, and stays where something was cancelled or
    failed. Who closes it a second time does not want to wait.

    Parameters
    ----------
    session : Session
        Saves results.
    window : MainWindow
        What is closed.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._exports: list[AnimationExport] = []
        self._is_waiting = False
        session.saved.connect(self._close_when_done)
        session.saveCancelled.connect(self._stay_when_cancelled)
        session.problem.connect(self._stay)

    def wait_for(self, export: AnimationExport) -> None:
        """Have the window wait for an export, too, whenever it is under way.

        Parameters
        ----------
        export : AnimationExport
            Lives as long as the window.
        """
        self._exports.append(export)
        export.finished.connect(self._stay_without_file)
        # it has more to do and to say before the window may go
        export.finished.connect(self._close_when_done, Qt.ConnectionType.QueuedConnection)

    def may_close(self) -> bool:
        """Say whether the window may close now; where not, it will by itself."""
        if self._is_waiting or not self._is_writing():
            # what is given up now is nothing to stay for
            self._set_waiting(False)
            return True
        self._set_waiting(True)
        show_message = self._window.notifications.show_message
        if self._is_exporting():
            show_message(self.tr("Exporting, then closing…"))
        else:
            show_message(
                self.tr("Saving, then closing…"),
                action_text=self.tr("Cancel"),
                action=self._session.cancel_save,
            )
        return False

    def _is_exporting(self) -> bool:
        return any(export.is_exporting for export in self._exports)

    def _is_writing(self) -> bool:
        return self._session.is_saving or self._is_exporting()

    def _set_waiting(self, on: bool) -> None:
        self._is_waiting = on
        for export in self._exports:
            export.announce_closing(on)

    @Slot()
    def _close_when_done(self) -> None:
        if self._is_waiting and not self._is_writing():
            self._window.close()

    @Slot()
    def _stay(self) -> None:
        self._set_waiting(False)

    @Slot(object)
    def _stay_without_file(self, path: object) -> None:
        if path is None:
            self._stay()

    @Slot()
    def _stay_when_cancelled(self) -> None:
        if self._is_waiting:
            self._stay()
            # in place of the message that it closes
            self._window.notifications.show_message(self.tr("Not saved: ColorQuant stays open."))
