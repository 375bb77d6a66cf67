"""The zoom field: what it shows, and what is typed or chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from colorquant_gui.ui.panels.zoom_field import ZoomField, zoom_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def field(qtbot: QtBot) -> ZoomField:
    window = QWidget()
    qtbot.addWidget(window)
    made = ZoomField()
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(QLineEdit("elsewhere"))
    made.keep = window  # type: ignore[attr-defined]
    made.set_presets((0.25, 1.0, 16.0))
    made.set_zoom(0.6)
    made.heard = []  # type: ignore[attr-defined]
    made.zoomEdited.connect(made.heard.append)  # type: ignore[attr-defined]
    made.zoomInRequested.connect(lambda: made.heard.append("in"))  # type: ignore[attr-defined]
    made.zoomOutRequested.connect(lambda: made.heard.append("out"))  # type: ignore[attr-defined]
    made.fitRequested.connect(lambda: made.heard.append("fit"))  # type: ignore[attr-defined]
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def type_into(field: ZoomField, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    edit = field.lineEdit()
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    if end is not None:
        QTest.keyClick(edit, end)


@pytest.mark.parametrize(
    ("zoom", "text"),
    [
        (1, "100 %"),
        (0.627, "63 %"),
        (16, "1,600 %"),
        (0.0625, "6.2 %"),
        (0.125, "12.5 %"),
        (0.2123, "21 %"),
        (0.05, "5 %"),
    ],
)
def test_a_zoom_in_words(zoom: float, text: str) -> None:
    assert zoom_text(zoom) == text


def test_it_shows_what_it_is_told_and_says_nothing(field: ZoomField) -> None:
    assert field.currentText() == "60 %"
    field.set_zoom(2.5)
    assert field.currentText() == "250 %"
    field.set_zoom(None)
    assert field.currentText() == ""
    assert field.heard == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("250", [2.5]),
        ("250 %", [2.5]),
        (" 12.5%", [0.125]),
        ("12,5", [0.125]),
        ("fit", ["fit"]),
        ("Fit", ["fit"]),
        ("0", []),
        ("large", []),
        ("", []),
    ],
)
def test_what_is_typed(field: ZoomField, text: str, said: list[object]) -> None:
    type_into(field, text) if text else type_into(field, " ")
    assert field.heard == said
    # until the canvas tells another one
    assert field.currentText() == "60 %"


def test_leaving_the_field_counts_and_escape_does_not(field: ZoomField) -> None:
    type_into(field, "300", None)
    field.parentWidget().findChild(QLineEdit, "").setFocus()
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Tab)
    assert field.heard == [3.0]
    type_into(field, "77", Qt.Key.Key_Escape)
    assert field.currentText() == "60 %"
    assert field.heard == [3.0]


def test_a_zoom_that_changes_meanwhile_does_not_wipe_out_what_is_typed(field: ZoomField) -> None:
    type_into(field, "15", None)
    field.set_zoom(0.7)
    assert field.currentText() == "15"
    QTest.keyClicks(field.lineEdit(), "0")
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    assert field.heard == [1.5]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_Up, "in"),
        (Qt.Key.Key_PageUp, "in"),
        (Qt.Key.Key_Down, "out"),
        (Qt.Key.Key_PageDown, "out"),
    ],
)
def test_arrows_step(field: ZoomField, key: Qt.Key, said: str) -> None:
    type_into(field, "77", None)
    QTest.keyClick(field.lineEdit(), key)
    assert field.heard == [said]
    # what was half typed is given up, and what comes is shown
    field.set_zoom(0.5)
    assert field.currentText() == "50 %"


def test_the_wheel_steps_once_for_a_notch(field: ZoomField) -> None:
    for delta in (120, -240, 60, 60, 30):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(field.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, delta),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(field, event)
        assert event.isAccepted()
    assert field.heard == ["in", "out", "out", "in"]


def test_the_list_has_fit_and_the_presets(field: ZoomField, qtbot: QtBot) -> None:
    assert [field.itemText(i) for i in range(field.count())] == [
        "Fit", "25 %", "100 %", "1,600 %",
    ]  # fmt: skip
    for index, said in ((0, "fit"), (3, 16.0)):
        field.showPopup()
        view = field.view()
        qtbot.waitUntil(view.isVisible)
        row = view.visualRect(field.model().index(index, 0))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
        qtbot.waitUntil(lambda: not field.view().isVisible())
        assert field.heard[-1] == said
        assert field.currentText() == "60 %"
