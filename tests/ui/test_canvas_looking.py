"""Loupe, pixel grid, zoom presets and background, by real events and real pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QPointF,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from colorquant_gui.ui.canvas import Canvas, CompareMode
from colorquant_gui.ui.canvas.minimap import Minimap
from colorquant_gui.ui.canvas.scene import Scene
from colorquant_gui.ui.theme import Scheme, scheme_palette
from tests.ui.noise_canvas import HEIGHT, LEFT, WIDTH, canvas_with_noise, open_noise
from tests.ui.painted import pixels
from tests.ui.pointing import move, pixel_under

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    return canvas_with_noise(qtbot)


# -- loupe -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [CompareMode.ORIGINAL, CompareMode.RESULT, CompareMode.ONION])
def test_the_loupe_shows_both_halves_eight_times(canvas: Canvas, mode: CompareMode) -> None:
    canvas.set_compare_mode(mode)
    canvas.set_loupe(True)
    place = QPoint(250, 200)
    column, row = pixel_under(canvas, place)
    shown = pixels(canvas)
    greys = np.random.default_rng(5).integers(0, 256, (800, 1000))
    for dx, dy in ((-3, 0), (-5, 4), (-2, -6), (3, 1), (6, -3), (2, 5)):
        expected = greys[row + dy, column + dx]
        if dx > 0:
            expected = 255 - expected
        # the middle of a pixel that is 8 wide
        assert shown[200 + 8 * dy, 250 + 8 * dx, 0] == expected
    # the pixel itself is half and half
    assert shown[200, 247, 0] == greys[row, column]
    assert shown[200, 252, 0] == 255 - greys[row, column]


def test_the_loupe_follows_the_pointer_and_leaves_with_it(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    plain = pixels(canvas)
    canvas.set_loupe(True)
    assert np.array_equal(pixels(canvas), plain)
    move(canvas, QPoint(100, 100))
    changed = np.flatnonzero((pixels(canvas) != plain).any(axis=(0, 2)))
    assert (changed[0], changed[-1]) == pytest.approx((100 - 86, 100 + 85), abs=2)
    assert canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    move(canvas, QPoint(300, 100))
    changed = np.flatnonzero((pixels(canvas) != plain).any(axis=(0, 2)))
    assert (changed[0], changed[-1]) == pytest.approx((300 - 86, 300 + 85), abs=2)
    QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert np.array_equal(pixels(canvas), plain)


@pytest.mark.parametrize(
    ("place", "middle"),
    [
        ((2, 2), (88, 88)),
        ((597, 477), (512, 392)),
        ((300, 1), (300, 88)),
        ((599, 240), (512, 240)),
    ],
)
def test_the_loupe_is_whole_at_the_edges_of_the_canvas(
    canvas: Canvas, place: tuple[int, int], middle: tuple[int, int]
) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_zoom(4)
    canvas.set_pixel_grid(False)
    plain = pixels(canvas)
    canvas.set_loupe(True)
    column, row = pixel_under(canvas, QPoint(*place))
    shown, (x, y) = pixels(canvas), middle
    # its rim, white in the middle of the line, all around
    for turn in np.linspace(0, 2 * np.pi, 16, endpoint=False):
        at = round(y - 0.5 + 84 * np.sin(turn)), round(x - 0.5 + 84 * np.cos(turn))
        around = shown[at[0] - 1 : at[0] + 2, at[1] - 1 : at[1] + 2]
        assert around.max() > 200
        assert (around != plain[at[0] - 1 : at[0] + 2, at[1] - 1 : at[1] + 2]).any()
    greys = np.random.default_rng(5).integers(0, 256, (800, 1000))
    # what is pointed at is in its middle, all else around it, eight times as large
    for dx, dy in ((-3, 0), (-5, 4), (-2, -6), (3, 1), (6, -3), (2, 5)):
        expected = greys[row + dy, column + dx]
        assert shown[y + 8 * dy, x + 8 * dx, 0] == (expected if dx < 0 else 255 - expected)


@pytest.mark.parametrize("place", [(598, 478), (400, 420), (480, 320)])
def test_the_loupe_is_not_covered_by_the_minimap(canvas: Canvas, place: tuple[int, int]) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_zoom(4)
    canvas.set_pixel_grid(False)
    canvas.set_minimap(True)
    small = canvas.findChild(Minimap, "minimap")
    assert small is not None
    plain = pixels(canvas)
    canvas.set_loupe(True)
    column, row = pixel_under(canvas, QPoint(*place))
    shown = pixels(canvas)
    # the loupe alone: what marks the place itself is smaller
    differs = (shown != plain).any(axis=2)
    rows = np.flatnonzero(differs.sum(axis=1) > 20)
    columns = np.flatnonzero(differs.sum(axis=0) > 20)
    assert columns[-1] - columns[0] == pytest.approx(170, abs=4)
    assert rows[-1] - rows[0] == pytest.approx(170, abs=4)
    area = QRect(columns[0], rows[0], len(columns), len(rows))
    assert not area.intersects(small.geometry())
    assert canvas.rect().contains(area)
    greys = np.random.default_rng(5).integers(0, 256, (800, 1000))
    x, y = round((columns[0] + columns[-1] + 1) / 2), round((rows[0] + rows[-1] + 1) / 2)
    for dx, dy in ((-3, 0), (-5, 4), (3, 1), (6, -3)):
        expected = greys[row + dy, column + dx]
        assert shown[y + 8 * dy, x + 8 * dx, 0] == (expected if dx < 0 else 255 - expected)


def test_a_canvas_smaller_than_the_loupe_has_a_smaller_one(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.setFixedSize(160, 120)
    canvas.set_zoom(4)
    plain = pixels(canvas)
    canvas.set_loupe(True)
    move(canvas, QPoint(80, 60))
    differs = (pixels(canvas) != plain).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    # 4 free above and below, less half the rim
    assert (rows[0], rows[-1]) == pytest.approx((2, 117), abs=1)
    assert (columns[0], columns[-1]) == pytest.approx((22, 137), abs=1)


def test_a_key_turns_the_loupe_on_and_off(canvas: Canvas) -> None:
    heard: list[bool] = []
    canvas.loupeToggled.connect(heard.append)
    QTest.keyClick(canvas, Qt.Key.Key_L)
    assert canvas.loupe()
    QTest.keyClick(canvas, Qt.Key.Key_L)
    assert not canvas.loupe()
    canvas.set_loupe(False)
    assert heard == [True, False]


def test_the_loupe_is_out_of_the_way_of_a_drag(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.ORIGINAL)
    canvas.set_loupe(True)
    move(canvas, QPoint(100, 100))
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(100, 100))
    assert canvas.cursor().shape() == Qt.CursorShape.BlankCursor


# -- pixel grid --------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_grid_parts_large_pixels(canvas: Canvas, level: int, scheme: Scheme) -> None:
    canvas.setPalette(scheme_palette(dark=scheme is Scheme.DARK))
    rgb = np.full((20, 20, 3), level, np.uint8)
    canvas.set_picture(rgb, None, np.zeros((20, 20), np.int32))
    canvas.set_zoom(8)
    inside = np.s_[160:320, 220:380]
    assert np.all(pixels(canvas)[inside] == level)
    canvas.set_zoom(16)
    # 320 px in the middle of 600 x 480: lines at 140 + 16 n and 80 + 16 n, none at the edges
    shown = pixels(canvas)[80:400, 140:460, 0].astype(int)
    is_line = shown != level
    expected = np.zeros((320, 320), np.bool_)
    expected[16::16] = expected[:, 16::16] = True
    assert np.array_equal(is_line, expected)
    strength = np.abs(shown[is_line] - level)
    assert strength.min() == strength.max()
    assert 20 <= strength.max() <= 48
    canvas.set_pixel_grid(False)
    assert np.all(pixels(canvas)[inside] == level)


def test_lines_and_loupe_on_a_dense_screen(canvas: Canvas) -> None:
    """With two device pixels for a logical one, lines are thin and the loupe stays as large."""
    stage, layers = canvas._stage, canvas._layers
    canvas.set_compare_mode(CompareMode.RESULT)
    stage.resize(canvas.size().toSizeF(), 2.0)
    stage.viewport.set_zoom(16)
    scene = Scene(stage, layers)

    def drawn() -> NDArray[np.uint8]:
        image = QImage(2 * WIDTH, 2 * HEIGHT, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2.0)
        with QPainter(image) as painter:
            scene.paint(painter, QRect(0, 0, WIDTH, HEIGHT), canvas.palette())
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(2 * HEIGHT, 2 * WIDTH, 4)
        return rows[..., 0].copy()

    with_grid = drawn().astype(int)
    scene.has_grid = False
    plain = drawn().astype(int)
    # one level in 256 is as far from the line's as before
    columns = np.flatnonzero((with_grid != plain).mean(axis=0) > 0.9)
    assert set(np.diff(columns)) == {16}
    scene.loupe_place = QPointF(300, 240)
    changed = np.flatnonzero((drawn() != plain).any(axis=0))
    assert (changed[0], changed[-1]) == pytest.approx((2 * (300 - 85), 2 * (300 + 85)), abs=4)


def test_both_panes_have_a_grid(canvas: Canvas) -> None:
    canvas.set_compare_mode(CompareMode.SIDE_BY_SIDE)
    canvas.set_zoom(16)
    with_grid = pixels(canvas).astype(int)
    canvas.set_pixel_grid(False)
    is_line = (with_grid != pixels(canvas)).any(axis=2).mean(axis=0) > 0.9
    # two panes of 299 and a gap of 2 between them
    assert is_line[:299].sum() in (18, 19)
    assert np.array_equal(is_line[:299], is_line[301:])


# -- zoom presets ------------------------------------------------------------------------------


def test_keys_go_to_presets(canvas: Canvas) -> None:
    keys = {"1": 1.0, "2": 2.0, "3": 4.0, "4": 8.0, "5": 0.5, "6": 0.25, "7": 16.0}
    # larger than the canvas, as large when fitted as the preset, and far smaller
    for height, width in ((2400, 3200), (800, 1000), (20, 30)):
        open_noise(canvas, height, width)
        for key, zoom in keys.items():
            QTest.keyClick(canvas, key)
            assert canvas.zoom() == zoom
    assert canvas.zoom_presets() == tuple(sorted(keys.values()))


# -- background --------------------------------------------------------------------------------


def test_a_colour_can_be_behind_transparent_pixels(canvas: Canvas) -> None:
    rgb = np.full((480, 600, 3), 200, np.uint8)
    alpha = np.zeros((480, 600), np.uint8)
    alpha[:, 300:] = 51
    canvas.set_picture(rgb, alpha, np.ones((480, 600), np.int32))
    canvas.zoom_actual_size()
    assert len(np.unique(pixels(canvas)[:, :300])) == 2
    canvas.set_background(QColor(10, 220, 30))
    assert canvas.background() == QColor(10, 220, 30)
    shown = pixels(canvas)
    assert np.all(shown[:, :300] == (10, 220, 30))
    # a fifth of 200
    assert np.abs(shown[:, 300:] - np.array([48.0, 216.0, 64.0])).max() <= 1.5
    canvas.set_background(None)
    assert canvas.background() is None
    assert len(np.unique(pixels(canvas)[:, :300])) == 2
