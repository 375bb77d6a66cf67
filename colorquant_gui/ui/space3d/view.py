"""ColorSpaceView: the colours of a picture in the RGB cube, and the centroids among them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.budget import MAX_POINTS
from colorquant_gui.ui.space3d.camera import Camera
from colorquant_gui.ui.space3d.controls import OrbitControls
from colorquant_gui.ui.space3d.flat import FlatViewport
from colorquant_gui.ui.space3d.legend import Legend
from colorquant_gui.ui.space3d.opengl import opengl_available
from colorquant_gui.ui.space3d.overlay import Caption
from colorquant_gui.ui.space3d.sampling import PopulationSampler
from colorquant_gui.ui.space3d.scene import LAYERS, Scene
from colorquant_gui.ui.space3d.style import SceneStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

    from colorquant_gui.ui.space3d.gl_view import GLViewport

_MARGIN = 8
# What takes long to import, in portions between which the window answers.
_HEAVY_IMPORTS = ("OpenGL.GL", "pyqtgraph", "pyqtgraph.opengl")
# Colours that are looked at before the first frame: some ten milliseconds.
_AT_ONCE = 1 << 18


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
        self.setMinimumSize(200, 160)
        self._wants_opengl = opengl_available() if use_opengl is None else use_opengl
        self._scene = Scene(SceneStyle.of(self))
        self._viewport: GLViewport | FlatViewport | None = None
        self._sampler: PopulationSampler | None = None
        self._busy = ""
        self._to_import = list(_HEAVY_IMPORTS)
        if self._wants_opengl:
            # A window that has such a child from the start need not be made anew, with a flash,
            # when the drawing surface is added to it.
            surface_hint = QOpenGLWidget(self)
            surface_hint.setObjectName("surfaceHint")
            surface_hint.resize(0, 0)
        self._legend = Legend(self)
        self._legend.layersChanged.connect(self._toggle_layers)
        self._status = Caption(self)
        self._status.setObjectName("spaceStatus")
        self._message = Caption(self)
        self._message.setObjectName("spaceMessage")
        self._message.set_prominent()
        self._build_timer = self._single_shot(self._build_viewport)
        self._check_timer = self._single_shot(self._check_opengl)
        self._sample_timer = self._single_shot(self._sample)
        self._update_texts()

    def sizeHint(self) -> QSize:
        """Room for a cube with legible labels."""
        return QSize(480, 400)

    @property
    def has_opengl(self) -> bool:
        """Whether the view is, or is about to be, drawn by OpenGL."""
        return self._wants_opengl

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
        self._sample_timer.stop()
        self._sampler = None
        if colors is None or counts is None or not len(colors):
            self._scene.points, self._scene.total = np.empty((0, 4), np.uint8), 0
        else:
            self._scene.total = len(colors)
            sampler = PopulationSampler(colors, counts, MAX_POINTS)
            if len(colors) <= _AT_ONCE:
                while not sampler.done:
                    sampler.step()
                self._scene.points = sampler.result()
            else:
                self._scene.points = sampler.preview()
                self._sampler = sampler
                if self.isVisible():
                    self._sample_timer.start(0)
        self._update_texts()
        self._refresh()

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
        self._refresh()

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
        self._refresh()

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
        self._refresh()

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
        self._refresh()

    def set_busy(self, text: str | None) -> None:
        """Say what is being waited for; an empty text ends that."""
        self._busy = text or ""
        self._update_texts()

    # -- the drawing surface -------------------------------------------------------------------

    def _build_viewport(self) -> None:
        if self._viewport is not None:
            return
        viewport: GLViewport | FlatViewport | None = None
        if self._wants_opengl:
            if self._to_import and self._import(self._to_import.pop(0)):
                self._build_timer.start(0)
                return
            viewport = self._gl_viewport()
        if viewport is None:
            self._wants_opengl = False
            viewport = FlatViewport(self._scene, self)
        self._install(viewport)

    def _import(self, name: str) -> bool:
        try:
            importlib.import_module(name)
        except Exception:
            # PyOpenGL and pyqtgraph do much while they are imported, and may fail in any of it.
            self._to_import = []
            return False
        return True

    def _gl_viewport(self) -> GLViewport | None:
        try:
            from colorquant_gui.ui.space3d.gl_view import GLViewport

            viewport = GLViewport(self._scene, self)
        except Exception:
            # A broken PyOpenGL or driver: there is a view that needs neither.
            return None
        # Not from within a paint event: that one is still using the widget.
        viewport.failed.connect(self._fall_back, Qt.ConnectionType.QueuedConnection)
        return viewport

    def _install(self, viewport: GLViewport | FlatViewport) -> None:
        self._viewport = viewport
        hint = self.findChild(QOpenGLWidget, "surfaceHint")
        if hint is not None:
            hint.deleteLater()
        viewport.setObjectName("spaceViewport")
        viewport.setAccessibleName(self.tr("Colours of the picture in the RGB cube"))
        viewport.setAccessibleDescription(
            self.tr("Drag or use the arrow keys to turn, scroll to zoom, double-click to reset")
        )
        # It is told in the midst of painting, when no other widget may change.
        viewport.shownChanged.connect(self._update_texts, Qt.ConnectionType.QueuedConnection)
        controls = OrbitControls(self._scene, viewport)
        controls.changed.connect(self._refresh)
        viewport.setGeometry(self.rect())
        viewport.lower()
        viewport.show()
        self.setFocusProxy(viewport)
        self._update_texts()
        if self._wants_opengl:
            self._check_timer.start(0)

    def _check_opengl(self) -> None:
        """Fall back where there is still no context after the surface was shown."""
        viewport = self._viewport
        # Without a size there is no surface yet, and nothing to complain about.
        if (
            isinstance(viewport, QOpenGLWidget)
            and viewport.isVisible()
            and not (viewport.size().isEmpty() or viewport.isValid())
        ):
            self._fall_back()
        # A surface that has come to another window is not painted there by itself.
        self._refresh()

    def _fall_back(self) -> None:
        if not self._wants_opengl:
            return
        self._wants_opengl = False
        old, flat = self._viewport, FlatViewport(self._scene, self)
        self._install(flat)
        if old is not None:
            if old.hasFocus():
                flat.setFocus()
            old.hide()
            old.deleteLater()

    def _refresh(self) -> None:
        if self._viewport is not None:
            self._viewport.refresh()

    # -- texts and toggles ---------------------------------------------------------------------

    def _toggle_layers(self, visible: set[str]) -> None:
        self._scene.layers = frozenset(visible)
        self._update_texts()
        self._refresh()
        self.layersChanged.emit(visible)

    def _update_texts(self) -> None:
        scene = self._scene
        parts = []
        if self._viewport is not None and not self._wants_opengl:
            parts.append(self.tr("OpenGL is not available: flat view"))
        shown = self._viewport.shown if self._viewport is not None else 0
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

    # -- choosing points of a big picture ------------------------------------------------------

    def _sample(self) -> None:
        sampler = self._sampler
        if sampler is None:
            return
        sampler.step()
        if not sampler.done:
            self._sample_timer.start(0)
            return
        self._sampler = None
        self._scene.points = sampler.result()
        self._update_texts()
        self._refresh()

    # -- events --------------------------------------------------------------------------------

    def _single_shot(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the place of a surface that is not there yet."""
        if self._viewport is None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(*self._scene.style.background))
            painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Build the surface after this, and go on with what was interrupted."""
        super().showEvent(event)
        if self._viewport is None:
            self._build_timer.start(0)
        else:
            self._check_timer.start(0)
        if self._sampler is not None:
            self._sample_timer.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        for timer in (self._build_timer, self._check_timer, self._sample_timer):
            timer.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the surface as big as the view."""
        super().resizeEvent(event)
        if self._viewport is not None:
            self._viewport.setGeometry(self.rect())
            if self._wants_opengl and self.isVisible():
                self._check_timer.start(0)
        self._place_overlays()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, the font and the language."""
        super().changeEvent(event)
        kind = event.type()
        if not hasattr(self, "_build_timer"):
            return
        if kind in (kind.PaletteChange, kind.FontChange, kind.StyleChange):
            style = self._scene.style = SceneStyle.of(self)
            for overlay in (self._legend, self._status, self._message):
                overlay.set_style(style)
            self._refresh()
            self.update()
        if kind in (kind.LanguageChange, kind.FontChange):
            self._update_texts()


def _positions(values: ArrayLike | None, dimensions: int) -> NDArray[np.float64]:
    if values is None or not len(np.asarray(values)):
        return np.empty((0,) * (dimensions - 1) + (3,))
    return np.array(values, np.float64)
