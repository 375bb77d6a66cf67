"""Puts a moment of a run into a colour-space view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import SRGB, color_space
from colorquant_gui.session.history import StopKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.session.history import History
    from colorquant_gui.session.playback import Frame
    from colorquant_gui.ui.space3d import ColorSpaceView

_TRAIL_LENGTH = 32


def show_moment(view: ColorSpaceView, history: History, frame: Frame) -> None:
    """Show centroids, trails, boxes and events of a moment.

    Parameters
    ----------
    view : ColorSpaceView
        Shows the colours of the run's picture.
    history : History
        The run.
    frame : Frame
        A moment of it.
    """
    space = color_space(history.settings.color_space)
    seeding = frame.stop.kind is StopKind.SEEDING
    view.set_labels(frame.labels, space.to_srgb(frame.centroids))
    view.set_centroids(_positions(history, frame.centroids), frame.counts)
    view.set_phase(_phase(frame))
    boxes = event = None
    if seeding:
        view.set_trails(None)
        if history.seeding is not None:
            boxes = history.seeding.boxes(frame.stop.stage)
    else:
        at = frame.stop.iteration
        # the whole way from the seeding, however many steps it has
        steps = np.linspace(0, at, min(at + 1, _TRAIL_LENGTH)).astype(int)
        past = [history[int(step)].centroids for step in steps]
        view.set_trails(_positions(history, np.stack([*past, frame.centroids])))
        event = frame.step.event
    view.set_boxes(boxes, space.key)
    if event is None:
        view.set_event(None, None)
    else:
        view.set_event(_positions(history, event.born), _positions(history, event.dropped))


def _phase(frame: Frame) -> str:
    if frame.stop.kind is StopKind.SEEDING:
        return ""
    gliding = frame.fraction > 0 or frame.stop.kind is StopKind.UPDATE
    return "update" if gliding else "assign"


def _positions(history: History, centroids: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return centroids of the clustering space in sRGB, 0..255."""
    space = color_space(history.settings.color_space)
    if space is SRGB:
        return centroids
    flat = space.to_srgb(centroids.reshape(-1, 3))
    return flat.reshape(centroids.shape).astype(np.float64)
