"""Lights: draws what stands out over a picture of the whole cloud, which is dimmed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.cloud_frame import CloudFrame
from colorquant_gui.ui.space3d.drawing_range import draw_range
from colorquant_gui.ui.space3d.veil_item import VeilItem

if TYPE_CHECKING:
    from collections.abc import Generator

    from colorquant_gui.ui.space3d.cloud_item import CloudItem
    from colorquant_gui.ui.space3d.scene import Scene

# A picture that fills up is taken over anew when it holds so many times as many points.
_CLEARLY_MORE = 2


class Lights:
    """Keeps a dimmed copy of a frame, with what stands out in it.

    So the cloud is drawn once, whatever the pointer comes to. What stands out covers in its own
    colours the very pixels that it had, and all the rest lies behind: dimming a picture gives
    what dimming each point would.

    Parameters
    ----------
    scene : Scene
        What is shown.
    cloud : CloudItem
        Its points.
    """

    def __init__(self, scene: Scene, cloud: CloudItem) -> None:
        self._scene, self._cloud = scene, cloud
        self._veil = VeilItem()
        self._frame: CloudFrame | None = None
        # which points stand out, over which frame, and how many points that had
        self._lit: object = None
        self._over: CloudFrame | None = None
        self._held = 0

    def initialize(self) -> None:
        """Start anew in another context."""
        self._frame = self._over = None
        self._veil.initialize()

    def are_on(self, frame: CloudFrame) -> bool:
        """Whether all that stands out has been drawn over a frame, if anything does."""
        if self._cloud.lit is None:
            return True
        return self._shows(frame) and self._held == frame.drawn and self._n_left() == 0

    def draw(
        self, frame: CloudFrame, count: int, *, is_final: bool
    ) -> Generator[None, None, tuple[CloudFrame, bool]]:
        """Draw over a frame what stands out; see `CloudPainter.light`.

        Parameters
        ----------
        frame : CloudFrame
            The cloud as if nothing stood out.
        count : int
            Most points to draw now.
        is_final : bool
            Whether nothing will be added to the frame.
        """
        outgrown = frame.drawn >= _CLEARLY_MORE * self._held or is_final
        if not self._shows(frame) or (outgrown and frame.drawn != self._held):
            self._begin(frame)
        own = self._frame
        assert own is not None
        count = min(count, self._n_left())
        if count:
            cloud = self._cloud
            cloud.only_lit, cloud.first = True, own.drawn
            yield from draw_range(cloud, self._scene, own, count)
            own.drawn += count
        return own, self._n_left() == 0

    def _shows(self, frame: CloudFrame) -> bool:
        own = self._frame
        return (
            own is not None
            and own.key is not None
            and own.key == frame.key
            and self._over is frame
            and self._lit is self._cloud.lit
        )

    def _n_left(self) -> int:
        lit, own = self._cloud.lit, self._frame
        if lit is None or own is None:
            return 0
        placed = int(np.searchsorted(lit, len(self._scene.visible_points())))
        return placed - own.drawn

    def _begin(self, frame: CloudFrame) -> None:
        own = self._frame
        if own is None or own.size != frame.size or own.samples != frame.samples:
            own = self._frame = CloudFrame(*frame.size, frame.samples)
        own.take(frame)
        self._veil.background = self._scene.style.background
        own.bind()
        self._veil.paint()
        own.release()
        own.forget_depth()
        own.key, own.meant, own.drawn = frame.key, frame.meant, 0
        self._lit, self._over, self._held = self._cloud.lit, frame, frame.drawn
