"""What is clicked stays lit, and says so: in the real window, by real events."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from colorquant_gui.ui.space3d.marks import discs
from tests.ui.bands import band_center, bands_window, lower_part, swatch_of
from tests.ui.painted import as_rgb, pixels
from tests.ui.pointing import move
from tests.ui.whole_window import converge, session_of, space_viewport, whole_window


@pytest.fixture
def window(qtbot, tmp_path):
    with bands_window(qtbot, tmp_path) as made:
        yield made


def dot_beside_the_discs(window, surface):
    """Where the nearest colour is drawn that no disc can hide."""
    scene = window.color_space._scene
    size = surface.width(), surface.height()
    discs, _ = scene.camera.project(scene.place(scene.centroids), *size)
    dots, depth = scene.camera.project(scene.places(len(scene.world)), *size)
    is_free = np.abs(dots[:, None] - discs[None]).max(axis=2).min(axis=1) > 24
    x, y = dots[np.where(is_free, depth, np.inf).argmin()]
    return QPoint(round(float(x)), round(float(y)))


def test_a_dot_that_is_clicked_pins_just_what_hovering_lit(qtbot, tmp_path, monkeypatch):
    rgb = np.random.default_rng(0).integers(0, 256, (60, 160, 3), np.uint8)
    Image.fromarray(rgb).save(tmp_path / "noise.png")
    with whole_window(qtbot, [tmp_path / "noise.png"]) as window:
        window.actions_by_key["modeOriginal"].trigger()
        window.actions_by_key["zoomActual"].trigger()
        surface = space_viewport(window, qtbot)
        plain, in_space = lower_part(window), []
        monkeypatch.setattr(window.color_space, "set_highlight", lambda *a: in_space.append(a))
        place = dot_beside_the_discs(window, surface)
        move(surface, place)
        qtbot.waitUntil(lambda: bool(in_space) and in_space[-1][0] is not None)
        color, cluster = in_space[-1]
        qtbot.waitUntil(lambda: not np.array_equal(lower_part(window), plain))
        lit = lower_part(window)
        # all of its cluster but the colour itself is dimmed; a ring lies over some of the rest
        session = session_of(window)
        numbers = session.histogram.inverse[36:]
        others = (session.result.labels[numbers] == session.result.labels[color]) & (
            numbers != color
        )
        differs = np.abs(lit - plain).max(axis=2) > 0
        assert differs[others].mean() > 0.95
        assert not differs[numbers == color].any()
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=place)
        move(surface, QPoint(2, 2))
        assert in_space[-1] == (color, cluster)
        assert np.array_equal(lower_part(window), lit)
        # the same again lets it go
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=place)
        move(surface, QPoint(2, 2))
        qtbot.waitUntil(lambda: np.array_equal(lower_part(window), plain))
        assert in_space[-1] == (None, None)


def test_a_pixel_that_is_clicked_pins_its_colour_and_shows_its_cluster(window, qtbot, monkeypatch):
    plain, in_space = lower_part(window), []
    monkeypatch.setattr(window.color_space, "set_highlight", lambda *a: in_space.append(a))
    point = band_center(window, 2)
    move(window.canvas, point)
    qtbot.waitUntil(lambda: bool(in_space) and in_space[-1][0] is not None)
    told = in_space[-1]
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=point)
    move(window.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: not np.array_equal(lower_part(window), plain))
    assert in_space[-1] == told
    shown = lower_part(window)
    assert np.array_equal(shown[:, 80:120], plain[:, 80:120])
    assert np.abs(shown[:, :80] - plain[:, :80]).max() > 30


def test_what_is_pinned_is_told_from_what_is_pointed_at(window, qtbot):
    palette = window.palette_view
    swatches = [palette.swatch_rect(swatch_of(window, band)) for band in (0, 3)]
    before = [as_rgb(palette.grab(rect).toImage()).astype(int) for rect in swatches]
    plain = lower_part(window)

    def has_pin(which):
        # right of the middle, above it, and off the frame of what is marked
        rect = swatches[which]
        now = as_rgb(palette.grab(rect).toImage()).astype(int)
        part = np.s_[6 : rect.height() // 2, rect.width() // 2 : rect.width() - 6]
        return bool(np.abs(now[part] - before[which][part]).max() > 60)

    QTest.mouseMove(palette, swatches[0].center())
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=swatches[0].center())
    qtbot.waitUntil(lambda: has_pin(0))
    move(palette, swatches[1].center())
    qtbot.waitUntil(lambda: np.abs(lower_part(window)[:, :40] - plain[:, :40]).max() > 30)
    assert (has_pin(0), has_pin(1)) == (True, False)
    move(palette, QPoint(2, 2))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert (has_pin(0), has_pin(1)) == (False, False)


def test_the_picture_says_that_something_is_pinned(window):
    window.actions_by_key["zoomFit"].trigger()
    canvas = window.canvas
    assert "pinned" not in canvas.accessibleName()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center() - QPoint(60, 0))
    move(canvas, QPoint(2, 2))
    note = canvas.captioned()[-1]
    corner = note.topLeft().toPoint() + QPoint(6, 2)
    seen = pixels(canvas)[corner.y() :, corner.x() :][
        : int(note.height()) - 4, : int(note.width()) - 12
    ]
    assert np.median(seen) < 110
    assert seen.max() > 240, "white on black, whatever is below"
    assert "pinned" in canvas.accessibleName()
    count = len(canvas.captioned())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert len(canvas.captioned()) == count - 1
    assert "pinned" not in canvas.accessibleName()


def test_the_swatch_of_transparent_pixels_makes_them_stand_out(qtbot, tmp_path):
    rgba = np.full((60, 160, 4), 255, np.uint8)
    rgba[:, :80, :3], rgba[:, 80:, 3] = (200, 40, 40), 0
    Image.fromarray(rgba).save(tmp_path / "half.png")
    with whole_window(qtbot, [tmp_path / "half.png"]) as window:
        window.actions_by_key["modeResult"].trigger()
        window.actions_by_key["zoomActual"].trigger()
        plain, palette = lower_part(window), window.palette_view
        assert session_of(window).result.transparent_index == 0
        swatch = palette.swatch_rect(0).center()
        move(palette, swatch)
        qtbot.waitUntil(lambda: np.abs(lower_part(window)[:, :80] - plain[:, :80]).max() > 30)
        assert np.array_equal(lower_part(window)[:, 80:], plain[:, 80:])
        lit = lower_part(window)
        QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=swatch)
        move(palette, QPoint(2, 2))
        assert np.array_equal(lower_part(window), lit)
        marked = pixels(palette)
        # a pixel of what is pinned lets it go
        QTest.mouseClick(
            window.canvas,
            Qt.MouseButton.LeftButton,
            pos=window.canvas.rect().center() + QPoint(40, 0),
        )
        move(window.canvas, QPoint(2, 2))
        qtbot.waitUntil(lambda: np.array_equal(lower_part(window), plain))
        assert not np.array_equal(pixels(palette), marked)


@pytest.fixture
def clear_half(qtbot, tmp_path):
    """Noise on the left and nothing on the right."""
    rgba = np.zeros((60, 160, 4), np.uint8)
    rgba[:, :80, :3] = np.random.default_rng(0).integers(0, 256, (60, 80, 3))
    rgba[:, :80, 3] = 255
    Image.fromarray(rgba).save(tmp_path / "half.png")
    with whole_window(qtbot, [tmp_path / "half.png"]) as made:
        session = session_of(made)
        session.set("k", k=5)
        converge(made, qtbot)
        made.actions_by_key["modeResult"].trigger()
        made.actions_by_key["zoomActual"].trigger()
        yield made


def test_a_pixel_to_be_seen_through_lights_its_swatch_and_pins_it(clear_half, qtbot):
    window, palette = clear_half, clear_half.palette_view
    place = window.canvas.rect().center() + QPoint(40, 10)
    swatch = palette.swatch_rect(session_of(window).result.transparent_index)
    plain = lower_part(window)

    def frame():
        return as_rgb(palette.grab(swatch).toImage()).astype(int)

    unmarked = frame()
    move(window.canvas, place)
    qtbot.waitUntil(lambda: not np.array_equal(frame(), unmarked))
    assert np.array_equal(lower_part(window), plain), "what is pointed at needs no showing"
    move(window.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: np.array_equal(frame(), unmarked))
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=place)
    move(window.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: np.abs(lower_part(window)[:, :80] - plain[:, :80]).max() > 30)
    assert np.array_equal(lower_part(window)[:, 80:], plain[:, 80:])
    assert not np.array_equal(frame(), unmarked)
    # its swatch is the same thing, and lets it go
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=swatch.center())
    move(palette, QPoint(2, 2))
    qtbot.waitUntil(lambda: np.array_equal(lower_part(window), plain))
    qtbot.waitUntil(lambda: np.array_equal(frame(), unmarked))


def test_the_colours_stand_back_for_what_is_transparent(clear_half, qtbot):
    window, palette = clear_half, clear_half.palette_view
    surface = space_viewport(window, qtbot)
    place = dot_beside_the_discs(window, surface)

    def strength():
        """How far the dot is from what is behind all dots."""
        seen = as_rgb(surface.grab().toImage()).astype(int)
        return np.abs(seen[place.y(), place.x()] - seen[-2, 2]).max()

    full = strength()
    assert full > 60
    swatch = palette.swatch_rect(session_of(window).result.transparent_index).center()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=swatch)
    move(palette, QPoint(2, 2))
    qtbot.waitUntil(lambda: strength() < 0.4 * full)
    scene, size = window.color_space._scene, (surface.width(), surface.height())
    assert discs(scene, *size).opacities.max() < 0.5
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: strength() == full)
    assert discs(scene, *size).opacities.min() == 1.0


def test_the_arrow_keys_light_up_what_they_come_to_and_enter_pins_it(window, qtbot):
    plain, palette = lower_part(window), window.palette_view
    palette.setFocus()
    QTest.keyClick(palette, Qt.Key.Key_Home)

    def is_lit(band):
        columns = np.s_[:, 40 * band : 40 * band + 40]
        return np.array_equal(lower_part(window)[columns], plain[columns])

    def lit():
        return [band for band in range(4) if is_lit(band)]

    at = {swatch_of(window, band): band for band in range(4)}
    qtbot.waitUntil(lambda: lit() == [at[0]])
    QTest.keyClick(palette, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: lit() == [at[1]])
    QTest.keyClick(palette, Qt.Key.Key_Return)
    window.canvas.setFocus()
    assert lit() == [at[1]], "a pin stays where the focus goes elsewhere"
    palette.setFocus()
    QTest.keyClick(palette, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: lit() == [at[3]])
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: lit() == [at[1]])
    palette.setFocus()
    QTest.keyClick(palette, Qt.Key.Key_Left)
    QTest.keyClick(palette, Qt.Key.Key_Left)
    QTest.keyClick(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lit() == [0, 1, 2, 3], timeout=5000)
