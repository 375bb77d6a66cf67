"""The look: light and dark palettes of neutral greys with one accent, and a few style rules."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QToolTip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ACCENT = "#2f72e0"
_TICK_SIZE = 0.9

_Role = QPalette.ColorRole

# Grey levels, R = G = B, so that the surroundings don't tint the picture that is judged.
# Dark is the surround of the picture and the 3D view, Mid the hairlines.
_LIGHT = {
    _Role.Window: 0xF0,
    _Role.WindowText: 0x1A,
    _Role.Base: 0xFF,
    _Role.AlternateBase: 0xF7,
    _Role.Text: 0x1A,
    _Role.PlaceholderText: 0x4E,
    _Role.Button: 0xF7,
    _Role.ButtonText: 0x1A,
    _Role.BrightText: 0xFF,
    _Role.ToolTipBase: 0xFF,
    _Role.ToolTipText: 0x1A,
    _Role.Light: 0xFF,
    _Role.Midlight: 0xE2,
    _Role.Mid: 0xC4,
    _Role.Dark: 0xD2,
    _Role.Shadow: 0x78,
    _Role.HighlightedText: 0xFF,
}
_DARK = {
    _Role.Window: 0x2B,
    _Role.WindowText: 0xE6,
    _Role.Base: 0x17,
    _Role.AlternateBase: 0x20,
    _Role.Text: 0xE6,
    _Role.PlaceholderText: 0xA8,
    _Role.Button: 0x38,
    _Role.ButtonText: 0xE6,
    _Role.BrightText: 0xFF,
    _Role.ToolTipBase: 0x3A,
    _Role.ToolTipText: 0xE6,
    _Role.Light: 0x58,
    _Role.Midlight: 0x50,
    _Role.Mid: 0x4C,
    _Role.Dark: 0x1A,
    _Role.Shadow: 0x0C,
    _Role.HighlightedText: 0xFF,
}
_TEXT_ROLES = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText)


class Scheme(StrEnum):
    """Which palette is used: the desktop's choice, or always one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def scheme_palette(*, dark: bool) -> QPalette:
    """Return the light or the dark palette, every role set."""
    greys = _DARK if dark else _LIGHT
    palette = QPalette()
    for role, level in greys.items():
        palette.setColor(role, QColor(level, level, level))
    for role in (_Role.Highlight, _Role.Accent):
        palette.setColor(role, QColor(ACCENT))
    # Links are text: the accent alone is too dark for that on a dark surface.
    link = QColor("#8ab4f8" if dark else "#1f5cc0")
    palette.setColor(_Role.Link, link)
    palette.setColor(_Role.LinkVisited, link)
    faded = 0x78 if dark else 0x96
    for role in _TEXT_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(faded, faded, faded))
    window = palette.color(_Role.Window)
    for role in (_Role.Highlight, _Role.Accent):
        palette.setColor(QPalette.ColorGroup.Disabled, role, window.darker(130))
    return palette


def is_dark(palette: QPalette) -> bool:
    """Return whether a palette is light text on a dark surface."""
    window, text = palette.color(_Role.Window), palette.color(_Role.WindowText)
    return window.lightness() < text.lightness()


def tabular_font(font: QFont) -> QFont:
    """Return a copy whose digits are all as wide as each other, where the font can do so."""
    tabular = QFont(font)
    # PySide6 6.8 cannot name a feature.
    if hasattr(QFont.Tag, "fromString"):
        tabular.setFeature(QFont.Tag.fromString("tnum"), 1)
    return tabular


def tick_font(font: QFont) -> QFont:
    """Return a copy for the numbers along a scale: tabular, and a little smaller."""
    smaller = tabular_font(font)
    smaller.setPointSizeF(smaller.pointSizeF() * _TICK_SIZE)
    return smaller


def apply_theme(app: QApplication, scheme: Scheme | str = Scheme.SYSTEM) -> None:
    """Dress the program; may be called again at any time.

    Parameters
    ----------
    app : QApplication
        The program.
    scheme : Scheme or str
        "system" follows the desktop, now and whenever it changes.

    Raises
    ------
    ValueError
        No such scheme.
    """
    theme = app.findChild(_Theme) or _Theme(app)
    theme.apply(Scheme(scheme))


class _Theme(QObject):
    """Remembers the scheme, to follow the desktop where that is asked for."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._scheme = Scheme.SYSTEM
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def apply(self, scheme: Scheme) -> None:
        self._scheme = scheme
        hints = self._app.styleHints()
        # Title bars are the desktop's: this asks for ones that match, where it can.
        if scheme is Scheme.SYSTEM:
            hints.unsetColorScheme()
        else:
            wanted = Qt.ColorScheme.Dark if scheme is Scheme.DARK else Qt.ColorScheme.Light
            hints.setColorScheme(wanted)
        self._dress()

    def _follow(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._scheme is Scheme.DARK
        palette = scheme_palette(dark=dark)
        self._app.setPalette(palette)
        for menu in ("QMenu", "QMenuBar"):
            # PySide's stub says bytes, PySide itself takes text alone.
            self._app.setPalette(_menu_palette(palette), menu)  # type: ignore[arg-type]
        QToolTip.setPalette(palette)
        self._app.setStyleSheet(_style_sheet(palette))


def _menu_palette(palette: QPalette) -> QPalette:
    # A neutral bar under the pointer, as the icon on it keeps the colour of text; and a raised
    # surface, as dark menus have no shadow to part them from what they cover.
    menu = QPalette(palette)
    menu.setColor(_Role.Base, palette.color(_Role.Button))
    menu.setColor(_Role.Highlight, palette.color(_Role.Midlight))
    menu.setColor(_Role.HighlightedText, palette.color(_Role.WindowText))
    return menu


def _style_sheet(palette: QPalette) -> str:
    def name(role: QPalette.ColorRole) -> str:
        return palette.color(role).name()

    return f"""
        QToolTip {{
            color: {name(_Role.ToolTipText)};
            background: {name(_Role.ToolTipBase)};
            border: 1px solid {name(_Role.Mid)};
            padding: 4px;
        }}
        QToolBar {{ border: none; padding: 4px 8px; spacing: 4px; }}
        QStatusBar::item {{ border: none; }}
        QMainWindow::separator {{ width: 4px; height: 4px; background: {name(_Role.Window)}; }}
        QMainWindow::separator:hover {{ background: {name(_Role.Highlight)}; }}
        QDockWidget::title {{ padding: 4px 8px; text-align: left; }}
    """
