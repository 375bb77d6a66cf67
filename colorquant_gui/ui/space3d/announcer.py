"""Announcer: keeps what a view says about itself true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colorquant_gui.ui.space3d.captions import captions
from colorquant_gui.ui.space3d.composition import has_frame

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.overlays import Overlays
    from colorquant_gui.ui.space3d.painting import CloudPaint
    from colorquant_gui.ui.space3d.scene import Scene
    from colorquant_gui.ui.space3d.surface import Surface


class Announcer:
    """Words the captions over a view; call `update` after anything they are about has changed.

    Parameters
    ----------
    scene, paint, surface
        What is shown, and what shows it.
    overlays : Overlays
        Where it is said.
    """

    def __init__(
        self, scene: Scene, paint: CloudPaint, surface: Surface, overlays: Overlays
    ) -> None:
        self._scene, self._paint, self._surface = scene, paint, surface
        self._overlays = overlays
        self._busy = self._failure = ""
        self._said: object = None

    def set_busy(self, text: str | None) -> None:
        """Say what is being waited for; an empty text ends that."""
        self._busy = text or ""
        self.update()

    def set_failure(self, text: str | None) -> None:
        """Say why there is nothing to see, in a sentence; an empty text ends that."""
        self._failure = text or ""
        self.update()

    def forget(self) -> None:
        """Say it anew the next time: it looks different now, or is another language."""
        self._said = None

    def update(self) -> None:
        """Say what is true now."""
        texts = captions(self._scene, self._paint, self._surface, self._busy, self._failure)
        said = texts, has_frame(self._scene)
        if said == self._said:
            # for every frame of a run, nothing is laid out anew
            return
        self._said = said
        if self._overlays.show_texts(texts):
            self._surface.refresh()
