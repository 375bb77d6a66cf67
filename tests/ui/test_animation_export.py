"""Exporting a run as an animation and as a table, as a person does it."""

import errno
import json
import threading
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from colorquant_gui.core import Cancelled, Fit
from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.core.image import image_from_array
from colorquant_gui.session import RunState, Session, fit_jobs
from colorquant_gui.session.animation import BOTH, PICTURE, SPACE, AnimationSettings
from colorquant_gui.session.animation_frames import Moments
from colorquant_gui.session.animation_job import SizeEstimate
from colorquant_gui.session.animation_plan import plan_frames
from colorquant_gui.ui.animation_caption import CaptionPainter, image_from_qt, image_to_qt
from colorquant_gui.ui.animation_dialog import AnimationDialog
from colorquant_gui.ui.animation_export import AnimationExport
from colorquant_gui.ui.history_export import HistoryExport
from colorquant_gui.ui.notifications import NotificationBar, Severity
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.space3d import ColorSpaceView
from colorquant_gui.ui.theme import apply_theme
from tests import pictures

SHORT = AnimationSettings(size="original", pace="length", seconds=1.0, hold=0.4, fps=10)

photo = partial(pictures.photo, height=48, width=64)


class Window(QMainWindow):
    """What the exports need of the main window."""

    def __init__(self):
        super().__init__()
        self.notifications = NotificationBar()
        self.color_space = ColorSpaceView()
        center = QWidget()
        column = QVBoxLayout(center)
        column.addWidget(self.notifications)
        column.addWidget(self.color_space)
        self.setCentralWidget(center)
        self.resize(500, 460)


