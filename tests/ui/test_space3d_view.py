"""The colour-space view on a real screen: what a person sees and does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget

from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space3d.budget import MAX_POINTS_IN_SOFTWARE
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.picture import SpaceContent

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

SIZE = (420, 360)
# Within the cube: at its corners are lines and labels.
RED, GREEN, BLUE = (205, 40, 40), (50, 210, 50), (45, 45, 200)
PRIMARIES = np.array([RED, GREEN, BLUE], np.uint8)
# The outline of the gamut has every colour.
COLORS_ALONE = {"pixels", "centroids", "trails"}
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Screen:
    """A view on the screen, and what is seen there."""

    def __init__(self, view: ColorSpaceView, qtbot: QtBot) -> None:
        self.view, self.qtbot = view, qtbot

    @property
    def surface(self) -> QWidget:
        surface = self.view.findChild(QWidget, "spaceViewport")
        assert surface is not None
        return surface

    def settle(self) -> None:
        """Wait until the picture is final and on the screen."""
        self.qtbot.waitUntil(lambda: self.view.findChild(QWidget, "spaceViewport") is not None)
        self.qtbot.waitUntil(lambda: self.surface.settled, timeout=10_000)
        self.qtbot.wait(30)

    def pixels(self) -> np.ndarray:
        """The view as (height, width, 3)."""
        self.settle()
        image = self._grabbed()
        # a busy machine may bring what was drawn to the screen later
        for _ in range(20):
            self.qtbot.wait(20)
            before, image = image, self._grabbed()
            if np.array_equal(before, image):
                break
        return image

    def _grabbed(self) -> np.ndarray:
        window = self.view.window()
        corner = self.view.mapTo(window, QPoint())
        grabbed = self.view.screen().grabWindow(window.winId(), corner.x(), corner.y(), *SIZE)
        image = grabbed.toImage()
        image = image.convertToFormat(image.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
        return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)

    def place(self, color: tuple[float, ...], camera: Camera | None = None) -> tuple[int, int]:
        """Row and column at which a colour belongs."""
        x, y = (camera or Camera()).project(color, *SIZE)[0]
        return int(y), int(x)

    def at(self, color: tuple[float, ...], camera: Camera | None = None) -> tuple[int, ...]:
        return tuple(self.pixels()[self.place(color, camera)].tolist())

    def toggle(self, layer: str) -> QCheckBox:
        found = self.view.findChild(QCheckBox, f"{layer}Toggle")
        assert found is not None
        return found

    def caption(self, name: str) -> str:
        label = self.view.findChild(QLabel, name)
        assert label is not None
        return label.text() if label.isVisible() else ""

    def status(self) -> str:
        """All of the status, of which the label has as much as there is room for."""
        label = self.view.findChild(QLabel, "spaceStatus")
        assert label is not None
        return label.accessibleName() if label.isVisible() else ""

    def drag(self, dx: int, dy: int, button: Qt.MouseButton = LEFT) -> None:
        start = QPoint(210, 200)
        QTest.mousePress(self.surface, button, pos=start)
        for step in range(1, 5):
            QTest.mouseMove(self.surface, start + QPoint(dx * step // 4, dy * step // 4))
        QTest.mouseRelease(self.surface, button, pos=start + QPoint(dx, dy))

    def wheel(self, delta: int) -> None:
        middle = QPointF(210, 180)
        event = QWheelEvent(
            middle, self.surface.mapToGlobal(middle), QPoint(), QPoint(0, delta),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.surface, event)


@pytest.fixture
def make(qtbot: QtBot) -> Callable[..., Screen]:
    def build(use_opengl: bool = True, *, parent: QWidget | None = None) -> Screen:
        view = ColorSpaceView(parent, use_opengl=None if use_opengl else False)
        view.resize(*SIZE)
        if parent is None:
            qtbot.addWidget(view)
        view.show()
        qtbot.waitExposed(view)
        screen = Screen(view, qtbot)
        screen.settle()
        assert view.has_opengl == use_opengl
        return screen

    return build


@pytest.fixture
def graphics_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have views drawn right into the window, as where there is a graphics card."""
    for module in ("opengl", "surface"):
        monkeypatch.setattr(f"colorquant_gui.ui.space3d.{module}.draws_in_software", lambda: False)


