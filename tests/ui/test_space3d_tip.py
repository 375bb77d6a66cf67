"""The tooltip of the colour space: it hides little of it, and not what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from colorquant_gui.ui.space3d.tip_place import tip_place
from tests.ui.space_colors import COLORS, COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator

SCREEN = QRect(0, 0, 1280, 800)
DOCKED = QRect(800, 105, 480, 249)
GIZMO = QRect(1190, 260, 84, 84)
TIP = QSize(302, 56)


def box_at(pointer: QPoint, view: QRect, kept: list[QRect], screen: QRect = SCREEN) -> QRect:
    thing = QRect(pointer - QPoint(10, 10), QSize(21, 21))
    return QRect(tip_place(TIP, pointer, thing, view, kept, screen), TIP)


points_in_view = st.builds(
    QPoint,
    st.integers(DOCKED.left(), DOCKED.right()),
    st.integers(DOCKED.top(), DOCKED.bottom()),
)


@settings(deadline=None)
@given(points_in_view)
def test_next_to_nothing_of_a_docked_view_is_hidden(pointer: QPoint) -> None:
    box = box_at(pointer, DOCKED, [GIZMO])
    hidden = box.intersected(DOCKED)
    assert hidden.isEmpty() or hidden.width() * hidden.height() < 0.1 * TIP.width() * TIP.height()
    assert SCREEN.contains(box)


@settings(deadline=None)
@given(points_in_view)
def test_where_only_the_view_is_there_the_gizmo_and_the_thing_are_seen(pointer: QPoint) -> None:
    box = box_at(pointer, DOCKED, [GIZMO], DOCKED)
    assert DOCKED.contains(box)
    assert not box.intersects(QRect(pointer - QPoint(10, 10), QSize(21, 21)))
    if not GIZMO.adjusted(-330, -80, 20, 20).contains(pointer):
        assert not box.intersects(GIZMO)


def test_in_a_large_view_it_stays_close_to_the_pointer() -> None:
    screen = QRect(0, 0, 1920, 1080)
    pointer = QPoint(960, 540)
    box = box_at(pointer, screen, [], screen)
    assert box.adjusted(-40, -40, 40, 40).contains(pointer)


def test_it_is_half_outside_where_the_pointer_is_near_an_edge() -> None:
    view = QRect(300, 0, 900, 800)
    box = box_at(QPoint(340, 400), view, [])
    assert box.right() < 340
    assert box.adjusted(-40, -40, 40, 40).contains(QPoint(340, 400))


def tooltip() -> QWidget | None:
    tips = [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.metaObject().className() == "QTipLabel" and widget.isVisible()
    ]
    return tips[0] if tips else None


@pytest.fixture
def told(space: Any) -> Iterator[Any]:
    """A view whose centroid has a tooltip."""
    space.view.set_colors(COLORS, COUNTS)
    space.view.set_centroids(np.array([[120.0, 20, 130], [110, 230, 140]]), [7000, 3000])
    # room for a tooltip to the left of it, on the smallest screen
    room = space.view.screen().availableGeometry()
    space.view.window().move(room.right() - space.view.width(), room.top())
    space.settle()
    space.hover(space.place((120, 20, 130)))
    space.qtbot.waitUntil(lambda: "Centroid" in QToolTip.text() and tooltip() is not None)
    yield space
    QToolTip.hideText()
    space.qtbot.waitUntil(lambda: tooltip() is None)


def test_the_tooltip_covers_neither_the_disc_nor_the_gizmo(told: Any) -> None:
    tip, view = tooltip(), told.view
    assert tip is not None
    gizmo = view.findChild(QWidget, "spaceGizmo")
    place = told.place((120, 20, 130)).toPoint()
    disc = QRect(view.mapToGlobal(place) - QPoint(12, 12), QSize(25, 25))
    assert not tip.geometry().intersects(disc)
    assert not tip.geometry().intersects(QRect(gizmo.mapToGlobal(QPoint()), gizmo.size()))
    shared = tip.geometry().intersected(QRect(view.mapToGlobal(QPoint()), view.size()))
    assert shared.isEmpty() or shared.width() * shared.height() < 0.2 * tip.width() * tip.height()


def test_the_tooltip_goes_with_what_stood_out(told: Any) -> None:
    view = told.view
    view.set_labels(np.array([0, 0, 1, 1], np.uint8), None)
    view.set_highlight(None, 0)
    assert tooltip() is not None
    view.set_highlight(None, None)
    told.qtbot.waitUntil(lambda: tooltip() is None)
    # not even after a rest, while the scene is drawn again
    for _ in range(10):
        told.qtbot.wait(60)
        view._surface.refresh()
    assert tooltip() is None
    told.hover(told.place((120, 20, 130)) + QPoint(2, 1))
    told.qtbot.waitUntil(lambda: tooltip() is not None)
