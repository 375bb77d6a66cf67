"""What is pointed at in one view stands out in the others: in the real window, by real events."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from colorquant_gui.session import RunState
from tests.ui.bands import COLORS, band_center, bands_window, swatch_of
from tests.ui.painted import pixels
from tests.ui.pointing import move
from tests.ui.whole_window import session_of, whole_window


@pytest.fixture
def window(qtbot, tmp_path):
    with bands_window(qtbot, tmp_path, space=False) as made:
        yield made


def color_at(window, point):
    return pixels(window.canvas)[point.y(), point.x()].astype(int)


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
    histogram = session_of(window).histogram
    assert np.abs(histogram.colors[number].astype(int) - COLORS[2]).max() <= 6
    latest = session_of(window).history.latest
    assert np.abs(latest.centroids[cluster] - COLORS[2]).max() < 4
    assert marked[-1] == swatch_of(window, 2)


def test_a_click_pins_and_escape_releases(window, qtbot):
    before = color_at(window, band_center(window, 0))
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=band_center(window, 3))
    qtbot.waitUntil(lambda: not np.array_equal(color_at(window, band_center(window, 0)), before))
    # the pin outlives a new run, though its labels are others
    session_of(window).restart_run()
    qtbot.waitUntil(lambda: session_of(window).state is RunState.CONVERGED, timeout=9000)
    QTest.mouseMove(window.canvas, QPoint(2, 2))
    qtbot.wait(60)
    assert not np.array_equal(color_at(window, band_center(window, 0)), before)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: np.array_equal(color_at(window, band_center(window, 0)), before))


def test_a_centroid_makes_its_pixels_stand_out(window, qtbot):
    before = [color_at(window, band_center(window, band)) for band in range(4)]
    latest = session_of(window).history.latest
    apart = np.abs(latest.centroids - COLORS[3]).sum(axis=1)
    window.color_space.centroidHovered.emit(int(apart.argmin()))
    qtbot.waitUntil(lambda: not np.array_equal(color_at(window, band_center(window, 0)), before[0]))
    assert np.abs(color_at(window, band_center(window, 3)) - before[3]).max() <= 1
    window.color_space.centroidHovered.emit(None)


def test_the_slice_dims_the_picture(window, qtbot):
    before = [color_at(window, band_center(window, band)) for band in range(4)]
    mask = session_of(window).histogram.colors[:, 0] > 150
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
    session = session_of(window)
    source = session.source.rgb.reshape(-1, 3).astype(float)
    expected = np.sqrt(((source - session.result.to_rgb().reshape(-1, 3)) ** 2).sum(axis=1))
    assert np.allclose(values[session.histogram.inverse.ravel()], expected, atol=1e-3)


def test_the_status_bar_tells_the_pixel_under_the_pointer(window, qtbot):
    point = band_center(window, 1)
    QTest.mouseMove(window.canvas, point)
    shown = session_of(window).result.palette[swatch_of(window, 1)]
    text = "→ #{:02X}{:02X}{:02X}".format(*shown)
    qtbot.waitUntil(lambda: text.lower() in run_text(window).lower())


def test_the_pixel_under_the_pointer_is_told_while_the_run_goes_on(window, qtbot):
    playback, told = session_of(window).playback, []
    field = window.status.findChild(QLabel, "runField")
    at_end = field.text()
    move(window.canvas, band_center(window, 1))
    qtbot.waitUntil(lambda: "→" in field.text())
    window.status.factsChanged.connect(lambda: told.append(window.status.facts()))
    for stop, k in ((0, "1"), (2, "3"), (session_of(window).history.stops - 1, "4"), (0, "1")):
        playback.seek(stop)
        # the seeding places one centroid after another
        qtbot.waitUntil(lambda k=k: window.status.facts().k == k)
        assert "→" in field.text()
    assert {facts.run for facts in told} <= {""}
    # and once the pointer has gone, the run is told as it is by now
    move(window.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: field.text() not in ("", at_end) and "→" not in field.text())
    assert window.status.facts().run == field.text()
    assert window.status.facts().pixel == ""


@pytest.mark.parametrize(
    ("column", "said"),
    [(10, "#C82828 → #C82828"), (50, "transparent"), (90, "#C82828 → transparent")],
)
def test_a_pixel_that_is_transparent_is_told_as_well(qtbot, tmp_path, column, said):
    rgba = np.full((60, 120, 4), (200, 40, 40, 255), np.uint8)
    # of what is half transparent the most part is lost
    rgba[:, 40:80, 3], rgba[:, 80:, 3] = 0, 100
    Image.fromarray(rgba).save(tmp_path / "clear.png")
    opened = whole_window(qtbot, [tmp_path / "clear.png"], space=False, advisor=False)
    with opened as window:
        window.actions_by_key["zoomActual"].trigger()
        move(window.canvas, window.canvas.rect().center() + QPoint(column - 60, 0))
        field = window.status.findChild(QLabel, "runField")
        qtbot.waitUntil(lambda: field.text().endswith(said))
        x, y = field.text().split("   ")[0].split(", ")
        assert abs(int(x) - column) <= 1
        assert abs(int(y) - 30) <= 1


def run_text(window):
    return " ".join(label.text() for label in window.status.findChildren(QLabel))


def test_a_swatch_or_centroid_that_is_gone_points_at_nothing(window):
    before = color_at(window, band_center(window, 0))
    window.palette_view.swatchHovered.emit(200)
    window.color_space.centroidHovered.emit(200)
    assert np.array_equal(color_at(window, band_center(window, 0)), before)
