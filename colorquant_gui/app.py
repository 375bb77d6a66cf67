"""The window's front door: builds everything once, wires it, runs it."""

from __future__ import annotations

import argparse
import atexit
import logging
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QSettings,
    QStandardPaths,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QApplication

from colorquant_gui import __version__
from colorquant_gui.core import ColorQuantError, engine
from colorquant_gui.core.export import suggested_name
from colorquant_gui.session import Session, Settings
from colorquant_gui.ui.controller import Controller
from colorquant_gui.ui.links import Links
from colorquant_gui.ui.main_window import MainWindow
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.presenter import Presenter
from colorquant_gui.ui.theme import Scheme, apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

_LOG = logging.getLogger("colorquant_gui")
_UNATTENDED_MS = 120_000
_SETTLE_MS = 1500


def create_main_window(paths: Iterable[str | Path] = ()) -> MainWindow:
    """Build the wired window without showing it; a QApplication must exist.

    Parameters
    ----------
    paths : iterable of str or Path
        Pictures to open; the last one stays.

    Returns
    -------
    MainWindow
        Closing it ends its threads. Its `Session` and `Controller` are its children.
    """
    preferences = Preferences()
    session = Session(_remembered_settings(preferences))
    window = MainWindow()
    session.setParent(window)
    presenter = Presenter(session, window)
    controller = Controller(session, window, preferences, log_file())
    window.canvas.colorsUnderPointer.connect(presenter.show_pixel)
    Links(session, window, presenter.run)
    for path in paths:
        controller.files.open_path(Path(path))
    return window


def _remembered_settings(preferences: Preferences) -> Settings:
    try:
        return Settings(
            k=int(preferences.number("k", 16, 2, 256)),
            quality=preferences.text("quality", "standard"),
            color_space=preferences.text("color_space", "srgb"),
            seeding=preferences.text("seeding", "wu"),
            seed=int(preferences.number("seed", 0, 0, 2**31)),
        )
    except ColorQuantError:
        return Settings()


def log_file() -> Path:
    """Return where faults are written down."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "colorquant.log"


def create_application(argv: Sequence[str]) -> QApplication:
    """Create the QApplication with the program's name and look.

    Parameters
    ----------
    argv : sequence of str
        Program name and Qt's own options.

    Returns
    -------
    QApplication
        The one and only.
    """
    # a second OpenGL widget draws nothing without this
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QCoreApplication.setOrganizationName("ColorQuant")
    QCoreApplication.setApplicationName("ColorQuant")
    QCoreApplication.setApplicationVersion(__version__)
    app = QApplication(list(argv))
    app.setApplicationDisplayName("ColorQuant")
    app.setDesktopFileName("io.github.colorquant.ColorQuant")
    scheme = Preferences().text("theme", Scheme.SYSTEM.value, [s.value for s in Scheme])
    apply_theme(app, Scheme(scheme))
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments after the program's name.

    Returns
    -------
    int
        Exit status.
    """
    options = _parser().parse_args(argv)
    if options.unattended is not None:
        _forget_preferences()
    app = create_application(["colorquant-gui"])
    _open_log()
    report_faults()
    window = create_main_window(options.images)
    if not options.images:
        window.findChild(Controller).files.open_sample()
    window.show()
    if engine.native is None:
        window.notifications.show_message(
            QCoreApplication.translate("App", engine.SLOW), Severity.WARNING
        )
    # Ctrl+C in the terminal ends the program
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if options.unattended is None:
        return app.exec()
    tour = Unattended(window, options.unattended)
    app.exec()
    return tour.status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="colorquant-gui",
        description="Reduce an image to k colours with k-means, and watch it think.",
        epilog="“colorquant-gui quantize --help” tells how to work without a window.",
    )
    parser.add_argument("images", nargs="*", metavar="IMAGE", help="picture to open")
    parser.add_argument(
        "--unattended",
        type=Path,
        metavar="FOLDER",
        help="save the result and a screenshot of the window into FOLDER, then quit",
    )
    return parser


def _forget_preferences() -> None:
    """Start with the defaults and leave what a person has chosen alone."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    folder = tempfile.mkdtemp(prefix="colorquant-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


def _open_log() -> None:
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


class Unattended(QObject):
    """Shows that the program works where nobody is watching: saves, takes a picture, quits.

    Parameters
    ----------
    window : MainWindow
        A window that is opening a picture.
    folder : Path
        Where the result and the screenshot go; made where it is missing.

    Attributes
    ----------
    status : int
        Exit status: 0 when both files are there.
    """

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._saved = self._played = False
        self.status = 2
        self._session = session = window.findChild(Session)
        session.problem.connect(self._give_up)
        session.resultChanged.connect(self._save)
        session.saved.connect(self._note_saved)
        session.playback.finished.connect(self._note_played)
        QTimer.singleShot(_UNATTENDED_MS, self, lambda: self._give_up("It took too long."))

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
