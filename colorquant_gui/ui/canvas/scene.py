"""Scene: draws the picture on a stage, with panes, split, captions and rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPalette

from colorquant_gui.ui.canvas import painting
from colorquant_gui.ui.canvas.compare import CompareMode, Pane
from colorquant_gui.ui.theme import is_dark

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas.layers import Layers
    from colorquant_gui.ui.canvas.stage import Stage
    from colorquant_gui.ui.canvas.viewport import Window


@dataclass(frozen=True)
class _Part:
    """Device columns `start` to `stop` of one pane, showing one of the two images."""

    pane: Pane
    is_result: bool
    start: int
    stop: int


class Scene:
    """What is drawn, and how.

    Parameters
    ----------
    stage : Stage
        Where things are.
    layers : Layers
        The images.

    Attributes
    ----------
    captions : (str, str)
        Names of the original and of the result.
    is_drop_target : bool
        Whether what is dragged may be dropped here.
    shows_focus : bool
        Whether to show that keys come here.
    """

    def __init__(self, stage: Stage, layers: Layers) -> None:
        self._stage = stage
        self._layers = layers
        self._checker: tuple[float, bool, QBrush] | None = None
        self.captions = ("", "")
        self.is_drop_target = False
        self.shows_focus = False

    def describe(self) -> str:
        """Say in words what is seen, for those who don't see it."""
        picture = self._layers.picture
        if picture is None:
            return QCoreApplication.translate("Canvas", "No picture")
        mode = self._stage.shown_mode
        if mode is CompareMode.SPLIT:
            share = round(100 * self._stage.split_share())
            view = QCoreApplication.translate("Canvas", "split view at {0} %").format(share)
        elif mode is CompareMode.SIDE_BY_SIDE:
            view = QCoreApplication.translate("Canvas", "original and result side by side")
        elif mode is CompareMode.RESULT:
            view = QCoreApplication.translate("Canvas", "result")
        else:
            view = QCoreApplication.translate("Canvas", "original")
        return QCoreApplication.translate("Canvas", "Picture, {0:,} by {1:,} pixels, {2}").format(
            picture.width, picture.height, view
        )

    def paint(self, painter: QPainter, rect: QRect, palette: QPalette) -> None:
        """Draw everything.

        Parameters
        ----------
        painter : QPainter
            In logical pixels of the canvas.
        rect : QRect
            What is to be drawn anew.
        palette : QPalette
            The theme.
        """
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Dark))
        window = self._stage.viewport.window()
        if window is not None and self._layers.picture is not None:
            parts = self._parts(window)
            self._paint_picture(painter, parts, window, palette)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_captions(painter, parts, window)
            handle = self._stage.handle()
            if handle is not None:
                handle.paint(painter, palette, focused=self.shows_focus)
        if self.is_drop_target:
            painting.paint_drop_highlight(painter, self._stage.area, palette)
        elif self.shows_focus:
            painting.paint_focus_ring(painter, self._stage.area, palette)

    def _parts(self, window: Window) -> list[_Part]:
        mode, panes = self._stage.shown_mode, self._stage.panes()
        left, right = window.left, window.right
        if mode is CompareMode.SPLIT:
            middle = self._stage.split_column(window)
            sides = [(panes[0], False, left, middle), (panes[0], True, middle, right)]
        elif mode is CompareMode.SIDE_BY_SIDE:
            sides = [(panes[0], False, left, right), (panes[-1], True, left, right)]
        else:
            sides = [(pane, mode is CompareMode.RESULT, left, right) for pane in panes]
        return [_Part(*side) for side in sides if side[3] > side[2]]

    def _paint_picture(
        self, painter: QPainter, parts: list[_Part], window: Window, palette: QPalette
    ) -> None:
        ratio, layers, picture = self._stage.ratio, self._layers, self._layers.picture
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        for part in parts:
            x, width = part.pane.x + part.start, part.stop - part.start
            if picture is not None and picture.alpha is not None:
                ground = self._checkerboard(dark=is_dark(palette))
                painter.fillRect(x, window.top, width, window.height, ground)
            image = layers.result(window) if part.is_result else layers.original(window)
            skip = part.start - window.left
            painter.drawImage(x, window.top, image, skip, 0, width, window.height)
        painter.restore()

    def _paint_captions(self, painter: QPainter, parts: list[_Part], window: Window) -> None:
        for part in parts:
            area = self._stage.visible_area(window, part.pane)
            area.setLeft((part.pane.x + part.start) / self._stage.ratio)
            area.setRight((part.pane.x + part.stop) / self._stage.ratio)
            is_right = part.is_result and self._stage.is_split
            side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            painting.paint_caption(painter, self.captions[part.is_result], area, side)

    def _checkerboard(self, *, dark: bool) -> QBrush:
        ratio = self._stage.ratio
        if self._checker is None or self._checker[:2] != (ratio, dark):
            self._checker = (ratio, dark, painting.checkerboard(ratio, dark=dark))
        return self._checker[2]
