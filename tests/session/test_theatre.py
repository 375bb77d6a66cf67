"""The run's timeline: what is on show at each stop, computed again by other means."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from colorquant_gui.core import Fit, Iteration, quantize, reference
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.image import image_from_array
from colorquant_gui.session import PICKS, RunState, Session, Settings, StopKind, fit_jobs
from colorquant_gui.session.labels import LabelSource
from tests import pictures

photo = partial(pictures.photo, height=48, width=64)


@pytest.fixture
def make_session(qapp, qtbot):
    sessions = []

    def make(rgb, **settings):
        session = Session(Settings(**settings))
        session.playback.set_speed(float("inf"))
        sessions.append(session)
        with qtbot.waitSignal(session.encodedChanged, timeout=10_000):
            session.open(image_from_array(rgb, "photo.png"))
        return session

    yield make
    for session in sessions:
        session.close()
        session.deleteLater()


def shown_at(session, qtbot, stop):
    """Forget all labels, go to a stop, and return the frame."""
    session.run.labels.forget()
    with qtbot.waitSignal(session.playback.frameChanged, timeout=5000) as caught:
        session.playback.seek(stop)
    return caught.args[0]


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_every_stop_shows_its_own_centroids_and_the_nearest_labels(make_session, qtbot, space):
    session = make_session(photo(), k=6, color_space=space)
    history, colors = session.history, session.histogram.colors
    points = COLOR_SPACES[space].from_srgb(colors)
    counts = session.histogram.counts
    for number in range(history.stops):
        frame = shown_at(session, qtbot, number)
        assert frame.stop == history.stop(number)
        if frame.stop.kind is StopKind.UPDATE:
            expected = history[frame.stop.iteration].centroids
            target = history[frame.stop.iteration + 1].centroids
            assert np.array_equal(frame.centroids, target)
        else:
            expected = frame.centroids
        apart = ((points[:, None] - expected[None]) ** 2).sum(axis=2)
        nearest = apart.argmin(axis=1)
        assert np.array_equal(frame.labels, nearest)
        assert frame.inertia == pytest.approx((apart.min(axis=1) * counts).sum())
        assert np.array_equal(frame.counts, np.bincount(nearest, counts, len(expected)))


def test_labels_agree_with_the_numpy_reference(make_session, qtbot):
    session = make_session(photo(3), k=9, seeding="kmeans++", seed=4)
    colors = session.histogram.colors
    for iteration in range(len(session.history)):
        stop = session.history.stop_of(iteration)
        frame = shown_at(session, qtbot, stop)
        labels, _ = reference.assign(colors, session.history[iteration].centroids)
        assert np.array_equal(frame.labels, labels)


def test_a_drawn_seeding_grows_by_one_centroid_a_stop(make_session, qtbot):
    session = make_session(photo(), k=5, seeding="random", seed=2)
    seen = [shown_at(session, qtbot, stop).centroids for stop in range(5)]
    assert [len(centroids) for centroids in seen] == [1, 2, 3, 4, 5]
    for fewer, more in pairwise(seen):
        assert np.array_equal(fewer, more[:-1])


def test_the_changed_colours_are_those_of_a_recount(make_session):
    rgb = photo(1)
    session = make_session(rgb, k=7)
    before = None
    for step, each in zip(
        session.history.steps, Fit(7).iterate(ColorHistogram.from_rgb(rgb)), strict=True
    ):
        expected = 0 if before is None else int((each.labels != before).sum())
        assert step.n_changed == expected
        before = each.labels


def test_scrubbing_fast_ends_at_the_last_stop_asked_for(make_session, qtbot):
    session = make_session(photo(), k=16)
    session.run.labels.forget()
    frames = []
    session.playback.frameChanged.connect(frames.append)
    for stop in range(session.history.stops):
        session.playback.seek(stop)
    last = session.history.stops - 1
    qtbot.waitUntil(lambda: bool(frames) and frames[-1].stop.index == last, timeout=5000)
    colors = session.histogram.colors
    for frame in frames:
        if frame.stop.kind is StopKind.ASSIGN:
            labels, _ = reference.assign(colors, frame.centroids)
            assert np.array_equal(frame.labels, labels)


def test_memory_for_labels_is_bounded(qapp, make_session, qtbot):
    session = make_session(photo(), k=4)
    source = LabelSource(cache_bytes=5 * session.histogram.n_colors)
    source.set_run(session.histogram, session.history)
    for stop in range(session.history.stops):
        with qtbot.waitSignal(source.ready, timeout=5000, raising=False):
            if source.get(session.history.stop(stop)) is not None:
                source.ready.emit(session.history.stop(stop))
        assert source.kept_bytes <= 5 * session.histogram.n_colors
    source.close()
    source.deleteLater()


def test_memory_for_what_waits_is_bounded(monkeypatch):
    histogram = ColorHistogram.from_rgb(photo())
    limit = 5 * histogram.n_colors
    monkeypatch.setattr(fit_jobs, "_WAITING_BYTES", limit)
    monkeypatch.setattr(fit_jobs, "_BATCH_SECONDS", 0.0)
    request = fit_jobs.FitRequest(1, histogram, Settings(k=8, seeding="random"))
    delivered = []
    request.run(delivered.append, lambda: False)
    batches = [each for each in delivered if isinstance(each, fit_jobs.Iterations)]
    steps = [step for batch in batches for step in batch.iterations]
    assert len(steps) > 8
    assert [step.number for step in steps] == list(range(len(steps)))
    assert sum(step.labels.nbytes for step in steps) <= limit + histogram.n_colors
    # nobody waits: all labels come
    taken = []

    def take(payload):
        if isinstance(payload, fit_jobs.Iterations):
            taken.extend(len(step.labels) for step in payload.iterations)

    request.run(take, lambda: False)
    assert taken == [histogram.n_colors] * len(steps)


def test_labels_that_did_not_come_with_an_iteration_are_found(qapp, make_session, qtbot):
    session = make_session(photo(), k=5)
    source = LabelSource()
    source.set_run(session.histogram, session.history)
    last = session.history[-1]
    source.put(
        Iteration(last.number, last.centroids, np.empty(0, np.uint8), last.counts, last.inertia, 0)
    )
    assert source.kept_bytes == 0
    stop = session.history.stop(session.history.stops - 1)
    with qtbot.waitSignal(source.ready, timeout=5000):
        assert source.get(stop) is None
    expected, _ = reference.assign(session.histogram.colors, last.centroids)
    assert np.array_equal(source.get(stop).labels, expected)
    source.close()
    source.deleteLater()


def test_closing_a_picture_leaves_nothing_of_it(make_session):
    session = make_session(photo(), k=4)
    session.close_picture()
    assert session.source is session.histogram is session.result is session.encoded is None
    assert session.state is RunState.IDLE
    assert session.history.stops == 0
    session.set("Change k", k=9)
    assert session.state is RunState.IDLE


def test_picked_colours_are_where_the_run_starts(make_session):
    rgb = photo()
    picks = ((10, 20, 30), (200, 30, 60), (90, 200, 120))
    session = make_session(rgb, k=3, seeding=PICKS, picks=picks)
    assert session.history[0].centroids.tolist() == [list(map(float, p)) for p in picks]
    # the textbook's way from there
    points, weights = session.histogram.colors.astype(float), session.histogram.counts
    centroids = np.array(picks, float)
    for step in session.history.steps[1:4]:
        labels = ((points[:, None] - centroids[None]) ** 2).sum(axis=2).argmin(axis=1)
        centroids = np.stack(
            [
                np.average(points[labels == j], axis=0, weights=weights[labels == j])
                for j in range(3)
            ]
        )
        assert step.centroids == pytest.approx(centroids)


def test_a_known_palette_is_the_final_result_while_dragging(make_session, qtbot):
    rgb = photo()
    session = make_session(rgb, k=16)
    final = quantize(rgb, 9)
    session.run.start(Settings(k=9), preview=True, palette=final.palette)
    qtbot.waitUntil(lambda: session.result is not None, timeout=5000)
    assert np.array_equal(session.result.to_rgb(), final.to_rgb())
    assert session.result.mse == final.mse
    qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)