@pytest.fixture(params=[True, False], ids=["opengl", "flat"])
def screen(request: pytest.FixtureRequest, make: Callable[..., Screen]) -> Screen:
    return make(request.param)


def close(one: tuple[int, ...], other: tuple[int, ...], tolerance: int = 14) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def background(view: QWidget) -> tuple[int, ...]:
    return view.palette().color(QPalette.ColorRole.Dark).getRgb()[:3]


def share(image: np.ndarray, color: tuple[int, ...]) -> int:
    """How many pixels have about this colour."""
    return int((np.abs(image - np.array(color)).max(axis=-1) <= 14).sum())


# -- what is seen --------------------------------------------------------------------------------


def test_colours_are_at_their_place_in_the_cube(screen: Screen) -> None:
    screen.view.set_colors(PRIMARIES, np.array([5, 6, 7]))
    image = screen.pixels()
    for color in (RED, GREEN, BLUE):
        assert close(tuple(image[screen.place(color)]), color)


def test_one_colour_is_enough(screen: Screen) -> None:
    screen.view.set_colors(np.array([[200, 130, 60]], np.uint8), np.array([9]))
    assert close(screen.at((200, 130, 60)), (200, 130, 60))


def test_a_picture_without_colours_shows_what_will_be_here(screen: Screen) -> None:
    words = "The colours of your picture appear here"
    assert screen.caption("spaceMessage") == words
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    assert screen.caption("spaceMessage") == ""
    screen.view.clear()
    assert screen.caption("spaceMessage") == words
    screen.view.set_layers(COLORS_ALONE)
    assert share(screen.pixels(), RED) == 0


def test_the_near_colours_cover_the_far_ones(screen: Screen) -> None:
    # Pairs on lines through the eye, many so that they are not drawn in the right order by chance.
    right, up, _ = Camera().axes()
    eye = Camera().eye()
    near, far = [], []
    for x in (-60, -20, 20, 60):
        for y in (-45, 0, 45):
            middle = 127.5 + x * right + y * up
            towards = (eye - middle) / np.linalg.norm(eye - middle)
            near.append(np.rint(middle + 45 * towards))
            far.append(np.rint(middle - 45 * towards))
    colors = np.array(near + far).astype(np.uint8)
    screen.view.set_layers(COLORS_ALONE)
    screen.view.set_colors(colors, np.ones(len(colors), np.int64))
    image = screen.pixels()
    for color, hidden in zip(near, far, strict=True):
        row, column = screen.place(tuple(color))
        # the frame of the cube may run over the very middle
        around = image[row - 2 : row + 3, column - 2 : column + 3]
        assert np.abs(around - color).max(axis=-1).min() < 20
        assert np.abs(around - hidden).max(axis=-1).min() > 30


def test_centroids_are_on_top_of_every_colour(screen: Screen) -> None:
    grid = np.stack(np.meshgrid(*[np.arange(0, 256, 15)] * 3), axis=-1).reshape(-1, 3)
    screen.view.set_colors(grid.astype(np.uint8), np.ones(len(grid), np.int64))
    # dark green, in the depth of a full cube: nothing of that colour is at its front
    centroid = (10.0, 120.0, 20.0)
    assert not close(screen.at(centroid), centroid, 40)
    screen.view.set_centroids(np.array([centroid]), np.array([3]))
    assert close(screen.at(centroid), centroid)


def test_a_centroid_has_a_light_ring_within_a_dark_one(screen: Screen) -> None:
    screen.view.set_colors(np.array([[0, 0, 0]], np.uint8), np.array([1]))
    screen.view.set_centroids(np.array([[127.0, 127.0, 127.0]]), np.array([3]))
    row, column = screen.place((127, 127, 127))
    ring = screen.pixels()[row, column : column + 30].mean(axis=1)
    brightest = int(ring.argmax())
    assert ring[brightest] > 225
    assert 6 < brightest < 20
    assert ring[brightest : brightest + 5].min() < 90


