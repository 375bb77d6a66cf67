"""Icons: our own line drawings, always in the palette's text colour and sharp at any scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from colorquant_gui.ui.resources import icon_bytes

APP_ICON = "colorquant"
_APP_ICON_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)


def icon(name: str) -> QIcon:
    """Return an icon that follows the theme by itself, disabled and selected states included.

    Parameters
    ----------
    name : str
        A member of `colorquant_gui.ui.resources.icon_names`.

    Raises
    ------
    FileNotFoundError
        There is no such icon.
    """
    icon_bytes(name)
    return QIcon(_LineIconEngine(name))


def app_icon() -> QIcon:
    """Return the program's icon, in full colour, at the sizes that desktops ask for."""
    result = QIcon()
    for size in _APP_ICON_SIZES:
        result.addPixmap(_render(APP_ICON, QSize(size, size), QColor(Qt.GlobalColor.black)))
    return result


def paint_icon(painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
    """Paint an icon in a given colour, centred in a rectangle.

    Parameters
    ----------
    painter : QPainter
        An active painter.
    rect : QRect
        Where, in logical pixels.
    name : str
        A member of `colorquant_gui.ui.resources.icon_names`.
    color : QColor
        The colour of its lines.
    """
    side = min(rect.width(), rect.height())
    square = QRect(0, 0, side, side)
    square.moveCenter(rect.center())
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(square, _render(name, (QSize(side, side) * ratio), color))


def _render(name: str, size: QSize, color: QColor) -> QPixmap:
    """Draw an icon at a size in device pixels."""
    key = f"{name}/{size.width()}x{size.height()}/{color.name(QColor.NameFormat.HexArgb)}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    source = icon_bytes(name).replace(b"currentColor", color.name().encode())
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(size.width(), size.height())
    square = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    painter = QPainter(pixmap)
    painter.setOpacity(color.alphaF())
    QSvgRenderer(QByteArray(source)).render(painter, square)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


class _LineIconEngine(QIconEngine):
    """Asks for the palette whenever it paints, so that a new theme needs no new icons."""

    # Qt deletes a clone, but does not keep its Python half alive: without this list it crashes.
    _clones: list[_LineIconEngine] = []

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        copy = _LineIconEngine(self._name)
        self._clones.append(copy)
        return copy

    def iconName(self) -> str:
        return self._name

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _render(self._name, size, _color(mode))

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        pixmap = QPixmap(_render(self._name, size * scale, _color(mode)))
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, _color(mode))


def _color(mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    if mode == QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.WindowText)
