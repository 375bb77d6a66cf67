"""Scene: draws the picture on a stage, with panes, split, veil, grid, loupe, captions and rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPalette

from colorquant_gui.ui.canvas import painting
from colorquant_gui.ui.canvas.compare import MODES, Part, Source
from colorquant_gui.ui.canvas.loupe import Loupe
from colorquant_gui.ui.canvas.notes import Note, note_areas, paint_notes
from colorquant_gui.ui.canvas.pixel_grid import paint_pixel_grid
from colorquant_gui.ui.canvas.spots import Spots
from colorquant_gui.ui.theme import is_dark

if TYPE_CHECKING:
    from colorquant_gui.ui.canvas.layers import Layers
    from colorquant_gui.ui.canvas.stage import Stage
    from colorquant_gui.ui.canvas.window import Window

_VEIL_OPACITY = 0.82


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
    captions : dict of Source to str
        Names of the images.
    background : QColor or None
        What shows through transparent pixels; None for a checkerboard.
    surround : QColor or None
        What is around the picture; None for the theme's.
    loupe_place : QPointF or None
        Where to magnify, in logical pixels; None for nowhere.
    covered : list of QRectF
        What lies over the canvas, for the loupe to keep clear of.
    has_grid : bool
        Whether lines part the pixels where they are large.
    is_drop_target : bool
        Whether what is dragged may be dropped here.
    caption_scale : float
        Size of the captions, 1 for the font's own.
    shows_focus : bool
        Whether to show that keys come here.
    notes : set of Note
        Why some of it is dimmed.
    """

    def __init__(self, stage: Stage, layers: Layers) -> None:
        self._stage = stage
        self._layers = layers
        self._loupe = Loupe(stage, layers)
        self._spots = Spots()
        self._checker: tuple[float, bool, QBrush] | None = None
        self.captions = dict.fromkeys(Source, "")
        self.background: QColor | None = None
        self.surround: QColor | None = None
        self.loupe_place: QPointF | None = None
        self.covered: list[QRectF] = []
        self.has_grid = True
        self.is_drop_target = False
        self.caption_scale = 1.0
        self.shows_focus = False
        self.notes: set[Note] = set()

    def describe(self) -> str:
        """Say in words what is seen, for those who don't see it."""
        picture = self._layers.picture
        if picture is None:
            return QCoreApplication.translate("Canvas", "No picture")
        words = MODES[self._stage.shown_mode].words
        share = round(100 * self._stage.share())
        view = QCoreApplication.translate("Canvas", words).format(share)
        text = QCoreApplication.translate("Canvas", "Picture, {0:,} by {1:,} pixels, {2}").format(
            picture.width, picture.height, view
        )
        return text + "".join(note.description for note in self._notes())

    def captioned(self, font: QFont) -> list[QRectF]:
        """Return where captions and the grip of the split are, in logical pixels."""
        window = self._stage.viewport.window()
        if window is None:
            return []
        metrics = QFontMetricsF(self.caption_font(font))
        parts = self._captioned_parts(metrics, self._stage.parts(window))
        captions = [self._caption_area(metrics, part) for part in parts]
        handle = self._stage.handle()
        grip = [] if handle is None else [handle.areas()[0]]
        areas = [*captions, *grip, *self._note_areas(metrics, window, captions)]
        return [area for area in areas if not area.isEmpty()]

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
        painter.fillRect(rect, self._surround(palette))
        window = self._stage.viewport.window()
        if window is not None and self._layers.picture is not None:
            parts = self._stage.parts(window)
            self._paint_picture(painter, parts, window, palette)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.caption_font(painter.font()))
            metrics = QFontMetricsF(painter.font())
            captioned = self._captioned_parts(metrics, parts)
            for part in captioned:
                area, caption = self._stage.caption_room(part), self.captions[part.source]
                painting.paint_caption(painter, caption, area, part.corner)
            captions = [self._caption_area(metrics, part) for part in captioned]
            paint_notes(painter, self._notes(), self._note_areas(metrics, window, captions))
            handle = self._stage.handle()
            if handle is not None:
                handle.paint(painter, palette, focused=self.shows_focus)
            if self.loupe_place is not None:
                self._loupe.keep_clear_of(self.covered)
                self._loupe.paint(painter, self.loupe_place, self._ground(palette), palette)
        if self.is_drop_target:
            painting.paint_drop_highlight(painter, self._stage.area, palette)
        elif self.shows_focus:
            painting.paint_focus_ring(painter, self._stage.area, palette)

    def _paint_picture(
        self, painter: QPainter, parts: list[Part], window: Window, palette: QPalette
    ) -> None:
        ratio, layers, picture = self._stage.ratio, self._layers, self._layers.picture
        veil = layers.veil(window, painting.premultiplied(self._surround(palette), _VEIL_OPACITY))
        is_clear = picture is not None and picture.alpha is not None
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        for part in parts:
            x, y = part.pane.x + part.left, part.top
            width, height = part.right - part.left, part.bottom - part.top
            skip = (part.left - window.left, part.top - window.top)
            if is_clear and part.opacity == 1:
                painter.fillRect(x, y, width, height, self._ground(palette))
            painter.setOpacity(part.opacity)
            painter.drawImage(x, y, layers.image(part.source, window), *skip, width, height)
        painter.setOpacity(1)
        if veil is not None:
            for pane in dict.fromkeys(part.pane for part in parts):
                painter.drawImage(pane.x + window.left, window.top, veil)
        shown = tuple(dict.fromkeys(part.pane for part in parts))
        if self.has_grid:
            for pane in shown:
                paint_pixel_grid(painter, window, pane.x)
        self._spots.look(layers.lit, ratio)
        for pane in shown:
            painter.setClipRect(pane.x, 0, pane.width, self._stage.viewport.size[1])
            self._spots.paint(painter, (pane.x + window.left, window.top))
        painter.restore()

    def _captioned_parts(self, metrics: QFontMetricsF, parts: list[Part]) -> list[Part]:
        """Return the parts with a caption: one alone would be wrong where two share a place."""
        areas = [self._caption_area(metrics, part) for part in parts if part.n_captions > 1]
        return [] if any(area.isEmpty() for area in areas) else parts

    def _caption_area(self, metrics: QFontMetricsF, part: Part) -> QRectF:
        room = self._stage.caption_room(part)
        return painting.caption_area(metrics, self.captions[part.source], room, part.corner)

    def _notes(self) -> list[Note]:
        """Return what is to be noted, in the order in which Escape ends it."""
        return [note for note in Note if note in self.notes]

    def _note_areas(
        self, metrics: QFontMetricsF, window: Window, captions: list[QRectF]
    ) -> list[QRectF]:
        picture = self._stage.visible_area(window, self._stage.panes()[0])
        return note_areas(metrics, picture, self._notes(), self._stage.area, captions)

    def caption_font(self, font: QFont) -> QFont:
        """Return the font of captions, made of the canvas's."""
        scaled = QFont(font)
        scaled.setPointSizeF(font.pointSizeF() * self.caption_scale)
        return scaled

    def _surround(self, palette: QPalette) -> QColor:
        return self.surround or palette.color(QPalette.ColorRole.Dark)

    def _ground(self, palette: QPalette) -> QBrush:
        """Return what is behind transparent pixels, for a painter in device pixels."""
        if self.background is not None:
            return QBrush(self.background)
        ratio, dark = self._stage.ratio, is_dark(palette)
        if self._checker is None or self._checker[:2] != (ratio, dark):
            self._checker = (ratio, dark, painting.checkerboard(ratio, dark=dark))
        return self._checker[2]
