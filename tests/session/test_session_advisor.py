"""The session and its advisor: who gives way, and what a drag makes of known results."""

from __future__ import annotations

import numpy as np
import pytest

from colorquant_gui.core import quantize
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.image import image_from_array
from colorquant_gui.session import RunState, Session
from colorquant_gui.session.advisor_state import AdvisorState


def photo(step=40):
    """More than 40 colours; the larger the step, the fewer, and the sooner they are measured."""
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:20, 0:30]
    bands = np.stack([x * 8, y * 12, (x + y) * 5], axis=2)
    return np.clip(bands + rng.normal(0, 10, bands.shape), 0, 255).astype(np.uint8) // step * step


@pytest.fixture
def session(qapp, qtbot):
    session = Session()
    session.playback.set_speed(float("inf"))
    with qtbot.waitSignal(session.encodedChanged, timeout=10_000):
        session.open(image_from_array(photo(), "photo.png"))
    yield session
    session.close()
    session.deleteLater()


def wait_measured(session, qtbot):
    qtbot.waitUntil(lambda: session.advisor.state is AdvisorState.DONE, timeout=60_000)


def test_a_drag_over_known_k_shows_the_final_result(session, qtbot):
    wait_measured(session, qtbot)
    session.begin_edit()
    for k in (40, 7):
        session.set("Change k", k=k)
        qtbot.waitUntil(lambda: session.result is not None and session.is_previewing, timeout=5000)
        final = quantize(photo(), k)
        assert np.array_equal(session.result.to_rgb(), final.to_rgb())
        assert session.result.mse == final.mse
    session.end_edit()
    qtbot.waitUntil(
        lambda: session.state is RunState.CONVERGED and session.encoded is not None, timeout=5000
    )
    assert np.array_equal(session.result.to_rgb(), quantize(photo(), 7).to_rgb())


def test_the_first_picture_of_a_drag_over_known_k_is_the_final_one(session, qtbot):
    wait_measured(session, qtbot)
    session.set("Change space", color_space="oklab")
    wait_measured(session, qtbot)
    frames = []
    session.playback.frameChanged.connect(lambda frame: frames.append((frame, session.result)))
    session.begin_edit()
    session.set("Change k", k=40)
    qtbot.waitUntil(lambda: session.is_previewing and session.result is not None, timeout=5000)
    session.end_edit()
    first, known = next((f, r) for f, r in frames if len(f.centroids) == 40)
    # long before the index map of all pixels is there
    assert known is None
    palette = color_space("oklab").to_srgb(first.centroids)
    shown = palette[first.labels][session.histogram.inverse]
    assert np.array_equal(shown, quantize(photo(), 40, color_space="oklab").to_rgb())


def test_the_advisor_stands_still_while_a_control_moves(session, qtbot):
    # so many colours that it is found at work
    session.open(image_from_array(photo(step=1), "large.png"))
    qtbot.waitUntil(lambda: session.source.name == "large.png", timeout=5000)
    qtbot.waitUntil(lambda: session.advisor.state is AdvisorState.WORKING, timeout=5000)
    session.begin_edit()
    assert session.advisor.state is AdvisorState.WAITING
    # longer than the moment of quiet after which it would go on
    qtbot.wait(300)
    assert session.advisor.state is AdvisorState.WAITING
    session.end_edit()
    wait_measured(session, qtbot)


def test_the_advisor_forgets_a_closed_picture(session, qtbot):
    wait_measured(session, qtbot)
    session.close_picture()
    assert session.advisor.state is AdvisorState.EMPTY
    assert session.advisor.points == ()
