"""What is pointed at in one view stands out in the others: in the real window, by real events."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from colorquant_gui.app import create_main_window
from colorquant_gui.session import RunState, Session

COLORS = np.array([[200, 40, 40], [40, 180, 60], [50, 60, 200], [230, 210, 60]], np.uint8)


@pytest.fixture
def window(qtbot, tmp_path):
    """A window on a picture of four bands, each of one colour and some noise, with k = 4."""
    rng = np.random.default_rng(0)
    rgb = np.repeat(np.repeat(COLORS[None], 60, axis=0), 40, axis=1).astype(int)
    rgb = np.clip(rgb + rng.integers(-6, 7, rgb.shape), 0, 255).astype(np.uint8)
    path = tmp_path / "bands.png"
    Image.fromarray(rgb).save(path)
    window = create_main_window([path])
    window.session = window.findChild(Session)
    window.session.set("k", k=4)
    window.session.playback.set_speed(float("inf"))
    window.session.advisor.pause()
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.session.encoded is not None, timeout=9000)
    window.actions_by_key["modeResult"].trigger()
    window.actions_by_key["zoomActual"].trigger()
    yield window
    window.close()
    window.deleteLater()


def band_center(window, band):
    middle = window.canvas.rect().center()
    return middle + QPoint(-80 + 40 * band + 20, 0)


def color_at(window, point):
    image = window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    color = image.pixelColor(point * image.devicePixelRatio())
    return np.array([color.red(), color.green(), color.blue()])


def swatch_of(window, band):
    apart = np.abs(window.session.result.palette.astype(int) - COLORS[band]).sum(axis=1)
    return int(apart.argmin())


def test_a_swatch_makes_its_pixels_stand_out(window, qtbot):
    before = [color_at(window, band_center(window, band)) for band in range(4)]
    palette = window.palette_view
    QTest.mouseMove(palette, palette.swatch_rect(swatch_of(window, 1)).center())
    qtbot.waitUntil(lambda: not np.array_equal(color_at(window, band_center(window, 0)), before[0]))
    after = [color_at(window, band_center(window, band)) for band in range(4)]
    assert np.abs(after[1] - before[1]).max() <= 1, "its own pixels stay"
    for band in (0, 2, 3):
        # dimming takes the colour out
        assert np.ptp(after[band]) < np.ptp(before[band])
    window.palette_view.swatchHovered.emit(None)
    qtbot.waitUntil(lambda: np.array_equal(color_at(window, band_center(window, 0)), before[0]))


def test_a_pixel_lights_up_its_colour_cluster_and_swatch(window, qtbot, monkeypatch):
    lit, marked = [], []
    monkeypatch.setattr(window.color_space, "set_highlight", lambda *a: lit.append(a))
    monkeypatch.setattr(window.palette_view, "set_highlight", marked.append)
    point = band_center(window, 2)
    QTest.mouseMove(window.canvas, point)
    qtbot.waitUntil(lambda: bool(lit) and lit[-1][0] is not None)
    number, cluster = lit[-1]
    histogram = window.session.histogram
    assert np.abs(histogram.colors[number].astype(int) - COLORS[2]).max() <= 6
    latest = window.session.history.latest
    assert np.abs(latest.centroids[cluster] - COLORS[2]).max() < 4
    assert marked[-1] == swatch_of(window, 2)


def test_a_click_pins_and_escape_releases(window, qtbot):
    before = color_at(window, band_center(window, 0))
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=band_center(window, 3))
    qtbot.waitUntil(lambda: not np.array_equal(color_at(window, band_center(window, 0)), before))
    # the pin outlives a new run, though its labels are others
    window.session.restart_run()
    qtbot.waitUntil(lambda: window.session.state is RunState.CONVERGED, timeout=9000)
    QTest.mouseMove(window.canvas, QPoint(2, 2))
    qtbot.wait(60)
    assert not np.array_equal(color_at(window, band_center(window, 0)), before)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: np.array_equal(color_at(window, band_center(window, 0)), before))


def test_a_centroid_makes_its_pixels_stand_out(window, qtbot):
    before = [color_at(window, band_center(window, band)) for band in range(4)]
    latest = window.session.history.latest
    apart = np.abs(latest.centroids - COLORS[3]).sum(axis=1)
    window.color_space.centroidHovered.emit(int(apart.argmin()))
    qtbot.waitUntil(lambda: not np.array_equal(color_at(window, band_center(window, 0)), before[0]))
    assert np.abs(color_at(window, band_center(window, 3)) - before[3]).max() <= 1
    window.color_space.centroidHovered.emit(None)


def test_the_slice_dims_the_picture(window, qtbot):
    before = [color_at(window, band_center(window, band)) for band in range(4)]
    mask = window.session.histogram.colors[:, 0] > 150
    window.color_space.clipChanged.emit(mask)
    qtbot.waitUntil(lambda: not np.array_equal(color_at(window, band_center(window, 1)), before[1]))
    assert np.abs(color_at(window, band_center(window, 0)) - before[0]).max() <= 1
    window.color_space.clipChanged.emit(None)


def test_the_difference_is_that_of_the_result(window, monkeypatch, qtbot):
    maps = []
    monkeypatch.setattr(window.canvas, "set_error_map", lambda *a: maps.append(a))
    window.actions_by_key["modeDifference"].trigger()
    qtbot.waitUntil(lambda: bool(maps) and maps[-1][0] is not None, timeout=5000)
    values = maps[-1][0]
    session = window.session
    source = session.source.rgb.reshape(-1, 3).astype(float)
    expected = np.sqrt(((source - session.result.to_rgb().reshape(-1, 3)) ** 2).sum(axis=1))
    assert np.allclose(values[session.histogram.inverse.ravel()], expected, atol=1e-3)


def test_the_status_bar_tells_the_pixel_under_the_pointer(window, qtbot):
    point = band_center(window, 1)
    QTest.mouseMove(window.canvas, point)
    shown = window.session.result.palette[swatch_of(window, 1)]
    text = "→ #{:02X}{:02X}{:02X}".format(*shown)
    qtbot.waitUntil(lambda: text.lower() in run_text(window).lower())


def run_text(window):
    return " ".join(label.text() for label in window.status.findChildren(QLabel))


def test_a_swatch_or_centroid_that_is_gone_points_at_nothing(window):
    before = color_at(window, band_center(window, 0))
    window.palette_view.swatchHovered.emit(200)
    window.color_space.centroidHovered.emit(200)
    assert np.array_equal(color_at(window, band_center(window, 0)), before)
