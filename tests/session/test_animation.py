"""Which moments an animation shows, for how long, and what its frames look like."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import (
    Cancelled,
    ColorHistogram,
    Fit,
    IndexedImage,
    InvalidParameterError,
)
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.session import History, Settings, StopKind
from colorquant_gui.session.animation import BOTH, PICTURE, SPACE, AnimationSettings
from colorquant_gui.session.animation_frames import Moments, PicturePane
from colorquant_gui.session.animation_job import (
    AnimationRequest,
    Material,
    Preview,
    PreviewRequest,
    SizeEstimate,
    estimated_bytes,
)
from colorquant_gui.session.animation_layout import lay_out
from colorquant_gui.session.animation_plan import plan_frames
from colorquant_gui.session.pace import stop_seconds
from tests import pictures

GREY = (40, 40, 40)

photo = partial(pictures.photo, height=30, width=40)


def run(rgb, k=4, space="srgb", mask=None, seeding="kmeans++"):
    histogram = ColorHistogram.from_rgb(rgb, mask)
    history = History(Settings(k=k, color_space=space, seeding=seeding))
    history.extend(Fit(k, color_space=space, seeding=seeding).iterate(histogram))
    history.finished = True
    assert history.n_stages == k
    return histogram, history


def nearest(histogram, centroids, space="srgb"):
    """Labels by the plain definition."""
    points = COLOR_SPACES[space].from_srgb(histogram.colors)
    return ((points[:, None] - centroids[None]) ** 2).sum(axis=2).argmin(axis=1)


# -- the plan ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def history():
    return run(photo())[1]


def test_ten_seconds_are_ten_seconds(history):
    settings = AnimationSettings(pace="length", seconds=10.0, fps=20, hold=2.0)
    plan = plan_frames(history, settings)
    assert len(plan) == 8 * 20 + 1
    assert [frame.seconds for frame in plan[:-1]] == [0.05] * 160
    assert plan[-1].seconds == 2.0
    assert plan[0].stop.index == 0
    assert plan[-1].stop.index == history.stops - 1
    assert plan[-1].stop.kind is StopKind.ASSIGN
    places = [frame.stop.index + frame.fraction for frame in plan]
    assert places == sorted(places)
    assert all(0 <= frame.fraction < 1 for frame in plan)


def test_speed_is_that_of_the_window(history):
    whole = sum(stop_seconds(history, history.stop(n)) for n in range(history.stops - 1))
    for speed in (0.5, 1.0, 4.0):
        plan = plan_frames(history, AnimationSettings(speed=speed, fps=50, hold=0.0))
        assert sum(frame.seconds for frame in plan[:-1]) == pytest.approx(whole / speed, abs=0.02)
        assert plan[-1].seconds == 0.02
    # where a frame is, by adding up what the playback takes from stop to stop
    plan = plan_frames(history, AnimationSettings(speed=1.0, fps=50))
    for number in (3, len(plan) // 2, len(plan) - 2):
        at = number * whole / (len(plan) - 1)
        index = 0
        while at >= stop_seconds(history, history.stop(index)):
            at -= stop_seconds(history, history.stop(index))
            index += 1
        assert plan[number].stop.index == index
        expected = at / stop_seconds(history, history.stop(index))
        assert plan[number].fraction == pytest.approx(expected)


def test_a_format_without_delays_repeats_the_last_frame(history):
    settings = AnimationSettings(
        format="png-sequence", pace="length", seconds=4.0, fps=10, hold=1.5
    )
    plan = plan_frames(history, settings)
    assert len(plan) == 40
    assert {frame.seconds for frame in plan} == {0.1}
    assert {(frame.stop, frame.fraction) for frame in plan[-15:]} == {
        (history.stop(history.stops - 1), 0.0)
    }


def test_the_space_turns_evenly_and_through_the_hold(history):
    settings = AnimationSettings(
        content=BOTH, orbit=90, pace="length", seconds=3.0, fps=10, hold=1.0
    )
    plan = plan_frames(history, settings)
    assert len(plan) == 30
    assert np.allclose([frame.turn for frame in plan], np.arange(30) * 3.0)
    assert {f.turn for f in plan_frames(history, replace(settings, content=PICTURE))} == {0.0}


def test_a_run_that_is_at_its_end_at_once_is_one_frame():
    rgb = np.zeros((4, 4, 3), np.uint8)
    histogram = ColorHistogram.from_rgb(rgb)
    history = History(Settings(k=2))
    history.extend(list(Fit(1).iterate(histogram))[:1])
    plan = plan_frames(history, AnimationSettings(hold=2.0))
    assert plan[-1].stop.index == history.stops - 1
    assert plan[-1].seconds == 2.0
    with pytest.raises(InvalidParameterError, match="no run"):
        plan_frames(History(), AnimationSettings())


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "avi"},
        {"content": "sound"},
        {"size": "8k"},
        {"pace": "fast"},
        {"fps": 51},
        {"fps": 4},
        {"width": 0},
        {"speed": 0.0},
        {"seconds": 1e9},
        {"hold": -1.0},
        {"loops": -1},
        {"orbit": 10_000},
        {"quality": 101},
    ],
)
def test_settings_have_ranges(wrong):
    with pytest.raises(InvalidParameterError):
        AnimationSettings(**wrong)


# -- the layout --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "size", "expected"),
    [
        ({"size": "480p"}, (1200, 800), (720, 480)),
        ({"size": "1080p"}, (1200, 800), (1620, 1080)),
        ({"size": "original"}, (1201, 803), (1201, 803)),
        ({"size": "custom", "width": 333}, (1200, 800), (333, 222)),
        ({"size": "480p", "content": SPACE}, (1200, 800), (576, 480)),
        ({"size": "custom", "width": 600, "content": SPACE}, (1200, 800), (600, 500)),
        ({"size": "480p", "content": BOTH}, (1200, 800), (720 + 8 + 576, 480)),
        ({"size": "original", "content": BOTH}, (400, 400), (400 + 8 + 480, 400)),
        # a panorama has the colour space below it
        ({"size": "480p", "content": BOTH}, (3000, 1000), (405, 135 + 8 + 338)),
        ({"size": "original", "content": BOTH}, (300, 100), (300, 100 + 8 + 250)),
    ],
)
def test_sizes(settings, size, expected):
    layout = lay_out(AnimationSettings(**settings), *size)
    assert layout.size == expected
    assert (layout.picture is not None) == (settings.get("content") != SPACE)
    assert (layout.space is not None) == (settings.get("content", PICTURE) != PICTURE)


@pytest.mark.parametrize("content", [PICTURE, SPACE, BOTH])
@pytest.mark.parametrize("size", [(1, 900), (4000, 1), (7, 5), (1999, 1001), (640, 480)])
@pytest.mark.parametrize("width", [16, 17, 101, 640])
def test_a_chosen_width_is_kept_and_nothing_overlaps(content, size, width):
    settings = AnimationSettings(content=content, size="custom", width=width, caption=True)
    try:
        layout = lay_out(settings, *size)
    except InvalidParameterError:
        assert size == (1, 900)
        return
    boxes = [box for box in (layout.picture, layout.space, layout.caption) if box is not None]
    assert all(box.width >= 1 and box.height >= 1 for box in boxes)
    covered = np.zeros(layout.size[::-1], int)
    for box in boxes:
        covered[box.top : box.top + box.height, box.left : box.left + box.width] += 1
    assert covered.max() == 1
    assert covered.sum() == sum(box.width * box.height for box in boxes)
    assert layout.size[0] == width


def test_frames_too_big_for_anybody():
    with pytest.raises(InvalidParameterError, match="too big"):
        lay_out(AnimationSettings(size="original"), 10_000, 8_000)


# -- the frames --------------------------------------------------------------------------------


def test_a_picture_at_its_own_size_is_exact():
    histogram, history = run(photo())
    pane = PicturePane(histogram.inverse, (40, 30), GREY)
    moments = Moments(histogram, history)
    for index in range(history.stops):
        stop = history.stop(index)
        frame = moments.at(stop, 0.0)
        if stop.kind is StopKind.SEEDING:
            centroids = of_labels = history.seeding.centroids(stop.stage)
        else:
            of_labels = history[stop.iteration].centroids
            updated = stop.kind is StopKind.UPDATE
            centroids = history[stop.iteration + updated].centroids
        labels = nearest(histogram, of_labels)
        assert np.array_equal(frame.labels, labels)
        palette = np.clip(np.rint(centroids), 0, 255).astype(np.uint8)
        expected = palette[labels][histogram.inverse]
        drawn = pane.draw(frame.labels, moments.to_srgb(frame.centroids))
        assert np.array_equal(np.asarray(drawn), expected)


def test_centroids_glide_from_assignment_to_update_only():
    histogram, history = run(photo(), space="oklab")
    moments = Moments(histogram, history)
    stop = history.stop(history.n_stages)
    start, end = history[0].centroids, history[1].centroids
    assert np.allclose(moments.at(stop, 0.5).centroids, (start + end) / 2)
    quarter = moments.at(stop, 0.25).centroids
    assert np.allclose(quarter, start + (end - start) * (0.25**2 * 2.5))
    update = history.stop(history.n_stages + 1)
    for fraction in (0.0, 0.4):
        assert np.array_equal(moments.at(update, fraction).centroids, end)
    # labels are found once and are the same object until the next assignment
    assert moments.at(stop, 0.1).labels is moments.at(update, 0.3).labels


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_the_error_of_a_moment_is_that_of_its_assignment(space):
    rgb = photo()
    histogram, history = run(rgb, space=space)
    moments = Moments(histogram, history)
    for index in (0, 2, history.n_stages, history.n_stages + 1, history.stops - 1):
        moment = moments.at(history.stop(index), 0.0)
        centroids = moment.centroids if moment.is_seeding else moment.step.centroids
        shown = moments.to_srgb(centroids)[moment.labels][histogram.inverse]
        expected = ((shown.astype(float) - rgb) ** 2).sum(axis=2).mean()
        # in sRGB it is told of centroids, not of rounded colours
        assert moment.mse == pytest.approx(expected, abs=0.8 if space == "srgb" else 1e-6)


def test_reduced_frames_are_means_and_enlarged_ones_crisp():
    colors = np.array([[0, 0, 0], [200, 100, 40]], np.uint8)
    checks = np.indices((8, 8)).sum(axis=0) % 2
    histogram = ColorHistogram.from_rgb(colors[checks])
    labels = np.arange(2, dtype=np.uint8)
    palette = histogram.colors
    small = np.asarray(PicturePane(histogram.inverse, (4, 4), GREY).draw(labels, palette))
    assert np.abs(small.astype(int) - [100, 50, 20]).max() <= 1
    big = np.asarray(PicturePane(histogram.inverse, (24, 24), GREY).draw(labels, palette))
    assert np.array_equal(big, np.repeat(np.repeat(colors[checks], 3, axis=0), 3, axis=1))


def test_transparent_pixels_show_the_background():
    rgb = photo()
    mask = np.ones(rgb.shape[:2], bool)
    mask[:10] = False
    histogram, history = run(rgb, mask=mask)
    frame = Moments(histogram, history).at(history.stop(history.n_stages), 0.0)
    pane = PicturePane(histogram.inverse, (40, 30), GREY)
    drawn = np.asarray(pane.draw(frame.labels, np.full((4, 3), 255, np.uint8)))
    assert np.array_equal((drawn == GREY).all(axis=2), ~mask)


def test_256_colours_and_transparency():
    rgb = np.zeros((16, 17, 3), np.uint8)
    rgb[:, :16, 0] = np.arange(256).reshape(16, 16)
    mask = np.ones((16, 17), bool)
    mask[:, 16] = False
    histogram = ColorHistogram.from_rgb(rgb, mask)
    pane = PicturePane(histogram.inverse, (17, 16), GREY)
    drawn = np.asarray(pane.draw(np.arange(256, dtype=np.uint8), histogram.colors))
    assert np.array_equal(drawn[:, :16], rgb[:, :16])
    assert (drawn[:, 16] == GREY).all()


# -- the requests ------------------------------------------------------------------------------


class Artist:
    """Draws plain colours in place of the colour space, and notes what was ordered ahead."""

    def __init__(self, size):
        self.size, self.waiting, self.turns, self.most = size, [], [], 0

    def order(self, frame, turn):
        self.waiting.append(frame.stop.index)
        self.turns.append(turn)
        self.most = max(self.most, len(self.waiting))

    def take(self, cancelled):
        return Image.new("RGB", self.size, (self.waiting.pop(0) % 256, 0, 255))


def material(artists=None, rgb=None):
    histogram, history = run(photo() if rgb is None else rgb)

    def space(layout):
        artist = Artist(layout.space.size)
        if artists is not None:
            artists.append(artist)
        return artist

    def caption(frame, layout):
        return Image.new("RGB", layout.caption.size, (255, 255, 0))

    return Material(histogram, history, GREY, caption, space)


def request(made, settings, path):
    return AnimationRequest(1, made, settings, made.plan(settings), path)


def never():
    return False


@pytest.mark.parametrize("form", ["gif", "webp", "apng"])
def test_a_ten_second_animation_opens_with_the_frames_and_delays_asked_for(tmp_path, form):
    made = material()
    settings = AnimationSettings(
        format=form, size="original", pace="length", seconds=10.0, fps=15, hold=2.0
    )
    path = tmp_path / f"film.{form}"
    told = []
    request(made, settings, path).run(told.append, never)
    plan = made.plan(settings)
    assert told == list(range(1, len(plan) + 1))
    with Image.open(path) as image:
        assert image.n_frames == len(plan) == 121
        times = []
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            times.append(image.info["duration"])
            if number in (0, 60, 119, 120):
                frame = plan[number]
                moment = Moments(made.histogram, made.history).at(frame.stop, frame.fraction)
                palette = np.clip(np.rint(moment.centroids), 0, 255).astype(np.uint8)
                expected = palette[moment.labels][made.histogram.inverse]
                assert np.array_equal(np.asarray(image.convert("RGB")), expected)
    assert sum(times) == 10_000
    assert times[-1] == 2000
    assert set(times[:-1]) <= ({60, 70} if form == "gif" else {66, 67})


@pytest.mark.parametrize("space", COLOR_SPACES)
@pytest.mark.parametrize("orbit", [0, 90])
def test_the_end_shows_what_would_be_saved(tmp_path, space, orbit):
    rgb = photo()
    mask = np.ones(rgb.shape[:2], bool)
    mask[:9, :7] = False
    histogram, history = run(rgb, space=space, mask=mask)
    result = IndexedImage.from_centroids(
        histogram, history.latest.centroids, 3, color_space=space, refine=True
    )
    told = []

    def caption(frame, layout):
        told.append(frame.result)
        return Image.new("RGB", layout.caption.size)

    made = Material(
        histogram, history, GREY, caption, lambda layout: Artist(layout.space.size), result
    )
    settings = AnimationSettings(
        format="png-sequence", content=BOTH if orbit else PICTURE, size="original", caption=True,
        pace="length", seconds=1.0, hold=0.4, fps=5, orbit=orbit,
    )  # fmt: skip
    request(made, settings, tmp_path / "frames").run(lambda _: None, never)
    files = sorted((tmp_path / "frames").iterdir())
    expected = np.where(mask[..., None], result.palette[result.indices], GREY)
    held = [np.asarray(Image.open(file))[:30, :40] for file in files[-2:]]
    assert all(np.array_equal(frame, expected) for frame in held)
    assert not np.array_equal(np.asarray(Image.open(files[-3]))[:30, :40], expected)
    assert [each is result for each in told] == [False] * (len(files) - 2) + [True] * 2


def test_a_run_without_a_result_ends_with_its_last_iteration():
    histogram, history = run(photo())
    last = history.stop(history.stops - 1)
    assert Moments(histogram, history).at(last, 0.0).result is None


def test_both_panes_and_the_caption_are_in_their_places(tmp_path):
    artists = []
    made = material(artists)
    settings = AnimationSettings(
        format="png-sequence", content=BOTH, size="custom", width=200, caption=True,
        pace="length", seconds=1.0, hold=0.5, fps=10, orbit=45,
    )  # fmt: skip
    request(made, settings, tmp_path / "frames").run(lambda _: None, never)
    files = sorted((tmp_path / "frames").iterdir())
    plan, layout = made.plan(settings), made.layout(settings)
    assert len(files) == len(plan) == 10
    for file, frame in zip(files, plan, strict=True):
        seen = np.asarray(Image.open(file))
        space, line = layout.space, layout.caption
        assert tuple(seen[5, space.left + 5]) == (frame.stop.index % 256, 0, 255)
        assert tuple(seen[line.top + 1, 7]) == (255, 255, 0)
        assert tuple(seen[3, layout.picture.width + 3]) == GREY
    assert artists[0].turns == [frame.turn for frame in plan]
    # drawn ahead, but no more than a few: frames don't pile up
    assert 2 <= artists[0].most <= 3


def test_cancelling_while_it_is_drawn(tmp_path):
    path = tmp_path / "film.gif"
    path.write_bytes(b"before")
    told = []
    export = request(material(), AnimationSettings(size="original"), path)
    with pytest.raises(Cancelled):
        export.run(told.append, lambda: len(told) >= 3)
    assert told == [1, 2, 3]
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_preview_is_the_first_and_the_last_frame_and_the_size():
    made = material()
    settings = AnimationSettings(size="1080p")
    told = []
    PreviewRequest(1, made, settings, 100, 60).run(told.append, never)
    preview, estimate = told
    assert isinstance(preview, Preview)
    assert isinstance(estimate, SizeEstimate)
    assert preview.first.size == preview.last.size == (80, 60)
    first = nearest(made.histogram, made.history.seeding.centroids(1))
    assert (first == 0).all()
    assert len(np.unique(np.asarray(preview.first).reshape(-1, 3), axis=0)) == 1
    assert len(np.unique(np.asarray(preview.last).reshape(-1, 3), axis=0)) == 4


@pytest.mark.parametrize("form", ["gif", "webp", "apng", "png-sequence"])
def test_the_estimate_is_not_far_from_the_file(tmp_path, form):
    made = material(rgb=photo(5, height=120, width=160))
    settings = AnimationSettings(format=form, size="original", fps=25)
    path = tmp_path / "film"
    request(made, settings, path).run(lambda _: None, never)
    files = list(path.iterdir()) if path.is_dir() else [path]
    actual = sum(file.stat().st_size for file in files)
    assert 0.5 < estimated_bytes(made, settings, never) / actual < 2.0
    # of a short one, all frames are measured
    short = replace(settings, pace="length", seconds=0.5, hold=0.1, fps=10)
    request(made, short, tmp_path / "short").run(lambda _: None, never)
    if form != "png-sequence":
        exact = (tmp_path / "short").stat().st_size
        assert estimated_bytes(made, short, never) == exact
