"""The palette: what is painted where, and what a click takes along."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from colorquant_gui.ui.panels.palette_view import PaletteView
from colorquant_gui.ui.panels.swatch_grid import SwatchGrid
from colorquant_gui.ui.theme import apply_theme, scheme_palette
from tests.ui.pointing import move

LEFT = Qt.MouseButton.LeftButton
THREE = np.array([[255, 0, 0], [0, 128, 0], [1, 2, 255]], np.uint8)
COUNTS = np.array([100, 300, 1_600_000])


@pytest.fixture
def view(qtbot, qapp):
    apply_theme(qapp, "light")
    made = PaletteView()
    qtbot.addWidget(made)
    made.resize(416, 128)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.clearFocus()
    yield made
    QToolTip.hideText()


def colors(n: int) -> np.ndarray:
    return np.random.default_rng(n).integers(0, 256, (n, 3), dtype=np.uint8)


def painted(view: PaletteView, point: QPoint) -> tuple[int, int, int]:
    return view.grab().toImage().pixelColor(point).getRgb()[:3]


@pytest.mark.parametrize("n", [1, 2, 3, 7, 16, 100, 255, 256])
@pytest.mark.parametrize("size", [(160, 80), (416, 128), (200, 600), (900, 90)])
def test_every_colour_is_painted_in_its_order(view, n, size):
    view.resize(*size)
    entries = colors(n)
    view.set_palette_colors(entries, np.ones(n, int))
    picture = view.grab().toImage()
    for index, color in enumerate(entries.tolist()):
        centre = view.swatch_rect(index).center()
        assert picture.pixelColor(centre).getRgb()[:3] == tuple(color)
        assert view.index_at(centre) == index


@pytest.mark.parametrize("n", [1, 2, 5, 16, 37, 256])
@pytest.mark.parametrize("area", [QRect(8, 28, 400, 92), QRect(0, 0, 100, 900), QRect(3, 5, 48, 7)])
def test_swatches_stay_inside_and_apart(n, area):
    rects = SwatchGrid(n, area).rects
    assert len(rects) == n
    drawn = [rect for rect in rects if not rect.isEmpty()]
    for index, rect in enumerate(drawn):
        assert area.contains(rect)
        assert not any(rect.intersects(other) for other in drawn[:index])
    widths = {rect.width() for rect in drawn}
    assert max(widths) - min(widths) <= 1
    assert len({rect.height() for rect in drawn}) == 1


def test_swatches_are_as_large_as_they_fit():
    area = QRect(0, 0, 400, 100)
    grid = SwatchGrid(16, area)
    # two rows of 8, each 50 high: three rows would be 33, one row 25 wide
    assert (grid.columns, grid.rects[0].height(), grid.rects[0].width()) == (8, 48, 48)
    assert grid.rects[7].right() == area.right()
    assert SwatchGrid(2, area).columns == 2


def test_the_strip_gives_each_colour_its_share(view):
    entries = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    view.set_palette_colors(entries, np.array([100, 200, 100]))
    picture = view.grab().toImage()
    names = [picture.pixelColor(x, 14).name() for x in range(8, 408)]
    assert names.count("#ff0000") == 100
    assert names.count("#00ff00") == 200
    assert names.count("#0000ff") == 100
    assert names == sorted(names, key=["#ff0000", "#00ff00", "#0000ff"].index)
    assert view.index_at(QPoint(8 + 99, 14)) == 0
    assert view.index_at(QPoint(8 + 100, 14)) == 1
    assert view.index_at(QPoint(407, 14)) == 2


def test_nothing_lies_outside(view):
    view.set_palette_colors(THREE, COUNTS)
    for point in (QPoint(0, 0), QPoint(200, 2), QPoint(4, 60), QPoint(412, 60), QPoint(200, 127)):
        assert view.index_at(point) == -1
    # the last row may have free places
    view.set_palette_colors(colors(15), np.ones(15))
    last = view.swatch_rect(14)
    assert view.index_at(last.center() + QPoint(last.width() + 4, 0)) == -1


def test_a_click_copies_hex(view, qtbot):
    view.set_palette_colors(THREE, COUNTS)
    with qtbot.waitSignal(view.colorCopied) as copied:
        QTest.mouseClick(view, LEFT, pos=view.swatch_rect(2).center())
    assert copied.args == ["#0102FF"]
    assert QApplication.clipboard().text() == "#0102FF"
    with qtbot.waitSignal(view.colorCopied) as copied:
        QTest.mouseClick(view, LEFT, pos=QPoint(300, 14))
    assert copied.args == ["#0102FF"]


def test_a_press_that_ends_elsewhere_copies_nothing(view, qtbot):
    view.set_palette_colors(THREE, COUNTS)
    with qtbot.assertNotEmitted(view.colorCopied):
        QTest.mousePress(view, LEFT, pos=view.swatch_rect(0).center())
        QTest.mouseRelease(view, LEFT, pos=view.swatch_rect(1).center())
        QTest.mouseClick(view, LEFT, pos=QPoint(2, 2))
        QTest.mouseClick(view, Qt.MouseButton.MiddleButton, pos=view.swatch_rect(0).center())


def test_the_arrow_keys_walk_and_enter_copies(view, qtbot):
    view.resize(416, 128)
    view.set_palette_colors(colors(16), np.ones(16))
    view.setFocus()
    said = []
    view.colorCopied.connect(said.append)
    keys = {
        Qt.Key.Key_Right: 1,
        Qt.Key.Key_Down: 9,
        Qt.Key.Key_Left: 8,
        Qt.Key.Key_Up: 0,
        Qt.Key.Key_End: 15,
        Qt.Key.Key_Home: 0,
    }
    for key, index in keys.items():
        QTest.keyClick(view, key)
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert said.pop() == QColor(*colors(16)[index].tolist()).name().upper()
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert said.pop() == QColor(*colors(16)[0].tolist()).name().upper()


def test_the_chosen_swatch_can_be_seen_and_read_aloud(view):
    view.set_palette_colors(THREE, COUNTS)
    view.clearFocus()
    corner = view.swatch_rect(1).topLeft() - QPoint(1, 1)
    assert painted(view, corner) == (0xF0, 0xF0, 0xF0)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert painted(view, corner) == scheme_palette(dark=False).highlight().color().getRgb()[:3]
    assert view.accessibleName() == "Palette"
    said = "Colour 2 of 3\n#008000\nrgb(0, 128, 0)\n<0.1 %, 300 pixels"
    assert view.accessibleDescription() == said
    view.set_pinned(1)
    assert view.accessibleDescription() == said + "\nPinned"
    view.set_pinned(None)
    assert view.accessibleDescription() == said


def test_what_the_arrow_keys_come_to_is_pointed_at(view, qtbot):
    view.set_palette_colors(THREE, COUNTS)
    pointed, clicked = [], []
    view.swatchHovered.connect(pointed.append)
    view.swatchClicked.connect(clicked.append)
    view.setFocus()
    assert pointed == [], "what the focus passes on its way is not meant"
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert pointed == [1, 2]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert pointed.pop() is None
    QTest.keyClick(view, Qt.Key.Key_Left)
    # a pin shows it from now on
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert (pointed[-2:], clicked) == ([1, None], [1])
    QTest.keyClick(view, Qt.Key.Key_Left)
    view.clearFocus()
    assert pointed[-2:] == [0, None]
    count = len(pointed)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert len(pointed) == count


def test_one_colour_is_come_to_by_any_arrow(view):
    view.set_palette_colors(THREE[:1], COUNTS[:1])
    pointed = []
    view.swatchHovered.connect(pointed.append)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert pointed == [0]


def test_the_pointer_and_the_keys_take_over_from_each_other(view):
    view.set_palette_colors(THREE, COUNTS)
    pointed = []
    view.swatchHovered.connect(pointed.append)
    move(view, view.swatch_rect(2).center())
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert pointed == [2, 1]
    # a pointer at rest does not come into it
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert pointed.pop() is None
    QTest.keyClick(view, Qt.Key.Key_Left)
    move(view, view.swatch_rect(2).center() + QPoint(1, 0))
    assert pointed[-2:] == [0, 2]
    QTest.keyClick(view, Qt.Key.Key_Right)
    # a pointer that goes takes nothing from the keys
    move(view, QPoint(2, 2))
    assert pointed[-1] == 1
    move(view, view.swatch_rect(0).center())
    move(view, QPoint(2, 2))
    assert pointed[-2:] == [0, None]


def test_the_menu_ends_no_walk(view):
    view.set_palette_colors(THREE, COUNTS)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    pointed = []
    view.swatchHovered.connect(pointed.append)
    menu = menu_at(view, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
    menu.close()
    assert pointed == []


@pytest.mark.parametrize("color", [(255, 255, 255), (0, 0, 0), (128, 128, 128)])
@pytest.mark.parametrize("n", [1, 16, 256])
def test_a_pin_is_seen_on_any_colour(view, color, n):
    view.set_palette_colors(np.array([color] * n, np.uint8), np.ones(n, int))
    view.clearFocus()
    last = view.swatch_rect(n - 1)
    corner = QRect(last.center().x(), last.y(), last.width() // 2 + 1, last.height() // 2)

    def levels() -> set[int]:
        picture = view.grab(corner).toImage()
        places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return {picture.pixelColor(*place).lightness() for place in places}

    # a white one has an edge
    plain = levels()
    assert color[0] in plain
    view.set_pinned(n - 1)
    assert max(levels()) - min(levels()) > 60
    assert len(levels()) > len(plain)
    view.set_pinned(None)
    assert levels() == plain
    view.set_pinned(n)
    assert levels() == plain


def test_marks_of_a_longer_palette_are_forgotten(view):
    view.set_palette_colors(colors(16), np.ones(16))
    view.set_highlight(15)
    view.set_pinned(14)
    view.set_palette_colors(THREE, COUNTS)
    marked = view.grab().toImage()
    view.set_highlight(None)
    view.set_pinned(None)
    assert view.grab().toImage() == marked


def test_hovering_marks_a_swatch(view, qtbot):
    view.set_palette_colors(THREE, COUNTS)
    corner = view.swatch_rect(1).topLeft() - QPoint(1, 1)
    before = painted(view, corner)
    QTest.mouseMove(view, view.swatch_rect(1).center())
    qtbot.waitUntil(lambda: painted(view, corner) == (0x1A, 0x1A, 0x1A))
    QTest.mouseMove(view, QPoint(2, 2))
    qtbot.waitUntil(lambda: painted(view, corner) == before)


def test_the_tooltip_tells_the_colour_and_its_share(view):
    view.set_palette_colors(THREE, COUNTS)

    def tip_at(point: QPoint) -> str:
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point))
        QApplication.sendEvent(view, event)
        return QToolTip.text() if QToolTip.isVisible() else ""

    text = tip_at(view.swatch_rect(2).center())
    assert text == "#0102FF\nrgb(1, 2, 255)\n100.0 %, 1,600,000 pixels"
    view.set_palette_colors(THREE, np.array([1, 1, 2]), 0)
    assert tip_at(view.swatch_rect(0).center()) == "Transparent\n25.0 %, 1 pixel"
    assert "50.0 %, 2 pixels" in tip_at(QPoint(400, 14))


def menu_at(view: PaletteView, point: QPoint, reason=QContextMenuEvent.Reason.Mouse):
    QApplication.sendEvent(view, QContextMenuEvent(reason, point, view.mapToGlobal(point)))
    return QApplication.activePopupWidget()


def test_the_menu_copies_one_or_all(view, qtbot):
    view.set_palette_colors(THREE, COUNTS)
    said, copied = [], []
    view.colorCopied.connect(said.append)
    for name in ("copyHex", "copyRgb", "copyAllHex"):
        menu = menu_at(view, view.swatch_rect(1).center())
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.objectName() == name).trigger()
        menu.close()
        copied.append(QApplication.clipboard().text())
    assert copied == ["#008000", "rgb(0, 128, 0)", "#FF0000\n#008000\n#0102FF"]
    # 256 lines would be too much to say
    assert said == ["#008000", "rgb(0, 128, 0)", "3 colours"]
    assert menu_at(view, QPoint(2, 2)) is None


def test_the_menu_key_opens_it_at_the_chosen_swatch(view):
    view.set_palette_colors(THREE, COUNTS)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    menu = menu_at(view, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
    assert menu.actions()[0].text() == "Copy #008000"
    menu.close()


def test_the_transparent_entry_is_a_checkerboard_and_no_colour(view, qtbot):
    view.set_palette_colors(THREE, COUNTS, 0)
    rect = view.swatch_rect(0)
    picture = view.grab().toImage()
    found = {
        picture.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }
    assert found == {"#ffffff", "#c0c0c0"}
    menu = menu_at(view, rect.center())
    assert [action.objectName() for action in menu.actions()] == ["copyAllHex"]
    menu.actions()[0].trigger()
    menu.close()
    assert QApplication.clipboard().text() == "#008000\n#0102FF"
    # it is pointed at and clicked like any other, and there is nothing to be copied
    clicked = []
    view.swatchClicked.connect(clicked.append)
    view.setFocus()
    with qtbot.assertNotEmitted(view.colorCopied):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=rect.center())
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert clicked == [0, 0]
    assert QApplication.clipboard().text() == "#008000\n#0102FF"


def test_where_all_is_transparent_there_is_nothing_to_copy(view):
    view.set_palette_colors(THREE[:1], COUNTS[:1], 0)
    assert menu_at(view, view.swatch_rect(0).center()) is None
    view.set_palette_colors(THREE[:2], COUNTS[:2], 0)
    said = []
    view.colorCopied.connect(said.append)
    menu = menu_at(view, view.swatch_rect(0).center())
    menu.actions()[0].trigger()
    menu.close()
    assert said == ["1 colour"]


def test_empty_is_said_and_harmless(view, qtbot):
    view.set_palette_colors(THREE, COUNTS)
    full = view.grab().toImage()
    view.clear()
    assert view.grab().toImage() != full
    with qtbot.assertNotEmitted(view.colorCopied):
        view.setFocus()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_End):
            QTest.keyClick(view, key)
        QTest.mouseClick(view, LEFT, pos=QPoint(100, 60))
        assert menu_at(view, QPoint(100, 60)) is None
    picture = view.grab().toImage()
    levels = {picture.pixelColor(x, y).lightness() for x in range(416) for y in range(128)}
    assert min(levels) < 0x70
    assert max(levels) == 0xF0


def test_a_shorter_palette_forgets_what_was_chosen_beyond_it(view, qtbot):
    view.set_palette_colors(colors(16), np.ones(16))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    unmarked = view.grab().toImage()
    QTest.mouseMove(view, view.swatch_rect(14).center())
    qtbot.waitUntil(lambda: view.grab().toImage() != unmarked)
    view.set_palette_colors(THREE, COUNTS)
    view.grab()
    with qtbot.waitSignal(view.colorCopied) as copied:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert copied.args == ["#0102FF"]


def test_it_says_why_there_are_no_colours(view):
    view.clear()
    usual = view.grab().toImage()
    view.set_note("Finding the colours…")
    assert view.grab().toImage() != usual
    colors = np.array([[200, 20, 30]], np.uint8)
    view.set_palette_colors(colors, np.ones(1, np.int64))
    with_note = view.grab().toImage()
    view.set_note("")
    assert view.grab().toImage() == with_note, "colours speak for themselves"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_swatch_like_the_panel_has_an_edge(view, qapp, scheme, request):
    request.addfinalizer(lambda: apply_theme(qapp, "light"))
    apply_theme(qapp, scheme)
    ground = view.palette().window().color().getRgb()[:3]
    entries = np.array([ground, [200, 30, 30]], np.uint8)
    view.set_palette_colors(entries, np.ones(2, int))
    alike, other = (view.swatch_rect(index) for index in range(2))
    for place in (alike.topLeft(), alike.bottomRight()):
        assert abs(painted(view, place)[0] - ground[0]) > 20
    assert painted(view, alike.center()) == ground
    # what stands out by itself is left alone
    assert painted(view, other.topLeft()) == (200, 30, 30)