class Desk:
    """A window with a converged run, and its exports."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.window = Window()
        qtbot.addWidget(self.window)
        self.session = Session()
        self.session.playback.set_speed(float("inf"))
        with qtbot.waitSignal(self.session.encodedChanged, timeout=10_000):
            self.session.open(image_from_array(photo(), "photo.jpg"))
        histogram = self.session.histogram
        self.window.color_space.set_colors(histogram.colors, histogram.counts)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.export = AnimationExport(self.session, self.window, Preferences())
        self.history = HistoryExport(self.session, self.window, Preferences())
        self.ended = []
        self.export.finished.connect(self.ended.append)

    def close(self):
        self.export.close()
        self.history.close()
        self.session.close()
        self.session.deleteLater()

    def find(self, kind, name):
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def wait_ended(self):
        self.qtbot.waitUntil(lambda: bool(self.ended), timeout=30_000)

    @property
    def message(self):
        return self.window.notifications.message()

    @property
    def hidden_views(self):
        return [v for v in QApplication.topLevelWidgets() if v.objectName() == "animationSpaceView"]


@pytest.fixture
def desk(qtbot):
    desk = Desk(qtbot)
    yield desk
    desk.close()


def answer_file_dialog(monkeypatch, path):
    asked = []

    def answer(_parent, title, suggestion, filters):
        asked.append((title, Path(suggestion).name, filters))
        return str(path) if path else "", filters.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def expected_picture(desk, planned):
    session = desk.session
    if planned.stop.index == session.history.stops - 1:
        # the end is held, and shows what would be saved
        return session.result.to_rgb()
    return rounded_picture(session, planned.stop, planned.fraction)


def rounded_picture(session, stop, fraction=0.0):
    moment = Moments(session.histogram, session.history).at(stop, fraction)
    palette = np.clip(np.rint(moment.centroids), 0, 255).astype(np.uint8)
    return palette[moment.labels][session.histogram.inverse]


# -- from the dialog to the file ---------------------------------------------------------------


def test_exporting_by_hand(desk, qtbot, monkeypatch, tmp_path):
    asked = answer_file_dialog(monkeypatch, tmp_path / "film")
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    qtbot.waitExposed(dialog)
    for name, data in (("animationSize", "original"), ("animationPace", "length")):
        choose(dialog.findChild(QComboBox, name), data)
    fps = dialog.findChild(QSpinBox, "animationFps")
    qtbot.keyClick(fps, Qt.Key.Key_Down)
    summary = dialog.findChild(QLabel, "animationSummary")
    assert summary.text().startswith("121 frames · 10.0 s · 64 × 48 pixels")
    qtbot.waitUntil(lambda: "about" in summary.text(), timeout=10_000)
    qtbot.mouseClick(
        dialog.findChild(QPushButton, "animationExportButton"), Qt.MouseButton.LeftButton
    )
    desk.wait_ended()
    path = tmp_path / "film.gif"
    assert asked == [("Export the animation", "photo-16-colours.gif", "GIF (*.gif)")]
    assert desk.ended == [path]
    assert desk.message == "Saved film.gif"
    with Image.open(path) as image:
        assert (image.n_frames, image.size) == (121, (64, 48))
    # chosen once, remembered
    desk.export.export()
    again = desk.find(AnimationDialog, "animationDialog").settings()
    assert (again.size, again.pace, again.fps) == ("original", "length", 15)


def choose(box, data):
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_an_estimate_for_other_choices_is_not_shown(desk, qtbot):
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    summary = dialog.findChild(QLabel, "animationSummary")
    qtbot.waitUntil(lambda: "about" in summary.text(), timeout=10_000)
    asked = desk.export._animator._generation
    dialog.settingsEdited.emit(dialog.settings())
    desk.export._animator._worker.delivered.emit(asked, SizeEstimate(7_000_000))
    assert summary.text().endswith("estimating its size…")


def test_a_run_that_goes_on_is_taken_in(desk, qtbot):
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    summary = dialog.findChild(QLabel, "animationSummary")
    qtbot.waitUntil(lambda: "about" in summary.text(), timeout=10_000)
    history, before = desk.session.history, summary.text()
    *_, last = Fit(16).iterate(desk.session.histogram)
    history.extend([replace(last, number=last.number + step) for step in (1, 2)])
    desk.session.runChanged.emit()
    n_frames = len(plan_frames(history, dialog.settings()))
    assert summary.text().startswith(f"{n_frames} frames")
    assert int(before.split()[0]) < n_frames
    # and estimated anew, but not where nothing has been added
    qtbot.waitUntil(lambda: "about" in summary.text(), timeout=10_000)
    desk.session.runChanged.emit()
    assert "about" in summary.text()


@pytest.fixture
def held_run(monkeypatch):
    """Runs show their start, and go on when this is set."""
    go_on = threading.Event()

    class Held(Fit):
        def iterate(self, *args, cancelled, **options):
            iterations = super().iterate(*args, cancelled=cancelled, **options)
            yield next(iterations)
            while not go_on.wait(0.002):
                if cancelled():
                    raise Cancelled
            yield from iterations

    monkeypatch.setattr(fit_jobs, "Fit", Held)
    return go_on


def test_a_result_that_comes_while_the_dialog_is_open_is_the_end(
    desk, qtbot, monkeypatch, tmp_path, held_run
):
    session = desk.session
    session.set("k", k=5)
    qtbot.waitUntil(lambda: session.history.settings.k == 5 and len(session.history) == 1)
    assert session.state is RunState.RUNNING
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    for name, data in (("animationSize", "original"), ("animationFormat", "png-sequence")):
        choose(dialog.findChild(QComboBox, name), data)
    summary = dialog.findChild(QLabel, "animationSummary")
    before = summary.text()
    held_run.set()
    qtbot.waitUntil(lambda: session.result is not None, timeout=10_000)
    assert session.state is RunState.CONVERGED
    assert summary.text() != before
    # at a border some pixels are nearer to another colour once these are rounded
    end = session.history.stop(session.history.stops - 1)
    assert not np.array_equal(rounded_picture(session, end), session.result.to_rgb())
    answer_file_dialog(monkeypatch, tmp_path / "frames")
    qtbot.mouseClick(
        dialog.findChild(QPushButton, "animationExportButton"), Qt.MouseButton.LeftButton
    )
    desk.wait_ended()
    assert desk.ended == [tmp_path / "frames"], desk.message
    last = max((tmp_path / "frames").iterdir())
    assert np.array_equal(np.asarray(Image.open(last)), session.result.to_rgb())


def test_a_window_that_closes_behind_the_file_dialog_exports_nothing(
    desk, qtbot, monkeypatch, tmp_path
):
    def close_all(*_):
        desk.export.close()
        return str(tmp_path / "film.gif"), "GIF (*.gif)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", close_all)
    desk.export.export()
    desk.find(AnimationDialog, "animationDialog").accept()
    assert not desk.export.is_exporting
    assert list(tmp_path.iterdir()) == []


def test_previews_show_the_first_and_the_last_frame(desk, qtbot):
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    summary = dialog.findChild(QLabel, "animationSummary")
    qtbot.waitUntil(lambda: "about" in summary.text(), timeout=10_000)
    last = dialog.findChild(QWidget, "animationLastFrame")
    first = dialog.findChild(QWidget, "animationFirstFrame")
    plan = desk.session.history
    one = plan.seeding.centroids(1)[0].round().astype(int).tolist()
    assert first.grab().toImage().pixelColor(first.rect().center()) == QColor(*one)
    seen = np.asarray(image_from_qt(last.grab().toImage()))
    palette = np.clip(np.rint(plan.latest.centroids), 0, 255).astype(int)
    apart = np.abs(seen[112, 150:200].astype(int)[:, None] - palette[None]).sum(axis=2).min(axis=1)
    assert np.median(apart) < 12


def test_previews_fill_a_dense_screen(qtbot):
    dialog = AnimationDialog(AnimationSettings(), (640, 480))
    qtbot.addWidget(dialog)
    dialog.show()
    image = QImage(200, 100, QImage.Format.Format_RGB888)
    image.fill(QColor(255, 0, 0))
    image.setDevicePixelRatio(2.0)
    dialog.set_previews(image, image)
    widget = dialog.findChild(QWidget, "animationFirstFrame")
    seen = np.asarray(image_from_qt(widget.grab().toImage()))
    rows, columns = np.nonzero((seen == (255, 0, 0)).all(axis=2))
    assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == (100, 50)
    assert abs(columns.mean() - (widget.width() - 1) / 2) <= 1
    assert abs(rows.mean() - (widget.height() - 1) / 2) <= 1


def test_escape_leaves_nothing_behind(desk, qtbot):
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    qtbot.waitExposed(dialog)
    choose(dialog.findChild(QComboBox, "animationContent"), BOTH)
    qtbot.waitUntil(lambda: bool(desk.hidden_views), timeout=10_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.hidden_views, timeout=5_000)
    assert not desk.export.is_exporting
    assert desk.ended == []


def test_what_does_not_matter_is_not_there(qtbot):
    dialog = AnimationDialog(AnimationSettings(), (640, 480))
    qtbot.addWidget(dialog)
    dialog.show()
    edited = []
    dialog.settingsEdited.connect(edited.append)

    def shown(kind, name):
        return dialog.findChild(kind, name).isVisible()

    assert not shown(QSpinBox, "animationOrbit")
    assert not shown(QComboBox, "animationQuality")
    assert shown(QComboBox, "animationLoops")
    choose(dialog.findChild(QComboBox, "animationContent"), SPACE)
    assert shown(QSpinBox, "animationOrbit")
    choose(dialog.findChild(QComboBox, "animationFormat"), "webp")
    assert shown(QComboBox, "animationQuality")
    choose(dialog.findChild(QComboBox, "animationQuality"), 75)
    assert dialog.settings().quality == 75
    choose(dialog.findChild(QComboBox, "animationQuality"), -1)
    assert dialog.settings().quality is None
    choose(dialog.findChild(QComboBox, "animationFormat"), "png-sequence")
    assert not shown(QComboBox, "animationLoops")
    choose(dialog.findChild(QComboBox, "animationSize"), "custom")
    assert shown(QSpinBox, "animationWidth")
    qtbot.mouseClick(dialog.findChild(QCheckBox, "animationCaption"), Qt.MouseButton.LeftButton)
    assert dialog.settings().caption
    assert edited[-1] == dialog.settings()
    # the colour space has no size of its own
    sizes = dialog.findChild(QComboBox, "animationSize")
    assert not sizes.model().item(sizes.findData("original")).isEnabled()


def test_a_width_that_is_too_big_is_explained(desk, qtbot):
    Preferences().put_options(
        "animation", {"content": SPACE, "size": "custom", "width": 8192, "fps": 10}
    )
    desk.export.export()
    dialog = desk.find(AnimationDialog, "animationDialog")
    assert "too big for an animation" in dialog.findChild(QLabel, "animationProblem").text()
    assert not dialog.findChild(QPushButton, "animationExportButton").isEnabled()
    choose(dialog.findChild(QComboBox, "animationSize"), "480p")
    assert dialog.findChild(QPushButton, "animationExportButton").isEnabled()


@pytest.mark.parametrize("stored", [{"fps": 9000}, {"nonsense": 1}, {"format": "avi"}])
def test_damaged_choices_are_forgotten(desk, stored):
    Preferences().put_options("animation", stored)
    desk.export.export()
    assert desk.find(AnimationDialog, "animationDialog").settings() == AnimationSettings()


# -- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANIMATION_FORMATS)
def test_frames_are_those_of_the_run(desk, tmp_path, name):
    kind = ANIMATION_FORMATS[name]
    settings = AnimationSettings(
        format=name, size="original", pace="length", seconds=1.0, hold=0.4, fps=10
    )
    path = tmp_path / f"film{(kind.suffixes or ('',))[0]}"
    desk.export.start(settings, path)
    desk.wait_ended()
    assert desk.ended == [path], desk.message
    plan = plan_frames(desk.session.history, settings)
    files = sorted(path.iterdir()) if kind.is_folder else [path] * len(plan)
    for number, (file, planned) in enumerate(zip(files, plan, strict=True)):
        with Image.open(file) as image:
            if not kind.is_folder:
                image.seek(number)
            seen = np.asarray(image.convert("RGB"))
        assert np.array_equal(seen, expected_picture(desk, planned))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_colour_space_turns_and_keeps_its_surface(qapp, request, desk, tmp_path, dark):
    request.addfinalizer(lambda: apply_theme(qapp, "light"))
    apply_theme(qapp, "dark" if dark else "light")
    settings = AnimationSettings(
        format="png-sequence", content=BOTH, size="custom", width=300, caption=True,
        pace="length", seconds=0.6, hold=0.2, fps=10, orbit=120,
    )  # fmt: skip
    path = tmp_path / "frames"
    desk.export.start(settings, path)
    desk.wait_ended()
    assert desk.ended == [path], desk.message
    frames = [np.asarray(Image.open(file)).astype(int) for file in sorted(path.iterdir())]
    assert len(frames) == 6
    layout_width = frames[0].shape[1]
    assert layout_width == 300
    space = [frame[:120, 170:] for frame in frames]
    surface = space[0][2, 2]
    assert (surface[0] < 60) == dark
    for one, other in pairwise(space):
        # another side of it, on the same neutral surface
        assert (one != other).any(axis=2).mean() > 0.01
        assert np.array_equal(other[2, 2], surface)
        assert len(set(other[2, 2])) == 1
    colorful = np.ptp(space[-1], axis=2) > 60
    assert colorful.mean() > 0.02
    # the line below has text in it
    assert np.ptp(frames[-1][-12:, 60:240]) > 100
    desk.qtbot.waitUntil(lambda: not desk.hidden_views, timeout=5_000)


def test_the_view_of_the_window_is_left_alone(desk, tmp_path):
    view = desk.window.color_space
    centroids = np.array([[10.0, 20.0, 30.0]])
    view.set_centroids(centroids)
    azimuth = view.azimuth
    desk.export.start(
        AnimationSettings(content=SPACE, size="custom", width=120, pace="length", seconds=0.5,
                          hold=0.1, fps=10, orbit=90),
        tmp_path / "space.gif",
    )  # fmt: skip
    desk.wait_ended()
    assert desk.ended == [tmp_path / "space.gif"], desk.message
    assert view.azimuth == azimuth
    assert np.array_equal(view._scene.centroids, centroids)


def test_the_space_is_seen_as_in_the_window(desk, tmp_path):
    settings = AnimationSettings(
        format="png-sequence", content=SPACE, size="custom", width=240, pace="length",
        seconds=0.5, hold=0.5, fps=5,
    )  # fmt: skip
    view, seen, zooms = desk.window.color_space, [], []
    desk.qtbot.waitUntil(lambda: view.findChild(QWidget, "spaceViewport") is not None)
    viewport = view.findChild(QWidget, "spaceViewport")
    for name in ("before", "after"):
        zooms.append(view._scene.camera.zoom)
        desk.ended.clear()
        desk.export.start(settings, tmp_path / name)
        desk.wait_ended()
        assert desk.ended == [tmp_path / name], desk.message
        last = max((tmp_path / name).iterdir())
        seen.append(np.asarray(Image.open(last)).astype(int))
        for _ in range(4):
            QTest.keyClick(viewport, Qt.Key.Key_Minus)
    ratio = zooms[1] / zooms[0]
    assert ratio < 0.7
    colorful = [np.ptp(image, axis=2) > 60 for image in seen]
    assert colorful[1].sum() < ratio * colorful[0].sum()
    wide = [np.flatnonzero(mask.any(axis=0)) for mask in colorful]
    spans = [columns[-1] - columns[0] for columns in wide]
    assert spans[1] == pytest.approx(ratio * spans[0], rel=0.2)


def test_what_an_earlier_export_still_says_is_not_heard(desk, qtbot, tmp_path):
    settings = AnimationSettings(size="720p", pace="length", seconds=60.0, fps=25, hold=1.0)
    desk.export.start(settings, tmp_path / "film.gif")
    animator = desk.export._animator
    animator._worker.ended.emit(animator._generation - 1)
    animator._worker.failed.emit(animator._generation - 1, "It failed.")
    qtbot.wait(20)
    assert desk.ended == []
    assert desk.export.is_exporting


# -- progress, cancelling, failing -------------------------------------------------------------


def test_progress_counts_frames_and_the_window_stays_alive(desk, qtbot, tmp_path):
    texts = []

    def note():
        if desk.export.is_exporting:
            texts.append(desk.find(QLabel, "animationProgressText").text())

    timer = QTimer(interval=5)
    timer.timeout.connect(note)
    timer.start()
    settings = AnimationSettings(
        size="custom", width=700, pace="length", seconds=3.0, hold=0.4, fps=20
    )
    desk.export.start(settings, tmp_path / "film.gif")
    progress = desk.find(QDialog, "animationProgress")
    assert progress.isVisible()
    assert not progress.isModal()
    assert desk.find(QProgressBar, "animationProgressBar").maximum() == 53
    assert desk.find(QLabel, "animationProgressText").text() == "Frame 1 of 53"
    desk.wait_ended()
    timer.stop()
    numbers = [int(text.split()[1]) for text in texts]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 1
    assert all(text.endswith(" of 53") for text in texts)


@pytest.mark.parametrize("content", [PICTURE, BOTH])
def test_cancelling_leaves_the_old_file(desk, qtbot, tmp_path, content):
    path = tmp_path / "film.gif"
    path.write_bytes(b"before")
    settings = AnimationSettings(
        content=content, size="720p", pace="length", seconds=60.0, fps=25, hold=1.0
    )
    desk.export.start(settings, path)
    bar = desk.find(QProgressBar, "animationProgressBar")
    qtbot.waitUntil(lambda: bar.value() >= 2, timeout=30_000)
    progress = desk.find(QDialog, "animationProgress")
    qtbot.keyClick(progress, Qt.Key.Key_Escape)
    assert desk.ended == [None]
    assert desk.message == "Cancelled: film.gif"
    assert not desk.export.is_exporting
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [path], timeout=5_000)
    assert path.read_bytes() == b"before"
    # and the next one can be made
    desk.ended.clear()
    desk.export.start(SHORT, path)
    desk.wait_ended()
    assert desk.ended == [path]


@pytest.mark.parametrize("content", [PICTURE, SPACE])
def test_closing_the_window_ends_it(desk, qtbot, tmp_path, content):
    settings = AnimationSettings(
        content=content, size="720p", pace="length", seconds=60.0, fps=25, hold=1.0
    )
    desk.export.start(settings, tmp_path / "film.gif")
    qtbot.wait(120)
    desk.export.close()
    assert list(tmp_path.iterdir()) == []
    assert desk.ended == [None]


def test_another_picture_may_be_opened_meanwhile(desk, qtbot, tmp_path):
    planned_run = desk.session.history
    settings = AnimationSettings(
        content=BOTH, size="custom", width=300, pace="length", seconds=1.5, fps=10, hold=0.3
    )
    desk.export.start(settings, tmp_path / "film.png")
    with qtbot.waitSignal(desk.session.encodedChanged, timeout=10_000):
        desk.session.open(image_from_array(255 - photo(height=40, width=30), "other.jpg"))
    desk.wait_ended()
    assert desk.session.history is not planned_run
    assert desk.ended == [tmp_path / "film.png"], desk.message


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nowhere/film.gif", "does not exist"), ("folder", "it is a folder")],
)
def test_a_place_that_does_not_do_is_said_before_the_work(desk, tmp_path, name, reason):
    (tmp_path / "folder").mkdir()
    desk.export.start(SHORT, tmp_path / name)
    assert desk.ended == [None]
    assert reason in desk.message
    assert desk.window.notifications._current.severity is Severity.ERROR


def test_a_folder_with_something_in_it_is_never_touched(desk, tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "frame-0001.png").write_bytes(b"mine")
    settings = AnimationSettings(format="png-sequence", size="original")
    desk.export.start(settings, tmp_path / "frames")
    assert desk.ended == [None]
    assert "isn’t empty" in desk.message
    assert (tmp_path / "frames" / "frame-0001.png").read_bytes() == b"mine"


def test_a_fault_while_writing_is_a_sentence(desk, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("colorquant_gui.core.export.animation.gif._write_frame", full)
    desk.export.start(SHORT, tmp_path / "film.gif")
    desk.wait_ended()
    assert desk.ended == [None]
    assert desk.message == "“film.gif” could not be saved: there is no space left on the disk."
    assert list(tmp_path.iterdir()) == []


def test_a_space_that_cannot_be_drawn_is_a_sentence(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(ColorSpaceView, "render_image", lambda *_, **__: QImage())
    settings = AnimationSettings(content=BOTH, pace="length", seconds=0.5, hold=0.1)
    desk.export.start(settings, tmp_path / "film.gif")
    desk.wait_ended()
    assert desk.ended == [None]
    assert desk.message.startswith("The colour space could not be drawn at this size.")
    assert list(tmp_path.iterdir()) == []
    desk.qtbot.waitUntil(lambda: not desk.hidden_views, timeout=5_000)


def test_nothing_to_export(qtbot, desk, tmp_path):
    empty = Session()
    export = AnimationExport(empty, desk.window, Preferences())
    export.export()
    assert desk.message == "There is no run to export yet."
    export.start(SHORT, tmp_path / "film.gif")
    assert list(tmp_path.iterdir()) == []
    HistoryExport(empty, desk.window, Preferences()).export()
    empty.close()
    empty.deleteLater()


# -- captions ----------------------------------------------------------------------------------


def test_captions_say_what_is_shown(desk):
    session = desk.session
    history, histogram = session.history, session.histogram
    painter = CaptionPainter(history, desk.window.font(), (0, 0, 0), (255, 255, 255))
    moments = Moments(histogram, history)
    first = moments.at(history.stop(2), 0.0)
    assert painter.text(first) == "k = 16 · seeding 3 of 16"
    last = moments.at(history.stop(history.stops - 1), 0.0)
    apart = histogram.colors - history.latest.centroids[last.labels]
    mse = (apart**2).sum(axis=1) @ histogram.counts / histogram.n_pixels
    number = history.latest.number
    assert painter.text(last) == f"k = 16 · iteration {number} · MSE {mse:,.1f}"
    result = session.result
    saved = Moments(histogram, history, result).at(last.stop, 0.0)
    apart = result.to_rgb().astype(float) - session.source.rgb
    mse = (apart**2).sum(axis=-1).mean()
    assert painter.text(saved) == f"k = 16 · after {number} iterations · MSE {mse:,.1f}"


def test_images_are_copied_both_ways():
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
    image = image_to_qt(Image.fromarray(pixels))
    assert image.size().toTuple() == (7, 5)
    assert np.array_equal(np.asarray(image_from_qt(image)), pixels)
    assert image_from_qt(QImage(3, 2, QImage.Format.Format_ARGB32)).size == (3, 2)


# -- the history -------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".json", ""])
def test_the_history_is_written(desk, qtbot, monkeypatch, tmp_path, suffix):
    asked = answer_file_dialog(monkeypatch, tmp_path / f"run{suffix}")
    desk.history.export()
    path = tmp_path / f"run{suffix or '.csv'}"
    qtbot.waitUntil(lambda: desk.message == f"Saved {path.name}", timeout=5_000)
    title, suggestion, filters = asked[0]
    assert (title, suggestion) == ("Export the history", "photo-history.csv")
    assert filters == "Table, CSV (*.csv);;Everything, JSON (*.json)"
    text = path.read_text(encoding="utf-8")
    steps = desk.session.history.steps
    if suffix == ".json":
        document = json.loads(text)
        assert document["settings"]["k"] == 16
        assert [row["inertia"] for row in document["iterations"]] == [s.inertia for s in steps]
    else:
        assert len(text.splitlines()) == 1 + len(steps)


def test_a_history_that_cannot_be_written(desk, qtbot, monkeypatch, tmp_path):
    answer_file_dialog(monkeypatch, tmp_path / "nowhere" / "run.csv")
    desk.history.export()
    qtbot.waitUntil(lambda: "does not exist" in desk.message, timeout=5_000)
