"""Images made from arrays, against what plain indexing and plain averages give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

from colorquant_gui.ui.canvas import rendering, smooth_rendering
from colorquant_gui.ui.canvas.layers import Layers
from colorquant_gui.ui.canvas.picture import Coloring, Picture
from colorquant_gui.ui.canvas.viewport import Viewport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.canvas.window import Window


def make_picture(height: int, width: int, *, alpha: bool = False, seed: int = 1) -> Picture:
    rng = np.random.default_rng(seed)
    rgb = rng.integers(0, 256, (height, width, 3), np.uint8)
    numbers = rng.permutation(height * width).reshape(height, width).astype(np.int32)
    opacity = None
    if alpha:
        opacity = rng.choice(np.array([0, 100, 255], np.uint8), (height, width))
        numbers[opacity == 0] = numbers.max() + 1
    return Picture(rgb, opacity, numbers)


def make_window(
    picture: Picture, size: tuple[int, int], zoom: float, at: tuple[float, float] | None = None
) -> Window:
    view = Viewport()
    view.resize(*size)
    view.set_picture_size(picture.width, picture.height)
    view.set_zoom(zoom, at)
    window = view.window()
    assert window is not None
    return window


def argb(image: QImage) -> NDArray[np.uint8]:
    """Straight (not premultiplied) red, green, blue, alpha."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


@pytest.mark.parametrize("zoom", [0.31, 1.0, 2.5, 8.0])
def test_nearest_original_is_plain_indexing(zoom: float) -> None:
    picture = make_picture(37, 53)
    window = make_window(picture, (61, 40), zoom, (20, 20))
    shown = argb(rendering.nearest_original(picture, window))
    expected = picture.rgb[window.rows()][:, window.columns()]
    assert np.array_equal(shown[..., :3], expected)
    assert np.all(shown[..., 3] == 255)


def test_nearest_original_keeps_alpha() -> None:
    picture = make_picture(9, 11, alpha=True)
    window = make_window(picture, (11, 9), 1.0)
    shown = argb(rendering.nearest_original(picture, window))
    assert picture.alpha is not None
    assert np.array_equal(shown[..., 3], picture.alpha)
    seen = picture.alpha > 0
    difference = np.abs(shown[..., :3].astype(int) - picture.rgb)
    # premultiplied by 100 / 255 and back, a level is worth 2.55
    assert difference[seen].max() <= 3
    assert difference[picture.alpha == 255].max() == 0


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("k", [1, 5, 255, 256])
def test_nearest_result_is_colours_of_labels_of_numbers(k: int, alpha: bool) -> None:
    picture = make_picture(40, 50, alpha=alpha)
    rng = np.random.default_rng(k)
    labels = rng.integers(0, k, 2000).astype(np.uint8)[: picture.numbers.max() + (not alpha)]
    colors = rng.integers(0, 256, (k, 3)).astype(np.uint8)
    colors[-1] = 0
    window = make_window(picture, (50, 40), 1.0)
    coloring = Coloring.of(labels, colors, transparent=alpha)
    entries = rendering.entries_of(coloring, picture.numbers)
    shown = argb(rendering.nearest_result(entries, coloring.argb))
    clear = picture.numbers == len(labels)
    assert (window.height, window.width) == shown.shape[:2]
    assert np.array_equal(shown[..., 3], np.where(clear, 0, 255))
    seen = ~clear
    assert np.array_equal(shown[seen][:, :3], colors[labels[picture.numbers[seen]]])


def test_a_picture_without_any_visible_colour() -> None:
    picture = Picture(
        np.zeros((2, 3, 3), np.uint8), np.zeros((2, 3), np.uint8), np.zeros((2, 3), np.int32)
    )
    coloring = Coloring.of(np.empty(0, np.uint8), np.empty((0, 3), np.uint8), transparent=True)
    entries = rendering.entries_of(coloring, picture.numbers)
    assert not argb(rendering.nearest_result(entries, coloring.argb)).any()


@pytest.mark.parametrize("ratio", [3, 6])
@pytest.mark.parametrize("alpha", [False, True])
def test_smooth_is_the_mean_over_each_device_pixel(ratio: int, alpha: bool) -> None:
    picture = make_picture(20 * ratio, 30 * ratio, alpha=alpha)
    # blocks of one colour each: any average inside a block has to give that colour
    blocks = make_picture(20, 30, seed=3).rgb
    picture.rgb[...] = blocks.repeat(ratio, 0).repeat(ratio, 1)
    if alpha:
        assert picture.alpha is not None
        picture.alpha[...] = picture.alpha[::ratio, ::ratio].repeat(ratio, 0).repeat(ratio, 1)
    window = make_window(picture, (30, 20), 1 / ratio)
    image = smooth_rendering.smooth_original(picture, window, lambda: False)
    assert image is not None
    shown = argb(image)
    if ratio > 4:
        assert picture.alpha is None or np.array_equal(shown[..., 3], picture.alpha[::6, ::6])
        seen = shown[..., 3] == 255
        assert np.array_equal(shown[seen][:, :3], blocks[seen])
    else:
        # Hamming looks beyond the edge, but the mean of all stays
        whole = picture.rgb.astype(float)
        if picture.alpha is not None:
            whole *= picture.alpha[..., None] / 255
            shown = shown * (shown[..., 3:] / 255)
        assert shown[..., :3].mean() == pytest.approx(whole.mean(), abs=1.5)


