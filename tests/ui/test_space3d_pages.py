"""Saved pictures without a background: read on a page of any colour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette

from colorquant_gui.ui.space3d.gamut import Gamut
from colorquant_gui.ui.space3d.spaces import SPACES
from tests.ui.painted import as_array
from tests.ui.space_colors import COLORS, COUNTS

SIZE, SCALE = (480, 400), 2
PAGES = {
    "white": (255, 255, 255),
    "dark": (27, 27, 27),
    "black": (0, 0, 0),
    "middle": (166, 102, 102),
    "grey": (125, 125, 125),
}
THEMES = {"light": ("#d2d2d2", "#1a1a1a"), "dark": ("#1b1b1b", "#e6e6e6")}


def luminance(colors: np.ndarray) -> np.ndarray:
    """WCAG 2.2, relative luminance."""
    share = np.asarray(colors, float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(colors: np.ndarray, page: tuple[int, int, int]) -> np.ndarray:
    one, other = luminance(colors), luminance(np.array(page))
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def put_on(image: np.ndarray, page: tuple[int, int, int]) -> np.ndarray:
    """Lay colours, RGBA and not premultiplied, on a page."""
    opacity = image[..., 3:] / 255.0
    return image[..., :3] * opacity + np.array(page) * (1 - opacity)


def contrast_on(image: np.ndarray, page: tuple[int, int, int]) -> np.ndarray:
    """How far each pixel of a picture, laid on a page, stands out from the page."""
    drawn = image[..., 3] > 0
    # where nothing is drawn the page is seen
    found = np.ones(image.shape[:2])
    found[drawn] = contrast(put_on(image[drawn], page), page)
    return found


def dress(view: Any, theme: str) -> None:
    ground, ink = (QColor(name) for name in THEMES[theme])
    palette = view.palette()
    for role, color in (
        (QPalette.ColorRole.Dark, ground),
        (QPalette.ColorRole.Window, ground),
        (QPalette.ColorRole.WindowText, ink),
    ):
        palette.setColor(role, color)
    view.setPalette(palette)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("key", ["srgb", "cielab", "hsv"])
def test_numbers_names_and_edges_are_seen_on_any_page(space: Any, key: str, theme: str) -> None:
    view = space.view
    dress(view, theme)
    view.set_colors(COLORS, COUNTS)
    view.set_view_options({"space": key})
    view.set_layers({"axes", "gamut"})
    image = as_array(view.render_image(SCALE, True, size=SIZE))
    labels = replace(space.scene, covered=0, kept_free=()).axes(*SIZE).labels
    assert len(labels) > 8
    ends = SPACES[key] if key != "cielab" else space.scene.space
    places = space.scene.camera.project(Gamut(ends).places, *SIZE)[0] * SCALE
    for name, page in PAGES.items():
        stands_out = contrast_on(image, page)
        for label in labels:
            x, y = round(label.x * SCALE), round(label.y * SCALE)
            around = stands_out[y - 8 : y + 9, x - 8 : x + 9]
            assert around.max() >= 3.0, (name, label.text)
        for x, y in places[:, ::3].reshape(-1, 2).round().astype(int).tolist():
            if not (4 < x < SIZE[0] * SCALE - 4 and 4 < y < SIZE[1] * SCALE - 4):
                continue
            assert stands_out[y - 3 : y + 4, x - 3 : x + 4].max() >= 1.8, name


@pytest.mark.parametrize("theme", THEMES)
def test_every_edge_of_the_gamut_stands_out_in_the_window(space: Any, theme: str) -> None:
    view = space.view
    dress(view, theme)
    view.set_colors(COLORS, COUNTS)
    view.set_layers({"gamut"})
    image = as_array(view.render_image(SCALE, False, size=SIZE))[..., :3]
    ground = tuple(image[-1, 1].tolist())
    assert np.abs(np.subtract(ground, QColor(THEMES[theme][0]).getRgb()[:3])).max() <= 1
    stands_out = contrast(image, ground)
    places = space.scene.camera.project(Gamut(SPACES["srgb"]).places, *SIZE)[0] * SCALE
    for x, y in places[:, ::3].reshape(-1, 2).round().astype(int).tolist():
        assert stands_out[y - 3 : y + 4, x - 3 : x + 4].max() >= 1.8


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_are_dark_in_a_light_halo_wherever_they_stand(space: Any, theme: str) -> None:
    view = space.view
    dress(view, theme)
    view.set_colors(COLORS, COUNTS)
    view.set_layers({"axes"})
    image = as_array(view.render_image(SCALE, True, size=SIZE))
    labels = [one for one in space.scene.axes(*SIZE).labels if one.text == "255"]
    assert labels
    for label in labels:
        x, y = round(label.x * SCALE), round(label.y * SCALE)
        around = image[y - 10 : y + 11, x - 20 : x + 21].reshape(-1, 4)
        seen = luminance(around[around[:, 3] > 200, :3])
        dark, light = (seen < 0.05).sum(), (seen > 0.9).sum()
        assert min(dark, light) > 40
        # what is read and what is around it: as far apart as black and white
        assert (np.percentile(seen, 95) + 0.05) / (np.percentile(seen, 5) + 0.05) > 12
