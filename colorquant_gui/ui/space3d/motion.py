"""CameraMotion: the camera moves by itself, to a place or round and round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from colorquant_gui.ui.space3d.placement import eased

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.camera import Camera
    from colorquant_gui.ui.space3d.scene import Scene

_GLIDE_MS = 300
_FRAME_MS = 16
_DEGREES_PER_SECOND = 18.0
# After a pause nothing jumps.
_LONGEST_MS = 100


class CameraMotion(QObject):
    """Moves a scene's camera between frames.

    Parameters
    ----------
    scene : Scene
        Whose camera is moved.
    parent : QObject
        The owner.

    Attributes
    ----------
    changed : Signal()
        The scene wants to be drawn.
    """

    changed = Signal()

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._start: Camera | None = None
        self._target: Camera | None = None
        self._rotating = False
        self._running = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)

    @property
    def rotating(self) -> bool:
        """Whether it goes round and round."""
        return self._rotating

    def set_rotating(self, rotating: bool) -> None:
        """Go round and round, or stop that."""
        self._rotating = rotating
        self._go()

    def glide_to(self, camera: Camera) -> None:
        """Move to where a camera is, by the shortest way; at once where nobody sees it."""
        if not self._running:
            self._scene.camera = camera
            self.changed.emit()
            return
        self._start, self._target = self._scene.camera, camera
        self._go()

    @property
    def goal(self) -> Camera:
        """Where the camera is, or is on its way to."""
        return self._target or self._scene.camera

    def stop_gliding(self) -> None:
        """Stay where it is: the person has taken over."""
        self._start = self._target = None

    def resume(self) -> None:
        """Go on after a pause."""
        self._running = True
        self._go()

    def pause(self) -> None:
        """Stand still until `resume`."""
        self._running = False
        self._timer.stop()
        if self._target is not None:
            self._scene.camera = self._target
            self.stop_gliding()

    def _go(self) -> None:
        self._clock.start()
        if self._running and (self._rotating or self._target is not None):
            self._timer.start()
        else:
            self._timer.stop()

    def _step(self) -> None:
        if self._start is not None and self._target is not None:
            share = self._clock.elapsed() / _GLIDE_MS
            if share < 1.0:
                self._scene.camera = _between(self._start, self._target, eased(share))
            else:
                self._scene.camera = self._target
                self.stop_gliding()
                self._go()
        elif self._rotating:
            seconds = min(self._clock.restart(), _LONGEST_MS) / 1000
            camera = self._scene.camera
            azimuth = (camera.azimuth + _DEGREES_PER_SECOND * seconds + 180.0) % 360.0 - 180.0
            self._scene.camera = replace(camera, azimuth=azimuth)
        else:
            self._timer.stop()
            return
        self.changed.emit()


def _between(start: Camera, end: Camera, share: float) -> Camera:
    turn = (end.azimuth - start.azimuth + 180.0) % 360.0 - 180.0
    center = np.array(start.center) + (np.array(end.center) - start.center) * share
    red, green, blue = center.tolist()
    return replace(
        end,
        azimuth=(start.azimuth + turn * share + 180.0) % 360.0 - 180.0,
        elevation=start.elevation + (end.elevation - start.elevation) * share,
        zoom=start.zoom * (end.zoom / start.zoom) ** share,
        center=(red, green, blue),
    )
