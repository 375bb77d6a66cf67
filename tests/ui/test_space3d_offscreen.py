"""The colour space drawn by the processor while the window goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from OpenGL import GL
from PySide6.QtWidgets import QLabel

from colorquant_gui.ui.space3d import gl_offscreen
from tests.ui.conftest import SIZE, Space
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
    beside = QLabel("beside", drawn.view)
    beside.show()
    wait_until_asked(drawn, driver)
    assert not drawn.surface.settled
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


def test_a_driver_that_fails_while_it_draws_leaves_the_flat_view(
    drawn: Space, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(fence: object, flags: int, timeout: int) -> int:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(gl_offscreen.GL, "glClientWaitSync", fail)
    show(drawn, THERE)
    drawn.qtbot.waitUntil(lambda: not drawn.view.has_opengl)
    assert is_at(drawn, THERE)
