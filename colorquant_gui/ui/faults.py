"""Faults nobody foresaw: written to a log, and told in the window."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QApplication

from colorquant_gui.ui.main_window import MainWindow
from colorquant_gui.ui.notifications import Severity

if TYPE_CHECKING:
    from types import TracebackType

_LOG = logging.getLogger("colorquant_gui")


def log_file() -> Path:
    """Return where faults are written down."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "colorquant.log"


def open_log() -> None:
    """Have faults written to `log_file`; where that can't be, say so in the terminal."""
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log_file(), encoding="utf-8", delay=True)
    except OSError as error:
        print(f"Faults can't be logged: {error}", file=sys.stderr)
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOG.addHandler(handler)


def report_faults() -> QObject:
    """Log uncaught faults of any thread, tell the person, and go on.

    Returns
    -------
    QObject
        Lives as long as the application.
    """
    reporter = _FaultReporter(QCoreApplication.instance())

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        _LOG.error("Uncaught fault", exc_info=(kind, fault, trace))
        # whatever thread this is: the window is told in its own
        reporter.happened.emit()

    sys.excepthook = hook
    return reporter


class _FaultReporter(QObject):
    """Tells the person that something was written to the log."""

    happened = Signal()

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.happened.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow):
                widget.notifications.show_message(
                    self.tr(
                        "An unexpected fault was written to the log (Help > Show Log File). "
                        "Your picture and settings are still there."
                    ),
                    Severity.ERROR,
                )