def test_trails_are_seen_and_fade(screen: Screen) -> None:
    view = screen.view
    view.set_layers(COLORS_ALONE)
    path = np.linspace([20.0, 235.0, 235.0], [235.0, 20.0, 20.0], 9)[:, None]
    view.set_trails(path)
    image = screen.pixels()
    old, new = ((path[i, 0] + path[i + 1, 0]) / 2 for i in (0, 7))
    assert close(tuple(image[screen.place(tuple(new))]), tuple(new), 50)
    contrast = [
        np.abs(image[screen.place(tuple(place))] - background(view)).max() for place in (old, new)
    ]
    assert 8 < contrast[0] < contrast[1]
    view.set_trails([])
    assert share(screen.pixels(), tuple(new)) == 0


def test_trails_may_come_as_a_list_whose_k_changes(screen: Screen) -> None:
    early, late = np.full((5, 3), 99.0), np.linspace([[20.0] * 3], [[230.0, 60.0, 60.0]], 4)
    screen.view.set_trails([early, *late])
    assert close(screen.at(tuple((late[-1, 0] + late[-2, 0]) / 2)), (195, 53, 53), 60)


def test_the_axes_are_named_and_numbered(screen: Screen) -> None:
    screen.view.set_colors(np.array([[9, 9, 9]], np.uint8), np.array([1]))
    image = screen.pixels()
    frame = screen.view._scene.axes(*SIZE)
    assert {label.text for label in frame.labels} >= {"R", "G", "B", "0", "255"}
    for label in frame.labels:
        x, y = int(label.x), int(label.y)
        around = image[y - 6 : y + 7, x - 6 : x + 7].reshape(-1, 3)
        assert np.abs(around - np.array(label.rgb)).max(axis=1).min() < 40, label.text


def test_the_view_follows_the_theme(screen: Screen) -> None:
    view = screen.view
    for level in (30, 200):
        palette = QPalette()
        text = QColor(Qt.GlobalColor.white if level < 128 else Qt.GlobalColor.black)
        palette.setColor(QPalette.ColorRole.Dark, QColor(level, level, level))
        palette.setColor(QPalette.ColorRole.WindowText, text)
        view.setPalette(palette)
        assert tuple(screen.pixels()[-3, -3]) == (level, level, level)


def test_what_is_waited_for_is_said(screen: Screen) -> None:
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    screen.view.set_busy("Counting colours…")
    assert screen.caption("spaceMessage") == "Counting colours…"
    screen.view.set_busy("")
    assert screen.caption("spaceMessage") == ""


# -- the legend ----------------------------------------------------------------------------------


def test_a_click_in_the_legend_hides_and_shows(screen: Screen) -> None:
    view = screen.view
    view.set_colors(PRIMARIES, np.ones(3, np.int64))
    view.set_centroids(np.array([[127.0, 200.0, 127.0]]), np.array([3]))
    view.set_trails(np.linspace([[127.0, 60, 40]], [[127.0, 200, 127]], 5))
    told: list[set[str]] = []
    view.layersChanged.connect(told.append)
    everything = {"pixels", "centroids", "trails", "gamut", "axes"}
    # not the disc's centre: a trail ends there
    samples = {"pixels": RED, "centroids": (127, 206, 130), "trails": (127, 165, 105)}
    shown = {layer: screen.at(color) for layer, color in samples.items()}
    for layer, color in samples.items():
        QTest.mouseClick(screen.toggle(layer), LEFT)
        assert told[-1] == view.layers() == everything - {layer}
        assert not close(screen.at(color), shown[layer], 25)
        QTest.mouseClick(screen.toggle(layer), LEFT)
        assert told[-1] == view.layers() == everything
        assert close(screen.at(color), shown[layer])
    assert len(told) == 6


def test_layers_set_by_the_program_are_not_reported(screen: Screen) -> None:
    told: list[set[str]] = []
    screen.view.layersChanged.connect(told.append)
    screen.view.set_layers({"trails", "nonsense"})
    assert screen.view.layers() == {"trails"}
    assert [screen.toggle(layer).isChecked() for layer in ("pixels", "centroids", "trails")] == [
        False,
        False,
        True,
    ]
    assert not told


