"""Puts a moment of a run into a colour-space view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.core.color_spaces import SRGB, color_space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.session.frame import Frame
    from colorquant_gui.session.peek import Glimpse
    from colorquant_gui.ui.space3d import ColorSpaceView

_TRAIL_LENGTH = 32


def show_moment(view: ColorSpaceView, frame: Frame, *, halves: bool = True) -> None:
    """Show labels, centroids, half-step, trails, boxes and events of a moment.

    Parameters
    ----------
    view : ColorSpaceView
        Shows the colours of the run's picture.
    frame : Frame
        A moment of the run.
    halves : bool
        Whether to tell assignment from update, for which colours take those of their centroids.
    """
    history = frame.history
    key = history.settings.color_space
    # first, because it says whether points take the colours of centroids that are on their way
    view.set_phase(_phase(frame) if halves else "")
    view.set_labels(frame.labels, color_space(key).to_srgb(frame.centroids))
    view.set_centroids(positions(frame.centroids, key), frame.counts)
    trails = boxes = event = None
    if not frame.is_seeding:
        at, start, order = frame.stop.iteration, _trail_start(frame), _order(frame)
        # the whole way from there, however many steps it has
        steps = np.linspace(start, at, min(at - start + 1, _TRAIL_LENGTH)).astype(int)
        past = [history[int(step)].centroids[order] for step in steps]
        trails = positions(np.stack([*past, frame.centroids]), key)
        event = frame.step.event
    elif history.seeding is not None:
        boxes = history.seeding.boxes(frame.stop.stage)
    view.set_trails(trails)
    view.set_boxes(boxes, key)
    if event is None:
        view.set_event(None, None)
    else:
        view.set_event(positions(event.born, key), positions(event.dropped, key))


def show_glimpse(view: ColorSpaceView, glimpse: Glimpse) -> None:
    """Show labels and centroids of another k, which have come no way that is known.

    Parameters
    ----------
    view : ColorSpaceView
        Shows the colours of the picture.
    glimpse : Glimpse
        What another palette makes of them.
    """
    view.set_phase("")
    view.set_labels(glimpse.labels, glimpse.palette)
    view.set_centroids(glimpse.palette.astype(np.float64), glimpse.counts)
    view.set_trails(None)
    view.set_boxes(None)
    view.set_event(None, None)


def positions(centroids: NDArray[np.float64], key: str) -> NDArray[np.float64]:
    """Return where centroids are in sRGB.

    Parameters
    ----------
    centroids : ndarray of float64, shape (..., 3)
        In the clustering space.
    key : str
        The key of that space.

    Returns
    -------
    ndarray of float64, shape (..., 3)
        0..255.
    """
    space = color_space(key)
    if space is SRGB:
        return centroids
    flat = space.to_srgb(centroids.reshape(-1, 3))
    return flat.reshape(centroids.shape).astype(np.float64)


def _order(frame: Frame) -> NDArray[np.intp]:
    """Return which centroid of the run each one on show has been.

    What came out of a run is in an order of its own, and two may have become one colour.
    """
    if frame.result is None:
        return np.arange(len(frame.centroids))
    apart = frame.centroids[:, None] - frame.step.centroids[None]
    nearest: NDArray[np.intp] = (apart**2).sum(axis=2).argmin(axis=1)
    return nearest


def _trail_start(frame: Frame) -> int:
    """Return where the ways of the centroids begin: no centroid goes through another start."""
    for number in range(frame.stop.iteration, 0, -1):
        event = frame.history[number].event
        if event is not None and event.kind == "restart":
            return number
    return 0


def _phase(frame: Frame) -> str:
    if frame.is_seeding or frame.is_end:
        return ""
    return "update" if frame.is_moving else "assign"