@pytest.mark.parametrize("zoom", [0.5, 0.37, 0.2, 0.07])
def test_smooth_result_is_the_smooth_original_of_the_recoloured_picture(zoom: float) -> None:
    picture = make_picture(300, 400)
    rng = np.random.default_rng(5)
    labels = rng.integers(0, 7, picture.numbers.max() + 1).astype(np.uint8)
    colors = rng.integers(0, 256, (7, 3)).astype(np.uint8)
    window = make_window(picture, (90, 70), zoom, (11, 13))
    coloring = Coloring.of(labels, colors, transparent=False)
    result = smooth_rendering.smooth_result(picture, window, coloring, lambda: False)
    recoloured = Picture(colors[labels[picture.numbers]], None, picture.numbers)
    original = smooth_rendering.smooth_original(recoloured, window, lambda: False)
    assert result is not None
    assert original is not None
    assert np.array_equal(argb(result), argb(original))


def test_bands_leave_no_seams(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = make_picture(301, 203)
    window = make_window(picture, (70, 60), 0.43, (50, 50))
    whole = smooth_rendering.smooth_original(picture, window, lambda: False)
    monkeypatch.setattr(smooth_rendering, "_BAND_PIXELS", 500)
    banded = smooth_rendering.smooth_original(picture, window, lambda: False)
    assert whole is not None
    assert banded is not None
    # the kernel's place is a float, so weights may differ in the last bit
    assert np.abs(argb(whole).astype(int) - argb(banded)).max() <= 1


def test_smooth_transparent_pixels_do_not_bleed_black() -> None:
    rgb = np.full((60, 60, 3), 200, np.uint8)
    alpha = np.full((60, 60), 255, np.uint8)
    rgb[:, ::2], alpha[:, ::2] = 0, 0
    numbers = np.tile(np.array([1, 0], np.int32), (60, 30))
    picture = Picture(rgb, alpha, numbers)
    window = make_window(picture, (10, 10), 1 / 6)
    coloring = Coloring.of(np.zeros(1, np.uint8), rgb[0, 1:2], transparent=True)
    for image in (
        smooth_rendering.smooth_original(picture, window, lambda: False),
        smooth_rendering.smooth_result(picture, window, coloring, lambda: False),
    ):
        assert image is not None
        shown = argb(image).astype(int)
        assert np.abs(shown[..., :3] - 200).max() <= 2
        assert np.abs(shown[..., 3] - 127.5).max() <= 1


def test_smoothing_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smooth_rendering, "_BAND_PIXELS", 500)
    picture = make_picture(300, 200)
    window = make_window(picture, (70, 60), 0.2)
    asked = []

    def cancelled() -> bool:
        asked.append(len(asked))
        return len(asked) > 3

    assert smooth_rendering.smooth_original(picture, window, cancelled) is None
    assert len(asked) == 4


class Counter:
    """Counts what is read through `rendering.gather`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.elements = 0
        original = rendering.gather

        def gather(source: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
            self.elements += places.size
            return original(source, places)

        monkeypatch.setattr(rendering, "gather", gather)

    def taken(self) -> int:
        taken, self.elements = self.elements, 0
        return taken


@pytest.mark.parametrize("megapixels", [1, 50])
def test_work_depends_on_the_window_not_on_the_picture(
    megapixels: int, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    side = int((megapixels * 1e6) ** 0.5)
    # zeros are not backed by memory until they are written to
    picture = Picture(np.zeros((side, side, 3), np.uint8), None, np.zeros((side, side), np.int32))
    window = make_window(picture, (320, 200), 0.5)
    size = window.width * window.height
    assert size == 320 * 200
    layers = Layers()
    counter = Counter(monkeypatch)
    layers.set_picture(picture)
    layers.set_animating(True)
    layers.set_labels(np.zeros(3, np.uint8), np.zeros((2, 3), np.uint8))
    layers.result(window)
    assert counter.taken() == 2 * size  # colour numbers, then their entries
    labels = np.ones(3, np.uint8)
    layers.set_labels(labels, np.zeros((2, 3), np.uint8))
    layers.result(window)
    assert counter.taken() == size
    # there is one for every colour of the picture: not copied for every frame
    assert layers.coloring is not None
    assert layers.coloring.labels is labels
    layers.set_colors(np.full((2, 3), 9, np.uint8))
    layers.result(window)
    assert counter.taken() == 0
    layers.original(window)
    assert counter.taken() == size
    layers.original(window)
    layers.result(window)
    assert counter.taken() == 0
    layers.pause()


def test_images_are_only_handed_out_where_there_is_something(qapp: object) -> None:
    layers = Layers()
    picture = make_picture(4, 4)
    window = make_window(picture, (4, 4), 1.0)
    with pytest.raises(RuntimeError):
        layers.original(window)
    layers.set_picture(picture)
    with pytest.raises(RuntimeError):
        layers.result(window)
