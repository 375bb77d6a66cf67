"""The window's front door: builds everything once, wires it, runs it."""

from __future__ import annotations

import argparse
import atexit
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QApplication

from colorquant_gui import __version__
from colorquant_gui.core import ColorQuantError, engine
from colorquant_gui.session import Session, Settings
from colorquant_gui.ui.advisor_presenter import AdvisorPresenter
from colorquant_gui.ui.controller import Controller
from colorquant_gui.ui.escape import Escape
from colorquant_gui.ui.faults import log_file, open_log, report_faults
from colorquant_gui.ui.links import Links
from colorquant_gui.ui.main_window import MainWindow
from colorquant_gui.ui.notifications import Severity
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.presenter import Presenter
from colorquant_gui.ui.run_actions import RunActions
from colorquant_gui.ui.theatre import Theatre
from colorquant_gui.ui.theme import Scheme, apply_theme
from colorquant_gui.ui.unattended import Unattended

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    window, _, _ = _build(paths)
    return window


def _build(paths: Iterable[str | Path]) -> tuple[MainWindow, Session, Controller]:
    preferences = Preferences()
    session = Session(_remembered_settings(preferences))
    window = MainWindow()
    session.setParent(window)
    presenter = Presenter(session, window)
    controller = Controller(session, window, preferences, log_file())
    controller.modeChanged.connect(presenter.errors.update)
    window.canvas.colorsUnderPointer.connect(presenter.show_pixel)
    theatre = Theatre(session, window, preferences)
    RunActions(session, window, preferences, controller, theatre)
    links = Links(session, window, presenter.run)
    AdvisorPresenter(session, window, preferences, links)
    Escape(window, links, controller.presentation)
    for path in paths:
        controller.files.open_path(Path(path))
    return window, session, controller


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
    open_log()
    report_faults()
    window, session, controller = _build(options.images)
    if not options.images and options.unattended is not None:
        controller.files.open_sample()
    window.show()
    if engine.native is None:
        window.notifications.show_message(
            QCoreApplication.translate("App", engine.SLOW), Severity.WARNING
        )
    # Ctrl+C in the terminal ends the program
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if options.unattended is None:
        return app.exec()
    tour = Unattended(session, window, options.unattended)
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
