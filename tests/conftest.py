"""What every test stands on: a settled environment, and no test that leaves something behind."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import sys
import tempfile
import threading
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GRACE_S = 0.5
_HOME = Path(tempfile.mkdtemp(prefix="colorquant-tests-"))


def _settle_environment() -> None:
    """Make a person's desktop, language and settings invisible. Must come before Qt is loaded."""
    os.environ.update(
        LC_ALL="C.UTF-8",
        LANGUAGE="en",
        LIBGL_ALWAYS_SOFTWARE="1",
        XDG_CACHE_HOME=str(_HOME / "cache"),
        XDG_CONFIG_HOME=str(_HOME / "config"),
        XDG_DATA_HOME=str(_HOME / "data"),
        XDG_RUNTIME_DIR=str(_HOME / "run"),
    )
    for name in ("cache", "config", "data", "run"):
        (_HOME / name).mkdir(mode=0o700)
    for name in list(os.environ):
        if name.startswith("QT_") and name != "QT_QPA_PLATFORM":
            del os.environ[name]
    for name in ("WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"):
        os.environ.pop(name, None)
    if sys.platform == "linux":
        # pytest-xvfb's screen, also where the person's own desktop is Wayland
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb")


_settle_environment()

from PySide6.QtCore import (  # noqa: E402 - Qt reads the environment when it is loaded
    QCoreApplication,
    QEvent,
    QLocale,
    QSettings,
    QStandardPaths,
    Qt,
    QThread,
    QThreadPool,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget  # noqa: E402
from shiboken6 import getCppPointer, isValid  # noqa: E402

# a busy machine is no failure; where CI is set, hypothesis draws the same examples each time
settings.register_profile("colorquant", settings(), deadline=None)
settings.load_profile("colorquant")
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
QCoreApplication.setOrganizationName("ColorQuant")
QStandardPaths.setTestModeEnabled(True)
QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def pytest_collection_finish() -> None:
    """Spare the collector what stays until the end: it is called after most tests of widgets."""
    # what the program loads only when it draws
    for name in ("OpenGL.GL", "pyqtgraph.opengl", "colorquant_gui.ui.space3d.gl_offscreen"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Dress the program for every test as it is for a person, whatever ran before."""
    from colorquant_gui.ui.theme import apply_theme

    apply_theme(qapp, "light")
    _worn.update(_look(qapp))
    return qapp


# How the program looks at the start of each test; nothing before there is one.
_worn: dict[str, Any] = {}


def _look(app: QApplication) -> dict[str, Any]:
    """Return what an application has that every widget follows."""
    style = app.style().metaObject().className() if app.style() is not None else ""
    return {
        "style": style,
        "style sheet": app.styleSheet(),
        "palette": app.palette(),
        "palette of menus": app.palette("QMenu"),
        "palette of tooltips": QToolTip.palette(),
        "font": app.font(),
        "font of menus": app.font("QMenu"),
        "font of tooltips": QToolTip.font(),
        "colour scheme": app.styleHints().colorScheme(),
        "direction of text": app.layoutDirection(),
        "language": QLocale(),
        "scale": [screen.devicePixelRatio() for screen in app.screens()],
        "name": (app.organizationName(), app.applicationName(), app.applicationDisplayName()),
        "quitting with the last window": app.quitOnLastWindowClosed(),
        "cursor": app.overrideCursor() is not None,
    }


def _dress_again(app: QApplication) -> None:
    """Undo what can be undone, so that the tests after this one are not blamed for it."""
    app.setStyleSheet(_worn["style sheet"])
    app.setPalette(_worn["palette"])
    app.setPalette(_worn["palette of menus"], "QMenu")
    QToolTip.setPalette(_worn["palette of tooltips"])
    app.setFont(_worn["font"])
    app.setFont(_worn["font of menus"], "QMenu")
    QToolTip.setFont(_worn["font of tooltips"])
    app.setLayoutDirection(_worn["direction of text"])
    QLocale.setDefault(_worn["language"])
    organization, name, shown_name = _worn["name"]
    app.setOrganizationName(organization)
    app.setApplicationName(name)
    app.setApplicationDisplayName(shown_name)
    app.setQuitOnLastWindowClosed(_worn["quitting with the last window"])
    while app.overrideCursor() is not None:
        app.restoreOverrideCursor()


@pytest.fixture(autouse=True)
def _same_look() -> Iterator[None]:
    """Fail a test that leaves the program looking other than it was."""
    yield
    app = QCoreApplication.instance()
    if not _worn or not isinstance(app, QApplication):
        return
    now = _look(app)
    changed = [name for name, before in _worn.items() if now[name] != before]
    if changed:
        _dress_again(app)
        # what could not be undone is what the next test finds
        _worn.update(_look(app))
        pytest.fail("left changed: " + ", ".join(changed), pytrace=False)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test settings that no other test and no person has touched."""
    folder = str(tmp_path_factory.getbasetemp() / "settings")
    shutil.rmtree(folder, ignore_errors=True)
    for file_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(file_format, scope, f"{folder}/{scope.name}")


@pytest.fixture(autouse=True)
def _empty_clipboard(_no_leaks: None) -> Iterator[None]:
    yield
    app = QCoreApplication.instance()
    # the virtual screen has a clipboard of its own; elsewhere, leave alone what is not ours
    if isinstance(app, QApplication) and (
        sys.platform == "linux" or app.clipboard().ownsClipboard()
    ):
        app.clipboard().clear()


class _Started:
    """Remembers the Qt objects on which a method was called, as long as they live."""

    def __init__(self, patch: pytest.MonkeyPatch, owner: type, method: str) -> None:
        self.objects: list[weakref.ref[Any]] = []
        original = getattr(owner, method)

        def remember(this: Any, *args: Any, **options: Any) -> Any:
            self.objects.append(weakref.ref(this))
            return original(this, *args, **options)

        patch.setattr(owner, method, remember)

    def alive(self) -> list[Any]:
        found = {id(o): o for o in (ref() for ref in self.objects) if o is not None and isValid(o)}
        return list(found.values())


def _threads() -> set[threading.Thread]:
    # a QThread that ran Python code stays listed as a dummy for ever
    return {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}


def _windows() -> dict[int, QWidget]:
    if not isinstance(QCoreApplication.instance(), QApplication):
        return {}
    # a tooltip belongs to Qt, which deletes it when it likes
    return {
        getCppPointer(w)[0]: w
        for w in QApplication.topLevelWidgets()
        if w.metaObject().className() != "QTipLabel"
    }


def _describe(thing: Any) -> str:
    name = getattr(thing, "objectName", lambda: "")()
    return f"{type(thing).__name__} {name!r}" if name else repr(thing)


def _within_grace(leaks: Callable[[], list[str]]) -> list[str]:
    """Ask again until nothing leaks, or what was asked to end has had the time to."""
    deadline = time.monotonic() + _GRACE_S
    found = leaks()
    asked = 0
    while found and time.monotonic() < deadline:
        # collecting costs more than all the rest, and is seldom needed
        if asked == 1:
            gc.collect()
        asked += 1
        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(0.002)
        found = leaks()
    return found


@pytest.fixture(autouse=True)
def _no_leaks(_same_look: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a thread, an active timer or a window behind."""
    timers = _Started(monkeypatch, QTimer, "start")
    qthreads = _Started(monkeypatch, QThread, "start")
    threads_before, windows_before = _threads(), set(_windows())
    yield

    def leaks() -> list[str]:
        found = [f"thread {t.name}" for t in _threads() - threads_before]
        found += [f"running QThread {_describe(t)}" for t in qthreads.alive() if t.isRunning()]
        found += [f"active timer {_describe(t)}" for t in timers.alive() if t.isActive()]
        if busy := QThreadPool.globalInstance().activeThreadCount():
            found.append(f"{busy} busy threads of the global QThreadPool")
        now = _windows()
        found += [f"window {_describe(now[p])}" for p in now.keys() - windows_before]
        return found

    found = _within_grace(leaks)
    # so that the tests after this one are not blamed for it
    for timer in timers.alive():
        timer.stop()
    for pointer, window in _windows().items():
        if pointer not in windows_before:
            window.close()
            window.deleteLater()
    if found:
        pytest.fail("left behind: " + "; ".join(found), pytrace=False)
