"""Words and lines of the worked example, against sums done by hand."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QWidget

from colorquant_gui.core import ColorHistogram, Fit
from colorquant_gui.core.image import image_from_array
from colorquant_gui.core.worked_example import CENTERS, COLOR, NAME
from colorquant_gui.session import RunState, Session, StopKind
from colorquant_gui.session.animation import BOTH, AnimationSettings
from colorquant_gui.ui.animation_export import AnimationExport
from colorquant_gui.ui.space3d.bar import SpaceBar
from colorquant_gui.ui.space3d.composition import compose
from colorquant_gui.ui.space3d.legend import Legend
from colorquant_gui.ui.space3d.surface import Surface
from colorquant_gui.ui.worked_example import (
    SETTINGS,
    color_index,
    example_picture,
    explain,
    is_example,
)
from tests.ui.whole_window import child, session_of, trigger, whole_window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from colorquant_gui.session import Frame
    from colorquant_gui.session import Stop as HistoryStop
    from colorquant_gui.ui.main_window import MainWindow
    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene


class Kind(enum.Enum):
    SEEDING = "seeding"
    ASSIGN = "assign"
    UPDATE = "update"


@dataclass
class Stop:
    kind: Kind


@dataclass
class Step:
    number: int
    centroids: np.ndarray
    counts: np.ndarray
    n_changed: int = 0


@dataclass
class Moment:
    """What a frame of the playback tells."""

    stop: Stop
    step: Step
    centroids: np.ndarray
    fraction: float = 0.0
    labels: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint8))


START = np.array(CENTERS, float)


def steps() -> list[Step]:
    histogram = ColorHistogram.from_rgb(example_picture().rgb)
    run = list(Fit(3, init=START).iterate(histogram))
    found = []
    for before, now in zip([run[0], *run], run, strict=False):
        changed = int((before.labels != now.labels).sum())
        found.append(Step(now.number, now.centroids, now.counts, changed))
    return found


def assigned(number: int) -> Moment:
    step = steps()[number]
    return Moment(Stop(Kind.ASSIGN), step, step.centroids)


def test_the_first_assignment_is_the_sum_of_the_article() -> None:
    said = explain(assigned(0))
    assert said.lines == (
        "Distance to centre 1: √((216 − 220)² + (175 − 183)² + (145 − 152)²) = √129 = 11.4, "
        "the nearest",
        "Distance to centre 2: √((216 − 242)² + (175 − 211)² + (145 − 178)²) = √3,061 = 55.3",
        "Distance to centre 3: √((216 − 173)² + (175 − 146)² + (145 − 112)²) = √3,779 = 61.5",
    )
    assert said.title == "Assign: which centre is nearest to (216, 175, 145)?"
    assert said.result == "This colour takes the colour of centre 1."


@pytest.mark.parametrize("number", range(6))
def test_three_lines_go_from_the_colour_to_the_centres_and_the_nearest_stands_out(
    number: int,
) -> None:
    said = explain(assigned(number))
    centers = steps()[number].centroids.tolist()
    lengths = [math.dist(COLOR, center) for center in centers]
    assert [tuple(m.start) for m in said.measures] == [COLOR] * 3
    assert [list(m.end) for m in said.measures] == centers
    assert [m.text for m in said.measures] == [f"{length:.1f}" for length in lengths]
    nearest = lengths.index(min(lengths))
    assert [m.emphasised for m in said.measures] == [n == nearest for n in range(3)]
    assert nearest == [0, 0, 0, 1, 1, 1][number]


def test_the_last_assignment_says_that_nothing_changes() -> None:
    assert "nothing will move any more" in explain(assigned(5)).result
    assert "2 colours have changed" in explain(assigned(2)).result
    assert "1 colour has changed" in explain(assigned(1)).result


def test_an_update_draws_the_way_to_the_means() -> None:
    first, second = steps()[:2]
    said = explain(Moment(Stop(Kind.UPDATE), first, second.centroids))
    assert said.title.startswith("Update")
    # 800, 1,450 and 2,100 pixels of (216, 175, 145), (202, 166, 128) and (230, 186, 167)
    mean = (
        np.array([216, 175, 145]) * 800
        + np.array([202, 166, 128]) * 1450
        + np.array([230, 186, 167]) * 2100
    ) / 4350
    shift = math.dist(CENTERS[0], mean)
    assert said.lines[0] == (
        f"Centre 1 moves by {shift:.1f} to ({mean[0]:.1f}, {mean[1]:.1f}, {mean[2]:.1f}), "
        "the mean of its 4,350 pixels"
    )
    assert [list(m.start) for m in said.measures] == START.tolist()
    assert np.allclose([m.end for m in said.measures], second.centroids)
    assert [m.emphasised for m in said.measures] == [True, False, False]


def test_lines_grow_while_centres_glide() -> None:
    first, second = steps()[:2]
    between = first.centroids + 0.5 * (second.centroids - first.centroids)
    said = explain(Moment(Stop(Kind.ASSIGN), first, between, fraction=0.5))
    half = np.linalg.norm(second.centroids - first.centroids, axis=1) / 2
    assert [m.text for m in said.measures] == [f"{value:.1f}" for value in half]
    assert said.lines[0].endswith("so far")


def test_a_centre_that_stays_has_no_line() -> None:
    second, third = steps()[1:3]
    said = explain(Moment(Stop(Kind.UPDATE), second, third.centroids))
    assert len(said.measures) == 2
    assert said.lines[1] == "Centre 2 is the mean of its 1,900 pixels already"


def test_the_start_names_those_that_are_there() -> None:
    said = explain(Moment(Stop(Kind.SEEDING), steps()[0], START[:2]))
    assert said.lines == (
        "Centre 1 starts at (220, 183, 152)",
        "Centre 2 starts at (242, 211, 178)",
    )
    assert said.measures == ()
    assert said.text.splitlines()[0] == said.title


def test_the_one_colour_is_found_among_the_others() -> None:
    colors = ColorHistogram.from_rgb(example_picture().rgb).colors
    assert tuple(colors[color_index(colors)].tolist()) == COLOR
    assert color_index(colors[:2]) is None


def test_it_is_told_by_its_picture_and_needs_srgb() -> None:
    source = example_picture()
    settings = SETTINGS
    assert is_example(source, settings)
    assert not is_example(source, replace(settings, color_space="oklab"))
    assert not is_example(source, replace(settings, k=4))
    assert not is_example(None, settings)
    assert not is_example(image_from_array(np.zeros((4, 4, 3), np.uint8), NAME), settings)
    # a file of that name and with that colour, of another size
    other = np.concatenate([source.rgb, source.rgb])
    assert not is_example(image_from_array(other, NAME), settings)
    assert not is_example(image_from_array(source.rgb, "mine.png"), settings)
    assert SETTINGS.picks == CENTERS


def test_every_stop_of_a_real_run_has_its_words_and_lines(qtbot: QtBot) -> None:
    session = Session(SETTINGS)
    frames: list[Frame] = []
    session.playback.frameChanged.connect(frames.append)
    session.playback.set_speed(float("inf"))
    try:
        session.open(example_picture())
        qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=10_000)
        history = session.history
        assert history[0].centroids.tolist() == START.tolist()
        titles = []
        for stop in range(history.stops):
            frames.clear()
            session.playback.seek(stop)
            qtbot.waitUntil(lambda: bool(frames))
            said = explain(frames[-1])
            titles.append(said.title.split(":")[0])
            assert said.lines
            if titles[-1] == "Assign":
                own = frames[-1].labels[color_index(session.histogram.colors)]
                assert f"the colour of centre {own + 1}." in said.result
        seeding = titles.count("Start")
        assert seeding == history.n_stages
        assert titles[seeding:] == ["Assign", "Update"] * (len(history) - 1) + ["Assign"]
        assert "nothing will move" in said.result
    finally:
        session.close()
        session.deleteLater()


def test_elsewhere_centres_do_not_go_to_the_means_and_are_not_said_to() -> None:
    source = example_picture()
    assert not is_example(source, replace(SETTINGS, seeding="wu"))
    assert not is_example(source, replace(SETTINGS, quality="live"))
    assert is_example(source, replace(SETTINGS, seeding="wu", quality="textbook"))


# -- in the window -------------------------------------------------------------------------------


def opened(window: MainWindow, qtbot: QtBot) -> Session:
    session = session_of(window)
    trigger(window, "workedExample")
    qtbot.waitUntil(lambda: session.source is not None and session.source.name == NAME)
    qtbot.waitUntil(lambda: session.state is RunState.CONVERGED, timeout=10_000)
    return session


def uncovered(window: MainWindow, colors: np.ndarray) -> bool:
    """Whether places are within the colour space, where neither caption nor button lies."""
    view = window.color_space
    scene, size = view._scene, (view.width(), view.height())
    at, _ = scene.camera.project(scene.place(colors), *size)
    if (at < 4).any() or (at > np.array(size) - 4).any():
        return False
    names = ("spaceGizmo", "spacePhase", "spaceStatus", "spaceMessage")
    over = [child(view, QWidget, name) for name in names]
    over += [*view.findChildren(SpaceBar), *view.findChildren(Legend)]
    boxes = [widget.geometry() for widget in over if widget.isVisible()]
    return not any(box.contains(int(x), int(y)) for box in boxes for x, y in at.tolist())


def labels_by_their_lines(window: MainWindow) -> bool:
    view = window.color_space
    composition = compose(view._scene, view.width(), view.height())
    measures = view._scene.measures
    assert len(composition.labels) == len(measures)
    ordered = sorted(measures, key=lambda measure: not measure.emphasised)
    ends = np.array([(m.start, m.end) for m in ordered], float).reshape(-1, 2, 3)
    lines, _ = view._scene.camera.project(view._scene.place(ends), view.width(), view.height())
    for label, line in zip(composition.labels, lines, strict=True):
        along = np.linspace(line[0], line[1], 50)
        apart = np.abs(along - (label.x, label.y)) - (20, 11)
        if np.hypot(*np.maximum(apart, 0).T).min() > 30:
            return False
    return True


def go_through(
    window: MainWindow, qtbot: QtBot, stops: Sequence[int], *, is_captioned: bool = True
) -> Iterator[HistoryStop]:
    """Stop at stops, when the colour space has followed and has a caption for it."""
    session = session_of(window)
    phase = child(window.color_space, QLabel, "spacePhase")

    def has_followed(at: HistoryStop, is_said: bool) -> bool:
        if window.timeline.stop() != at.index:
            return False
        if not is_captioned:
            return window.color_space._scene.phase == (at.kind.value if is_said else "")
        if phase.isVisible() != is_said:
            return False
        return not is_said or at.kind.value in phase.text().lower()

    for stop in stops:
        session.playback.seek(stop)
        at = session.history.stop(stop)
        is_said = at.kind is not StopKind.SEEDING and stop < session.history.stops - 1
        # the colour space follows the timeline after a while
        qtbot.waitUntil(lambda at=at, is_said=is_said: has_followed(at, is_said))
        yield at


def check_stops(
    window: MainWindow, qtbot: QtBot, stops: Sequence[int], *, is_captioned: bool
) -> None:
    history, histogram = session_of(window).history, session_of(window).histogram
    colors = histogram.colors.astype(float)
    for at in go_through(window, qtbot, stops, is_captioned=is_captioned):
        shown = np.concatenate([colors, history.centroids_at(at)])
        qtbot.waitUntil(lambda shown=shown: uncovered(window, shown), timeout=5000)
        qtbot.waitUntil(lambda: labels_by_their_lines(window), timeout=5000)


@pytest.mark.parametrize(
    "sizes", [[(720, 560), (1600, 1000), (1920, 1080)], [(1900, 1080), (1280, 800)]]
)
def test_everything_is_in_view_at_every_stop(qtbot: QtBot, sizes: list[tuple[int, int]]) -> None:
    with whole_window(qtbot, size=sizes[0]) as window:
        session = opened(window, qtbot)
        colors = session.histogram.colors.astype(float)
        for size in sizes:
            window.resize(*size)
            qtbot.waitUntil(lambda size=size: window.size().toTuple() == size)
            check_stops(window, qtbot, range(session.history.stops), is_captioned=True)
            # the widest that it is anywhere: no smaller than it has to be
            view = window.color_space
            shape = (view.width(), view.height())
            at, _ = view._scene.camera.project(view._scene.place(colors), *shape)
            assert np.ptp(at[:, 0]) > 0.25 * view.width()


@pytest.mark.parametrize("size", [(720, 560), (1280, 800), (1900, 1080)])
def test_large_labels_are_by_their_lines_too(qtbot: QtBot, size: tuple[int, int]) -> None:
    with whole_window(qtbot, size=size) as window:
        session = opened(window, qtbot)
        usual = window.color_space.font().pointSizeF()
        for presents in (False, True):
            if presents:
                window.color_space.set_text_scale(1.0)
                assert window.color_space.font().pointSizeF() == usual
                trigger(window, "presentation")
                qtbot.waitUntil(window.isFullScreen)
                window.resize(*size)
            else:
                window.color_space.set_text_scale(1.7)
            assert window.color_space.font().pointSizeF() == pytest.approx(1.7 * usual)
            # docked and presented share the stops: each has assignments and updates
            stops = [s for s in range(session.history.stops) if (s // 2 % 2 == 1) == presents]
            # in the smallest view there is no room for a caption of that size
            check_stops(window, qtbot, stops, is_captioned=False)


def test_the_camera_goes_back_with_another_picture(qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    Image.fromarray(np.arange(192, dtype=np.uint8).reshape(8, 8, 3)).save(other)
    with whole_window(qtbot) as window:
        home = window.color_space._scene.camera
        session = opened(window, qtbot)
        qtbot.waitUntil(lambda: window.color_space._scene.camera.zoom > 1, timeout=5000)
        session.open(other)
        qtbot.waitUntil(lambda: session.source.name == other.name, timeout=5000)
        qtbot.waitUntil(lambda: window.color_space._scene.camera == home, timeout=5000)
        assert window.color_space._scene.measures == ()


@pytest.mark.parametrize("orbit", [0, 360])
def test_an_animation_has_it_all_in_view_with_its_distances(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orbit: int
) -> None:
    drawn: list[tuple[Scene, tuple[int, int]]] = []
    plain = Surface.render_image

    def render(surface: Surface, picture: Picture) -> QImage:
        drawn.append((replace(picture.scene), picture.size))
        return plain(surface, picture)

    monkeypatch.setattr(Surface, "render_image", render)
    with whole_window(qtbot, size=(720, 560)) as window:
        session = opened(window, qtbot)
        colors = session.histogram.colors.astype(float)
        export = window.findChild(AnimationExport, "animationExport")
        settings = AnimationSettings(
            content=BOTH, pace="length", seconds=3.0, hold=0.5, fps=5, orbit=orbit
        )
        path = tmp_path / "both.gif"
        with qtbot.waitSignal(export.finished, timeout=60_000):
            export.start(settings, path)
    assert len(drawn) >= 10
    for scene, (width, height) in drawn:
        shown = np.concatenate([colors, scene.centroids])
        at, _ = scene.camera.project(scene.place(shown), width, height)
        assert (at > 4).all()
        assert (at < (width - 4, height - 4)).all()
    assert len({scene.camera for scene, _ in drawn}) == (1 if orbit == 0 else len(drawn))
    assert len({scene.camera.zoom for scene, _ in drawn}) == 1
    texts = [[measure.text for measure in scene.measures] for scene, _ in drawn]
    assert ["11.4", "55.3", "61.5"] in texts
    assert ["236.5", "67.7", "34.3"][::-1] in [sorted(t, key=float) for t in texts]
    # the darkest centre is seen in the half with the colour space
    with Image.open(path) as image:
        image.seek(image.n_frames - 1)
        half = np.asarray(image.convert("RGB"), int)[:, image.width * 3 // 5 :]
    darkest = min(drawn[-1][0].centroids, key=sum)
    assert (np.abs(half - darkest).max(axis=-1) < 30).sum() > 20
