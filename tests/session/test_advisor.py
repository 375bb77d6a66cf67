"""The advisor as its panel sees it: settings in, a growing curve out, and out of everyone's way."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QThread

from colorquant_gui.core import Cancelled, ColorHistogram, quantize
from colorquant_gui.core.advisor import Curve, Ground, Measurer, Stage, elbow
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.export import EXPORT_FORMATS
from colorquant_gui.session import PICKS, Settings, advisor_jobs
from colorquant_gui.session.advisor import Advisor
from colorquant_gui.session.advisor_state import AdvisorState, Progress

WAIT_MS = 30_000


def picture(n_colors: int = 40, seed: int = 0) -> np.ndarray:
    """Make a picture of so many colours, each at least once."""
    rng = np.random.default_rng(seed)
    colors = rng.integers(0, 256, (4 * n_colors, 3), np.uint8)
    colors = np.unique(colors, axis=0)[:n_colors]
    numbers = np.concatenate([np.arange(n_colors), rng.integers(0, n_colors, 3 * n_colors)])
    return colors[numbers].reshape(4, n_colors, 3)


def histogram(rgb: np.ndarray, mask: np.ndarray | None = None) -> ColorHistogram:
    return ColorHistogram.from_rgb(rgb, mask)


@pytest.fixture
def advisor(qapp):
    advisor = Advisor()
    yield advisor
    advisor.close()
    advisor.deleteLater()


def wait_for(advisor, qtbot, state):
    qtbot.waitUntil(lambda: advisor.state is state, timeout=WAIT_MS)


def wait_told(advisor, qtbot):
    """Wait until all is measured and has been told."""
    wait_for(advisor, qtbot, AdvisorState.DONE)
    qtbot.waitUntil(lambda: not advisor._news.isActive(), timeout=WAIT_MS)


class Workshop:
    """Takes the place of measuring: counts what is begun, and can hold it up."""

    def __init__(self, monkeypatch) -> None:
        self.begun: list[tuple[Stage, int]] = []
        self.stopped: list[float] = []
        self.hold = threading.Event()
        self.held: set[int] = set()
        self.fault: Exception | None = None
        self.hold.set()
        self._perform = advisor_jobs.perform
        monkeypatch.setattr(advisor_jobs, "perform", self)

    def __call__(self, task, measurer, known, cancelled):
        self.begun.append((task.stage, task.k))
        if self.fault is not None:
            raise self.fault
        while task.k in (self.held or [task.k]) and not self.hold.wait(0.001):
            if cancelled():
                self.stopped.append(time.perf_counter())
                raise Cancelled
        return self._perform(task, measurer, known, cancelled)


@pytest.fixture
def workshop(monkeypatch):
    workshop = Workshop(monkeypatch)
    yield workshop
    workshop.hold.set()


def test_every_k_is_measured_and_its_file_encoded(advisor, qtbot):
    rgb = picture()
    advisor.set_source(histogram(rgb))
    assert advisor.state is AdvisorState.WORKING
    wait_told(advisor, qtbot)
    assert [point.k for point in advisor.points] == list(range(2, 41))
    assert advisor.maximum == 40
    assert advisor.progress == Progress(39, 39, 39)
    for point in advisor.points[::6]:
        result = quantize(rgb, point.k)
        assert (point.mse, point.psnr) == (result.mse, result.psnr)
        assert point.n_bytes == len(EXPORT_FORMATS["png"].encode(result))
        assert not point.bytes_estimated
    assert advisor.points[-1].mse == 0


def test_points_come_in_few_batches_from_other_threads(advisor, qtbot):
    told = []
    advisor.pointsChanged.connect(
        lambda: told.append((time.monotonic(), len(advisor.points), QThread.currentThread()))
    )
    advisor.set_source(histogram(picture(80)))
    start = time.monotonic()
    wait_told(advisor, qtbot)
    seconds = time.monotonic() - start
    assert {thread for _, _, thread in told} == {advisor.thread()}
    assert [n for _, n, _ in told] == sorted(n for _, n, _ in told)
    assert told[-1][1] == 79
    assert len(told) <= 3 + 20 * seconds


def test_palettes_are_final(advisor, qtbot):
    rgb = picture()
    advisor.set_source(histogram(rgb))
    wait_told(advisor, qtbot)
    for k in (2, 17, 33):
        wanted = quantize(rgb, k).palette
        settings = Settings(k=k)
        assert advisor.curves.palette_for(settings).tobytes() == wanted.tobytes()
        assert advisor.palette_at(k).tobytes() == wanted.tobytes()
        assert advisor.curves.measured_for(settings).n_iter == quantize(rgb, k).n_iter
        # another level ends elsewhere, or may
        assert advisor.curves.palette_for(replace(settings, quality="best")) is None
        assert advisor.curves.palette_for(replace(settings, color_space="oklab")) is None
    # more than there are
    assert len(advisor.curves.palette_for(Settings(k=256))) == 40
    assert len(advisor.palette_at(256)) == 40


def test_what_is_not_measured_has_no_palette(advisor, qtbot, workshop):
    assert advisor.curves.palette_for(Settings()) is None
    assert advisor.palette_at(9) is None
    workshop.hold.clear()
    advisor.set_source(histogram(picture()))
    assert advisor.curves.palette_for(Settings()) is None
    assert advisor.points == ()
    assert advisor.progress == Progress(0, 0, 39)


def test_another_space_has_another_curve_and_the_way_back_costs_nothing(advisor, qtbot, workshop):
    rgb = picture()
    advisor.set_source(histogram(rgb))
    wait_told(advisor, qtbot)
    srgb, done = advisor.points, len(workshop.begun)
    oklab = Settings(color_space="oklab")
    advisor.set_settings(oklab)
    assert advisor.points == ()
    assert advisor.state is AdvisorState.WORKING
    wait_told(advisor, qtbot)
    assert len(workshop.begun) == 2 * done
    assert advisor.points != srgb
    wanted = quantize(rgb, 9, color_space="oklab").palette
    assert advisor.curves.palette_for(replace(oklab, k=9)).tobytes() == wanted.tobytes()
    told = []
    advisor.pointsChanged.connect(lambda: told.append(advisor.points))
    advisor.set_settings(Settings())
    assert told == [srgb]
    assert advisor.state is AdvisorState.DONE
    # the other one's palettes are still known
    assert advisor.curves.palette_for(replace(oklab, k=9)).tobytes() == wanted.tobytes()
    advisor.set_settings(oklab)
    assert advisor.state is AdvisorState.DONE
    qtbot.wait(50)
    assert len(workshop.begun) == 2 * done


@pytest.mark.parametrize(
    ("settings", "again"),
    [
        (Settings(k=7), False),
        (Settings(quality="best"), False),
        (Settings(seed=5), False),
        (Settings(seeding="random"), True),
        (Settings(seeding=PICKS, picks=((1, 2, 3),)), True),
    ],
)
def test_only_what_changes_the_curve_measures_again(advisor, qtbot, workshop, settings, again):
    advisor.set_source(histogram(picture(12)))
    wait_told(advisor, qtbot)
    begun = len(workshop.begun)
    advisor.set_settings(settings)
    wait_told(advisor, qtbot)
    assert len(workshop.begun) == (2 * begun if again else begun)


def test_the_seed_matters_to_seedings_that_have_chance_in_them(advisor, qtbot):
    rgb = picture()
    advisor.set_source(histogram(rgb))
    for seed in (1, 2):
        settings = Settings(k=11, seeding="random", seed=seed)
        advisor.set_settings(settings)
        wait_told(advisor, qtbot)
        wanted = quantize(rgb, 11, seeding="random", seed=seed).palette
        assert advisor.curves.palette_for(settings).tobytes() == wanted.tobytes()


def test_the_k_that_is_looked_at_comes_first(advisor, qtbot, workshop):
    advisor.set_settings(Settings(k=37))
    workshop.hold.clear()
    advisor.set_source(histogram(picture()))
    # before either worker can be done with anything
    assert 37 in [task.k for task in advisor._crew.tasks]
    workshop.hold.set()
    wait_told(advisor, qtbot)
    assert len(set(workshop.begun)) == len(workshop.begun) == 78


def test_another_picture_is_measured_from_the_start(advisor, qtbot):
    first, second = picture(seed=1), picture(50, seed=2)
    advisor.set_source(histogram(first))
    qtbot.waitUntil(lambda: len(advisor.points) > 3, timeout=WAIT_MS)
    advisor.set_source(histogram(second))
    assert advisor.points == ()
    assert advisor.curves.palette_for(Settings(k=2)) is None
    wait_told(advisor, qtbot)
    assert [point.k for point in advisor.points] == list(range(2, 51))
    assert advisor.palette_at(8).tobytes() == quantize(second, 8).palette.tobytes()
    advisor.set_source(None)
    assert advisor.state is AdvisorState.EMPTY
    assert (advisor.points, advisor.maximum, advisor.missing) == ((), 0, None)


def test_a_person_can_pause_it(advisor, qtbot, workshop):
    workshop.hold.clear()
    advisor.set_source(histogram(picture()))
    qtbot.waitUntil(lambda: len(workshop.begun) == 2, timeout=WAIT_MS)
    advisor.pause()
    assert advisor.is_paused
    assert advisor.state is AdvisorState.PAUSED
    qtbot.waitUntil(lambda: len(workshop.stopped) == 2, timeout=WAIT_MS)
    advisor.set_settings(Settings(color_space="oklab"))
    qtbot.wait(50)
    assert advisor.state is AdvisorState.PAUSED
    assert len(workshop.begun) == 2
    workshop.hold.set()
    advisor.resume()
    assert advisor.state is AdvisorState.WORKING
    wait_told(advisor, qtbot)
    assert len(advisor.points) == 39


def test_it_stands_still_while_a_person_works(advisor, qtbot, workshop):
    workshop.hold.clear()
    advisor.set_source(histogram(picture()))
    qtbot.waitUntil(lambda: len(workshop.begun) == 2, timeout=WAIT_MS)
    states = []
    advisor.stateChanged.connect(lambda: states.append(advisor.state))
    advisor.yield_to_user(True)
    assert advisor.state is AdvisorState.WAITING
    qtbot.waitUntil(lambda: len(workshop.stopped) == 2, timeout=WAIT_MS)
    workshop.hold.set()
    qtbot.wait(250)
    assert len(workshop.begun) == 2
    advisor.yield_to_user(False)
    # not at once: a person may go on after a moment
    assert advisor.state is AdvisorState.WAITING
    qtbot.wait(50)
    assert len(workshop.begun) == 2
    advisor.yield_to_user(True)
    qtbot.wait(250)
    assert len(workshop.begun) == 2
    advisor.yield_to_user(False)
    wait_told(advisor, qtbot)
    assert [point.k for point in advisor.points] == list(range(2, 41))
    assert states == [AdvisorState.WAITING, AdvisorState.WORKING, AdvisorState.DONE]


def test_what_was_measured_when_it_had_to_stop_is_not_lost(advisor, qtbot, workshop, monkeypatch):
    monkeypatch.setattr(advisor_jobs, "BATCH_SECONDS", 100.0)
    advisor._seconds = 1.0
    perform = workshop._perform

    def slow_third(task, measurer, known, cancelled):
        if len(workshop.begun) > 6:
            workshop.hold.clear()
        return perform(task, measurer, known, cancelled)

    workshop._perform = slow_third
    advisor.set_source(histogram(picture()))
    qtbot.waitUntil(lambda: not workshop.hold.is_set(), timeout=WAIT_MS)
    assert advisor.points == ()
    advisor.yield_to_user(True)
    # of seven begun, two may be cut short
    qtbot.waitUntil(lambda: len(advisor.points) >= 5, timeout=WAIT_MS)


def test_a_transparent_entry_counts(advisor, qtbot):
    rgb = picture(10)
    mask = np.ones(rgb.shape[:2], np.bool_)
    mask[3, 5:] = False
    advisor.set_source(histogram(rgb, mask))
    wait_told(advisor, qtbot)
    assert [point.k for point in advisor.points] == list(range(2, 12))
    wanted = quantize(rgb, 5, mask=mask)
    assert advisor.curves.palette_for(Settings(k=6)).tobytes() == wanted.palette[1:].tobytes()
    assert advisor.points[4].n_bytes == len(EXPORT_FORMATS["png"].encode(wanted))


@pytest.mark.parametrize("n_visible", [0, 1])
def test_a_picture_without_a_choice(advisor, qtbot, n_visible):
    rgb = np.full((2, 2, 3), 9, np.uint8)
    mask = np.full((2, 2), bool(n_visible))
    advisor.set_source(histogram(rgb, mask))
    wait_for(advisor, qtbot, AdvisorState.DONE)
    assert advisor.points == ()
    assert advisor.progress == Progress(0, 0, 0)
    assert advisor.elbow.ground is (Ground.KEEPS_ALL if n_visible else Ground.NOTHING_VISIBLE)
    assert advisor.missing is None


def test_the_suggestion_is_that_of_the_curve(advisor, qtbot):
    advisor.set_source(histogram(picture()))
    wait_told(advisor, qtbot)
    assert advisor.elbow == elbow(advisor.points, 40, 40)
    assert (advisor.elbow.k, advisor.elbow.ground) == (40, Ground.KEEPS_ALL)


def test_missing_colours_are_named_for_the_k_that_is_looked_at(advisor, qtbot):
    rng = np.random.default_rng(0)
    rgb = np.empty((40, 40, 3), np.uint8)
    rgb[:20], rgb[20:38], rgb[38:] = (200, 30, 30), (30, 30, 200), (230, 220, 30)
    rgb += rng.integers(0, 9, rgb.shape, np.uint8)
    advisor.set_settings(Settings(k=2))
    advisor.set_source(histogram(rgb))
    qtbot.waitUntil(lambda: bool(advisor.missing), timeout=WAIT_MS)
    (yellow,) = advisor.missing
    assert yellow.share == pytest.approx(0.05)
    assert yellow.rgb == pytest.approx((234, 224, 34), abs=1)
    qtbot.waitUntil(lambda: advisor.missing[0].k_needed == 3, timeout=WAIT_MS)
    advisor.set_settings(Settings(k=3))
    assert advisor.missing is None
    qtbot.waitUntil(lambda: advisor.missing == (), timeout=WAIT_MS)


def test_no_k_is_offered_while_the_curve_has_gaps(advisor, qtbot, workshop):
    rgb = np.empty((40, 40, 3), np.uint8)
    rgb[:20], rgb[20:38], rgb[38:] = (200, 30, 30), (30, 30, 200), (230, 220, 30)
    rgb[..., 0] += np.arange(40, dtype=np.uint8) // 3
    assert 7 in Curve(42).order[:20]
    workshop.held = {7}
    workshop.hold.clear()
    advisor.set_source(histogram(rgb))
    qtbot.waitUntil(lambda: len(advisor.points) > 20, timeout=WAIT_MS)
    assert advisor.points[0].k == 2
    advisor.set_settings(Settings(k=2))
    qtbot.waitUntil(lambda: bool(advisor.missing), timeout=WAIT_MS)
    assert advisor.missing[0].k_needed is None
    workshop.hold.set()
    qtbot.waitUntil(lambda: advisor.missing[0].k_needed == 3, timeout=WAIT_MS)


def test_missing_colours_are_named_after_an_interruption_too(advisor, qtbot, monkeypatch):
    advisor.set_source(histogram(picture()))
    wait_told(advisor, qtbot)
    started = []
    real = advisor_jobs.missing_colors

    def slow(*arguments, cancelled):
        started.append(1)
        while len(started) == 1:
            time.sleep(0.001)
            if cancelled():
                raise Cancelled
        return real(*arguments, cancelled=cancelled)

    monkeypatch.setattr(advisor_jobs, "missing_colors", slow)
    advisor.set_settings(Settings(k=5))
    qtbot.waitUntil(lambda: bool(started), timeout=WAIT_MS)
    advisor.yield_to_user(True)
    advisor.yield_to_user(False)
    qtbot.waitUntil(lambda: advisor.missing is not None, timeout=WAIT_MS)


def test_a_failure_is_said_and_can_be_tried_again(advisor, qtbot, workshop):
    workshop.fault = MemoryError()
    advisor.set_source(histogram(picture(12)))
    wait_for(advisor, qtbot, AdvisorState.FAILED)
    assert "not enough memory" in advisor.error
    begun = len(workshop.begun)
    qtbot.wait(50)
    assert len(workshop.begun) == begun
    workshop.fault = None
    advisor.resume()
    assert advisor.error == ""
    wait_told(advisor, qtbot)
    assert len(advisor.points) == 11


def test_closing_in_the_middle_of_work(advisor, qtbot, workshop):
    workshop.hold.clear()
    advisor.set_source(histogram(picture()))
    qtbot.waitUntil(lambda: len(workshop.begun) == 2, timeout=WAIT_MS)
    advisor.close()
    assert len(workshop.stopped) == 2
    advisor.yield_to_user(True)
    advisor.yield_to_user(False)
    advisor.set_settings(Settings(color_space="oklab"))
    qtbot.wait(50)
    assert len(workshop.begun) == 2


def test_the_picture_s_own_problem_is_not_touched(advisor, qtbot):
    colors = histogram(picture())
    problem = colors.problem(color_space("srgb"))
    advisor.set_settings(Settings(color_space="oklab"))
    advisor.set_source(colors)
    wait_told(advisor, qtbot)
    assert colors.problem(color_space("srgb")) is problem


def test_memory_is_released_when_nothing_is_left_to_do(advisor, qtbot, monkeypatch):
    released = []
    monkeypatch.setattr(Measurer, "release", _counting(Measurer.release, released))
    advisor.set_source(histogram(picture(12)))
    made = len(released)
    wait_told(advisor, qtbot)
    qtbot.waitUntil(lambda: len(released) > made, timeout=WAIT_MS)


def _counting(method, calls):
    def counted(self):
        calls.append(1)
        return method(self)

    return counted


def test_few_curves_are_kept(advisor, qtbot, monkeypatch):
    monkeypatch.setattr("colorquant_gui.session.advisor_curves._MOST_CURVES", 2)
    advisor.set_source(histogram(picture(6)))
    chosen = [Settings(k=3, seeding="random", seed=seed) for seed in range(3)]
    for settings in chosen:
        advisor.set_settings(settings)
        wait_told(advisor, qtbot)
    known = [advisor.curves.palette_for(settings) is not None for settings in chosen]
    assert known == [False, True, True]
