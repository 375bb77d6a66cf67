import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, IndexedImage
from colorquant_gui.core.ciede2000 import ciede2000
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.error_maps import ERROR_METRICS
from colorquant_gui.session.error_map import ErrorMap


@pytest.fixture
def case():
    rng = np.random.default_rng(1)
    rgb = rng.integers(0, 256, (20, 30, 3), np.uint8)
    histogram = ColorHistogram.from_rgb(rgb)
    centroids = np.array([[20.0, 30, 40], [200, 60, 90], [90, 220, 130]])
    return histogram, IndexedImage.from_centroids(histogram, centroids, 0)


@pytest.fixture
def errors(qapp):
    errors = ErrorMap()
    yield errors
    errors.close()
    errors.deleteLater()


def by_hand(metric, histogram, result):
    shown = result.palette[result.labels]
    if metric == "rgb":
        return np.linalg.norm(histogram.colors.astype(float) - shown, axis=1)
    lab = COLOR_SPACES["cielab"]
    return ciede2000(lab.from_srgb(histogram.colors), lab.from_srgb(shown))


@pytest.mark.parametrize("metric", ERROR_METRICS)
def test_every_colour_has_its_error(errors, case, qtbot, metric):
    histogram, result = case
    with qtbot.waitSignal(errors.measured, timeout=5000) as caught:
        errors.ask(histogram, result, metric)
    got = caught.args[0]
    expected = by_hand(metric, histogram, result)
    assert got.values == pytest.approx(expected, abs=5e-3)
    assert got.maximum == pytest.approx(np.percentile(expected, 99.5), abs=2e-2)
    assert (got.result, got.metric) == (result, metric)


def test_only_the_newest_question_is_answered(errors, case, qtbot):
    histogram, result = case
    answers = []
    errors.measured.connect(answers.append)
    for metric in ("rgb", "ciede2000") * 5:
        errors.ask(histogram, result, metric)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    qtbot.wait(100)
    assert [a.metric for a in answers] == ["ciede2000"]


def test_what_was_forgotten_is_not_answered(errors, case, qtbot):
    with qtbot.assertNotEmitted(errors.measured, wait=200):
        errors.ask(*case, "rgb")
        errors.forget()
