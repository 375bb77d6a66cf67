"""The colour space drawn by the processor while the window goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from OpenGL import GL
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFrame

from colorquant_gui.ui.space3d import gl_offscreen
from colorquant_gui.ui.space3d.budget import PointBudget
from tests.ui.conftest import SIZE, Space
from tests.ui.painted import as_array
from tests.ui.space_colors import COLORS, COUNTS, close

if TYPE_CHECKING:
    from collections.abc import Iterator

# Within the cube, away from the colours and from one another.
HERE, THERE, ELSEWHERE = (128.0, 30.0, 30.0), (30.0, 128.0, 128.0), (220.0, 220.0, 128.0)


class Driver:
    """OpenGL that is done when it is told to be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_done = True
        self.asked = 0
        self._really = gl_offscreen.GL.glClientWaitSync
        monkeypatch.setattr(gl_offscreen.GL, "glClientWaitSync", self._wait)

    def _wait(self, fence: object, flags: int, timeout: int) -> int:
        self.asked += 1
        return self._really(fence, flags, timeout) if self.is_done else GL.GL_TIMEOUT_EXPIRED


pytestmark = pytest.mark.parametrize("space", [True], ids=["opengl"], indirect=True)


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    return Driver(monkeypatch)


@pytest.fixture
def drawn(driver: Driver, space: Space) -> Iterator[Space]:
    """A view with one centroid."""
    space.view.set_colors(COLORS, COUNTS)
    show(space, HERE)
    assert is_at(space, HERE)
    yield space
    driver.is_done = True


def show(space: Space, where: tuple[float, ...]) -> None:
    space.view.set_centroids(np.array([where]), np.array([100]))


def is_at(space: Space, where: tuple[float, ...]) -> bool:
    return close(space.at(where), where)


def wait_until_asked(space: Space, driver: Driver) -> None:
    """Wait until a frame is under way, and the event loop has come by a few times."""
    before = driver.asked
    space.qtbot.waitUntil(lambda: driver.asked > before + 3)


def test_the_window_goes_on_while_a_frame_is_drawn(drawn: Space, driver: Driver) -> None:
    driver.is_done = False
    show(drawn, THERE)
    beside = QFrame(drawn.view)
    beside.setStyleSheet("background: #12e456")
    beside.setGeometry(5, 300, 30, 30)
    beside.show()
    wait_until_asked(drawn, driver)
    assert not drawn.surface.settled
    drawn.qtbot.waitUntil(lambda: close(drawn._grabbed()[315, 20], (0x12, 0xE4, 0x56)))
    there = drawn.place(THERE)
    image = drawn._grabbed()
    assert not close(image[int(there.y()), int(there.x())], THERE)
    driver.is_done = True
    assert is_at(drawn, THERE)
    assert not is_at(drawn, HERE)


def test_what_changes_while_a_frame_is_drawn_comes_after_it(drawn: Space, driver: Driver) -> None:
    driver.is_done = False
    show(drawn, THERE)
    wait_until_asked(drawn, driver)
    show(drawn, ELSEWHERE)
    driver.is_done = True
    assert is_at(drawn, ELSEWHERE)
    assert not is_at(drawn, THERE)


def test_a_frame_that_nobody_sees_any_more_is_drawn_later(drawn: Space, driver: Driver) -> None:
    driver.is_done = False
    show(drawn, THERE)
    wait_until_asked(drawn, driver)
    drawn.view.hide()
    asked = driver.asked
    drawn.qtbot.wait(40)
    assert driver.asked == asked
    driver.is_done = True
    drawn.view.show()
    assert is_at(drawn, THERE)


def test_another_size_waits_for_nothing(drawn: Space, driver: Driver) -> None:
    driver.is_done = False
    show(drawn, THERE)
    wait_until_asked(drawn, driver)
    drawn.view.resize(SIZE[0] + 40, SIZE[1])
    drawn.qtbot.waitUntil(lambda: drawn.surface.width() == SIZE[0] + 40)
    drawn.qtbot.waitUntil(lambda: drawn.surface._image.width() == SIZE[0] + 40)
    drawn.view.resize(*SIZE)
    driver.is_done = True
    assert is_at(drawn, THERE)


def test_a_picture_saved_meanwhile_spoils_nothing(drawn: Space, driver: Driver) -> None:
    driver.is_done = False
    show(drawn, THERE)
    wait_until_asked(drawn, driver)
    saved = drawn.view.render_image(scale=2)
    assert saved.width() == 2 * SIZE[0]
    driver.is_done = True
    assert is_at(drawn, THERE)
    for color in COLORS:
        assert close(drawn.at(tuple(color)), color)


def test_a_frame_that_is_given_up_is_drawn_once_it_is_seen_again(
    drawn: Space, driver: Driver
) -> None:
    driver.is_done = False
    show(drawn, THERE)
    wait_until_asked(drawn, driver)
    viewport = drawn.surface
    viewport.hide()
    assert not viewport.settled
    driver.is_done = True
    # of all that is around it nothing asks for another frame
    viewport.show()
    assert is_at(drawn, THERE)


