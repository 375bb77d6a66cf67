"""ColorSpaceView: the colours of a picture in a colour space, and the centroids among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from colorquant_gui.ui.space3d.announcer import Announcer
from colorquant_gui.ui.space3d.budget import MAX_POINTS, MAX_POINTS_IN_SOFTWARE
from colorquant_gui.ui.space3d.choices import Choices
from colorquant_gui.ui.space3d.cloud import Cloud
from colorquant_gui.ui.space3d.navigation import Navigation
from colorquant_gui.ui.space3d.opengl import draws_in_software, opengl_available
from colorquant_gui.ui.space3d.overlays import Overlays
from colorquant_gui.ui.space3d.picture import picture_of
from colorquant_gui.ui.space3d.pointing import Pointing
from colorquant_gui.ui.space3d.scene import Scene
from colorquant_gui.ui.space3d.shown_moment import ShownMoment
from colorquant_gui.ui.space3d.style import SceneStyle
from colorquant_gui.ui.space3d.surface import Surface
from colorquant_gui.ui.space3d.theatre import Theatre

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QResizeEvent, QShowEvent

    from colorquant_gui.ui.space3d.picture import SpaceContent


class ColorSpaceView(ShownMoment):
    """Shows unique colours as points of a colour space, centroids as ringed discs, and trails.

    `Qt.AA_ShareOpenGLContexts` must be set before the QApplication is created: without it the
    view loses its OpenGL state whenever its dock is floated, and another one may draw nothing.

    Parameters
    ----------
    parent : QWidget, optional
        The owner.
    use_opengl : bool, optional
        False draws without OpenGL, True tries it in any case; None finds out.

    Attributes
    ----------
    layersChanged : Signal(object)
        The user hid or showed something: the set of visible layers, see `set_layers`.
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
    cameraMoved : Signal()
        The space is seen from another place, see `look_from`.
    """

    layersChanged = Signal(object)
    viewOptionsChanged = Signal(dict)
    colorHovered = Signal(object)
    centroidHovered = Signal(object)
    colorClicked = Signal(object)
    centroidClicked = Signal(object)
    clipChanged = Signal(object)
    saveViewRequested = Signal(int, bool)
    cameraMoved = Signal()

    def __init__(self, parent: QWidget | None = None, *, use_opengl: bool | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colorSpaceView")
        self.setAccessibleName(self.tr("Colour space"))
        self._scene = Scene(SceneStyle.of(self))
        self._text_scale = 1.0
        self._restyling = QTimer(self, singleShot=True, interval=0)
        self._restyling.timeout.connect(self._restyle)
        wanted = opengl_available() if use_opengl is None else use_opengl
        self._surface = Surface(self._scene, wanted, self)
        self._overlays = Overlays(self._scene, self)
        self.setMinimumSize(self._overlays.minimum_size())
        most = MAX_POINTS_IN_SOFTWARE
        if wanted and not draws_in_software():
            most = MAX_POINTS
        self._cloud = Cloud(self._scene, most, self)
        self._navigation = Navigation(self._scene, self._surface.controls, self._overlays, self)
        self._pointing = Pointing(self._scene, self._cloud.paint, self)
        self._theatre = Theatre(self._scene, self)
        self._choices = Choices(self._scene, self._cloud, self._navigation, self._overlays, self)
        self._announcer = Announcer(self._scene, self._cloud.paint, self._surface, self._overlays)
        self._connect()
        self._announcer.update()

    def _connect(self) -> None:
        surface, overlays = self._surface, self._overlays
        cloud, pointing = self._cloud, self._pointing
        surface.changed.connect(self._announcer.update)
        surface.refreshed.connect(pointing.look_again)
        surface.controls.pointed.connect(pointing.point_at)
        surface.controls.clicked.connect(pointing.click_at)
        overlays.bar.saveRequested.connect(self.saveViewRequested)
        self._navigation.changed.connect(self._redraw)
        self._navigation.changed.connect(self.cameraMoved)
        self._theatre.changed.connect(surface.refresh)
        cloud.spaceChanged.connect(self._navigation.refit)
        self._theatre.phaseChanged.connect(cloud.repaint)
        self._choices.changed.connect(self._show_paint)
        self._choices.layersChanged.connect(self.layersChanged)
        self._choices.optionsChanged.connect(self.viewOptionsChanged)
        cloud.moved.connect(self._redraw)
        cloud.painted.connect(self._show_paint)
        cloud.clipChanged.connect(self.clipChanged)
        for name in ("colorHovered", "centroidHovered", "colorClicked", "centroidClicked"):
            getattr(pointing, name).connect(getattr(self, name))

    def sizeHint(self) -> QSize:
        """Room for a cube with legible labels."""
        return QSize(480, 400)

    @property
    def has_opengl(self) -> bool:
        """Whether the view is, or is about to be, drawn by OpenGL."""
        return self._surface.has_opengl

    # -- what is shown -------------------------------------------------------------------------

    def postpone_refining(self) -> None:
        """Leave the cloud as it is for a moment: something else needs the time."""
        self._surface.postpone()

    def set_scope(self, colors: NDArray[np.float64] | None) -> None:
        """Keep some colours in view; see `Navigation.set_scope`."""
        self._navigation.set_scope(colors)

    def set_layers(self, visible: set[str]) -> None:
        """Show some layers and hide the others, no signal; see `Choices.set_layers`."""
        self._choices.set_layers(visible)

    def layers(self) -> set[str]:
        """Return the visible layers."""
        return set(self._scene.layers)

    def set_busy(self, text: str | None) -> None:
        """Say what is being waited for; an empty text ends that."""
        self._announcer.set_busy(text)

    def set_failure(self, text: str | None) -> None:
        """Say why there is nothing to see, in a sentence; an empty text ends that."""
        self._announcer.set_failure(text)

    # -- how it is shown -----------------------------------------------------------------------

    def view_options(self) -> dict[str, Any]:
        """Return what the person has chosen, for `set_view_options`; see `Choices.options`."""
        return self._choices.options()

    def set_view_options(self, options: dict[str, Any]) -> None:
        """Show the view as it was; what is missing stays, what is wrong is ignored; no signal."""
        self._choices.set_options(options)

    def look_as(self, other: ColorSpaceView) -> None:
        """Show the space in the way and from the place that another view does now; no signal."""
        self.set_view_options(other.view_options())
        self.set_layers(other.layers())
        # elevation and zoom are not among the options, as they are not remembered
        self._navigation.look_as(other._navigation)

    def look_from(self, other: ColorSpaceView) -> None:
        """Show the space from the place that another view shows it from at this moment."""
        self._navigation.look_from(other._scene.camera)

    def set_controls_shown(self, shown: bool) -> None:
        """Have all that the space is set by over it, or leave it bare."""
        self._overlays.set_controls_shown(shown)
        self._overlays.place()
        self._navigation.refit(gliding=False)
        self._surface.refresh()

    def set_text_scale(self, scale: float) -> None:
        """Write all over the space so many times as big as the rest of the window."""
        self._text_scale = scale
        self._overlays.gizmo.set_scale(scale)
        if scale == 1.0:
            self.setFont(QFont())
        self._keep_text_scale()

    def _keep_text_scale(self) -> None:
        """Take the scale again where a theme or a font of the program has undone it."""
        font = QApplication.font(self)
        font.setPointSizeF(font.pointSizeF() * self._text_scale)
        if self._text_scale != 1.0 and self.font() != font:
            self.setFont(font)

    def clear_slice(self) -> None:
        """Show all of the space again, as the person does by a button."""
        self._choices.clear_slice()

    def reset_view(self) -> None:
        """Look at the whole space from where it was seen first."""
        self._navigation.reset()

    @property
    def azimuth(self) -> float:
        """Degrees around the vertical axis from which the space is seen, -180..180."""
        return self._scene.camera.azimuth

    def render_image(
        self,
        scale: float = 1,
        transparent: bool = False,
        *,
        size: tuple[int, int] | None = None,
        azimuth: float | None = None,
        content: SpaceContent | None = None,
        max_points: int | None = None,
        fitted: bool = False,
    ) -> QImage:
        """Draw the view as it would be at rest, without legend and buttons; see `picture_of`.

        What is on the screen stays as it is. It works whether or not the view was ever shown.
        Where `fitted`, the camera has in view what `set_scope` says, as on the screen.

        Returns
        -------
        QImage
            ARGB32 or the like, premultiplied, `size` times `scale` pixels.
        """
        self._cloud.finish()
        size = size or (self.width(), self.height())
        camera = self._navigation.camera_for(size) if fitted else self._scene.camera
        picture = picture_of(
            self._scene, self._cloud.paint, size, scale, transparent=transparent, camera=camera,
            azimuth=azimuth, content=content, max_points=max_points,
        )  # fmt: skip
        return self._surface.render_image(picture)

    def _show_paint(self) -> None:
        """Draw with other colours of points, or others of them."""
        self._announcer.update()
        self._surface.refresh()

    def _redraw(self) -> None:
        """Draw from another place."""
        self._overlays.gizmo.refresh()
        self._surface.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show all of the space again on Escape, where nothing else had a use for the key."""
        if event.key() != Qt.Key.Key_Escape or not self._choices.clear_slice():
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what was interrupted."""
        super().showEvent(event)
        self._cloud.resume()
        self._navigation.resume()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do nothing that nobody sees."""
        for worker in (self._cloud, self._navigation, self._pointing):
            worker.pause()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the surface as big as the view."""
        super().resizeEvent(event)
        self._surface.setGeometry(self.rect())
        self._overlays.place()
        self._navigation.refit(gliding=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme, the font and the language."""
        super().changeEvent(event)
        kind = event.type()
        kinds = (kind.PaletteChange, kind.FontChange, kind.StyleChange, kind.LanguageChange)
        if kind in kinds and hasattr(self, "_announcer"):
            self._restyle()
            if kind == kind.StyleChange and self._text_scale != 1.0:
                # what lies over the space loses its font as well, and only after this
                self._restyling.start()

    def _restyle(self) -> None:
        self._keep_text_scale()
        style = self._scene.style = SceneStyle.of(self)
        self._overlays.set_style(style)
        self._surface.refresh()
        self._surface.update()
        self._announcer.forget()
        self._announcer.update()
        # other room is left beside larger words
        self._navigation.refit(gliding=False)
