"""The options panel: beside the view, with all its layers, and a slice that is told and ended."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from colorquant_gui.ui.space3d.event_marks import Moves
from colorquant_gui.ui.space3d.options import beside
from colorquant_gui.ui.space3d.slice_left import centroids_left
from tests.ui.space_colors import COLORS, COUNTS, close

LEFT, ESCAPE = Qt.MouseButton.LeftButton, Qt.Key.Key_Escape
SCREEN = QRect(0, 0, 1280, 800)


@pytest.fixture
def sliced(space: Any) -> Any:
    """A view that leaves out all with R above 102, with the panel closed again."""
    space.view.set_colors(COLORS, COUNTS)
    space.settle()
    panel = opened(space)
    high = space.find(QWidget, "clipSlider0").handles()[1]
    for _ in range(6):
        QTest.keyClick(high, Qt.Key.Key_PageDown)
    QTest.keyClick(panel, ESCAPE)
    space.qtbot.waitUntil(lambda: not panel.isVisible())
    return space


def opened(space: Any) -> QWidget:
    QTest.mouseClick(space.find(QAbstractButton, "viewOptionsButton"), LEFT)
    panel: QWidget = space.find(QWidget, "spaceOptions")
    assert panel.isVisible()
    return panel


def is_sliced(space: Any) -> bool:
    return space.view._cloud.paint.mask is not None


# -- the panel -----------------------------------------------------------------------------------


def test_the_panel_leaves_the_view_free_and_its_handles_have_a_long_way(space: Any) -> None:
    space.view.move(40, 30)
    panel = opened(space)
    view = QRect(space.view.mapToGlobal(QPoint()), space.view.size())
    assert not panel.geometry().intersects(view)
    assert panel.screen().availableGeometry().contains(panel.geometry())
    for number in range(3):
        low, high = space.find(QWidget, f"clipSlider{number}").handles()
        assert high.x() - low.x() >= 160
    panel.hide()


@pytest.mark.parametrize(
    ("view", "place"),
    [
        # at the right of a window: below, with the edge of the view
        (QRect(800, 100, 480, 250), QPoint(980, 354)),
        # no room below: on the left
        (QRect(800, 100, 480, 600), QPoint(496, 100)),
        # no room on the left, either
        (QRect(0, 100, 480, 600), QPoint(484, 100)),
        # only above
        (QRect(0, 420, 1280, 380), QPoint(980, 16)),
        # moved along the view, not over it
        (QRect(20, 100, 200, 250), QPoint(0, 354)),
        # nowhere: in a corner
        (QRect(0, 0, 1280, 800), QPoint(980, 400)),
    ],
)
def test_a_place_is_found_beside_the_view(view: QRect, place: QPoint) -> None:
    assert beside(view, QSize(300, 400), SCREEN) == place


def test_layers_are_switched_in_the_panel_too(space: Any) -> None:
    told: list[set[str]] = []
    space.view.layersChanged.connect(told.append)
    panel = opened(space)
    check, toggle = (
        space.find(QAbstractButton, name) for name in ("centroidsCheck", "centroidsToggle")
    )
    assert check.isChecked()
    QTest.mouseClick(check, LEFT, pos=QPoint(8, check.height() // 2))
    assert told == [{"pixels", "trails"}]
    assert space.view.layers() == {"pixels", "trails"}
    assert not toggle.isChecked()
    QTest.keyClick(panel, ESCAPE)
    QTest.mouseClick(toggle, LEFT)
    assert check.isChecked()
    space.view.set_layers({"axes"})
    names = [f"{name}Check" for name in ("pixels", "centroids", "trails", "gamut", "axes")]
    assert [space.find(QAbstractButton, name).isChecked() for name in names] == [False] * 4 + [True]


# -- a slice in force ----------------------------------------------------------------------------


def test_a_slice_is_told_beside_a_button_that_ends_it(sliced: Any) -> None:
    button, status = (
        sliced.find(QAbstractButton, "sliceEndButton"),
        sliced.find(QLabel, "spaceStatus"),
    )
    assert button.isVisible()
    words = "2 of 4 colours in the slice"
    assert words in status.accessibleName()
    assert words in button.toolTip()
    area = QRect(button.mapTo(sliced.view, QPoint()), button.size())
    for other in (*sliced.view.findChildren(QAbstractButton), status):
        if other is not button and other.isVisible():
            assert not area.intersects(QRect(other.mapTo(sliced.view, QPoint()), other.size()))
    QTest.mouseClick(button, LEFT)
    assert not is_sliced(sliced)
    assert not button.isVisible()
    assert sliced.find(QWidget, "clipSlider0").range() == (0.0, 1.0)


def test_escape_in_the_view_ends_a_slice_and_nothing_else(sliced: Any) -> None:
    left: list[int] = []

    class Owner(QWidget):
        def keyPressEvent(self, event: Any) -> None:
            left.append(event.key())

    owner = Owner()
    sliced.qtbot.addWidget(owner)
    sliced.view.setParent(owner)
    owner.show()
    sliced.view.show()
    sliced.settle()
    QTest.keyClick(sliced.surface, ESCAPE)
    assert not is_sliced(sliced)
    assert left == []
    # what has nothing to end leaves the key to others
    QTest.keyClick(sliced.surface, ESCAPE)
    assert left == [ESCAPE]
    sliced.view.setParent(None)


def test_a_space_keeps_its_slice_while_another_one_is_looked_at(sliced: Any) -> None:
    combo = sliced.find(QComboBox, "spaceCombo")
    told: list[Any] = []
    sliced.view.clipChanged.connect(told.append)

    def choose(key: str) -> None:
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())

    choose("hsv")
    assert told[-1] is None
    assert sliced.find(QWidget, "clipSlider0").range() == (0.0, 1.0)
    choose("srgb")
    assert told[-1].tolist() == (COLORS[:, 0] <= 255 * 0.4).tolist()
    assert sliced.find(QWidget, "clipSlider0").range() == (0.0, 0.4)
    assert sliced.find(QAbstractButton, "sliceEndButton").isVisible()


def test_the_slice_of_a_fitted_space_is_not_one_of_the_next_picture(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_view_options({"space": "pca"})
    QTest.keyClick(space.find(QWidget, "clipSlider0").handles()[1], Qt.Key.Key_PageDown)
    space.view.set_colors(np.array([[9, 0, 0], [0, 90, 3], [7, 5, 250]], np.uint8), COUNTS[:3])
    assert not is_sliced(space)
    assert space.find(QWidget, "clipSlider0").range() == (0.0, 1.0)
    QApplication.processEvents()


# -- centroids and a slice -----------------------------------------------------------------------

INSIDE, OUTSIDE = (200.0, 110.0, 60.0), (60.0, 120.0, 200.0)


def keep_red(space: Any) -> None:
    """Show only what has R from 102 on."""
    for _ in range(4):
        QTest.keyClick(space.find(QWidget, "clipSlider0").handles()[0], Qt.Key.Key_PageUp)


def test_centroids_outside_a_slice_are_neither_seen_nor_pointed_at(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([INSIDE, OUTSIDE]), [60, 40])
    inside, outside = space.place(INSIDE), space.place(OUTSIDE)
    background = space.pixels()[-1, 1]
    assert close(space.at(OUTSIDE), OUTSIDE)
    clicked: list[int] = []
    view.centroidClicked.connect(clicked.append)
    keep_red(space)
    assert close(space.at(OUTSIDE), background)
    assert close(space.at(INSIDE), INSIDE)
    for place in (inside, outside):
        space.click(place)
    assert clicked == [0]
    # the one that is asked for by another view is shown
    view.set_highlight(None, 1)
    assert close(space.at(OUTSIDE), OUTSIDE)
    view.set_highlight(None, None)
    space.find(QAbstractButton, "sliceEndButton").click()
    assert close(space.at(OUTSIDE), OUTSIDE)
    for place in (inside, outside):
        space.click(place)
    assert clicked == [0, 0, 1]


def test_trails_go_with_their_centroids(space: Any) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    ends = np.array([INSIDE, OUTSIDE])
    starts = ends + [[0.0, 120.0, 0.0]] * 2
    view.set_centroids(ends, [60, 40])
    view.set_trails(starts[None])
    halfway = [tuple(middle) for middle in (starts + ends) / 2]
    background = space.pixels()[-1, 1]

    def seen() -> list[bool]:
        return [not close(space.at(middle), background, 40) for middle in halfway]

    assert seen() == [True, True]
    keep_red(space)
    assert seen() == [True, False]


def test_a_slice_is_of_the_space_that_is_shown(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_centroids(np.array([INSIDE, OUTSIDE, (120.6, 120.6, 120.6)]), [30, 40, 30])
    assert centroids_left(space.scene).tolist() == [True] * 3
    space.view.set_view_options({"space": "hsl"})
    # hues up to 180 degrees
    high = space.find(QWidget, "clipSlider0").handles()[1]
    for _ in range(5):
        QTest.keyClick(high, Qt.Key.Key_PageDown)
    assert centroids_left(space.scene).tolist() == [True, False, True]
    space.view.set_centroids(None)
    assert centroids_left(space.scene).tolist() == []


def test_what_marks_a_leap_goes_with_what_a_slice_hides(space: Any) -> None:
    view = space.view
    kept, lost = (220.0, 40.0, 160.0), (40.0, 40.0, 200.0)
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([INSIDE, OUTSIDE]), [60, 40])
    view.set_event([INSIDE, OUTSIDE], [kept, lost])

    def marked() -> list[bool]:
        """Whether there are a halo inside and outside, and a cross inside and outside."""
        moves = space.scene.moves
        ends = moves.halos(space.scene, *space.size).ends.reshape(-1, 2)
        tips = moves.signs(space.scene, *space.size).ends.reshape(-1, 2)
        far = [
            np.hypot(*(at - space.place(color).toTuple()).T)
            for at, color in zip(
                (ends, ends, tips, tips), (INSIDE, OUTSIDE, kept, lost), strict=True
            )
        ]
        return [bool((away < 40).any()) for away in far]

    assert marked() == [True] * 4
    cross = space.at(lost)
    keep_red(space)
    assert marked() == [True, False, True, False]
    assert not close(space.at(lost), cross)
    assert close(space.at(kept), cross)
    # the centroid that stands out is seen, and so is its halo
    view.set_highlight(None, 1)
    assert marked() == [True, True, True, False]
    view.set_highlight(None, None)
    space.find(QAbstractButton, "sliceEndButton").click()
    assert marked() == [True] * 4


def test_a_birth_is_hidden_by_its_own_place_until_a_centroid_is_near(space: Any) -> None:
    space.view.set_colors(COLORS, COUNTS)
    keep_red(space)
    born = Moves(np.array([INSIDE, OUTSIDE]), np.empty((0, 3)))

    def n_shown() -> tuple[int, int]:
        """How many pluses of two lines, and how many halos."""
        pluses, halos = (draw(space.scene, *space.size) for draw in (born.signs, born.halos))
        return len(pluses) // 2, len(halos) // 40

    assert n_shown() == (1, 1)
    # one is on its way into the slice, by the centroid that it became
    space.view.set_centroids(np.array([(90.0, 120.0, 190.0)]), [1])
    assert n_shown() == (1, 1)
    born.born[1] = (95.0, 120.0, 190.0)
    space.view.set_centroids(np.array([(110.0, 120.0, 190.0)]), [1])
    assert n_shown() == (2, 2)