def test_a_driver_that_fails_while_it_draws_leaves_the_flat_view(
    drawn: Space, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(fence: object, flags: int, timeout: int) -> int:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(gl_offscreen.GL, "glClientWaitSync", fail)
    show(drawn, THERE)
    drawn.qtbot.waitUntil(lambda: not drawn.view.has_opengl)
    assert is_at(drawn, THERE)


# -- with something that stands out, which is drawn in a step of its own -----------------------


@pytest.fixture
def lit(driver: Driver, space: Space) -> Iterator[Space]:
    """A view of 3,000 colours in two clusters, one of which stands out."""
    colors = np.unique(np.random.default_rng(1).integers(0, 256, (3000, 3), np.uint8), axis=0)
    space.view.set_colors(colors, np.ones(len(colors), np.int64))
    labels = (colors.sum(axis=1, dtype=int) > 382).astype(np.uint8)
    space.view.set_labels(labels, np.array([[50, 50, 50], [200, 200, 200]], np.uint8))
    space.view.set_highlight(None, 1)
    space.settle()
    yield space
    driver.is_done = True


def turn(space: Space, degrees: float) -> None:
    space.scene.camera = replace(space.scene.camera, azimuth=degrees)
    space.surface.refresh()


def differing(one: np.ndarray, other: np.ndarray) -> int:
    return int((np.abs(one.astype(int) - other).max(axis=2) > 8).sum())


class Frames:
    """The frames of a view as they are finished, before anything is refined."""

    def __init__(self, space: Space, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        self._surface, self._driver = space.surface, driver
        self._go_on = self._surface._go_on
        self._qtbot = space.qtbot
        self.steps = 0
        self.held_step: int | None = None
        self.finished: list[np.ndarray] = []
        monkeypatch.setattr(self._surface, "_go_on", self._watched)
        # there is always time for all of them
        monkeypatch.setattr(PointBudget, "points", 1_000_000)

    def _watched(self, *, at_once: bool) -> None:
        self.steps += 1
        if self.steps == self.held_step:
            self._driver.is_done = False
        self._go_on(at_once=at_once)
        if self._surface._steps is None:
            self.finished.append(as_array(self._surface._image)[..., :3].copy())

    def next(self) -> np.ndarray:
        """Wait for the end of the one that is under way."""
        self._qtbot.waitUntil(lambda: bool(self.finished))
        return self.finished[0]

    def forget(self) -> None:
        """Count from the next one on."""
        self.finished.clear()
        self.steps = 0


@pytest.fixture
def frames(lit: Space, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Frames:
    return Frames(lit, driver, monkeypatch)


def test_a_frame_shows_one_moment(lit: Space, driver: Driver, frames: Frames) -> None:
    turn(lit, 40)
    undisturbed = frames.next()
    turn(lit, 10)
    lit.settle()
    frames.forget()
    driver.is_done = False
    turn(lit, 40)
    wait_until_asked(lit, driver)
    turn(lit, 110)
    driver.is_done = True
    assert differing(frames.next(), undisturbed) < 50


# they wait for the cloud, for what stands out, and for what lies over both
@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_picture_saved_between_any_two_steps_leaves_the_frame_as_it_is(
    lit: Space, driver: Driver, frames: Frames, step: int
) -> None:
    # something of each kind that is drawn
    lit.view.set_layers({"pixels", "centroids", "gamut", "axes"})
    show(lit, HERE)
    lit.settle()
    frames.forget()
    turn(lit, 40)
    undisturbed = frames.next()
    turn(lit, 10)
    lit.settle()
    frames.forget()
    frames.held_step = step
    turn(lit, 40)
    lit.qtbot.waitUntil(lambda: frames.steps == step)
    wait_until_asked(lit, driver)
    assert not frames.finished
    # of a later moment
    lit.view.set_highlight(None, 0)
    saved = lit.view.render_image(scale=2)
    assert saved.width() == 2 * SIZE[0]
    driver.is_done = True
    assert differing(frames.next(), undisturbed) < 50


def test_another_space_is_gone_to_while_a_frame_is_drawn(lit: Space, driver: Driver) -> None:
    driver.is_done = False
    turn(lit, 40)
    wait_until_asked(lit, driver)
    combo = lit.find(QComboBox, "spaceCombo")
    combo.setFocus()
    lit.qtbot.keyClick(combo, Qt.Key.Key_Down)
    lit.qtbot.waitUntil(lambda: lit.scene.former is not None)
    driver.is_done = True
    lit.settle()
    assert lit.view.has_opengl
    assert not lit.scene.is_changing


def test_colours_that_change_while_the_last_points_are_drawn_are_seen(
    lit: Space, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    lit.view.set_view_options({**lit.view.view_options(), "colorMode": "cluster"})
    lit.settle()
    painter = lit.surface.drawing._painter
    refined = painter.draw_refined

    def held(*args: Any) -> Any:
        driver.is_done = False
        return refined(*args)

    monkeypatch.setattr(painter, "draw_refined", held)
    turn(lit, 40)
    lit.qtbot.waitUntil(lambda: not driver.is_done, timeout=5_000)
    wait_until_asked(lit, driver)
    monkeypatch.setattr(painter, "draw_refined", refined)
    colors = lit.scene.points[np.argsort(lit.scene.indices), :3]
    labels = (colors.sum(axis=1, dtype=int) > 382).astype(np.uint8)
    palette = np.array([[250, 30, 30], [30, 30, 250]], np.uint8)
    lit.view.set_labels(labels, palette)
    driver.is_done = True
    seen = lit.pixels()
    # the very same, drawn from the beginning
    turn(lit, 41)
    lit.settle()
    turn(lit, 40)
    assert differing(seen, lit.pixels()) < 50


def test_a_frame_that_was_only_asked_for_is_not_begun_when_hidden(
    drawn: Space, driver: Driver
) -> None:
    drawn.settle()
    asked = driver.asked
    drawn.surface.update()
    drawn.view.hide()
    # what was due at once comes before this
    turned: list[bool] = []
    QTimer.singleShot(30, lambda: turned.append(True))
    drawn.qtbot.waitUntil(lambda: bool(turned))
    assert driver.asked == asked
    assert drawn.surface._steps is None
    assert drawn.surface._stale
    drawn.view.show()
    show(drawn, THERE)
    assert is_at(drawn, THERE)