def test_the_legend_of_a_low_view_is_in_the_row_of_the_buttons(screen: Screen) -> None:
    def on_view(widget: QWidget) -> QRect:
        return QRect(widget.mapTo(screen.view, QPoint()), widget.size())

    screen.view.resize(480, 300)
    controls = [
        on_view(screen.view.findChild(QWidget, name))
        for name in ("spaceCombo", "perspectiveButton", "viewOptionsButton")
    ]
    names = ("pixels", "centroids", "trails", "gamut", "axes")
    places = [on_view(screen.toggle(name)) for name in names]
    bottom = max(control.bottom() for control in controls)
    assert all(place.bottom() <= bottom for place in places)
    everything = controls + places
    for number, one in enumerate(everything):
        assert screen.view.rect().contains(one)
        assert not any(one.intersects(other) for other in everything[number + 1 :])
    QTest.mouseClick(screen.toggle("gamut"), LEFT)
    assert "gamut" not in screen.view.layers()
    # no room for it in any way
    screen.view.resize(320, 180)
    assert not screen.toggle("gamut").isVisible()
    screen.view.resize(480, 400)
    assert on_view(screen.toggle("gamut")).top() > bottom


def test_the_legend_works_with_keys_and_screen_readers(screen: Screen) -> None:
    toggle = screen.toggle("centroids")
    assert toggle.accessibleName() == "Show the centroids"
    assert toggle.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert screen.view.layers() == {"pixels", "trails", "gamut", "axes"}


# -- moving about --------------------------------------------------------------------------------


def test_a_drag_turns_the_cube(screen: Screen) -> None:
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    screen.drag(80, 20)
    turned = Camera().orbited(80, 20)
    image = screen.pixels()
    for color in (RED, GREEN, BLUE):
        assert close(tuple(image[screen.place(color, turned)]), color)
        assert not close(tuple(image[screen.place(color)]), color, 60)


def test_a_double_click_resets(screen: Screen) -> None:
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    screen.drag(-100, 30)
    screen.wheel(240)
    assert not close(screen.at(RED), RED, 60)
    QTest.mouseDClick(screen.surface, LEFT, pos=QPoint(100, 100))
    QTest.mouseRelease(screen.surface, LEFT, pos=QPoint(100, 100))
    assert close(screen.at(RED), RED)


def test_the_wheel_zooms(screen: Screen) -> None:
    color = (127, 200, 140)
    screen.view.set_colors(np.array([color], np.uint8), np.array([1]))
    screen.wheel(240)
    zoomed = Camera().zoomed(1.0013**240)
    assert zoomed.zoom > 1.3
    assert close(screen.at(color, zoomed), color)
    screen.wheel(-100_000)
    small = screen.place(color, Camera(zoom=0.5))
    assert close(tuple(screen.pixels()[small]), color)


def test_a_right_drag_moves_the_cube(screen: Screen) -> None:
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    screen.drag(40, -24, RIGHT)
    assert close(screen.at(RED, Camera().panned(40, -24, *SIZE)), RED)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_Left, Camera().orbited(-12.5, 0)),
        (Qt.Key.Key_Down, Camera().orbited(0, 12.5)),
        (Qt.Key.Key_Plus, Camera().zoomed(1.15)),
        (Qt.Key.Key_Minus, Camera().zoomed(1 / 1.15)),
    ],
)
def test_keys_move_too(make: Callable[..., Screen], key: Qt.Key, wanted: Camera) -> None:
    screen = make(use_opengl=False)
    QTest.keyClick(screen.surface, key)
    assert screen.view._scene.camera == wanted
    for reset in (Qt.Key.Key_Home, Qt.Key.Key_0):
        QTest.keyClick(screen.surface, key)
        QTest.keyClick(screen.surface, reset)
        assert screen.view._scene.camera == Camera()


@pytest.mark.parametrize("use_opengl", [True, False], ids=["opengl", "flat"])
def test_other_keys_are_left_to_the_window(
    make: Callable[..., Screen], qtbot: QtBot, use_opengl: bool
) -> None:
    got = []

    class Window(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            got.append(event.key())

    window = Window()
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    screen = make(use_opengl, parent=window)
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_Space):
        QTest.keyClick(screen.surface, key)
    assert got == [Qt.Key.Key_PageUp, Qt.Key.Key_Space]


