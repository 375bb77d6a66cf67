"""What lies over the colour space: where it is, and what it says in how many words."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QToolTip,
    QWidget,
)

from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space3d.axes import layout_axes
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.range_slider import RangeSlider
from colorquant_gui.ui.space3d.spaces import SPACES
from colorquant_gui.ui.space3d.style import SceneStyle
from tests.ui.space_colors import COLORS, COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

EVERY = 40_000


def area_of(view: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(view, QPoint()), widget.size())


def named(view: QWidget, kind: type, name: str) -> Any:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def view(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ColorSpaceView:
    """A view without OpenGL that shows no more than 1,234 of 40,000 colours, and says only so."""
    view = ColorSpaceView(use_opengl=False)
    qtbot.addWidget(view)
    surface = type(view._surface)
    monkeypatch.setattr(surface, "is_flat", False)
    monkeypatch.setattr(surface, "shown", 1234)
    rng = np.random.default_rng(5)
    view.set_colors(rng.integers(0, 256, (EVERY, 3)).astype(np.uint8), np.ones(EVERY, np.int64))
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.mark.parametrize(
    "size", [(480, 236), (480, 305), (480, 400), (317, 233), (350, 500), (900, 700)]
)
def test_the_status_lies_in_the_bar_and_over_nothing_else(
    view: ColorSpaceView, qtbot: QtBot, size: tuple[int, int]
) -> None:
    view.resize(*size)
    status = named(view, QLabel, "spaceStatus")
    qtbot.waitUntil(lambda: view.size().toTuple() == size and status.isVisible())
    whole = "1,234 of 40,000 colours shown"
    wordings = (whole, "1,234 of 40,000", "1,234 of\n40,000", "3 %")
    assert status.text() in wordings
    assert status.accessibleName() == whole
    assert status.toolTip() == ("" if status.text() == whole else whole)
    area = area_of(view, status)
    bar = area_of(view, named(view, QComboBox, "spaceCombo").parentWidget())
    assert bar.contains(area)
    controls = [*view.findChildren(QAbstractButton), *view.findChildren(QComboBox)]
    shown = [one for one in controls if one.isVisible() and one.window() is view.window()]
    assert len(shown) > 9
    for control in shown:
        assert not area_of(view, control).intersects(area), control.objectName()
    # nothing is cut: the words have the room they need
    assert status.width() >= status.fontMetrics().boundingRect(QRect(), 0, status.text()).width()


def test_there_are_more_words_where_there_is_more_room(view: ColorSpaceView, qtbot: QtBot) -> None:
    status, seen = named(view, QLabel, "spaceStatus"), []
    for width in (900, 480, 400, 317):
        view.resize(width, 420)
        qtbot.waitUntil(lambda width=width: view.width() == width)
        seen.append(status.text())
    assert seen[0] == "1,234 of 40,000 colours shown"
    assert seen[-1] in ("1,234 of\n40,000", "3 %")
    assert sorted(seen, key=len, reverse=True) == seen


def test_a_wide_view_has_its_legend_in_the_bar(view: ColorSpaceView, qtbot: QtBot) -> None:
    legend = named(view, QWidget, "spaceLegend")
    combo = named(view, QComboBox, "spaceCombo")
    for width, is_beside in ((900, True), (480, False), (900, True)):
        view.resize(width, 700)
        qtbot.waitUntil(lambda width=width: view.width() == width)
        assert (legend.y() < area_of(view, combo).bottom()) == is_beside
        # with its names in both cases
        toggle = named(view, QAbstractButton, "centroidsToggle")
        assert toggle.width() > toggle.fontMetrics().horizontalAdvance("Centroids")


def test_the_error_scale_and_the_gizmo_leave_the_middle_alone(
    view: ColorSpaceView, qtbot: QtBot
) -> None:
    view.set_error(np.full(EVERY, 3.0), "ΔE00")
    view.set_view_options({"colorMode": "error"})
    view.resize(480, 236)
    bar, gizmo = named(view, QWidget, "errorBar"), named(view, QWidget, "spaceGizmo")
    qtbot.waitUntil(lambda: bar.isVisible() and gizmo.isVisible() and view.width() == 480)
    corners = np.array(np.meshgrid([0, 255], [0, 255], [0, 255])).reshape(3, 8).T
    places = Camera().project(corners, 480, 236)[0]
    assert area_of(view, bar).left() > places[:, 0].max()
    for x, y in places.round().astype(int).tolist():
        for one in (bar, gizmo):
            assert not area_of(view, one).contains(x, y)


def test_a_slice_is_told_and_marked_until_all_is_shown(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    space.settle()
    button = space.find(QAbstractButton, "viewOptionsButton")
    status = space.find(QLabel, "spaceStatus")
    assert not button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isChecked()
    options = space.find(QWidget, "spaceOptions")
    handle = options.findChild(RangeSlider).handles()[0]
    QTest.keyClick(handle, Qt.Key.Key_End)
    # of R 200, 60, 70 and 180 none is at its upper end
    space.qtbot.waitUntil(lambda: "0 of 4 colours in the slice" in status.accessibleName())
    assert button.isChecked()
    assert "hidden" in button.toolTip()
    QTest.keyClick(handle, Qt.Key.Key_Home)
    space.qtbot.waitUntil(lambda: not button.isChecked())
    assert "slice" not in status.accessibleName()
    options.hide()


def test_the_buttons_have_a_ground_of_their_own(space: Any) -> None:
    """The cloud seen through it would leave the icons unreadable."""
    view, red = space.view, (200, 40, 40)
    nearby = np.array(np.meshgrid(*[np.arange(-9, 10, 2)] * 3)).reshape(3, -1).T + red
    view.set_colors(nearby.astype(np.uint8), np.ones(len(nearby), np.int64))
    button = area_of(view, space.find(QAbstractButton, "resetViewButton"))
    background = space.pixels()[-3, 3]
    view.set_view_options({"pointSize": 4.0})
    way = button.center() - QPoint(230, 210)
    close_by = Camera(zoom=16.0, center=red).panned(way.x(), way.y(), *space.size)
    space.scene.camera = close_by
    view.set_highlight(None, None)
    view.set_layers({"pixels"})
    seen = space.pixels()
    below, within = (button.center().x(), button.bottom() + 40), button.topLeft() + QPoint(2, 2)
    assert seen[below[1], below[0], 0] - seen[below[1], below[0], 1] > 90
    assert np.abs(seen[within.y(), within.x()] - background).max() < 40


# -- what is missing -----------------------------------------------------------------------------


def test_a_picture_without_visible_colours_says_so(space: Any) -> None:
    message = space.find(QLabel, "spaceMessage")
    assert message.text() == "The colours of your picture appear here"
    space.view.set_colors(COLORS[:0], COUNTS[:0])
    assert message.isVisible()
    assert message.text() == "All of this picture is transparent: it has no colours to show"
    space.view.set_colors(COLORS, COUNTS)
    assert not message.isVisible()
    space.view.clear()
    assert message.text() == "The colours of your picture appear here"


def test_where_all_layers_are_off_it_is_said_how_to_get_them_back(space: Any) -> None:
    view, message = space.view, space.find(QLabel, "spaceMessage")
    view.set_layers({"pixels", "centroids", "trails", "gamut", "axes"})
    view.set_colors(COLORS, COUNTS)
    names = [f"{name}Toggle" for name in ("pixels", "centroids", "trails", "gamut", "axes")]
    toggles = [space.find(QAbstractButton, name) for name in names]
    for toggle in toggles:
        assert not message.isVisible()
        QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert message.isVisible()
    assert "legend" in message.text()
    middle = area_of(view, message).center()
    assert abs(middle.x() - view.width() / 2) <= 1
    assert abs(middle.y() - view.height() / 2) <= 1
    # while there is something more to be said, that is said
    view.set_busy("Opening…")
    assert message.text() == "Opening…"
    view.set_busy("")
    QTest.mouseClick(toggles[3], Qt.MouseButton.LeftButton)
    assert not message.isVisible()


@pytest.mark.parametrize("size", [(480, 242), (317, 190), (600, 500)])
def test_nothing_is_drawn_where_words_tell_that_there_are_no_colours(
    space: Any, size: tuple[int, int]
) -> None:
    view = space.view
    view.set_layers({"pixels", "centroids", "trails", "gamut", "axes"})
    view.resize(*size)
    space.qtbot.waitUntil(lambda: view.size().toTuple() == size)
    message = area_of(view, space.find(QLabel, "spaceMessage"))
    # the marks of the bar reach no further
    below = space.scene.covered + 4

    def drawn() -> int:
        seen = space.pixels()[below:].astype(int)
        seen[message.top() - below : message.bottom() + 1 - below] = seen[-1, 0]
        return int((np.abs(seen - seen[-1, 0]).max(axis=2) > 8).sum())

    assert message.top() > below
    assert drawn() == 0
    view.set_colors(COLORS, COUNTS)
    assert drawn() > 300
    view.clear()
    assert drawn() == 0


@pytest.fixture(params=[True, False], ids=["dressed", "undressed"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[bool]:
    """Whether tooltips have the border and the padding of the program's own style."""
    sheet = qapp.styleSheet()
    if not request.param:
        qapp.setStyleSheet("")
    yield request.param
    qapp.setStyleSheet(sheet)


