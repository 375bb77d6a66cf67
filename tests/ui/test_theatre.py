"""The timeline in the real window: what is on show at a stop is what that stop is about."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton, QWidget

from colorquant_gui.app import create_main_window
from colorquant_gui.core import Labeller, reference
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.worked_example import NAME
from colorquant_gui.session import RunState, Session, StopKind
from colorquant_gui.session.peek import Glimpse
from colorquant_gui.session.step_kind import StepKind, step_kind
from colorquant_gui.ui.canvas import CompareMode
from colorquant_gui.ui.event_words import describe_event
from colorquant_gui.ui.formulas import formula_assign, formula_update
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.run_presenter import RunPresenter
from colorquant_gui.ui.seeding_notes import SeedingNotes
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.theatre import Theatre
from colorquant_gui.ui.words import describe_update
from tests.ui.whole_window import close_space

SIZE = (72, 96)


@pytest.fixture
def rgb():
    rng = np.random.default_rng(4)
    y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    waves = np.stack([x * 2.6, y * 3.5, 120 + 90 * np.sin(x / 9 + y / 7)], axis=2)
    return np.clip(waves + rng.normal(0, 8, waves.shape), 0, 255).astype(np.uint8)


@pytest.fixture
def window(request, qtbot, tmp_path, rgb):
    """Without the colour space, unless a test is `beside_space`."""
    path = tmp_path / "waves.png"
    Image.fromarray(rgb).save(path)
    window = create_main_window([path])
    if not getattr(request, "param", False):
        close_space(window)
    window.session = window.findChild(Session)
    window.session.advisor.pause()
    window.session.playback.set_speed(float("inf"))
    window.session.set("k", k=6, seeding="kmeans++", seed=3)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(
        lambda: window.session.state is RunState.CONVERGED and window.session.encoded is not None,
        timeout=9000,
    )
    qtbot.waitUntil(lambda: window.session.playback.is_at_end)
    window.canvas.set_compare_mode(CompareMode.RESULT)
    window.actions_by_key["zoomActual"].trigger()
    yield window
    window.close()
    window.deleteLater()


beside_space = pytest.mark.parametrize("window", [True], indirect=True, ids=["space"])


def seek(window, qtbot, stop):
    """Go to a stop with the labels forgotten, and wait until it is on show."""
    window.session.run.labels.forget()
    shown = []
    window.session.playback.frameChanged.connect(shown.append)
    window.timeline.stopEdited.emit(stop)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1].stop.index == stop, timeout=5000)
    window.session.playback.frameChanged.disconnect(shown.append)
    return shown[-1]


def canvas_pixels(window):
    """The picture on the canvas, pixel by pixel, at 100 %."""
    image = window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    whole = data[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    top = (window.canvas.height() - SIZE[0]) // 2
    left = (window.canvas.width() - SIZE[1]) // 2
    return whole[top : top + SIZE[0], left : left + SIZE[1]]


def expected_pixels(window, rgb, centroids):
    """What the NumPy reference makes of the picture with these centroids."""
    labels, _ = reference.assign(rgb.reshape(-1, 3), centroids)
    palette = np.clip(np.rint(centroids), 0, 255).astype(np.uint8)
    return palette[labels].reshape(rgb.shape)


def told(window):
    """Everything in the status bar."""
    return " ".join(label.text() for label in window.status.findChildren(QLabel))


@pytest.mark.parametrize("iteration", [0, 1, 3])
def test_the_canvas_shows_that_very_iteration(window, qtbot, rgb, iteration):
    session = window.session
    seek(window, qtbot, session.history.stop_of(iteration))
    expected = expected_pixels(window, rgb, session.history[iteration].centroids)
    # a caption lies over the corner
    assert np.array_equal(canvas_pixels(window)[40:], expected[40:])


def test_the_readouts_are_of_that_iteration(window, qtbot, rgb):
    session = window.session
    step = session.history[2]
    seek(window, qtbot, session.history.stop_of(2))
    _, distances = reference.assign(rgb.reshape(-1, 3), step.centroids)
    mse = distances.sum() / distances.size
    qtbot.waitUntil(lambda: f"MSE {mse:,.1f}" in told(window))
    assert f"MSE {mse:,.1f}" in window.explanation.text()
    swatches = {tuple(c) for c in np.clip(np.rint(step.centroids), 0, 255).astype(int).tolist()}

    def shown():
        return {color.getRgb()[:3] for color in window.palette_view._colors}

    qtbot.waitUntil(lambda: shown() == swatches)


def test_an_update_moves_centroids_and_leaves_colours_where_they_are(window, qtbot, rgb):
    history = window.session.history
    frame = seek(window, qtbot, history.stop_of(1) + 1)
    assert frame.stop.kind is StopKind.UPDATE
    before, after = history[1].centroids, history[2].centroids
    labels, _ = reference.assign(rgb.reshape(-1, 3), before)
    palette = np.clip(np.rint(after), 0, 255).astype(np.uint8)
    expected = palette[labels].reshape(rgb.shape)
    assert np.array_equal(canvas_pixels(window)[40:], expected[40:])


def test_a_stage_of_the_seeding_has_fewer_colours(window, qtbot, rgb):
    frame = seek(window, qtbot, 2)
    assert len(frame.centroids) == 3
    expected = expected_pixels(window, rgb, frame.centroids)
    assert np.array_equal(canvas_pixels(window)[40:], expected[40:])
    qtbot.waitUntil(lambda: len(window.palette_view._colors) == 3)


def test_keys_step_play_and_go_to_the_ends(window, qtbot):
    playback, bar = window.session.playback, window.findChild(QWidget, "timelineBar")
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: playback.stop == 0)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert playback.stop == 2
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert playback.stop == 1
    qtbot.keyClick(bar, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: playback.is_at_end)
    playback.set_speed(0.25)
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert playback.is_playing
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert not playback.is_playing


def test_the_play_button_replays_and_pauses(window, qtbot):
    playback = window.session.playback
    playback.set_speed(0.25)
    button = window.findChild(QToolButton, "timelinePlay")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert playback.is_playing
    assert playback.stop == 0
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not playback.is_playing


def test_dragging_the_playhead_ends_with_the_result_on_show(window, qtbot):
    bar = window.findChild(QWidget, "timelineBar")
    session = window.session
    y = bar.height() // 3
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 12, y))
    for x in range(bar.width() - 12, 12, -40):
        qtbot.mouseMove(bar, QPoint(x, y))
        qtbot.wait(5)
    qtbot.mouseMove(bar, QPoint(4, y))
    qtbot.waitUntil(lambda: session.playback.stop == 0)
    for x in range(12, bar.width(), 60):
        qtbot.mouseMove(bar, QPoint(x, y))
        qtbot.wait(5)
    qtbot.mouseMove(bar, QPoint(bar.width() - 2, y))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 2, y))
    qtbot.waitUntil(lambda: session.playback.is_at_end)
    qtbot.waitUntil(
        lambda: np.array_equal(canvas_pixels(window)[40:], session.result.to_rgb()[40:]),
        timeout=5000,
    )


def test_an_iteration_chosen_in_a_chart_is_gone_to(window, qtbot):
    session = window.session
    window.charts.iterationClicked.emit(2)
    qtbot.waitUntil(lambda: session.playback.stop == session.history.stop_of(2))


def test_another_run_is_another_timeline(window, qtbot):
    session = window.session
    before = session.history.stops
    session.set("k", k=12)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)
    assert session.history.n_stages == 12
    assert session.history.stops != before
    assert window.timeline.stop() == session.history.stops - 1


def test_closing_the_picture_empties_the_timeline(window, qtbot):
    window.session.close_picture()
    assert not window.findChild(QToolButton, "timelinePlay").isEnabled()
    assert not window.actions_by_key["play"].isEnabled()


def test_the_end_in_another_space_is_told_without_an_error(window, qtbot):
    session = window.session
    session.set("space", color_space="oklab")
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    qtbot.waitUntil(lambda: session.playback.is_at_end and session.result is not None)
    qtbot.waitUntil(lambda: "Rounded" in window.explanation.text())
    assert " ." not in window.explanation.text()
    assert "with" not in window.explanation.text().split("Rounded")[0]


def test_a_moment_that_waits_is_shown_though_another_run_has_begun(window, qtbot):
    session = window.session
    session.playback.seek(session.history.stop_of(2))
    presenter = window.findChild(RunPresenter)
    assert presenter._side_timer.isActive()
    session.restart_run()
    assert not len(session.history)
    presenter._show_side_views()
    qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)


@beside_space
def test_after_a_peek_the_colour_space_has_caught_up(window, qtbot):
    session = window.session
    seek(window, qtbot, 0)
    qtbot.waitUntil(lambda: len(window.palette_view._colors) == 1)
    result = session.result
    session.peek.changed.emit(Glimpse(result.palette[:4], result.labels % 4, result.counts[:4]))
    with qtbot.waitSignal(session.playback.finished):
        session.playback.skip_to_end()
    with qtbot.waitSignal(window.findChild(RunPresenter).resultShown):
        session.peek.changed.emit(None)
    assert len(window.color_space._scene.centroids) == 6


def test_a_stopped_run_tells_where_it_stopped_and_what_is_on_show(window, qtbot):
    session = window.session
    session.run.state = RunState.STOPPED
    last = session.history[-1].number
    seek(window, qtbot, session.history.stop_of(2))
    qtbot.waitUntil(lambda: f"Stopped · iteration 2 of {last}" in told(window))
    seek(window, qtbot, session.history.stops - 1)
    qtbot.waitUntil(lambda: f"Stopped at iteration {last}" in told(window))


def test_a_moment_passed_on_the_way_to_the_end_is_not_called_the_end(window, qtbot):
    session = window.session
    history = session.history
    frames = []
    session.playback.frameChanged.connect(frames.append)
    session.playback.seek(history.stop_of(1))
    qtbot.waitUntil(lambda: bool(frames))
    session.playback.seek(history.stops - 1)
    qtbot.waitUntil(lambda: session.playback.is_at_end)
    # as it comes while labels are found more slowly than somebody scrubs
    session.playback.frameChanged.emit(frames[0])
    assert "moved to another centroid" in window.explanation.text()


def test_the_worked_example_keeps_its_words_at_rest(window, qtbot):
    session = window.session
    window.actions_by_key["workedExample"].trigger()
    qtbot.waitUntil(lambda: session.source.name == NAME, timeout=5000)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    seek(window, qtbot, session.history.stop_of(0) + 1)
    assert "moves by" in window.explanation.text()
    window.findChild(Theatre)._say_more()
    assert "moves by" in window.explanation.text()


def test_the_worked_example_has_the_formula_of_each_half_step(window, qtbot):
    session, formula = window.session, window.findChild(QLabel, "explanationFormulaText")
    window.actions_by_key["workedExample"].trigger()
    qtbot.waitUntil(lambda: session.source.name == NAME, timeout=5000)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    heights = set()
    for stop, text in ((0, ""), (1, formula_assign()), (2, formula_update())):
        seek(window, qtbot, stop)
        assert formula.text() == text
        heights.add(window.explanation.sizeHint().height())
    assert len(heights) == 1


def test_a_split_is_told_while_centroids_go_there(window, qtbot):
    session = window.session
    session.set("quality", quality="best", k=24)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=9000)
    events = [step.number for step in session.history.steps if step.event is not None]
    assert events
    step = session.history[events[0]]
    said = describe_event(step.event.kind, len(step.event.born), len(step.event.dropped))
    for stop in (-1, 0):
        seek(window, qtbot, session.history.stop_of(events[0]) + stop)
        assert window.explanation.text().startswith(said)


def test_a_run_from_picks_says_which_centroids_were_picked(window, qtbot, rgb):
    session = window.session
    # one of them twice
    picks = ((200, 30, 40), (30, 180, 60), (200, 30, 40))
    session.set("picks", seeding="picks", picks=picks)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    seek(window, qtbot, 0)
    points = rgb.reshape(-1, 3)
    _, apart = reference.assign(points, session.history[0].centroids)
    assert window.explanation.text() == (
        "2 of 6 centroids start at the colours that were picked, #C81E28, #1EB43C; the others were "
        f"added where the error was greatest. MSE {apart.sum() / len(points):,.1f}."
    )
    assert session.history[0].centroids[:2].tolist() == [[200, 30, 40], [30, 180, 60]]


# -- what stands over the picture ----------------------------------------------------------------


@pytest.fixture
def captions(window, monkeypatch):
    """What stands over the result, as it changes."""
    told = []
    plain = window.canvas.set_captions
    monkeypatch.setattr(
        window.canvas,
        "set_captions",
        lambda before, after: (told.append(after), plain(before, after)),
    )
    return told


def test_the_caption_counts_the_centroids_that_are_there(window, qtbot, captions):
    for stop, text in ((2, "3 of 6 colours"), (0, "1 of 6 colours"), (5, "6 colours")):
        captions.clear()
        seek(window, qtbot, stop)
        # labels that were found ahead may have been shown on the way
        assert captions[-1] == text
    # nothing is said twice
    captions.clear()
    seek(window, qtbot, window.session.history.stop_of(1))
    assert captions == []


def test_after_a_look_at_another_palette_the_stage_is_told_again(window, qtbot, captions):
    session, result = window.session, window.session.result
    seek(window, qtbot, 1)
    captions.clear()
    session.peek.changed.emit(Glimpse(result.palette[:4], result.labels % 4, result.counts[:4]))
    session.peek.changed.emit(None)
    assert captions == ["4 colours", "2 of 6 colours"]


def test_another_k_is_told_at_once(window, qtbot, captions):
    seek(window, qtbot, 1)
    captions.clear()
    window.session.set("k", k=9)
    assert captions == ["9 colours"]


# -- where centroids go --------------------------------------------------------------------------


def brute_means(window, iteration):
    """Means of the clusters of an iteration, in the clustering space."""
    histogram, history = window.session.histogram, window.session.history
    points = color_space(history.settings.color_space).from_srgb(histogram.colors)
    means = history[iteration].centroids.copy()
    labels = ((points[:, None] - means[None]) ** 2).sum(axis=2).argmin(axis=1)
    for j in range(len(means)):
        own = labels == j
        if own.any():
            means[j] = np.average(points[own], axis=0, weights=histogram.counts[own])
    return means


@pytest.mark.parametrize("space", ["srgb", "oklab"])
def test_at_rest_it_is_said_where_centroids_go(window, qtbot, space):
    session = window.session
    session.set("space", color_space=space)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)
    history = session.history
    kinds = set()
    for iteration in range(len(history) - 1):
        before, after = history[iteration], history[iteration + 1]
        kind = step_kind(before.centroids, after.centroids, brute_means(window, iteration))
        kinds.add(kind)
        session.playback.seek(history.stop_of(iteration) + 1)
        said = describe_update(after.center_shift, space, 6, kind)
        if kind is not StepKind.MEAN:
            said += (
                " Standard takes short cuts: to watch plain k-means, choose the quality Textbook."
            )
        qtbot.waitUntil(lambda said=said: window.explanation.text() == said, timeout=5000)
    assert kinds - {StepKind.OTHER}


def test_plain_k_means_is_told_as_such_also_while_it_plays(window, qtbot):
    session, told = window.session, []
    session.set("quality", quality="textbook")
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    history = session.history
    session.playback.frameChanged.connect(lambda _frame: told.append(window.explanation.text()))
    for iteration in range(len(history) - 1):
        shift = np.linalg.norm(
            history[iteration + 1].centroids - history[iteration].centroids, axis=1
        ).max()
        session.playback.seek(history.stop_of(iteration) + 1)
        said = describe_update(float(shift), "srgb", 6, StepKind.MEAN)
        qtbot.waitUntil(lambda said=said: window.explanation.text() == said, timeout=5000)
    assert len(told) >= len(history) - 1
    assert not any("short cuts" in text or "move on" in text for text in told)


# -- stages of the seeding -----------------------------------------------------------------------


def error_of(rgb, space, centroids):
    """MSE of the picture in the colours of the nearest centroids."""
    points = color_space(space).from_srgb(rgb.reshape(-1, 3))
    labels = ((points[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
    palette = color_space(space).to_srgb(centroids).astype(float)
    if space == "srgb":
        palette = centroids
    mse = ((palette[labels] - rgb.reshape(-1, 3)) ** 2).sum(axis=1).mean()
    return mse, labels


@pytest.mark.parametrize("space", ["srgb", "oklab"])
def test_a_stage_that_is_jumped_to_has_the_error_before_and_now(window, qtbot, rgb, space):
    session = window.session
    session.set("space", color_space=space)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)
    trail = session.history.seeding
    seek(window, qtbot, 3)
    (before, _), (now, labels) = (error_of(rgb, space, trail.centroids(stage)) for stage in (3, 4))
    ending = f"MSE {before:,.1f} before, {now:,.1f} now."
    qtbot.waitUntil(lambda: window.explanation.text().endswith(ending), timeout=5000)
    newest = trail.centroids(4)
    gap = np.linalg.norm(newest[:3] - newest[3], axis=1).min()
    away = f"{gap:.1f} levels" if space == "srgb" else f"{gap:.3f} in Oklab"
    assert f"It is {away} from the nearest" in window.explanation.text()
    assert f"nearest to {(labels == 3).sum():,} pixels" in window.explanation.text()
    assert "Centroid 4 of 6 is #" in window.explanation.text()


class SlowLabels:
    """Has found nothing yet."""

    def __init__(self):
        self.asked = []

    def get(self, stop):
        self.asked.append(stop)


def test_what_a_stage_waits_for_is_known(window, qtbot):
    session, histogram = window.session, window.session.histogram
    frame = seek(window, qtbot, 3)
    labels = SlowLabels()
    notes = SeedingNotes(labels)
    history = session.history
    assert notes.of(frame, histogram, asking=False).mse_before is None
    assert labels.asked == []
    stage = notes.of(frame, histogram, asking=True)
    assert (stage.mse_before, stage.mse) == (None, frame.mse)
    assert labels.asked == [history.stop(2)]
    assert notes.awaits(history.stop(2))
    assert not notes.awaits(history.stop(3))
    # what was on show is remembered
    before = seek(window, qtbot, 2)
    notes.of(before, histogram, asking=False)
    assert notes.of(frame, histogram, asking=False).mse_before == before.mse


def test_stages_of_wus_seeding_have_numbers_of_their_own(window, qtbot):
    session = window.session
    session.set("seeding", seeding="wu", k=8)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    qtbot.waitUntil(lambda: session.playback.is_at_end, timeout=5000)
    told = set()
    for stage in range(2, 9):
        seek(window, qtbot, stage - 1)
        qtbot.waitUntil(lambda: " before, " in window.explanation.text(), timeout=5000)
        cut = session.history.seeding.cut(stage, SIZE[0] * SIZE[1])
        text = window.explanation.text()
        assert text.startswith(f"Box {stage} of 8: box {cut.box + 1}, around #")
        assert f"at {'RGB'[cut.axis]} = {cut.at:.1f}: " in text
        below, above = (int(float(f"{n:.1e}")) for n in (cut.below, cut.above))
        assert f" about {below:,} pixels below and {above:,} above." in text
        told.add(text.partition(":")[2])
    assert len(told) == 7


def test_a_random_centroid_is_told_with_the_pixels_of_its_colour(window, qtbot, rgb):
    session = window.session
    session.set("seeding", seeding="random")
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    color = session.history.seeding.centroids(2)[1]
    same = (rgb.reshape(-1, 3) == color).all(axis=1).sum()
    seek(window, qtbot, 1)
    which = "the only one" if same == 1 else f"one of {same:,}"
    assert f"{which} with this colour." in window.explanation.text()


def test_means_are_taken_by_the_engine_in_another_thread(window, qtbot, monkeypatch):
    session, threads = window.session, []
    plain = Labeller.assign

    def assign(self, *args):
        threads.append(threading.current_thread())
        return plain(self, *args)

    monkeypatch.setattr(Labeller, "assign", assign)
    # labels of the run are kept as they came: only the means are missing
    session.playback.seek(session.history.stop_of(2) + 1)
    qtbot.waitUntil(lambda: "the mean" in window.explanation.text(), timeout=5000)
    assert threads
    assert threading.main_thread() not in threads
    # nor is less said when the result comes
    session.resultChanged.emit()
    assert "the mean" in window.explanation.text()
    # what is known is not asked for again
    threads.clear()
    session.playback.seek(session.history.stop_of(2))
    session.playback.seek(session.history.stop_of(2) + 1)
    qtbot.waitUntil(lambda: "the mean" in window.explanation.text(), timeout=5000)
    assert threads == []


def test_who_shows_labels_keeps_them_when_means_come(window, qtbot):
    session, labels = window.session, window.session.run.labels
    stop = session.history.stop(session.history.stop_of(2) + 1)
    before = labels.get(stop)
    assert before.means is None
    with qtbot.waitSignal(labels.ready):
        assert labels.means(stop) is None
    assert labels.means(stop) == pytest.approx(brute_means(window, 2), abs=1e-3)
    assert labels.get(stop).labels is before.labels


# -- previews ------------------------------------------------------------------------------------


def test_previews_leave_the_run_on_the_timeline(window, qtbot):
    session = window.session
    said, stops = window.explanation.text(), window.timeline._bar.scale.n_stops
    assert "Rounded to 8 bits" in said
    told = []
    window.timeline.set_timeline = lambda *args: told.append(args)
    window.explanation.set_text = lambda *args: told.append(args)
    session.begin_edit()
    results = []
    session.resultChanged.connect(lambda: results.append(session.result))
    for k in (9, 12):
        history = session.history
        session.set("k", k=k)
        qtbot.waitUntil(
            lambda history=history, k=k: (
                session.history is not history
                and len(session.history)
                and session.history.finished
                and len(session.history[-1].centroids) == k
            ),
            timeout=5000,
        )
        assert session.is_previewing
    # one that is known already, with a result of its own
    session.run.start(session.settings, preview=True, palette=np.arange(36).reshape(12, 3) * 7)
    qtbot.waitUntil(lambda: results[-1:] not in ([], [None]), timeout=5000)
    assert told == []
    del window.timeline.set_timeline, window.explanation.set_text
    assert window.timeline._bar.scale.n_stops == stops
    session.end_edit()
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    qtbot.waitUntil(lambda: window.timeline._bar.scale.n_stages == 12, timeout=5000)
    mse = f"{session.result.mse:,.1f}"
    qtbot.waitUntil(lambda: window.explanation.text().endswith(f"the palette has MSE {mse}."))


# -- charts beside the timeline ------------------------------------------------------------------


def test_charts_read_what_the_status_bar_reads(window, qtbot):
    charts, history = window.charts, window.session.history
    # the seeding has stages, the charts have not
    seek(window, qtbot, 2)
    assert charts.chart("inertia").pointers.playhead is None
    assert window.findChild(QLabel, "inertiaChartReadout").text() == ""
    for stop, place in ((history.stop_of(1), 1.0), (history.stop_of(1) + 1, 1.5)):
        seek(window, qtbot, stop)
        assert charts.chart("inertia").pointers.playhead == place
        mse = window.findChild(QLabel, "inertiaChartReadout").text()
        qtbot.waitUntil(lambda mse=mse: f"MSE {mse} " in told(window) + " ", timeout=5000)


# -- the worked example --------------------------------------------------------------------------


@beside_space
def test_in_the_smallest_window_the_example_is_read_without_scrolling(window, qtbot):
    open_example(window, qtbot)
    session, scroll = window.session, window.findChild(QScrollArea, "explanationScroll")
    label = window.findChild(QLabel, "explanationText")
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.size() == window.minimumSize(), timeout=5000)
    for stop in range(session.history.stops):
        seek(window, qtbot, stop)
        whole = label.toolTip().splitlines()
        said = window.explanation.text().splitlines()
        assert len(said) == 2
        assert said[0] == whole[0]
        qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0, timeout=5000)
        assert label.height() <= scroll.viewport().height()
    # with more room there is all of it
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.explanation.text().splitlines() == whole, timeout=5000)
    assert label.toolTip() == ""
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0, timeout=5000)


def open_example(window, qtbot):
    session = window.session
    window.actions_by_key["workedExample"].trigger()
    qtbot.waitUntil(lambda: session.source.name == NAME, timeout=5000)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)


@beside_space
def test_leaving_the_example_leaves_nothing_of_it_behind(window, qtbot, tmp_path, rgb):
    session, view = window.session, window.color_space
    before = session.settings
    undo = window.findChild(QAction, "undo")
    text = undo.text()
    open_example(window, qtbot)
    assert window.k_selector.value() == session.settings.k == 3
    assert not undo.isEnabled()
    seek(window, qtbot, session.history.stop_of(0))
    assert len(view._scene.measures) == 3
    assert view._scene.camera != Camera() or view._navigation._motion.goal != Camera()
    session.set("Change k", k=4)
    assert undo.isEnabled()
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    other = tmp_path / "other.png"
    Image.fromarray(rgb[::-1].copy()).save(other)
    session.open(other)
    qtbot.waitUntil(lambda: session.source.name == "other.png", timeout=5000)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=5000)
    assert session.settings == before
    assert window.k_selector.value() == 6
    assert undo.isEnabled()
    assert undo.text() == text
    undo.trigger()
    assert session.settings.k == 16
    qtbot.waitUntil(lambda: session.playback.is_at_end and session.result is not None)
    qtbot.waitUntil(lambda: view._navigation._motion.goal == Camera(), timeout=5000)
    assert view._scene.measures == ()
    assert "Rounded" in window.explanation.text()


def test_what_is_remembered_is_not_the_examples(window, qtbot):
    open_example(window, qtbot)
    window.close()
    stored = Preferences()
    assert stored.number("k", 16, 2, 256) == 6
    assert stored.text("seeding", "wu") == "kmeans++"


@beside_space
def test_a_long_explanation_gives_its_room_back(window, qtbot):
    height = window.theatre.height()
    open_example(window, qtbot)
    qtbot.waitUntil(lambda: window.theatre.height() > height + 20, timeout=5000)
    window.session.close_picture()
    qtbot.waitUntil(lambda: window.theatre.height() <= height, timeout=5000)
