"""Animator: what changes a scene between frames, as long as somebody sees it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

if TYPE_CHECKING:
    from colorquant_gui.ui.space3d.scene import Scene

FRAME_MS = 16


def eased(share: float) -> float:
    """Smoothstep: starts and ends at rest, 0..1."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)


class Animator(QObject):
    """Takes a step whenever it is time for one, from `resume` to `pause`.

    Parameters
    ----------
    scene : Scene
        What is changed.
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
        self._running = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._take_step)

    def resume(self) -> None:
        """Go on with what is not finished."""
        self._running = True
        self._clock.start()
        self._plan()

    def pause(self) -> None:
        """Stand still until `resume`; what is on its way arrives."""
        self._running = False
        self._timer.stop()
        self._arrive()

    def _plan(self) -> None:
        """Have the next step taken at its time."""
        after = self._due()
        if self._running and after is not None:
            self._timer.start(after)
        else:
            self._timer.stop()

    def _take_step(self) -> None:
        self._step()
        self._plan()
        self.changed.emit()

    @abstractmethod
    def _due(self) -> int | None:
        """Milliseconds until the next step, None where there is nothing to do."""

    @abstractmethod
    def _step(self) -> None:
        """Change the scene."""

    @abstractmethod
    def _arrive(self) -> None:
        """Finish at once what is on its way."""
