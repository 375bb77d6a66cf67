"""What a colour-space view is told of a moment of a run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from colorquant_gui.core import Iteration
from colorquant_gui.core.events import Event
from colorquant_gui.core.labelling import Assignment
from colorquant_gui.session.frame import frame_at
from colorquant_gui.session.history import History
from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.space_moment import show_moment


class View:
    """Remembers what it was told last."""

    def __init__(self):
        self.told = {}

    def __getattr__(self, name):
        return lambda *values: self.told.__setitem__(name, values)


def run(events):
    """One centroid that goes ten levels with each iteration."""
    history = History()
    places = [np.full((1, 3), 10.0 * number) for number in range(6)]
    labels, counts = np.zeros(4, np.uint8), np.array([4])
    history.extend(
        Iteration(n, place, labels, counts, 1.0, 0.0, event=events.get(n))
        for n, place in enumerate(places)
    )
    history.finished = True
    return history


def shown(history, stop, fraction=0.0):
    view = View()
    found = Assignment(np.zeros(4, np.uint8), np.array([4]), 1.0)
    show_moment(view, frame_at(history, history.stop(stop), fraction, found))
    return view.told


@pytest.mark.parametrize(
    ("events", "trail"),
    [
        ({}, [0, 10, 20, 30, 40, 40]),
        ({3: Event("restart")}, [30, 40, 40]),
        ({3: Event("moves", np.zeros((1, 3)), np.ones((1, 3)))}, [0, 10, 20, 30, 40, 40]),
    ],
)
def test_a_trail_does_not_lead_through_another_start(events, trail):
    (trails,) = shown(run(events), 8)["set_trails"]
    assert trails[:, 0, 0].tolist() == trail


def test_halves_of_an_iteration_are_told_but_not_at_the_end():
    history = run({})
    phases = [shown(history, stop, fraction)["set_phase"] for stop, fraction in
              ((2, 0.0), (2, 0.4), (3, 0.0), (10, 0.0))]  # fmt: skip
    assert phases == [("assign",), ("update",), ("update",), ("",)]


def test_centroids_glide_gently():
    told = shown(run({}), 2, 0.25)
    (centroids, counts) = told["set_centroids"]
    # 3 t² - 2 t³ of the way from 10 to 20
    assert centroids.tolist() == [[10 + 10 * (3 / 16 - 2 / 64)] * 3]
    assert counts.tolist() == [4]


def test_points_keep_the_colours_of_the_assignment_while_centroids_glide(qtbot):
    view = ColorSpaceView(use_opengl=False)
    qtbot.addWidget(view)
    view.set_colors(np.arange(12, dtype=np.uint8).reshape(4, 3), np.ones(4, np.int64))
    history = run({})
    found = Assignment(np.zeros(4, np.uint8), np.array([4]), 1.0)
    levels = []
    for stop, fraction in ((4, 0.0), (4, 0.5), (4, 0.7), (5, 0.0)):
        show_moment(view, frame_at(history, history.stop(stop), fraction, found))
        levels.append(view._scene.painted_points(4)[:, :3].tolist())
    # of iteration 2; the next one has 30
    assert levels == [[[20, 20, 20]] * 4] * 4
    # assigned anew, from labels of their own
    again = Assignment(np.zeros(4, np.uint8), np.array([4]), 1.0)
    show_moment(view, frame_at(history, history.stop(6), 0.0, again))
    assert view._scene.painted_points(4)[:, :3].tolist() == [[30, 30, 30]] * 4


def test_trails_go_with_a_palette_of_its_own_order():
    history = History()
    ways = [np.array([[10.0 * n, 0, 0], [0, 200.0 - n, 0], [0, 0, 90.0 + n]]) for n in range(4)]
    labels, counts = np.zeros(4, np.uint8), np.array([4, 2, 1])
    history.extend(Iteration(n, place, labels, counts, 1.0, 0.0) for n, place in enumerate(ways))
    history.finished = True
    stop = history.stop(history.stops - 1)
    end = frame_at(history, stop, 0.0, Assignment(labels, counts, 1.0))
    palette = np.array([[0.0, 197, 0], [0, 0, 93], [30, 0, 0]])
    view = View()
    show_moment(view, replace(end, centroids=palette, result=object()))
    (trails,) = view.told["set_trails"]
    assert trails[:, 0, 1].tolist() == [200, 199, 198, 197, 197]
    assert trails[:, 1, 2].tolist() == [90, 91, 92, 93, 93]
    assert trails[:, 2, 0].tolist() == [0, 10, 20, 30, 30]