def test_a_tooltip_is_as_large_as_the_words_in_the_view(dressed: bool, space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    heights, lines = [], []
    for scale in (1.0, 2.0):
        view.set_text_scale(scale)
        space.settle()
        space.hover(QPoint(3, 3))
        space.hover(space.place(tuple(COLORS[0])))
        space.qtbot.waitUntil(QToolTip.isVisible, timeout=10_000)
        tips = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel")]
        heights.append(max(tip.height() for tip in tips if tip.isVisible()))
        font = QToolTip.font()
        font.setPointSizeF(font.pointSizeF() * scale)
        lines.append(QFontMetricsF(font).height())
        QToolTip.hideText()
        space.qtbot.waitUntil(lambda: not QToolTip.isVisible())
    # twice as large are the letters of both lines, not the room around them
    assert heights[1] - heights[0] == pytest.approx(2 * (lines[1] - lines[0]), abs=3)
    assert heights[1] >= 1.5 * heights[0]


# -- labels that are not cut ---------------------------------------------------------------------


def text_size(text: str, bold: bool) -> tuple[float, float]:
    return (9.0 if bold else 8.0) * len(text), 16.0


@pytest.mark.parametrize("key", [key for key, space in SPACES.items() if not space.fitted])
@pytest.mark.parametrize(
    ("number", "size"), list(enumerate([(317, 233), (480, 236), (480, 400), (900, 700)]))
)
def test_no_number_is_cut_or_under_the_bar(
    key: str, number: int, size: tuple[int, int], qapp: Any
) -> None:
    style = SceneStyle.of(QWidget())
    width, height = size
    # the four sizes share the directions: each has all azimuths and all elevations
    for turn, tilt in product(range(18), range(13)):
        if (turn + tilt) % 4 != number:
            continue
        camera = Camera(20 * turn - 180, 15 * tilt - 90)
        layout = layout_axes(camera, width, height, style, text_size, SPACES[key], 40)
        for label in layout.labels:
            half_w, half_h = (side / 2 for side in text_size(label.text, label.bold))
            if label.bold:
                continue
            assert half_w <= label.x <= width - half_w
            assert 40 + half_h - 1e-6 <= label.y <= height - half_h + 1e-6
