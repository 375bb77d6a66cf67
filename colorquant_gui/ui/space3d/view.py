"""ColorSpaceView: the colours of a picture in a colour space, and the centroids among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.chooser import PointChooser
from colorquant_gui.ui.space3d.clipping import Clipper
from colorquant_gui.ui.space3d.look import BY_ERROR, Highlight, Look
from colorquant_gui.ui.space3d.navigation import Navigation
from colorquant_gui.ui.space3d.opengl import opengl_available
from colorquant_gui.ui.space3d.overlays import Overlays
from colorquant_gui.ui.space3d.painting import CloudPaint
from colorquant_gui.ui.space3d.placement import Placement
from colorquant_gui.ui.space3d.pointing import Pointing
from colorquant_gui.ui.space3d.scene import LAYERS, PIXELS, Scene
from colorquant_gui.ui.space3d.spaces import SPACES
from colorquant_gui.ui.space3d.style import SceneStyle
from colorquant_gui.ui.space3d.surface import Surface
from colorquant_gui.ui.space3d.view_options import options_of, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent

    from colorquant_gui.ui.space3d.clipping import Range


class ColorSpaceView(QWidget):
    """Shows unique colours as points of a colour space, centroids as ringed discs, and trails.

    The drawing surface, and with it pyqtgraph, is created right after the view is first shown,
    so that building a window doesn't wait for it. `Qt.AA_ShareOpenGLContexts` must be set before
    the QApplication is created: without it the view loses its OpenGL state whenever its dock is
    floated, and another OpenGL widget may draw nothing.

    Parameters
    ----------
    parent : QWidget, optional
        The owner.
    use_opengl : bool, optional
        False draws without OpenGL, True tries it in any case; None finds out.

    Attributes
    ----------
    layersChanged : Signal(object)
        The user hid or showed something: the set of visible layers, of "pixels", "centroids",
        "trails", "gamut" and "axes".
    viewOptionsChanged : Signal(dict)
        The user chose another space, mode, size, opacity or projection: all `view_options`.
    colorHovered, centroidHovered : Signal(object)
        The index of the unique colour (in the order of `set_colors`) or of the centroid that the
        pointer has come to; None when it has left one.
    colorClicked, centroidClicked : Signal(object)
        The index of what was clicked; `colorClicked` with None where nothing was.
    clipChanged : Signal(object)
        Which unique colours the ranges leave, ndarray of bool, shape (n,); None for all.
    saveViewRequested : Signal(int, bool)
        Save `render_image` of this scale, with a transparent background or not.
    """

    layersChanged = Signal(object)
    viewOptionsChanged = Signal(dict)
    colorHovered = Signal(object)
    centroidHovered = Signal(object)
    colorClicked = Signal(object)
    centroidClicked = Signal(object)
    clipChanged = Signal(object)
    saveViewRequested = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None, *, use_opengl: bool | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colorSpaceView")
        self.setAccessibleName(self.tr("Colour space"))
        self._scene = Scene(SceneStyle.of(self))
        self._colors = np.empty((0, 3), np.uint8)
        self._pixel_counts = np.empty(0, np.int64)
        self._busy = ""
        wanted = opengl_available() if use_opengl is None else use_opengl
        self._surface = Surface(self._scene, wanted, self)
        self._overlays = Overlays(self._scene, self)
        self.setMinimumSize(self._overlays.minimum_size())
        self._paint = CloudPaint(self._scene)
        self._placement = Placement(self._scene, self)
        self._navigation = Navigation(self._scene, self._surface, self._overlays, self)
        self._pointing = Pointing(self._scene, self._paint, self)
        self._clipper = Clipper(self)
        self._chooser = PointChooser(self)
        self._connect()
        self._show_space()
        self._update_texts()

    def _connect(self) -> None:
        surface, overlays, pointing = self._surface, self._overlays, self._pointing
        surface.changed.connect(self._update_texts)
        surface.pointed.connect(pointing.point_at)
        surface.clicked.connect(pointing.click_at)
        overlays.legend.layersChanged.connect(self._toggle_layers)
        overlays.bar.spaceEdited.connect(self._choose_space)
        overlays.bar.saveRequested.connect(self.saveViewRequested)
        overlays.options.lookEdited.connect(self._choose_look)
        overlays.options.clipEdited.connect(self._clip)
        self._navigation.changed.connect(self._redraw)
        self._navigation.perspectiveEdited.connect(self._report_options)
        self._placement.changed.connect(self._redraw)
        self._chooser.chosen.connect(self._show_points)
        self._clipper.changed.connect(self._show_clip)
        pointing.colorHovered.connect(self.colorHovered)
        pointing.centroidHovered.connect(self.centroidHovered)
        pointing.colorClicked.connect(self.colorClicked)
        pointing.centroidClicked.connect(self.centroidClicked)

    def sizeHint(self) -> QSize:
        """Room for a cube with legible labels."""
        return QSize(480, 400)

    @property
    def has_opengl(self) -> bool:
        """Whether the view is, or is about to be, drawn by OpenGL."""
        return self._surface.has_opengl

    # -- what is shown -------------------------------------------------------------------------

    def set_colors(
        self, colors: NDArray[np.uint8] | None, counts: NDArray[np.int64] | None
    ) -> None:
        """Show the colours of a picture; labels of an earlier one are forgotten.

        Up to a million of them are kept, chosen by population. Of a big picture a coarse choice
        is shown at once and the final one as soon as all colours have been looked at, which is
        done in short steps between frames.

        Parameters
        ----------
        colors : ndarray of uint8, shape (n, 3), or None
            Unique sRGB colours; must not be written to afterwards.
        counts : ndarray of int64, shape (n,), or None
            Pixels of each, at least 1.
        """
        if colors is None or counts is None:
            colors, counts = np.empty((0, 3), np.uint8), np.empty(0, np.int64)
        self._colors, self._pixel_counts = colors, counts
        self._scene.total = len(colors)
        self._scene.highlight = Highlight()
        self._paint.labels = self._paint.mask = None
        if self._scene.space.fitted is not None:
            self._placement.set_space(self._scene.space.fitted(colors, counts), animated=False)
            self._show_space()
        self._chooser.choose(colors, counts)
        self._clipper.set_colors(colors)
        self._pointing.set_counts(counts)
        if self.isVisible():
            self._chooser.resume()

    def set_labels(
        self, labels: NDArray[np.uint8] | None, palette: NDArray[np.uint8] | None
    ) -> None:
        """Tell which cluster each colour belongs to, for the colour modes and the tooltip.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,), or None
            Of each unique colour, in the order of `set_colors`; must not be written to afterwards.
        palette : ndarray of uint8, shape (k, 3), or None
            The sRGB colour of each cluster.
        """
        if labels is None or palette is None:
            labels, palette = None, np.empty((0, 3), np.uint8)
        self._paint.labels, self._paint.palette = labels, palette
        self._repaint()

    def set_centroids(
        self, centroids: NDArray[np.float64] | None, counts: ArrayLike | None = None
    ) -> None:
        """Show centroids. Cheap: may be called for every frame.

        Parameters
        ----------
        centroids : ndarray of float64, shape (k, 3), or None
            sRGB, channels 0..255.
        counts : array_like, shape (k,), optional
            Pixels of each, for the area of its disc.
        """
        positions = _positions(centroids, 2)
        sizes = np.zeros(len(positions)) if counts is None else np.asarray(counts, np.float64)
        self._scene.centroids = positions
        self._scene.counts = sizes if len(sizes) == len(positions) else np.zeros(len(positions))
        self._surface.refresh()

    def set_trails(
        self, positions: NDArray[np.float64] | Sequence[NDArray[np.float64]] | None
    ) -> None:
        """Show where the centroids came from.

        Parameters
        ----------
        positions : array_like of float64, shape (t, k, 3), or None
            Past centroids, the oldest first; the line goes on to the present ones. Where k
            changed on the way, only the part after the last change is shown.
        """
        if positions is not None and not isinstance(positions, np.ndarray):
            steps = [np.asarray(step, np.float64) for step in positions]
            first = len(steps)
            while first and steps[first - 1].shape == steps[-1].shape:
                first -= 1
            positions = np.stack(steps[first:]) if steps else None
        self._scene.trails = _positions(positions, 3)
        self._surface.refresh()

    def set_highlight(self, color_index: int | None, cluster: int | None) -> None:
        """Light up a colour and a cluster; no signal.

        Parameters
        ----------
        color_index : int or None
            A unique colour, in the order of `set_colors`: it is marked.
        cluster : int or None
            A centroid: its points stay and the others are dimmed. Needs `set_labels`.
        """
        color = None
        if color_index is not None and 0 <= color_index < len(self._colors):
            red, green, blue = self._colors[color_index].tolist()
            color = (red, green, blue)
        highlight = Highlight(color, cluster)
        if highlight == self._scene.highlight:
            return
        other_cluster = cluster != self._scene.highlight.cluster
        self._scene.highlight = highlight
        if other_cluster:
            self._repaint()
        self._surface.refresh()

    def set_layers(self, visible: set[str]) -> None:
        """Show some layers and hide the others; no signal.

        Parameters
        ----------
        visible : set of str
            Of "pixels", "centroids", "trails", "gamut" and "axes"; others are ignored.
        """
        self._overlays.legend.set_layers(visible)
        self._scene.layers = frozenset(visible) & frozenset(LAYERS)
        self._update_texts()
        self._surface.refresh()

    def layers(self) -> set[str]:
        """Return the visible layers."""
        return set(self._scene.layers)

    def clear(self) -> None:
        """Show no colours, centroids or trails."""
        self.set_trails(None)
        self.set_centroids(None)
        self.set_labels(None, None)
        self.set_colors(None, None)

    def set_busy(self, text: str | None) -> None:
        """Say what is being waited for; an empty text ends that."""
        self._busy = text or ""
        self._update_texts()

    # -- how it is shown -----------------------------------------------------------------------

    def view_options(self) -> dict[str, Any]:
        """Return what the person has chosen, for `set_view_options`.

        Returns
        -------
        dict
            "space", "colorMode", "sizeMode" (str), "opacity" (0.05..1), "pointSize" (0.5..4) and
            "perspective" (bool).
        """
        return options_of(self._scene)

    def set_view_options(self, options: dict[str, Any]) -> None:
        """Show the view as it was; what is missing stays, what is wrong is ignored; no signal."""
        space, look, perspective = parsed(options, self._scene)
        self._navigation.set_perspective(perspective)
        self._set_space(space, animated=False)
        self._scene.look = look
        self._overlays.options.set_look(look)
        self._repaint()

    def reset_view(self) -> None:
        """Look at the whole space from where it was seen first."""
        self._navigation.reset()

    def render_image(self, scale: int = 1, transparent: bool = False) -> QImage:
        """Draw the view as it would be at rest, without legend and buttons.

        Parameters
        ----------
        scale : int
            Pixels of the picture per logical pixel, at least 1.
        transparent : bool
            Whether the background is left out.

        Returns
        -------
        QImage
            Null before the view was first shown, or where the picture is too big for OpenGL.
        """
        return self._surface.render_image(scale, transparent)

    def _choose_space(self, key: str) -> None:
        self._set_space(key, animated=True)
        self._report_options()

    def _set_space(self, key: str, *, animated: bool) -> None:
        space = SPACES[key]
        if key == self._scene.space.key:
            return
        if space.fitted is not None:
            space = space.fitted(self._colors, self._pixel_counts)
        self._placement.set_space(space, animated=animated)
        self._show_space()

    def _show_space(self) -> None:
        space = self._scene.space
        self._overlays.bar.set_space(space.key)
        self._overlays.options.set_space(space)
        self._clipper.set_space(space)

    def _choose_look(self, look: Look) -> None:
        recolored = look.color_mode != self._scene.look.color_mode
        self._scene.look = look
        if recolored:
            self._repaint()
        self._surface.refresh()
        self._report_options()

    def _report_options(self) -> None:
        self.viewOptionsChanged.emit(self.view_options())

    def _clip(self, ranges: list[Range | None]) -> None:
        self._clipper.set_ranges(ranges)

    def _show_clip(self, mask: NDArray[np.bool_] | None) -> None:
        self._paint.mask = mask
        self._repaint()
        self.clipChanged.emit(mask)

    # -- drawing and texts ---------------------------------------------------------------------

    def _toggle_layers(self, visible: set[str]) -> None:
        self._scene.layers = frozenset(visible)
        self._update_texts()
        self._surface.refresh()
        self.layersChanged.emit(visible)

    def _show_points(self, points: NDArray[np.uint8], indices: NDArray[np.int64]) -> None:
        self._scene.tint = self._scene.states = None
        self._placement.set_points(points, indices)
        self._repaint()

    def _repaint(self) -> None:
        """Draw with other colours of points."""
        self._paint.update()
        self._update_texts()
        self._surface.refresh()

    def _redraw(self) -> None:
        """Draw from another place."""
        self._overlays.gizmo.refresh()
        self._surface.refresh()

    def _update_texts(self) -> None:
        scene = self._scene
        parts = []
        if self._surface.is_flat:
            parts.append(self.tr("OpenGL is not available: flat view"))
        shown = self._surface.shown
        if PIXELS in scene.layers and 0 < shown < scene.total:
            text = self.tr("{0} of {1} colours shown")
            parts.append(text.format(f"{shown:,}", f"{scene.total:,}"))
        empty = self.tr("The colours of your picture appear here") if not scene.total else ""
        explains = scene.look.color_mode == BY_ERROR and scene.tint is not None
        scale = self._paint.error_scale if explains else None
        self._overlays.show_texts(" · ".join(parts), self._busy or empty, scale)

    # -- events --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what was interrupted."""
        super().showEvent(event)
        for worker in (self._chooser, self._placement, self._navigation, self._clipper):
            worker.resume()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        for worker in (
            self._chooser, self._placement, self._navigation, self._clipper, self._pointing
        ):  # fmt: skip
            worker.pause()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the surface as big as the view."""
        super().resizeEvent(event)
        self._surface.setGeometry(self.rect())
        self._overlays.place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, the font and the language."""
        super().changeEvent(event)
        kind = event.type()
        if not hasattr(self, "_chooser"):
            return
        if kind in (kind.PaletteChange, kind.FontChange, kind.StyleChange):
            style = self._scene.style = SceneStyle.of(self)
            self._overlays.set_style(style)
            self._surface.refresh()
            self._surface.update()
        if kind in (kind.LanguageChange, kind.FontChange):
            self._update_texts()


def _positions(values: ArrayLike | None, dimensions: int) -> NDArray[np.float64]:
    if values is None or not len(np.asarray(values)):
        return np.empty((0,) * (dimensions - 1) + (3,))
    return np.array(values, np.float64)
