"""The legend of the difference: beside the picture where that leaves room, small where it can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from colorquant_gui.ui.canvas import Canvas, CompareMode
from colorquant_gui.ui.canvas.legend_place import LegendShape, legend_place
from colorquant_gui.ui.canvas.ramp import error_ramp
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import pixels

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SIZES = {
    LegendShape.BLOCK: QSize(240, 72),
    LegendShape.ROW: QSize(340, 36),
    LegendShape.COLUMN: QSize(120, 98),
}


def difference(qtbot: QtBot, size: tuple[int, int], picture: tuple[int, int]) -> Canvas:
    """A canvas that shows how a picture of that many columns and rows differs."""
    canvas = shown_canvas(qtbot, *size)
    wide, high = picture
    canvas.set_picture(np.full((high, wide, 3), 9, np.uint8), None, np.zeros((high, wide), "i4"))
    canvas.set_labels(np.zeros(1, np.uint8), np.array([[90, 9, 9]], np.uint8))
    canvas.set_error_map(np.array([40.0], np.float32), "levels", 80.0)
    canvas.set_compare_mode(CompareMode.DIFFERENCE)
    return canvas


def legend_of(canvas: Canvas) -> QRect:
    legend = canvas.findChild(QWidget, "errorLegend")
    assert legend is not None
    assert legend.isVisible()
    return legend.geometry()


def picture_of(canvas: Canvas, picture: tuple[int, int]) -> QRect:
    zoom = canvas.zoom()
    area = QRect(0, 0, round(picture[0] * zoom), round(picture[1] * zoom))
    area.moveCenter(canvas.rect().center())
    return area


@pytest.mark.parametrize(
    ("size", "picture"),
    [
        # a photo across, in the smallest window and in one of 1280 × 800
        ((400, 366), (1224, 816)),
        ((796, 615), (1224, 816)),
        # upright, and so small that it is all in the middle
        ((796, 615), (400, 600)),
        ((796, 615), (300, 200)),
    ],
)
def test_at_fit_nothing_of_the_picture_is_covered(
    qtbot: QtBot, size: tuple[int, int], picture: tuple[int, int]
) -> None:
    canvas = difference(qtbot, size, picture)
    legend = legend_of(canvas)
    assert not legend.intersects(picture_of(canvas, picture))
    assert canvas.rect().contains(legend)


def test_in_a_small_canvas_it_is_small(qtbot: QtBot) -> None:
    canvas = difference(qtbot, (400, 366), (1224, 816))
    canvas.zoom_actual_size()
    assert legend_of(canvas).width() < 0.4 * 400
    canvas.zoom_to_fit()
    assert legend_of(canvas).height() < 50


def test_what_is_in_it_fits_in_every_shape(qtbot: QtBot) -> None:
    for size, zoomed in (((400, 366), True), ((400, 366), False), ((900, 700), True)):
        canvas = difference(qtbot, size, (1224, 816))
        if zoomed:
            canvas.zoom_actual_size()
        legend = canvas.findChild(QWidget, "errorLegend")
        legend.layout().activate()
        children = [one for one in legend.children() if isinstance(one, QWidget)]
        assert len(children) == 3
        for one in children:
            assert legend.rect().contains(one.geometry())
            assert one.width() >= one.sizeHint().width()
            assert one.height() >= one.sizeHint().height()
            others = [other for other in children if other is not one]
            assert not any(one.geometry().intersects(other.geometry()) for other in others)


@pytest.mark.parametrize("zoomed", [True, False])
def test_the_other_measure_is_chosen_in_every_shape(qtbot: QtBot, zoomed: bool) -> None:
    canvas = difference(qtbot, (400, 366), (1224, 816))
    if zoomed:
        canvas.zoom_actual_size()
    told: list[str] = []
    canvas.errorMetricEdited.connect(told.append)
    choice = canvas.findChild(QAbstractButton, "errorMetric-ciede2000")
    at = choice.mapTo(canvas, choice.rect().center())
    assert canvas.childAt(at) is choice
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert told == ["ciede2000"]
    # blue at its left end, yellow at its right: the colours of the bar are there to be seen
    box = legend_of(canvas).adjusted(4, 4, -4, -4)
    seen = pixels(canvas)[box.top() : box.bottom(), box.left() : box.right()].astype(int)
    assert (seen[..., 2] - seen[..., 0]).max() > 60
    assert (seen[..., 0] - seen[..., 2]).max() > 100


@settings(deadline=None)
@given(
    st.builds(QSize, st.integers(150, 1600), st.integers(150, 1200)),
    st.floats(0.02, 1.0),
    st.floats(0.02, 1.0),
)
def test_it_is_in_the_canvas_and_off_the_picture_where_any_shape_can_be(
    size: QSize, wide: float, high: float
) -> None:
    canvas = QRect(QPoint(0, 0), size)
    picture = QRect(0, 0, round(wide * size.width()), round(high * size.height()))
    picture.moveCenter(canvas.center())
    shape, box = legend_place(SIZES, canvas, picture)
    assert box.size() == SIZES[shape]
    assert canvas.contains(box)
    below = size.height() - picture.bottom() - 1
    left = picture.left()
    fits = [
        (one.width() + 32 < size.width() and one.height() + 10 < below)
        or (one.height() + 32 < size.height() and one.width() + 10 < left)
        for one in SIZES.values()
    ]
    if any(fits):
        assert not box.intersects(picture)


@pytest.mark.parametrize(
    ("size", "zoomed", "length", "margin"),
    [((900, 700), True, 208, 16), ((400, 366), False, 144, 12), ((400, 366), True, 96, 12)],
)
def test_the_bar_has_its_margins_in_every_shape(
    qtbot: QtBot, size: tuple[int, int], zoomed: bool, length: int, margin: int
) -> None:
    """Measured from the right: beside the measures, the bar has them on its left."""
    canvas = difference(qtbot, size, (1224, 816))
    if zoomed:
        canvas.zoom_actual_size()
    box, ramp = legend_of(canvas), error_ramp().astype(int)
    seen = pixels(canvas)[box.top() : box.bottom() + 1, box.left() : box.right() + 1].astype(int)
    right = box.width() - margin
    rows = np.flatnonzero(np.abs(seen[:, right - 1] - ramp[254]).max(axis=1) < 12)
    assert len(rows) == 8
    line = seen[rows[3]]
    assert np.abs(line[right:-6] - line[-7]).max() <= 2
    assert np.abs(line[right] - ramp[254]).max() > 60
    # as long as that at least: a block and a column are as wide as the measures need
    left = right - length
    if box.height() > 50:
        left = margin
        assert right - left >= length
    expected = ramp[np.linspace(0, 254, right - left).round().astype(int)]
    assert np.abs(line[left:right] - expected).max() <= 6
