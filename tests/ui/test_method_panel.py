import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox, QToolButton

from colorquant_gui.ui.panels.method_panel import MethodPanel


@pytest.fixture
def panel(qtbot):
    panel = MethodPanel()
    qtbot.addWidget(panel)
    panel.add_choice("fruit", "&Fruit", [("a", "Apple", "Red"), ("b", "Banana", "Yellow")])
    panel.add_seed("See&d")
    panel.resize(420, 120)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_a_choice_made_by_hand_is_reported(panel, qtbot):
    box = panel.findChild(QComboBox, "fruitCombo")
    panel.set_choice("fruit", "a")
    box.setFocus()
    with qtbot.waitSignal(panel.choiceEdited) as caught:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert caught.args == ["fruit", "b"]


def test_a_choice_that_is_set_is_not(panel, qtbot):
    with qtbot.assertNotEmitted(panel.choiceEdited), qtbot.assertNotEmitted(panel.seedEdited):
        panel.set_choice("fruit", "b")
        panel.set_seed(7, matters=True)
    assert panel.findChild(QComboBox, "fruitCombo").currentText() == "Banana"
    assert panel.findChild(QSpinBox, "seedSpinBox").value() == 7


def test_a_seed_is_taken_when_typed_to_the_end(panel, qtbot):
    panel.set_seed(0, matters=True)
    spin = panel.findChild(QSpinBox, "seedSpinBox")
    spin.setFocus()
    spin.selectAll()
    seeds = []
    panel.seedEdited.connect(seeds.append)
    qtbot.keyClicks(spin, "42")
    assert seeds == []
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert seeds == [42]


def test_without_chance_the_seed_cannot_be_changed(panel, qtbot):
    panel.set_seed(0, matters=False)
    assert not panel.findChild(QSpinBox, "seedSpinBox").isEnabled()
    dice = panel.findChild(QToolButton, "newSeedButton")
    assert not dice.isEnabled()
    panel.set_seed(0, matters=True)
    with qtbot.waitSignal(panel.newSeedRequested):
        qtbot.mouseClick(dice, Qt.MouseButton.LeftButton)


def test_a_large_seed_is_shown_as_it_is(panel):
    panel.set_seed(123_456_789, matters=True)
    assert panel.findChild(QSpinBox, "seedSpinBox").value() == 123_456_789


def places(panel):
    box, spin = panel.findChild(QComboBox, "fruitCombo"), panel.findChild(QSpinBox)
    return [w.mapTo(panel, w.rect().topLeft()) for w in (box, spin)]


def test_a_narrow_panel_has_one_column(panel, qtbot):
    fruit, seed = places(panel)
    assert abs(fruit.y() - seed.y()) <= 4
    assert panel.minimumSizeHint().width() < 200
    panel.resize(220, 160)
    QApplication.processEvents()
    fruit, seed = places(panel)
    assert seed.y() > fruit.y() + 16
    assert abs(fruit.x() - seed.x()) <= 4
    panel.resize(420, 120)
    QApplication.processEvents()
    fruit, seed = places(panel)
    assert abs(fruit.y() - seed.y()) <= 4


def test_a_note_is_shown_below_the_choices(panel):
    note = panel.findChild(QLabel, "methodNote")
    assert not note.isVisible()
    panel.resize(420, 160)
    panel.set_note("The run failed.")
    QApplication.processEvents()
    assert note.isVisible()
    assert note.y() > max(place.y() for place in places(panel))
    panel.set_note("")
    assert not note.isVisible()
