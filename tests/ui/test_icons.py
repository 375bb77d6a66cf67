"""Icons: there, sharp, and in the colour of text."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QToolButton

from colorquant_gui.ui.icons import APP_ICON, app_icon, icon
from colorquant_gui.ui.resources import icon_names
from colorquant_gui.ui.theme import apply_theme, scheme_palette

NEEDED = {
    *("open", "save", "save-as", "copy", "paste", "undo", "redo"),
    *("play", "restart", "stop", "dice", "speed", "settings"),
    *("split", "split-horizontal", "side-by-side", "onion", "flicker", "difference"),
    *("original", "result"),
    *("zoom-in", "zoom-out", "fit", "actual-size"),
    *("info", "warning", "error", "close"),
}
LINES = [name for name in icon_names() if name != APP_ICON]


@pytest.fixture(autouse=True)
def light(qapp):
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


def image(of: QIcon, side: int, ratio: float = 1.0, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    pixmap = of.pixmap(QSize(side, side), ratio, mode)
    assert pixmap.size() == QSize(round(side * ratio), round(side * ratio))
    return pixmap.toImage()


def opaque_colors(picture: QImage) -> set[str]:
    colors = set()
    for y in range(picture.height()):
        for x in range(picture.width()):
            color = picture.pixelColor(x, y)
            if color.alpha() == 255:
                colors.add(color.name())
    return colors


def coverage(picture: QImage) -> float:
    alphas = [
        picture.pixelColor(x, y).alphaF()
        for y in range(picture.height())
        for x in range(picture.width())
    ]
    return sum(alphas) / len(alphas)


def test_every_icon_that_the_window_needs_is_there():
    assert set(LINES) >= NEEDED


@pytest.mark.parametrize("name", LINES)
def test_an_icon_is_drawn_in_the_colour_of_text(qapp, name):
    for scheme in ("light", "dark"):
        apply_theme(qapp, scheme)
        text = qapp.palette().color(QPalette.ColorRole.WindowText)
        picture = image(icon(name), 40)
        # where drawings overlap, blending rounds
        levels = [QColor(name).getRgb()[:3] for name in opaque_colors(picture)]
        assert {abs(level - text.red()) <= 1 for color in levels for level in color} == {True}
        assert 0.05 < coverage(picture) < 0.5


@pytest.mark.parametrize("name", LINES)
def test_no_two_icons_look_alike_and_none_is_cut_off(name):
    picture = image(icon(name), 40)
    assert all(picture != image(icon(other), 40) for other in LINES if other != name)
    border = [
        picture.pixelColor(x, y).alpha()
        for i in range(40)
        for x, y in ((i, 0), (i, 39), (0, i), (39, i))
    ]
    assert max(border) == 0


def test_an_icon_made_earlier_follows_the_theme(qapp):
    earlier = icon("save")
    assert opaque_colors(image(earlier, 32)) == {"#1a1a1a"}
    apply_theme(qapp, "dark")
    assert opaque_colors(image(earlier, 32)) == {"#e6e6e6"}


def test_a_button_repaints_its_icon_on_a_change_of_theme(qapp, qtbot):
    button = QToolButton()
    qtbot.addWidget(button)
    button.setAutoRaise(True)
    button.setIcon(icon("stop"))
    button.show()

    def darkest_and_lightest() -> tuple[int, int]:
        picture = button.grab().toImage()
        levels = [
            picture.pixelColor(x, y).lightness()
            for x in range(picture.width())
            for y in range(picture.height())
        ]
        return min(levels), max(levels)

    assert darkest_and_lightest()[0] < 0x40
    apply_theme(qapp, "dark")
    assert darkest_and_lightest()[1] > 0xC0


def test_disabled_and_selected(qapp):
    palette = scheme_palette(dark=False)
    faded = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    disabled = image(icon("open"), 40, mode=QIcon.Mode.Disabled)
    assert opaque_colors(disabled) == {faded.name()}
    selected = image(icon("open"), 40, mode=QIcon.Mode.Selected)
    assert opaque_colors(selected) == {"#ffffff"}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_anew_for_every_scale(ratio):
    # Scaled up, the edges of a small picture would be soft over several pixels.
    picture = image(icon("stop"), 32, ratio)
    middle = picture.height() // 2
    row = [picture.pixelColor(x, middle).alpha() for x in range(picture.width() // 2)]
    assert max(row) == 255
    assert sum(0 < alpha < 255 for alpha in row) <= 2


def test_an_unknown_name_is_told():
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")


def test_copies_outlive_their_original():
    kept = []
    for _ in range(50):
        original = icon("copy")
        # This makes Qt clone the engine.
        copy = QIcon(original)
        copy.addPixmap(QPixmap(16, 16))
        kept.append((copy, QAction(copy, "")))
        del original
    gc.collect()
    assert all(opaque_colors(image(copy, 16)) == {"#1a1a1a"} for copy, _ in kept[:3])
    kept.clear()
    gc.collect()


def test_the_program_icon_has_every_size_and_every_colour():
    sizes = {size.width() for size in app_icon().availableSizes()}
    assert sizes >= {16, 24, 32, 48, 64, 128, 256}
    for side in (16, 256):
        picture = image(app_icon(), side)
        hues = set()
        for x in range(side):
            for y in range(side):
                color: QColor = picture.pixelColor(x, y)
                if color.alpha() == 255 and color.saturation() > 90 and color.value() > 120:
                    hues.add(round(color.hue() / 60) % 6)
        assert hues == {0, 1, 2, 3, 4, 5}
        assert picture.pixelColor(0, 0).alpha() == 0
