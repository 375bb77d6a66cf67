"""Surface: holds what draws the scene, by OpenGL or without."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from colorquant_gui.ui.space3d.controls import OrbitControls
from colorquant_gui.ui.space3d.flat import FlatViewport
from colorquant_gui.ui.space3d.flat_image import flat_image
from colorquant_gui.ui.space3d.opengl import draws_in_software, prepare_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

    from colorquant_gui.ui.space3d.gl_offscreen import OffscreenViewport
    from colorquant_gui.ui.space3d.gl_onscreen import OnscreenViewport
    from colorquant_gui.ui.space3d.picture import Picture
    from colorquant_gui.ui.space3d.scene import Scene

# What takes long to import, in portions between which the window answers.
_HEAVY_IMPORTS = ("OpenGL.GL", "pyqtgraph", "pyqtgraph.opengl")
_GLViewport: TypeAlias = "OffscreenViewport | OnscreenViewport"


class Surface(QWidget):
    """Builds a viewport right after it is first shown, and replaces it where OpenGL fails.

    So building a window waits neither for pyqtgraph nor for a driver.

    Parameters
    ----------
    scene : Scene
        What to draw; call `refresh` after changing it.
    opengl : bool
        Whether to try OpenGL.
    parent : QWidget
        The owner.

    Attributes
    ----------
    controls : OrbitControls
        What the person does on the viewport, whichever there is.
    changed : Signal()
        The number of colours on the screen, or what draws them, has changed.
    refreshed : Signal()
        The scene has changed, or where it is seen from: it will be drawn.
    """

    changed = Signal()
    refreshed = Signal()

    def __init__(self, scene: Scene, opengl: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("spaceSurface")
        self._scene = scene
        self._opengl = opengl
        self.controls = OrbitControls(scene, self)
        self._viewport: _GLViewport | FlatViewport | None = None
        self._to_import = list(_HEAVY_IMPORTS)
        self._lost = False
        self._hint = prepare_window(self) if opengl else None
        self._build_timer = self._single_shot(self._build)
        self._check_timer = self._single_shot(self._check)

    @property
    def has_opengl(self) -> bool:
        """Whether OpenGL draws, or is about to."""
        return self._opengl

    @property
    def is_flat(self) -> bool:
        """Whether a viewport without OpenGL is in place."""
        return isinstance(self._viewport, FlatViewport)

    @property
    def is_built(self) -> bool:
        """Whether a viewport is in place."""
        return self._viewport is not None

    @property
    def lost_opengl(self) -> bool:
        """Whether OpenGL was there, and failed."""
        return self._lost

    @property
    def shown(self) -> int:
        """Colours on the screen."""
        return 0 if self._viewport is None else self._viewport.shown

    def refresh(self) -> None:
        """Draw the scene as it is now."""
        if self._viewport is not None:
            self._viewport.refresh()
            self.refreshed.emit()

    def postpone(self) -> None:
        """Refine later: something else needs the time."""
        if self._viewport is not None:
            self._viewport.postpone()

    def render_image(self, picture: Picture) -> QImage:
        """Draw a picture aside from the screen: by OpenGL, where that draws the screen, too."""
        viewport = self._viewport
        image = QImage()
        if viewport is not None and not isinstance(viewport, FlatViewport):
            image = viewport.render_image(picture)
        return flat_image(picture) if image.isNull() else image

    def _build(self) -> None:
        if self._viewport is not None:
            return
        viewport: _GLViewport | FlatViewport | None = None
        if self._opengl:
            if self._to_import and self._import(self._to_import.pop(0)):
                self._build_timer.start(0)
                return
            viewport = self._gl_viewport()
        if viewport is None:
            self._opengl = False
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

    def _gl_viewport(self) -> _GLViewport | None:
        try:
            viewport = _new_gl_viewport(self._scene, self)
        except Exception:
            # A broken PyOpenGL or driver: there is a viewport that needs neither.
            return None
        # Not from within a paint event: that one is still using the widget.
        viewport.failed.connect(self._fall_back, Qt.ConnectionType.QueuedConnection)
        return viewport

    def _install(self, viewport: _GLViewport | FlatViewport) -> None:
        self._viewport = viewport
        if self._hint is not None:
            self._hint.deleteLater()
            self._hint = None
        viewport.setObjectName("spaceViewport")
        viewport.setAccessibleName(self.tr("Colours of the picture in a colour space"))
        viewport.setAccessibleDescription(
            self.tr("Drag or use the arrow keys to turn, scroll to zoom, double-click to reset")
        )
        # It is told in the midst of painting, when no other widget may change.
        viewport.shownChanged.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self.controls.attach(viewport)
        viewport.setGeometry(self.rect())
        viewport.show()
        # No focus proxy: to a widget that comes later, it makes a loop of the focus chain.
        QWidget.setTabOrder(self, viewport)
        self.changed.emit()
        if self._opengl:
            self._check_timer.start(0)

    def _check(self) -> None:
        """Fall back where there is still no context after the viewport was shown."""
        viewport = self._viewport
        if not (viewport is None or isinstance(viewport, FlatViewport)) and viewport.lacks_context:
            self._fall_back()
        # A viewport that has come to another window is not painted there by itself.
        self.refresh()

    def _fall_back(self) -> None:
        if not self._opengl:
            return
        self._opengl = False
        self._lost = self.shown > 0
        old, flat = self._viewport, FlatViewport(self._scene, self)
        self._install(flat)
        if old is not None:
            if old.hasFocus():
                flat.setFocus()
            old.hide()
            old.deleteLater()

    def _single_shot(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the place of a viewport that is not there yet."""
        if self._viewport is None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(*self._scene.style.background))
            painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Build the viewport after this."""
        super().showEvent(event)
        (self._build_timer if self._viewport is None else self._check_timer).start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        self._build_timer.stop()
        self._check_timer.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the viewport as big as this."""
        super().resizeEvent(event)
        if self._viewport is not None:
            self._viewport.setGeometry(self.rect())
            if self.isVisible():
                self._check_timer.start(0)


def _new_gl_viewport(scene: Scene, parent: QWidget) -> _GLViewport:
    if draws_in_software():
        from colorquant_gui.ui.space3d.gl_offscreen import OffscreenViewport

        return OffscreenViewport(scene, parent)
    from colorquant_gui.ui.space3d.gl_onscreen import OnscreenViewport

    return OnscreenViewport(scene, parent)
