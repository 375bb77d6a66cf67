"""The result's own figures, whatever the curve says at its k."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from colorquant_gui.core import quantize
from colorquant_gui.core.advisor import ColorCells, missing_colors
from colorquant_gui.core.ciede2000 import ciede2000
from colorquant_gui.core.color_spaces import color_space
from colorquant_gui.core.export import EXPORT_FORMATS
from colorquant_gui.core.image import image_from_array
from colorquant_gui.session import RunState, Session, Settings
from colorquant_gui.session.advisor_state import AdvisorState

WAIT_MS = 60_000
FAR_FROM_STANDARD = Settings(k=4, quality="best", seeding="random", seed=1)


def photo() -> np.ndarray:
    """A few clouds of few colours: a search ends elsewhere than Standard, the advisor soon."""
    rng = np.random.default_rng(16)
    places = rng.integers(30, 226, (9, 3))[rng.integers(0, 9, (24, 30))]
    rgb = np.clip(places + rng.normal(0, 14, places.shape), 0, 255).astype(np.uint8)
    return rgb // 36 * 36


def differences(rgb: np.ndarray, shown: np.ndarray) -> np.ndarray:
    space = color_space("cielab")
    lab = [space.from_srgb(np.ascontiguousarray(each.reshape(-1, 3))) for each in (rgb, shown)]
    return np.sort(np.asarray(ciede2000(*lab)))


class Bench:
    def __init__(self, qtbot, settings: Settings, rgb: np.ndarray, mask=None) -> None:
        self.qtbot, self.session = qtbot, Session(settings)
        self.session.playback.set_speed(math.inf)
        pixels = rgb if mask is None else np.dstack([rgb, np.where(mask, 0, 255)]).astype(np.uint8)
        self.session.open(image_from_array(pixels, "photo.png"))
        self.converge()

    def converge(self) -> None:
        session = self.session
        self.qtbot.waitUntil(
            lambda: session.state is RunState.CONVERGED and session.encoded is not None,
            timeout=WAIT_MS,
        )

    def measured(self) -> None:
        self.qtbot.waitUntil(
            lambda: self.session.advisor.state is AdvisorState.DONE, timeout=WAIT_MS
        )

    @property
    def point(self):
        return self.session.present.point

    def known(self):
        self.qtbot.waitUntil(
            lambda: self.point is not None and not math.isnan(self.point.mean_de), timeout=WAIT_MS
        )
        return self.point


@pytest.fixture
def open_at(qapp, qtbot):
    made = []

    def opened(settings: Settings, rgb: np.ndarray | None = None, mask=None) -> Bench:
        made.append(Bench(qtbot, settings, photo() if rgb is None else rgb, mask))
        return made[-1]

    yield opened
    for bench in made:
        bench.session.close()
        bench.session.deleteLater()


@pytest.mark.parametrize("quality", ["best", "textbook", "live", "standard"])
def test_its_figures_are_those_of_its_own_pixels(open_at, quality):
    bench = open_at(Settings(k=6, quality=quality))
    point = bench.known()
    result = quantize(photo(), 6, quality=quality)
    lost = differences(photo(), result.to_rgb())
    assert point.k == 6
    assert (point.mse, point.psnr) == (result.mse, result.psnr)
    assert point.mean_de == pytest.approx(lost.mean(), abs=0.01)
    assert point.p95_de == pytest.approx(lost[math.ceil(0.95 * lost.size) - 1], abs=0.02)
    assert point.n_bytes == len(EXPORT_FORMATS["png"].encode(result))
    assert not point.bytes_estimated


def test_they_are_not_those_of_the_curve_at_another_level(open_at):
    bench = open_at(FAR_FROM_STANDARD)
    bench.known()
    bench.measured()
    curve = next(point for point in bench.session.advisor.points if point.k == 4)
    assert bench.point.mse < 0.95 * curve.mse
    assert bench.point.mean_de != curve.mean_de


def test_transparent_pixels_count_as_an_entry_and_nowhere_else(open_at):
    mask = np.zeros((24, 30), bool)
    mask[:5] = True
    bench = open_at(Settings(k=6, quality="best"), mask=mask)
    point = bench.known()
    shown = bench.session.result.to_rgb()
    assert point.k == 6
    assert point.mean_de == pytest.approx(differences(photo()[5:], shown[5:]).mean(), abs=0.01)


def test_there_are_none_of_a_picture_that_nothing_can_be_seen_of(open_at):
    bench = open_at(Settings(quality="best"), mask=np.ones((24, 30), bool))
    assert bench.point is None


def test_while_a_control_moves_only_what_is_final_counts(open_at):
    bench = open_at(Settings(k=6, quality="best"))
    session = bench.session
    bench.measured()
    seen = []
    session.present.changed.connect(lambda: seen.append(bench.point))
    session.begin_edit()
    session.set("Change k", k=5)
    bench.qtbot.waitUntil(lambda: session.history.finished, timeout=WAIT_MS)
    assert set(seen) <= {None}
    session.end_edit()
    assert bench.known().k == 5
    session.set("Change quality", quality="standard")
    bench.converge()
    session.begin_edit()
    session.set("Change k", k=4)
    bench.qtbot.waitUntil(lambda: session.result is not None, timeout=WAIT_MS)
    assert session.is_previewing
    assert bench.point == next(point for point in session.advisor.points if point.k == 4)


def test_colours_are_missing_in_the_palette_in_force(open_at, qtbot):
    rgb = photo()
    rgb[:2, :10] = (250, 240, 10)
    bench = open_at(FAR_FROM_STANDARD, rgb)
    session = bench.session
    bench.measured()
    advisor = session.advisor
    qtbot.waitUntil(lambda: advisor.missing is not None, timeout=WAIT_MS)
    cells = ColorCells.of(session.histogram)
    palettes = {k: advisor.palette_at(k) for k in range(2, advisor.maximum + 1)}

    def told(palette):
        return [
            (color.rgb, color.share, color.distance, color.k_needed)
            for color in missing_colors(cells, palette, palettes, 4)
        ]

    own, standard = told(session.result.palette), told(palettes[4])
    assert own != standard

    def shown():
        return [(c.rgb, c.share, c.distance, c.k_needed) for c in advisor.missing or ()]

    qtbot.waitUntil(lambda: shown() == own, timeout=WAIT_MS)
    session.set("Change quality", quality="standard")
    assert advisor.missing is None
    bench.converge()
    qtbot.waitUntil(lambda: shown() == standard, timeout=WAIT_MS)


def test_where_the_advisor_stands_it_is_measured_all_the_same(open_at, qtbot):
    bench = open_at(Settings(k=2))
    bench.measured()
    bench.session.advisor.pause()
    bench.session.advisor.set_source(bench.session.histogram)
    bench.session.advisor.set_source(None)
    bench.session.advisor.set_source(bench.session.histogram)
    bench.session.set("Change", k=5)
    bench.converge()
    found = bench.known()
    shown = bench.session.result.to_rgb()
    each = differences(bench.session.source.rgb, shown)
    assert bench.session.advisor.is_paused
    assert found.mean_de == pytest.approx(each.mean(), abs=1e-3)


def test_a_result_of_other_settings_is_none_of_these(open_at):
    bench = open_at(Settings(k=6))
    bench.known()
    # others are told of new settings before the run is
    bench.session.advisor.set_settings(replace(bench.session.settings, k=9))
    assert bench.point is None
