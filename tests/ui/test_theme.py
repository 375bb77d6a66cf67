"""Light and dark: neutral, legible, and following the desktop where asked to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip

from colorquant_gui.ui.theme import (
    ACCENT,
    Scheme,
    apply_theme,
    is_dark,
    scheme_palette,
    tabular_font,
)

Role = QPalette.ColorRole
SURFACES = (Role.Window, Role.Base, Role.AlternateBase, Role.Button, Role.Dark, Role.ToolTipBase)
TEXTS = (Role.WindowText, Role.Text, Role.ButtonText, Role.ToolTipText, Role.PlaceholderText)
COLOURED = (Role.Highlight, Role.Accent, Role.Link, Role.LinkVisited)


@pytest.fixture(autouse=True)
def plain_theme_afterwards(qapp):
    yield
    apply_theme(qapp, "light")


def luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    total = 0.0
    for weight, value in zip((0.2126, 0.7152, 0.0722), color.getRgbF()[:3], strict=True):
        linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        total += weight * linear
    return total


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, contrast ratio, 1..21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ruler_itself():
    assert contrast(QColor("#fff"), QColor("#000")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#fff")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive])
def test_text_is_legible_on_every_surface(dark, group):
    palette = scheme_palette(dark=dark)
    for surface in SURFACES:
        for text in TEXTS:
            ratio = contrast(palette.color(group, surface), palette.color(group, text))
            assert ratio >= 4.5, (surface, text, ratio)
    highlight = palette.color(group, Role.Highlight)
    assert contrast(highlight, palette.color(group, Role.HighlightedText)) >= 4.5
    # a focus ring is no text: 3 suffices
    for surface in (Role.Window, Role.Base, Role.Dark):
        assert contrast(highlight, palette.color(group, surface)) >= 3
    assert contrast(palette.color(group, Role.Link), palette.color(group, Role.Window)) >= 4.5


def test_the_table_of_the_design_page_is_what_is_measured():
    page = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    palettes = [scheme_palette(dark=dark) for dark in (False, True)]
    for surface in SURFACES:
        row = next(line for line in page.splitlines() if line.startswith(f"| {surface.name}"))
        measured = []
        for palette in palettes:
            ground = palette.color(surface)
            measured.append(f"`{ground.name()}`")
            for text in (Role.WindowText, Role.PlaceholderText):
                measured.append(f"{contrast(ground, palette.color(text)):.1f}")
        assert [cell.strip() for cell in row.split("|")[2:-1]] == measured
    accent = [palette.color(Role.Highlight) for palette in palettes]
    rings = [contrast(p.color(Role.Dark), a) for p, a in zip(palettes, accent, strict=True)]
    on_it = contrast(accent[0], palettes[0].color(Role.HighlightedText))
    assert (
        f"`{ACCENT}`: white on it {on_it:.1f}, its ring around the picture "
        f"{rings[0]:.1f} (light) and {rings[1]:.1f} (dark)"
    ) in page


@pytest.mark.parametrize("dark", [False, True])
def test_all_but_the_accent_is_neutral(dark):
    palette = scheme_palette(dark=dark)
    for group in (
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    ):
        for role in Role:
            if role in (*COLOURED, Role.NoRole, Role.NColorRoles):
                continue
            color = palette.color(group, role)
            assert color.red() == color.green() == color.blue(), (group, role)
    assert palette.color(Role.Highlight) == QColor(ACCENT) == palette.color(Role.Accent)


def test_disabled_text_is_fainter():
    for dark in (False, True):
        palette = scheme_palette(dark=dark)
        window = palette.color(Role.Window)
        faint = palette.color(QPalette.ColorGroup.Disabled, Role.WindowText)
        usual = palette.color(Role.WindowText)
        assert contrast(window, faint) < contrast(window, usual) / 2


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_a_scheme_is_what_is_painted(qapp, qtbot, scheme, dark):
    apply_theme(qapp, scheme)
    assert is_dark(qapp.palette()) is dark
    label = QLabel("")
    qtbot.addWidget(label)
    label.resize(20, 20)
    expected = scheme_palette(dark=dark).color(Role.Window)
    assert label.grab().toImage().pixelColor(10, 10) == expected
    assert QToolTip.palette().color(Role.ToolTipBase) == (
        scheme_palette(dark=dark).color(Role.ToolTipBase)
    )


def test_a_theme_changes_what_is_already_there(qapp, qtbot):
    apply_theme(qapp, Scheme.LIGHT)
    label = QLabel("")
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    before = label.grab().toImage().pixelColor(10, 10)
    apply_theme(qapp, Scheme.DARK)
    after = label.grab().toImage().pixelColor(10, 10)
    assert before.lightness() > 200
    assert after.lightness() < 60
    assert len([child for child in qapp.children() if child.objectName() == "theme"]) == 1


class Hints:
    """Stands for a desktop whose scheme can be told."""

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        self.scheme = scheme

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def unsetColorScheme(self) -> None:
        pass

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:
        pass


def test_the_desktop_is_followed_only_where_asked(qapp, monkeypatch):
    real = qapp.styleHints()
    apply_theme(qapp, Scheme.LIGHT)
    desktop = Hints(Qt.ColorScheme.Dark)
    monkeypatch.setattr(QApplication, "styleHints", lambda _self=None: desktop)
    real.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not is_dark(qapp.palette())
    apply_theme(qapp, Scheme.SYSTEM)
    assert is_dark(qapp.palette())
    desktop.scheme = Qt.ColorScheme.Light
    real.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not is_dark(qapp.palette())
    desktop.scheme = Qt.ColorScheme.Unknown
    real.colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert not is_dark(qapp.palette())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_bar_of_a_menu_is_neutral_and_parted_from_the_menu(qapp, qtbot, scheme):
    apply_theme(qapp, scheme)
    menu = QMenu()
    qtbot.addWidget(menu)
    first, second = menu.addAction("      "), menu.addAction("      ")
    menu.popup(QPoint(50, 50))
    menu.setActiveAction(first)
    picture = menu.grab().toImage()
    chosen = picture.pixelColor(menu.actionGeometry(first).center())
    other = picture.pixelColor(menu.actionGeometry(second).center())
    menu.close()
    assert chosen.red() == chosen.green() == chosen.blue()
    assert abs(chosen.lightness() - other.lightness()) > 12
    assert contrast(chosen, qapp.palette().color(Role.WindowText)) >= 4.5


def test_an_unknown_scheme_is_refused(qapp):
    with pytest.raises(ValueError, match="sepia"):
        apply_theme(qapp, "sepia")


def test_tabular_figures_leave_the_font_as_it_was(qapp):
    font = qapp.font()
    tabular = tabular_font(font)
    if hasattr(QFont.Tag, "fromString"):
        assert [tag.toString() for tag in tabular.featureTags()] == [b"tnum"]
    assert not font.featureTags()
    metrics = QFontMetrics(tabular)
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
