"""The fixtures of conftest.py do fail the tests that they are there to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

_LEAKS = """
import threading, time
import pytest
from PySide6.QtCore import QThread, QTimer, Qt, qWarning
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

kept = []

def test_thread():
    stop = threading.Event()
    kept.append(threading.Thread(target=stop.wait, args=(5,), daemon=True))
    kept[-1].start()

def test_qthread(qapp):
    thread = QThread()
    kept.append(thread)
    thread.start()

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(60000)

def test_window(qapp):
    kept.append(QLabel("hello"))
    kept[-1].show()

def test_unshown_window(qapp):
    kept.append(QWidget())

def test_slot(qtbot):
    def slot():
        raise ValueError("in a slot")
    QTimer.singleShot(0, slot)
    qtbot.wait(20)

def test_qt_warning(qapp):
    qWarning("something is off")

def test_python_warning():
    import warnings
    warnings.warn("old")

def test_unraisable():
    class Bad:
        def __del__(self):
            raise ValueError("in a finaliser")
    Bad()

def test_thread_exception():
    def fail():
        raise ValueError("in a thread")
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

def test_style_sheet(qapp):
    qapp.setStyleSheet("")

def test_palette(qapp):
    qapp.setPalette(QPalette(QColor("black")))

def test_font(qapp):
    font = qapp.font()
    font.setPointSize(30)
    qapp.setFont(font)
    QToolTip.setFont(font)

def test_cursor(qapp):
    qapp.setOverrideCursor(Qt.CursorShape.WaitCursor)

def test_name(qapp):
    qapp.setApplicationDisplayName("mine")

def test_others_are_not_blamed(qapp):
    assert "QToolTip" in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(0xF0, 0xF0, 0xF0)
    assert qapp.font().pointSize() < 30 and QToolTip.font().pointSize() < 30
    assert qapp.overrideCursor() is None
"""

_CLEAN = """
import threading
from pathlib import Path
import pytest
from PySide6.QtCore import QCoreApplication, QSettings, QStandardPaths, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QLabel

def test_all_put_away(qtbot, tmp_path):
    label = QLabel("hello")
    qtbot.addWidget(label)
    label.show()
    timer = QTimer(label)
    timer.start(60000)
    forgotten = QTimer()
    forgotten.start(60000)
    cycle = [forgotten]
    cycle.append(cycle)
    thread = QThread()
    thread.start()
    thread.quit()
    assert thread.wait(5000)
    late = threading.Timer(0.05, lambda: None)
    late.start()

@pytest.mark.parametrize("turn", [1, 2])
def test_settings_are_new_each_time(qapp, turn):
    assert qapp.organizationName() == "ColorQuant"
    assert qapp.applicationName() == "ColorQuant"
    assert QSettings().value("turn") is None
    assert not QSettings().fileName().startswith(str(Path.home() / ".config"))
    QSettings().setValue("turn", turn)

@pytest.mark.parametrize("turn", [1, 2])
def test_clipboard_is_empty_each_time(qapp, turn):
    assert qapp.clipboard().text() == ""
    qapp.clipboard().setText("mine")

def test_dressed_otherwise_for_a_while(qapp):
    sheet, font = qapp.styleSheet(), qapp.font()
    qapp.setStyleSheet("QLabel { color: red; }")
    qapp.setOverrideCursor(Qt.CursorShape.WaitCursor)
    qapp.restoreOverrideCursor()
    qapp.setStyleSheet(sheet)
    assert font == qapp.font()

def test_opengl_contexts_are_shared(qapp):
    assert QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A pytest run of its own with this project's settings and fixtures."""
    here = Path(__file__).parent
    pytester.makeconftest((here / "conftest.py").read_text("utf-8"))
    pytester.makepyprojecttoml((here.parent / "pyproject.toml").read_text("utf-8"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return pytester


def test_what_is_left_behind_fails(inner: pytest.Pytester) -> None:
    file = inner.makepyfile(_LEAKS)
    result = inner.runpytest_subprocess("--no-xvfb", "-v", file)
    result.stdout.fnmatch_lines_random(
        [
            "*::test_thread PASSED*",
            "*::test_thread ERROR*",
            "*::test_qthread ERROR*",
            "*::test_timer ERROR*",
            "*::test_window ERROR*",
            "*::test_unshown_window ERROR*",
            "*::test_slot FAILED*",
            "*::test_qt_warning FAILED*",
            "*::test_python_warning FAILED*",
            "*::test_unraisable *",
            "*::test_thread_exception FAILED*",
            "*left behind: thread Thread-1*",
            "*left behind: running QThread *",
            "*left behind: active timer *",
            "*left behind: window *QLabel*",
            "*left behind: window *QWidget*",
            "*in a slot*",
            "*something is off*",
            "*in a finaliser*",
            "*left changed: *style sheet*",
            "*left changed: *palette*",
            "*left changed: font*font of tooltips*",
            "*left changed: cursor*",
            "*left changed: name*",
            "*::test_others_are_not_blamed PASSED*",
        ]
    )
    result.assert_outcomes(passed=11, failed=5, errors=10)


def test_what_is_put_away_passes(inner: pytest.Pytester) -> None:
    file = inner.makepyfile(_CLEAN)
    inner.runpytest_subprocess("--no-xvfb", file).assert_outcomes(passed=7)
