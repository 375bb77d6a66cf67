"""ColorSpaceView: the colours of a picture in the RGB cube, and the centroids among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.chooser import PointChooser
from colorquant_gui.ui.space3d.legend import Legend
from colorquant_gui.ui.space3d.opengl import opengl_available
from colorquant_gui.ui.space3d.overlay import Caption
from colorquant_gui.ui.space3d.scene import LAYERS, Scene
from colorquant_gui.ui.space3d.style import SceneStyle
from colorquant_gui.ui.space3d.surface import Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

_MARGIN = 8


class ColorSpaceView(QWidget):
    """Shows unique colours as points of the RGB cube, centroids as ringed discs, and trails.

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
        The user hid or showed something: the set of visible layers, of "pixels", "centroids"
        and "trails".
    """

    layersChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, use_opengl: bool | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colorSpaceView")
        self.setAccessibleName(self.tr("Colour space"))
        self._scene = Scene(SceneStyle.of(self))
        self._busy = ""
        wanted = opengl_available() if use_opengl is None else use_opengl
        self._surface = Surface(self._scene, wanted, self)
        self._surface.changed.connect(self._update_texts)
        self.setFocusProxy(self._surface)
        self._legend = Legend(self)
        self._legend.layersChanged.connect(self._toggle_layers)
        self.setMinimumSize(self._legend.sizeHint().width() + 2 * _MARGIN, 160)
        self._status = Caption(self)
        self._status.setObjectName("spaceStatus")
        self._message = Caption(self)
        self._message.setObjectName("spaceMessage")
        self._message.set_prominent()
        self._chooser = PointChooser(self)
        self._chooser.chosen.connect(self._show_points)
        self._update_texts()

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
        """Show the colours of a picture.

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
        self._scene.total = len(colors)
        self._chooser.choose(colors, counts)
        if self.isVisible():
            self._chooser.resume()

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

    def set_layers(self, visible: set[str]) -> None:
        """Show some layers and hide the others; no signal.

        Parameters
        ----------
        visible : set of str
            Of "pixels", "centroids" and "trails"; others are ignored.
        """
        self._legend.set_layers(visible)
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
        self.set_colors(None, None)

    def reset_view(self) -> None:
        """Look at the whole cube from where it was seen first."""
        self._scene.camera = Camera()
        self._surface.refresh()

    def set_busy(self, text: str | None) -> None:
        """Say what is being waited for; an empty text ends that."""
        self._busy = text or ""
        self._update_texts()

    # -- texts and toggles ---------------------------------------------------------------------

    def _toggle_layers(self, visible: set[str]) -> None:
        self._scene.layers = frozenset(visible)
        self._update_texts()
        self._surface.refresh()
        self.layersChanged.emit(visible)

    def _show_points(self, points: NDArray[np.uint8]) -> None:
        self._scene.points = points
        self._update_texts()
        self._surface.refresh()

    def _update_texts(self) -> None:
        scene = self._scene
        parts = []
        if self._surface.is_flat:
            parts.append(self.tr("OpenGL is not available: flat view"))
        shown = self._surface.shown
        if "pixels" in scene.layers and 0 < shown < scene.total:
            text = self.tr("{0} of {1} colours shown")
            parts.append(text.format(f"{shown:,}", f"{scene.total:,}"))
        self._status.setText(" · ".join(parts))
        empty = self.tr("The colours of your picture appear here") if not scene.total else ""
        self._message.setText(self._busy or empty)
        self._place_overlays()

    def _place_overlays(self) -> None:
        self._legend.adjustSize()
        self._legend.move(_MARGIN, _MARGIN)
        self._status.place(
            self.rect().adjusted(_MARGIN, self._legend.geometry().bottom() + 4, -_MARGIN, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
        )
        self._message.place(
            self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN),
            Qt.AlignmentFlag.AlignCenter,
        )

    # -- events --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what was interrupted."""
        super().showEvent(event)
        self._chooser.resume()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        self._chooser.pause()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the surface as big as the view."""
        super().resizeEvent(event)
        self._surface.setGeometry(self.rect())
        self._place_overlays()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, the font and the language."""
        super().changeEvent(event)
        kind = event.type()
        if not hasattr(self, "_chooser"):
            return
        if kind in (kind.PaletteChange, kind.FontChange, kind.StyleChange):
            style = self._scene.style = SceneStyle.of(self)
            for overlay in (self._legend, self._status, self._message):
                overlay.set_style(style)
            self._surface.refresh()
            self._surface.update()
        if kind in (kind.LanguageChange, kind.FontChange):
            self._update_texts()


def _positions(values: ArrayLike | None, dimensions: int) -> NDArray[np.float64]:
    if values is None or not len(np.asarray(values)):
        return np.empty((0,) * (dimensions - 1) + (3,))
    return np.array(values, np.float64)
