"""Messages: which one is shown, for how long, and how it goes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.ui import notifications
from colorquant_gui.ui.canvas import Canvas
from colorquant_gui.ui.message_label import MessageLabel
from colorquant_gui.ui.notification_stack import Notifications
from colorquant_gui.ui.notifications import NotificationBar, Severity
from colorquant_gui.ui.theme import apply_theme

LEFT = Qt.MouseButton.LeftButton
LONG = (
    "Could not open “holiday.jpg”: " + "the file is truncated and what is left is no picture. " * 20
)


@pytest.fixture
def bar(qtbot, qapp, monkeypatch):
    apply_theme(qapp, "light")
    monkeypatch.setattr(notifications, "INFO_MS", 150)
    window = QWidget()
    window.resize(600, 300)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    made = NotificationBar()
    layout.addWidget(made)
    layout.addWidget(QLineEdit(), 1, Qt.AlignmentFlag.AlignBottom)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.mouseMove(window, QPoint(300, 290))
    yield made
    made.clear()


def label(bar: NotificationBar) -> QLabel:
    return bar.findChild(QLabel, "notificationText")


def close_button(bar: NotificationBar) -> QToolButton:
    return bar.findChild(QToolButton, "notificationClose")


def test_it_takes_no_place_without_a_message(bar):
    assert not bar.isVisible()
    assert bar.message() == ""


def test_a_message_is_shown_and_announced(bar, monkeypatch):
    announced = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: announced.append((event.type(), getattr(event, "message", str)())),
    )
    bar.show_message("Could not open “a.png”: it is empty.", Severity.ERROR)
    assert bar.isVisible()
    assert label(bar).text() == "Could not open “a.png”: it is empty."
    assert bar.accessibleName() == label(bar).text()
    assert announced == [
        (QAccessible.Event.Alert, ""),
        (QAccessible.Event.Announcement, "Could not open “a.png”: it is empty."),
    ]


def test_an_info_goes_by_itself_and_an_error_stays(bar, qtbot):
    bar.show_message("Saved.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)
    for severity in (Severity.WARNING, Severity.ERROR):
        bar.show_message(f"Bad {severity}.", severity)
        QTest.qWait(400)
        assert bar.isVisible()
        bar.dismiss()


def test_an_info_waits_for_who_is_reading_it(bar, qtbot):
    bar.show_message("Saved.")
    QApplication.processEvents()
    QTest.mouseMove(bar, QPoint(100, 10))
    qtbot.waitUntil(bar.underMouse)
    QTest.qWait(400)
    assert bar.isVisible()
    QTest.mouseMove(bar.window(), QPoint(300, 290))
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)


def test_the_real_time_is_six_seconds(qtbot):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    bar.show_message("Saved.")
    assert bar._timer.interval() == 6000
    assert bar._timer.isActive()
    bar.hide()
    assert not bar._timer.isActive()
    bar.show()
    assert bar._timer.isActive()
    bar.close()
    assert not bar._timer.isActive()


def test_the_button_closes(bar):
    bar.show_message("Bad.", Severity.ERROR)
    assert close_button(bar).accessibleName() == "Close this message"
    QTest.mouseClick(close_button(bar), LEFT)
    assert not bar.isVisible()
    assert bar.message() == ""


def test_escape_closes_wherever_the_focus_is(bar):
    line = bar.window().findChild(QLineEdit)
    for widget in (line, close_button(bar), bar.window()):
        bar.show_message("Bad.", Severity.ERROR)
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Escape)
        assert not bar.isVisible()


def test_escape_is_others_once_it_is_closed(bar):
    got = []
    bar.window().keyPressEvent = lambda event: got.append(event.key())
    bar.show_message("Bad.", Severity.ERROR)
    line = bar.window().findChild(QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert got == []
    QTest.keyClick(line, Qt.Key.Key_Escape)
    QTest.keyClick(line, Qt.Key.Key_F7)
    assert got == [Qt.Key.Key_Escape, Qt.Key.Key_F7]


def test_the_action_runs_once_and_closes(bar):
    ran = []
    bar.show_message(
        "Saved.", action_text="Show in folder", action=lambda: ran.append(bar.message())
    )
    button = bar.findChild(QPushButton, "notificationAction")
    assert button.isVisible()
    assert button.text() == "Show in folder"
    QTest.mouseClick(button, LEFT)
    assert ran == [""]
    assert not bar.isVisible()
    bar.show_message("Plain.")
    assert not button.isVisible()


def test_an_action_may_show_the_next_message(bar):
    bar.show_message("One.", action_text="Go", action=lambda: bar.show_message("Two."))
    QTest.mouseClick(bar.findChild(QPushButton, "notificationAction"), LEFT)
    assert bar.message() == "Two."


def shown_in_turn(bar: NotificationBar) -> list[str]:
    seen = []
    while bar.message():
        seen.append(bar.message())
        bar.dismiss()
    return seen


def test_an_info_gives_way_to_anything(bar):
    bar.show_message("one")
    bar.show_message("two")
    assert shown_in_turn(bar) == ["two"]
    bar.show_message("one")
    bar.show_message("bad", Severity.ERROR)
    assert shown_in_turn(bar) == ["bad"]


def test_the_worst_is_shown_and_of_those_the_latest(bar):
    bar.show_message("w1", Severity.WARNING)
    bar.show_message("i1")
    bar.show_message("w2", Severity.WARNING)
    bar.show_message("i2")
    bar.show_message("e1", Severity.ERROR)
    bar.show_message("e2", Severity.ERROR)
    bar.show_message("e1", Severity.ERROR)
    assert bar.message() == "e1"
    assert shown_in_turn(bar) == ["e1", "e2", "w2", "w1", "i2"]
    assert not bar.isVisible()


def test_clear_forgets_all(bar):
    bar.show_message("e1", Severity.ERROR)
    bar.show_message("e2", Severity.ERROR)
    bar.clear()
    assert not bar.isVisible()
    assert bar.message() == ""


def test_a_long_text_wraps_to_three_lines_and_ends_in_an_ellipsis(bar):
    bar.show_message("Short.", Severity.ERROR)
    QApplication.processEvents()
    spacing = QFontMetrics(label(bar).font()).lineSpacing()
    low = bar.height()
    bar.dismiss()
    bar.show_message(LONG, Severity.ERROR)
    QApplication.processEvents()
    lines = label(bar).text().split("\n")
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    metrics = QFontMetrics(label(bar).font())
    assert all(metrics.horizontalAdvance(line) <= label(bar).width() for line in lines)
    assert label(bar).height() >= 3 * spacing
    assert low < bar.height() < low + 3 * spacing
    assert label(bar).toolTip() == LONG
    assert bar.message() == LONG
    assert bar.window().width() == 600


def test_a_wider_window_shows_more(bar):
    text = "A sentence that needs two lines here, and one where there is more room for it to be."
    bar.window().resize(360, 300)
    bar.show_message(text, Severity.WARNING)
    QApplication.processEvents()
    assert label(bar).text().count("\n") == 1
    assert label(bar).text().replace("\n", " ") == text
    assert label(bar).toolTip() == ""
    bar.window().resize(900, 300)
    QApplication.processEvents()
    assert label(bar).text() == text


def test_a_name_without_spaces_is_broken_anywhere(bar):
    name = "x" * 150
    bar.show_message(name, Severity.ERROR)
    QApplication.processEvents()
    assert label(bar).text().replace("\n", "") == name
    assert label(bar).text().count("\n") >= 1


def test_text_can_be_taken_along(bar):
    bar.show_message("Could not open “a.png”.", Severity.ERROR)
    QApplication.processEvents()
    label(bar).setFocus()
    QTest.keyClick(label(bar), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert label(bar).selectedText() == "Could not open “a.png”."


def test_markup_in_a_file_name_stays_text(bar):
    bar.show_message("Could not open “<b>a</b>.png”.", Severity.ERROR)
    assert label(bar).text() == "Could not open “<b>a</b>.png”."
    assert label(bar).textFormat() == Qt.TextFormat.PlainText


def test_each_severity_looks_its_own(bar):
    looks = []
    for severity in Severity:
        bar.show_message("Same text", severity)
        QApplication.processEvents()
        looks.append(bar.grab().toImage())
        bar.clear()
    assert looks[0] != looks[1] != looks[2] != looks[0]


# -- over the picture ----------------------------------------------------------------------------


@pytest.fixture
def host(qtbot, qapp, monkeypatch):
    apply_theme(qapp, "light")
    monkeypatch.setattr(notifications, "INFO_MS", 250)
    made = QWidget()
    made.resize(800, 600)
    made.avoided = []
    made.messages = Notifications()
    made.messages.lie_over(made, lambda: made.avoided)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    QTest.mouseMove(made, QPoint(300, 590))
    yield made
    made.messages.clear()


def test_an_info_is_seen_at_once_whatever_is_wrong(host, qtbot):
    host.messages.show_message("e1", Severity.ERROR)
    host.messages.show_message("e2", Severity.ERROR)
    host.messages.show_message("Copied.")
    assert host.messages.message() == "e2\nCopied."
    bars = host.messages.findChildren(NotificationBar)
    assert [bar.isVisible() for bar in bars] == [True, True]
    assert bars[0].geometry().bottom() < bars[1].geometry().top()
    qtbot.waitUntil(lambda: host.messages.message() == "e2")
    host.messages.dismiss()
    assert host.messages.message() == "e1"
    host.messages.dismiss()
    assert not host.messages.isVisible()


def test_escape_closes_them_one_by_one(host):
    host.messages.show_message("Bad.", Severity.ERROR)
    host.messages.show_message("Copied.")
    left = []
    for _ in range(2):
        QTest.keyClick(host, Qt.Key.Key_Escape)
        left.append(host.messages.message().count("."))
    assert left == [1, 0]


def test_they_lie_at_the_top_in_the_middle_and_move_nothing(host):
    host.messages.show_message("Bad.", Severity.ERROR)
    place = host.messages.geometry()
    assert host.rect().contains(place)
    assert abs(place.center().x() - 400) <= 1
    assert place.top() == 16
    host.messages.show_message(LONG, Severity.ERROR)
    assert host.messages.width() == 560
    host.resize(400, 300)
    QApplication.processEvents()
    assert host.messages.geometry().left() == 16
    assert host.messages.geometry().right() == 383


def test_they_leave_captions_free_where_there_is_room(host):
    host.avoided = [QRectF(350, 10, 90, 30), QRectF(380, 45, 90, 30), QRectF(0, 90, 100, 30)]
    host.messages.show_message("Bad.", Severity.ERROR)
    place = QRectF(host.messages.geometry())
    assert place.top() == 83
    assert not any(place.intersects(area) for area in host.avoided)
    # never in the middle of the picture
    host.messages.clear()
    host.avoided = [QRectF(0, 0, 800, 400)]
    host.messages.show_message("Bad.", Severity.ERROR)
    assert host.messages.geometry().top() == 16


def test_what_is_beside_them_can_be_clicked(host):
    host.messages.show_message("Bad.", Severity.ERROR)
    place = host.messages.geometry()
    assert host.childAt(place.center()) is not None
    for beside in (QPoint(place.left() - 2, place.center().y()), QPoint(400, place.bottom() + 3)):
        assert host.childAt(beside) is None


def test_the_canvas_tells_where_its_captions_and_its_grip_are(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 500)
    canvas.show()
    assert canvas.captioned() == []
    numbers = np.zeros((100, 200), np.int32)
    canvas.set_picture(np.full((100, 200, 3), 90, np.uint8), None, numbers)
    canvas.set_labels(np.zeros(1, np.uint8), np.full((1, 3), 90, np.uint8))
    original, result, grip = canvas.captioned()
    image = canvas.grab().toImage()
    # captions are dark, the picture is grey, the grip is white
    for caption in (original, result):
        assert image.pixelColor(caption.center().toPoint()).lightness() != 90
        assert image.pixelColor(caption.topLeft().toPoint() + QPoint(3, 3)).lightness() < 60
        assert image.pixelColor(caption.bottomLeft().toPoint() + QPoint(4, 4)).lightness() == 90
    assert original.right() < grip.center().x() < result.left()
    assert image.pixelColor(grip.center().toPoint() + QPoint(-11, 0)).lightness() == 255


def test_a_short_message_has_one_line_whatever_the_fractions_of_its_letters(qtbot):
    label = MessageLabel()
    qtbot.addWidget(label)
    label.show()
    for number in range(60):
        label.set_full_text(f"Copied #{number:06X} of frame {'i' * (number % 7)}")
        label.resize(label.sizeHint())
        assert "\n" not in label.text()
