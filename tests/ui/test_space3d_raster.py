"""The rasteriser of the flat view."""

from __future__ import annotations

import numpy as np
import pytest

from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.raster import draw_cloud

WIDTH, HEIGHT = 320, 240


def drawn(
    colors: list[list[int]] | np.ndarray, camera: Camera, *, diameter: float = 6.0, size: int = 51
) -> np.ndarray:
    """The image as (height, width, 4): red, green, blue, alpha."""
    points = np.empty((len(colors), 4), np.uint8)
    if len(colors):
        points[:, :3] = colors
    points[:, 3] = size
    image = np.full((HEIGHT, WIDTH), 0x12345678, np.uint32)
    draw_cloud(image, points, camera, diameter)
    return np.stack([image >> shift & 255 for shift in (16, 8, 0, 24)], axis=-1)


def test_nothing_is_transparent() -> None:
    assert not drawn([], Camera()).any()


@pytest.mark.parametrize("color", [[255, 0, 0], [0, 255, 0], [0, 0, 255], [128, 130, 126]])
def test_a_colour_is_drawn_at_its_place_in_the_cube(color: list[int]) -> None:
    camera = Camera()
    image = drawn([color], camera)
    x, y = camera.project(color, WIDTH, HEIGHT)[0]
    assert image[int(y), int(x)].tolist() == [*color, 255]
    rows, columns = np.nonzero(image[..., 3])
    assert rows.mean() + 0.5 == pytest.approx(y, abs=1)
    assert columns.mean() + 0.5 == pytest.approx(x, abs=1)


def test_a_disc_is_as_wide_as_told() -> None:
    camera = Camera()
    image = drawn([[128, 127, 128]], camera, diameter=20.0, size=51)
    depth = camera.project([128, 127, 128], WIDTH, HEIGHT)[1]
    wide = 20.0 * camera.focal_length(WIDTH, HEIGHT) / float(depth)
    assert (image[..., 3] > 0).sum() == pytest.approx(np.pi / 4 * wide**2, rel=0.25)


def test_the_populous_are_bigger() -> None:
    small = drawn([[128, 127, 128]], Camera(), diameter=20.0, size=0)[..., 3] > 0
    big = drawn([[128, 127, 128]], Camera(), diameter=20.0, size=255)[..., 3] > 0
    assert big.sum() / small.sum() == pytest.approx((1.8 / 0.8) ** 2, rel=0.3)


def test_the_near_cover_the_far() -> None:
    rng = np.random.default_rng(5)
    colors = np.unique(rng.integers(40, 216, (3000, 3)), axis=0)
    rng.shuffle(colors)
    camera = Camera(35, 25)
    image = drawn(colors, camera, diameter=8.0)
    place, depth = camera.project(colors, WIDTH, HEIGHT)
    pixel = np.floor(place)
    # brute force: a point is seen where no nearer one is within reach of its pixel
    seen = 0
    for i, (x, y) in enumerate(pixel.astype(int)):
        near = np.abs(pixel - pixel[i]).max(axis=1) <= 5
        if not np.any(near & (depth < depth[i] + 0.02) & (np.arange(len(depth)) != i)):
            assert image[y, x, :3].tolist() == colors[i].tolist()
            seen += 1
    assert seen > 50


def test_points_beside_the_window_are_left_out() -> None:
    grid = np.stack(np.meshgrid(*[np.arange(0, 256, 17)] * 3), axis=-1).reshape(-1, 3)
    for center in ((0.0, 0.0, 0.0), (255.0, 0.0, 255.0)):
        camera = Camera(20, 30, 14.0, center)
        image = drawn(grid, camera, diameter=14.0)
        x, y = (int(value) for value in camera.project(center, WIDTH, HEIGHT)[0])
        assert image[y, x, :3].tolist() == list(center)
        # a disc must not come in again on the other side
        assert 0 < (image[..., 3] > 0).mean() < 0.9


def test_the_largest_discs_stay_within_bounds() -> None:
    image = drawn([[0, 0, 0], [255, 255, 255]], Camera(zoom=16.0), diameter=400.0, size=255)
    assert image.shape == (HEIGHT, WIDTH, 4)