def test_the_cursor_says_what_a_drag_does(make: Callable[..., Screen]) -> None:
    screen = make(use_opengl=False)
    surface = screen.surface
    assert surface.cursor().shape() == Qt.CursorShape.OpenHandCursor
    for button, shape in (
        (LEFT, Qt.CursorShape.ClosedHandCursor),
        (RIGHT, Qt.CursorShape.SizeAllCursor),
    ):
        QTest.mousePress(surface, button)
        assert surface.cursor().shape() == shape
        QTest.mouseRelease(surface, button)
        assert surface.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_the_keyboard_focus_is_seen(screen: Screen) -> None:
    view = screen.view
    view.activateWindow()
    screen.qtbot.waitUntil(view.isActiveWindow)
    accent = view.palette().color(QPalette.ColorRole.Highlight).getRgb()[:3]
    screen.surface.setFocus(Qt.FocusReason.TabFocusReason)
    image = screen.pixels()
    assert close(tuple(image[0, 200]), accent)
    assert close(tuple(image[200, 0]), accent)
    screen.toggle("trails").setFocus()
    assert tuple(screen.pixels()[200, 0]) == background(view)


# -- many colours --------------------------------------------------------------------------------


def many(n: int) -> np.ndarray:
    keys = np.arange(n, dtype=np.uint64) * np.uint64(2654435761) % np.uint64(1 << 24)
    return np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1).astype(np.uint8)


@pytest.mark.parametrize("use_opengl", [True, False], ids=["opengl", "flat"])
def test_two_million_colours_do_not_freeze_the_window(
    make: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch, use_opengl: bool
) -> None:
    most = MAX_POINTS_IN_SOFTWARE
    if use_opengl:
        # OpenGL draws all of them in software
        most = 300_000
        monkeypatch.setattr("colorquant_gui.ui.space3d.view.MAX_POINTS_IN_SOFTWARE", most)
    screen = make(use_opengl)
    view, colors = screen.view, many(2_000_000)
    counts = np.ones(len(colors), np.int64)
    view.set_colors(colors, counts)
    # only a few at once; the others come between frames
    assert 0 < len(view._scene.points) < 30_000
    screen.qtbot.waitUntil(lambda: len(view._scene.points) == most, timeout=10_000)
    screen.qtbot.waitUntil(
        lambda: screen.status().endswith(f"{screen.surface.shown:,} of 2,000,000 colours shown")
    )
    if use_opengl:
        screen.qtbot.waitUntil(lambda: screen.surface.uploaded == most)
        screen.qtbot.waitUntil(lambda: screen.surface.shown == most, timeout=20_000)
        with screen.qtbot.waitSignal(screen.surface.shownChanged) as moved:
            QTest.keyClick(screen.surface, Qt.Key.Key_Left)
        assert moved.args[0] < most / 2


def test_a_still_view_fills_up(make: Callable[..., Screen]) -> None:
    screen = make()
    colors = many(60_000)
    screen.view.set_colors(colors, np.ones(len(colors), np.int64))
    screen.settle()
    assert screen.surface.shown == 60_000
    assert screen.status() == ""


