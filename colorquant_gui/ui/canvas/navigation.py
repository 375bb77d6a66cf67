"""Navigation: how the picture is looked at, whatever it shows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor

from colorquant_gui.ui.canvas.interaction import Interaction
from colorquant_gui.ui.canvas.viewport import ZOOM_PRESETS


class Navigation(Interaction):
    """Zoom, loupe, grid, minimap, background and surroundings."""

    def zoom(self) -> float:
        """Return the zoom in device pixels per image pixel."""
        return self._stage.viewport.zoom

    @staticmethod
    def zoom_presets() -> tuple[float, ...]:
        """Return the zooms worth a menu entry, from small to large."""
        return ZOOM_PRESETS

    def is_fitted(self) -> bool:
        """Return whether the whole picture is kept in view."""
        return self._stage.viewport.is_fitted

    def zoom_in(self) -> None:
        """Zoom in to the next round value."""
        self._stage.viewport.step_zoom(1)
        self._show_view()

    def zoom_out(self) -> None:
        """Zoom out to the next round value; on the way the whole picture is fitted."""
        self._stage.viewport.step_zoom(-1)
        self._show_view()

    def zoom_to_fit(self) -> None:
        """Show the whole picture, also when the canvas changes its size."""
        self._stage.viewport.fit()
        self._show_view()

    def zoom_actual_size(self) -> None:
        """Show one image pixel on one device pixel."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float, anchor: QPointF | QPoint | None = None) -> None:
        """Zoom to a value.

        Parameters
        ----------
        zoom : float
            Device pixels per image pixel; kept within what makes sense for the picture.
        anchor : QPointF or QPoint, optional
            The place of the canvas where the picture stays put, by default its middle.
        """
        place = None if anchor is None else self._stage.in_viewport(QPointF(anchor))
        self._stage.viewport.set_zoom(zoom, place)
        self._show_view()

    def loupe(self) -> bool:
        """Return whether a loupe follows the pointer."""
        return self._has_loupe

    def set_loupe(self, on: bool) -> None:
        """Let a loupe follow the pointer, as the key L does; `loupeToggled` tells a change."""
        self._switch_loupe(on)

    def pixel_grid(self) -> bool:
        """Return whether lines part the pixels above 800 %."""
        return self._scene.has_grid

    def set_pixel_grid(self, on: bool) -> None:
        """Part the pixels by lines above 800 %, or don't."""
        self._scene.has_grid = on
        self.update()

    def set_minimap(self, on: bool) -> None:
        """Show an overview whenever a part of the picture is out of view, or never."""
        self._furniture.set_minimap(on)
        self._show_view()

    def background(self) -> QColor | None:
        """Return what shows through transparent pixels, None for a checkerboard."""
        return self._scene.background

    def set_background(self, color: QColor | None) -> None:
        """Choose what shows through transparent pixels; None for a checkerboard."""
        self._scene.background = None if color is None else QColor(color)
        self.update()

    def surround(self) -> QColor | None:
        """Return what is around the picture, None for the theme's grey."""
        return self._scene.surround

    def set_surround(self, color: QColor | None) -> None:
        """Choose what is around the picture; None for the theme's grey."""
        self._scene.surround = None if color is None else QColor(color)
        self.update()

    def set_motion(self, on: bool) -> None:
        """Say whether the picture may slide on after a drag; the desktop may forbid it too."""
        self._gestures.has_motion = on
        if not on:
            self._gestures.release()
