"""What is said beside the curve over k, by real mouse, keys and pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from colorquant_gui.core.advisor import MissingColor
from colorquant_gui.ui.charts import AdvisorPanel
from colorquant_gui.ui.theme import apply_theme
from tests.ui.chart_bench import LEFT


@pytest.fixture(autouse=True)
def light(qapp):
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


@pytest.fixture
def panel(qtbot):
    made = AdvisorPanel()
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.show()
    qtbot.waitExposed(made)
    made.said = []
    for name in ("targetEdited", "kEdited", "missingColorShown"):
        signal = getattr(made, name)
        signal.connect(lambda *args, name=name: made.said.append((name, *args)))
    return made


def missing(rgb: tuple[int, int, int], k: int | None) -> MissingColor:
    return MissingColor(rgb, 0.021, 31.4, k, np.zeros(1, np.int32))


def test_the_suggestion_is_taken_by_a_button_that_goes_when_it_is_in_use(panel):
    take = panel.findChild(QToolButton, "kCurveTakeElbow")
    label = panel.findChild(QLabel, "kCurveElbow")
    assert not label.isVisible()
    assert not take.isVisible()
    panel.set_suggestion(13, "Up to there much is gained.", "What that means.")
    panel.set_current_k(16)
    assert (take.isVisible(), take.text()) == (True, "Use k = 13")
    assert (label.text(), label.toolTip()) == ("▲ Up to there much is gained.", "What that means.")
    width = label.width()
    QTest.mouseClick(take, LEFT)
    assert panel.said == [("kEdited", 13)]
    panel.set_current_k(13)
    assert not take.isVisible()
    # the sentence stays as wide, or it would take other lines
    QApplication.processEvents()
    assert label.width() == width
    panel.set_current_k(14)
    assert take.isVisible()
    panel.set_suggestion(None)
    assert not take.isVisible()
    assert not label.isVisible()


def test_a_question_by_the_keyboard(panel):
    kind = panel.findChild(QComboBox, "advisorTargetKind")
    value = panel.findChild(QDoubleSpinBox, "advisorTargetValue")
    assert panel.target() == ("psnr", 35.0)
    assert value.text() == "35.0 dB"
    value.setFocus()
    value.selectAll()
    QTest.keyClicks(value, "40")
    assert panel.said == []
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert panel.said == [("targetEdited", "psnr", 40.0)]
    panel.said.clear()
    QTest.keyClick(kind, Qt.Key.Key_End)
    assert panel.said == [("targetEdited", "n_bytes", 500_000.0)]
    assert value.text() == "500.0 kB"
    panel.said.clear()
    QTest.keyClick(value, Qt.Key.Key_Up)
    assert panel.said == [("targetEdited", "n_bytes", 510_000.0)]
    # each kind keeps its value
    QTest.keyClick(kind, Qt.Key.Key_Home)
    assert panel.said[-1] == ("targetEdited", "psnr", 40.0)


def test_setting_a_target_says_nothing(panel):
    panel.set_target("mean_de", 1.25)
    assert panel.target() == ("mean_de", 1.25)
    assert panel.findChild(QDoubleSpinBox, "advisorTargetValue").text() == "1.25"
    assert panel.said == []


def test_a_target_out_of_reach_of_the_keyboard_is_brought_into_it(panel):
    for kind, value, expected in (("psnr", 1e9, 99.0), ("n_bytes", 1.0, 100.0)):
        panel.set_target(kind, value)
        assert panel.target() == (kind, expected)


def test_the_question_goes_the_way_of_its_answer(panel):
    question = panel.findChild(QLabel, "advisorQuestion")
    for kind, words in (("n_bytes", "&Largest k with"), ("psnr", "&Smallest k with")):
        panel.set_target(kind, 50.0)
        assert question.text() == words


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("0", "5.0 dB"), ("250", "25.0 dB"), ("-7", "7.0 dB"), ("abc", "35.0 dB"), ("", "35.0 dB")],
)
def test_what_can_not_be_asked_is_not_taken_in_or_brought_into_range(panel, typed, shown):
    value = panel.findChild(QDoubleSpinBox, "advisorTargetValue")
    value.setFocus()
    value.selectAll()
    QTest.keyClick(value, Qt.Key.Key_Delete)
    QTest.keyClicks(value, typed)
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert value.text() == shown


def test_a_question_that_can_not_be_asked_is_out_of_reach(panel):
    panel.set_question_enabled(False)
    for kind, name in ((QComboBox, "advisorTargetKind"), (QDoubleSpinBox, "advisorTargetValue")):
        assert not panel.findChild(kind, name).isEnabled()
    panel.set_question_enabled(True)
    assert panel.findChild(QComboBox, "advisorTargetKind").isEnabled()


@pytest.mark.parametrize("kind", ["psnr", "n_bytes"])
def test_in_a_narrow_window_everything_but_the_distance_has_its_place(panel, kind):
    panel.set_missing([missing((246, 201, 69), 117)])
    panel.set_target(kind, 123_456.0)
    panel.set_target_answer("", 200)
    far = panel.findChild(QLabel, "missingColor0Far")
    panel.resize(420, 400)
    QApplication.processEvents()
    assert far.width() >= far.sizeHint().width()
    assert panel.minimumSizeHint().width() <= 303
    panel.resize(panel.minimumSizeHint().width(), 400)
    QApplication.processEvents()
    buttons = [*panel.findChildren(QPushButton), *panel.findChildren(QToolButton)]
    buttons += panel.findChildren(QComboBox)
    for button in (button for button in buttons if button.isVisible()):
        assert button.width() >= min(button.sizeHint().width(), button.minimumSizeHint().width())
        assert panel.rect().contains(button.mapTo(panel, button.rect().bottomRight()))


def test_an_answer_can_be_taken(panel):
    button = panel.findChild(QPushButton, "advisorUse")
    assert not button.isVisible()
    panel.set_current_k(16)
    panel.set_target_answer("", 23)
    assert not panel.findChild(QLabel, "advisorAnswer").isVisible()
    assert button.isVisible()
    assert button.text() == "Use k = 23"
    QTest.mouseClick(button, LEFT)
    assert panel.said == [("kEdited", 23)]
    panel.set_current_k(23)
    assert (button.isEnabled(), button.text()) == (False, "k = 23 is in use")
    panel.set_target_answer("No k up to 256 reaches 60.0 dB.", None)
    assert not button.isVisible()
    assert panel.findChild(QLabel, "advisorAnswer").text() == "No k up to 256 reaches 60.0 dB."


def test_what_is_still_open_takes_no_row_of_its_own(panel):
    words = "k = 200 does; the smallest is 158 or more."
    question = panel.findChild(QPushButton, "advisorUse").parentWidget()
    panel.resize(470, 400)
    panel.set_target_answer("", 200)
    QApplication.processEvents()
    height = question.sizeHint().height()
    brief, answer = (
        panel.findChild(QLabel, "advisorBrief"),
        panel.findChild(QLabel, "advisorAnswer"),
    )
    without = panel.grab().toImage()
    panel.set_target_answer(words, 200, "158–200")
    QApplication.processEvents()
    assert (brief.text(), brief.toolTip(), answer.isVisible()) == ("158–200", words, False)
    assert panel.findChild(QPushButton, "advisorUse").toolTip() == words
    assert question.sizeHint().height() == height
    assert panel.grab().toImage() != without
    # where there is no room for it, it goes, and nothing else
    panel.resize(panel.minimumSizeHint().width(), 400)
    QApplication.processEvents()
    assert panel.findChild(QPushButton, "advisorUse").isVisible()
    panel.set_target_answer("No k reaches that.", None)
    assert (brief.text(), answer.isVisible(), answer.text()) == ("", True, "No k reaches that.")


def test_a_picture_with_few_colours_is_told(panel):
    label = panel.findChild(QLabel, "advisorNote")
    assert not label.isVisible()
    panel.set_note("This image has only 5 colours: nothing is to be gained above k = 5.")
    assert label.isVisible()
    panel.set_note("")
    assert not label.isVisible()


def test_missing_colours_are_shown_and_got(panel):
    panel.set_missing([missing((246, 201, 69), 17), missing((40, 20, 120), None)])
    QApplication.processEvents()
    texts = [
        panel.findChild(QLabel, f"missingColor0{kind}").text() for kind in ("Name", "Share", "Far")
    ]
    assert texts == ["#F6C945", "2.1 %", "ΔE 31"]
    swatch = panel.grab().toImage()
    name = panel.findChild(QLabel, "missingColor0Name")
    place = name.mapTo(panel, name.rect().center())
    row = [swatch.pixelColor(x, place.y()).name() for x in range(place.x())]
    assert row.count("#f6c945") > 12
    show = [panel.findChild(QToolButton, f"missingColor{i}Show") for i in range(2)]
    take = [panel.findChild(QToolButton, f"missingColor{i}Take") for i in range(2)]
    assert take[0].text() == "Use k = 17"
    assert not take[1].isVisible()
    QTest.mouseClick(show[0], LEFT)
    QTest.mouseClick(show[1], LEFT)
    assert not show[0].isChecked()
    QTest.mouseClick(show[1], LEFT)
    QTest.mouseClick(take[0], LEFT)
    shown = "missingColorShown"
    assert panel.said == [(shown, 0), (shown, 1), (shown, -1), ("kEdited", 17)]


def test_a_new_list_keeps_what_is_shown_if_it_is_still_there(panel):
    yellow, blue = missing((246, 201, 69), 17), missing((40, 20, 120), None)
    panel.set_missing([yellow, blue])
    panel.show_missing(1)
    panel.set_missing([blue])
    assert panel.findChild(QToolButton, "missingColor0Show").isChecked()
    panel.set_missing([yellow])
    assert not panel.findChild(QToolButton, "missingColor0Show").isChecked()
    assert not panel.findChild(QLabel, "missingColor1Name").isVisible()
    assert panel.said == []


def test_none_missing_and_not_known_yet_differ(panel):
    box, none = (
        panel.findChild(QWidget, "missingColors"),
        panel.findChild(QLabel, "missingColorsNone"),
    )
    assert not box.isVisible()
    panel.set_missing([])
    assert none.isVisible()
    panel.set_missing([missing((1, 2, 3), 4)])
    assert not none.isVisible()
    panel.set_missing(None)
    assert not box.isVisible()