def test_gliding_centroids_do_not_draw_the_cloud_again(
    make: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    from colorquant_gui.ui.space3d.cloud_item import CloudItem

    screen = make()
    screen.view.set_colors(many(5_000), np.ones(5_000, np.int64))
    screen.settle()
    draws = []
    monkeypatch.setattr(CloudItem, "paint", lambda item: draws.append(item.count))
    for step in range(20):
        screen.view.set_centroids(np.array([[step * 10.0, 99, 99]]), np.array([1]))
        screen.qtbot.wait(10)
    assert close(screen.at((190, 99, 99)), (190, 99, 99))
    assert not draws


def test_a_picture_aside_does_not_draw_the_cloud_on_the_screen_again(
    make: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    from colorquant_gui.ui.space3d.cloud_item import CloudItem

    screen = make()
    view, colors = screen.view, many(5_000)
    view.set_colors(colors, np.ones(5_000, np.int64))
    screen.settle()
    labels, palette = np.zeros(5_000, np.uint8), np.array([[250, 0, 250]], np.uint8)
    content = SpaceContent(labels=labels, palette=palette, phase="assign")
    assert not view.render_image(content=content).isNull()
    draws = []
    monkeypatch.setattr(CloudItem, "paint", lambda item: draws.append(item.count))
    view.set_centroids(np.array([[190.0, 99, 99]]), np.array([1]))
    assert close(screen.at((190, 99, 99)), (190, 99, 99))
    assert not draws


def test_a_hidden_view_goes_on_when_it_is_shown_again(screen: Screen) -> None:
    view = screen.view
    view.set_colors(many(400_000), np.ones(400_000, np.int64))
    view.hide()
    screen.qtbot.wait(30)
    assert len(view._scene.points) < 30_000
    view.show()
    screen.qtbot.waitUntil(lambda: len(view._scene.points) == 400_000, timeout=10_000)


# -- OpenGL comes and goes -----------------------------------------------------------------------


def test_a_graphics_card_draws_the_same_picture(
    make: Callable[..., Screen], request: pytest.FixtureRequest
) -> None:
    seen, saved, hidden = [], [], []
    for card in (False, True):
        if card:
            request.getfixturevalue("graphics_card")
        screen = make()
        assert isinstance(screen.surface, QOpenGLWidget) == card
        view = screen.view
        view.set_colors(many(5_000), np.ones(5_000, np.int64))
        view.set_centroids(np.array([[190.0, 99, 99]]), np.array([1]))
        seen.append(screen.pixels())
        view.hide()
        view.show()
        hidden.append(screen.pixels())
        image = view.render_image(2).convertToFormat(QImage.Format.Format_RGB888)
        saved.append(np.frombuffer(image.constBits(), np.uint8).astype(int))
        view.close()
    for one, other in (seen, hidden, saved):
        assert np.abs(one - other).max() <= 2
        assert one.std() > 10


@pytest.mark.parametrize("card", [False, True])
def test_another_window_takes_over_the_picture(
    make: Callable[..., Screen], qtbot: QtBot, request: pytest.FixtureRequest, card: bool
) -> None:
    if card:
        request.getfixturevalue("graphics_card")
    first, second = QWidget(), QWidget()
    for left, window in ((0, first), (600, second)):
        window.setGeometry(left, 0, *SIZE)
        qtbot.addWidget(window)
        window.show()
    screen = make(parent=first)
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    screen.settle()
    screen.view.setParent(second)
    screen.view.show()
    first.hide()
    assert close(screen.at(BLUE), BLUE)
    assert screen.view.has_opengl


def test_without_opengl_it_says_so(make: Callable[..., Screen]) -> None:
    screen = make(use_opengl=False)
    assert screen.status() == "OpenGL is not available: flat view"


@pytest.mark.parametrize(
    "when", ["import", "context", "shaders", "frame", "viewport", "target", "card"]
)
def test_a_failing_driver_leaves_the_flat_view(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    when: str,
) -> None:
    from colorquant_gui.ui.space3d import cloud_frame, gl_offscreen
    from colorquant_gui.ui.space3d.programs import UnusableOpenGLError

    def fail(*_: object) -> None:
        raise UnusableOpenGLError("the driver has a bad day")

    if when == "import":
        monkeypatch.setattr(gl_offscreen.OffscreenViewport, "__init__", fail)
    elif when == "context":
        monkeypatch.setattr(gl_offscreen.QOpenGLContext, "create", lambda _: False)
    elif when == "viewport":
        monkeypatch.setattr(gl_offscreen.GL, "glViewport", fail)
    elif when == "target":
        monkeypatch.setattr(gl_offscreen.QOpenGLFramebufferObject, "isValid", lambda _: False)
    elif when == "shaders":
        monkeypatch.setattr("colorquant_gui.ui.space3d.shape_items.build_program", fail)
    else:
        if when == "card":
            request.getfixturevalue("graphics_card")
        monkeypatch.setattr(cloud_frame.CloudFrame, "copy_to", fail)
    view = ColorSpaceView(use_opengl=True)
    view.resize(*SIZE)
    qtbot.addWidget(view)
    view.set_colors(PRIMARIES, np.ones(3, np.int64))
    view.show()
    qtbot.waitUntil(lambda: not view.has_opengl)
    screen = Screen(view, qtbot)
    assert close(screen.at(GREEN), GREEN)
    assert screen.status() == "OpenGL is not available: flat view"
    screen.drag(60, 0)
    assert close(screen.at(GREEN, Camera().orbited(60, 0)), GREEN)
    assert capfd.readouterr().err == ""


def test_opengl_that_stops_working_leaves_the_flat_view_and_says_so(
    make: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    from colorquant_gui.ui.space3d.cloud_frame import CloudFrame

    screen = make()
    screen.view.set_colors(PRIMARIES, np.ones(3, np.int64))
    screen.settle()

    def fail(*_: object) -> None:
        raise RuntimeError("the context is gone")

    monkeypatch.setattr(CloudFrame, "copy_to", fail)
    screen.drag(60, 0)
    screen.qtbot.waitUntil(lambda: not screen.view.has_opengl)
    assert close(screen.at(GREEN, Camera().orbited(60, 0)), GREEN)
    assert screen.status() == "OpenGL stopped working: flat view"
    assert not screen.view.render_image(2).isNull()


def test_a_view_that_is_being_built_says_so(qtbot: QtBot) -> None:
    view = ColorSpaceView()
    view.resize(*SIZE)
    qtbot.addWidget(view)
    view.set_colors(PRIMARIES, np.ones(3, np.int64))
    view.show()
    screen = Screen(view, qtbot)
    assert screen.caption("spaceMessage") == "Preparing the view…"
    screen.settle()
    assert screen.caption("spaceMessage") == ""


def test_what_went_wrong_is_said_before_what_is_waited_for(screen: Screen) -> None:
    screen.view.set_busy("Counting colours…")
    screen.view.set_failure("The picture could not be counted.")
    assert screen.caption("spaceMessage") == "The picture could not be counted."
    screen.view.set_failure(None)
    assert screen.caption("spaceMessage") == "Counting colours…"


def run_python(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_a_screen_without_opengl_is_found_out() -> None:
    code = """
import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
app = QApplication([])
from colorquant_gui.ui.space3d import ColorSpaceView
view = ColorSpaceView()
view.set_colors(np.array([[200, 40, 40]], np.uint8), np.array([1]))
view.resize(300, 300)
view.show()
QTest.qWait(100)
image = view.grab().toImage()
red = sum(image.pixelColor(x, y).name() == "#c82828" for x in range(300) for y in range(300))
print(view.has_opengl, red > 20)
"""
    assert run_python(code, QT_QPA_PLATFORM="offscreen") == "False True"


@pytest.mark.parametrize("use_opengl", [True, False], ids=["opengl", "flat"])
def test_no_edge_is_left_out_at_a_fractional_scale(use_opengl: bool) -> None:
    code = f"""
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
app = QApplication([])
from colorquant_gui.ui.space3d import ColorSpaceView
view = ColorSpaceView(use_opengl={use_opengl})
view.set_layers(set())
view.show()
edges = set()
for side in (301, 303, 305, 307):
    view.resize(side, side)
    while not ((surface := view.findChild(QWidget, "spaceViewport")) and surface.settled):
        QTest.qWait(10)
    image = surface.grab().toImage()
    last = image.width() - 1
    edges |= {{image.pixelColor(last, 99).name(), image.pixelColor(99, last).name()}}
print(view.devicePixelRatioF(), view.has_opengl, edges == {{image.pixelColor(99, 99).name()}})
"""
    wanted = f"1.5 {use_opengl} True"
    assert run_python(code, QT_SCALE_FACTOR="1.5") == wanted


def test_pyqtgraph_is_not_loaded_before_the_view_is_shown() -> None:
    code = """
import sys
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
app = QApplication([])
from colorquant_gui.ui.space3d import ColorSpaceView
view = ColorSpaceView()
print(view.has_opengl, "pyqtgraph" in sys.modules, "OpenGL" in sys.modules)
"""
    assert run_python(code) == "True False False"
