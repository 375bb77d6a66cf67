"""Marks of a scene: centroids, their trails, and what stands out, laid out for one window size."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.balls import ball_radii
from colorquant_gui.ui.space3d.layers import CENTROIDS, PIXELS, TRAILS
from colorquant_gui.ui.space3d.look import SHOWN
from colorquant_gui.ui.space3d.scene import rounded
from colorquant_gui.ui.space3d.shapes import Discs, Strokes
from colorquant_gui.ui.space3d.slice_left import centroids_left

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colorquant_gui.ui.space3d.scene import Scene

MOST_LINES = 16_384
"""Most lines of trails in a picture."""

# Radius in logical pixels of a centroid whose share is 1 / k.
_MEAN_RADIUS = 10.0
_MEAN_RADIUS_OF_MANY = 5.0
_SMALLEST, _LARGEST = 0.45, 2.2
# How opaque a trail's beginning is, how wide, and how much wider its end is: like a comet.
_OLDEST = 0.8
_TRAIL_WIDTH, _TRAIL_GROWTH = 1.25, 2.25
_MARK_RADIUS = 6.0
# How much smaller centroids are where distances to them are shown: their places matter then.
_BESIDE_MEASURES = 0.6
# And how much smaller among the balls of a histogram, which they would hide.
_AMONG_BALLS = 0.5
# How much bigger the centroid is that stands out, and how opaque the others are then.
_SWOLLEN, _STANDING_BACK = 1.3, 0.35
# The side of a view in which discs have the sizes above; in others they go with it, within limits.
_USUAL_SIDE, _LEAST_SCALE, _MOST_SCALE = 340.0, 0.65, 1.5
_MOST_SPOKES, _SPOKES_AMONG = 96, 50_000
# How opaque a spoke is at its centroid and at its colour.
_SPOKE_FADE, _SPOKE_WIDTH = (0.80, 0.35), 1.0


def discs(scene: Scene, width: int, height: int) -> Discs:
    """Lay out the centroids, the farthest first, and last of all the one that stands out."""
    if CENTROIDS not in scene.layers or not len(scene.centroids):
        return Discs.none()
    centers, depth = scene.camera.project(scene.place(scene.centroids), width, height)
    radii = centroid_radii(scene.counts) * scene.camera.magnification(depth)
    radii *= disc_scale(width, height) * (_BESIDE_MEASURES if scene.measures else 1.0)
    if scene.cells is not None and PIXELS in scene.layers:
        radii *= _AMONG_BALLS
    order = np.argsort(-depth, kind="stable")
    order = order[centroids_left(scene)[order]]
    chosen = scene.highlight.cluster
    opacities = np.ones(len(order), np.float32)
    if chosen is not None and chosen < len(radii):
        radii[chosen] *= _SWOLLEN
        order = np.append(order[order != chosen], chosen)
        opacities[:-1] = _STANDING_BACK
    elif chosen is not None:
        # what stands out is nowhere in the space
        opacities[:] = _STANDING_BACK
    return Discs(
        centers[order].astype(np.float32),
        radii[order].astype(np.float32),
        rounded(scene.centroids[order]),
        order,
        opacities,
    )


def trail_strokes(scene: Scene, width: int, height: int, limit: int = MOST_LINES) -> Strokes:
    """Lay out the trails up to the centroids of now, the oldest and faintest first.

    Parameters
    ----------
    scene : Scene
        Whose trails.
    width, height : int
        Size of the window in logical pixels.
    limit : int
        Most lines to make: of longer trails some steps are left out.
    """
    if TRAILS not in scene.layers:
        return Strokes.none()
    path = scene.trails
    if len(path) and path.shape[1] == len(scene.centroids):
        path = np.concatenate([path, scene.centroids[None]])
    if len(path) < 2 or not path.shape[1]:
        return Strokes.none()
    most = max(limit // path.shape[1], 1) + 1
    if len(path) > most:
        path = path[np.linspace(0, len(path) - 1, most).round().astype(np.intp)]
    position, _ = scene.camera.project(scene.place(path), width, height)
    ends = np.stack([position[:-1], position[1:]], axis=2)
    moved = np.abs(ends[:, :, 1] - ends[:, :, 0]).max(axis=2) > 0.05
    if moved.shape[1] == len(scene.centroids):
        moved &= centroids_left(scene)
    n = len(path)
    fade = np.linspace(0.0, 1.0, n)
    alpha = _OLDEST + (1.0 - _OLDEST) * np.stack([fade[:-1], fade[1:]], axis=1)
    colors = np.empty((*ends.shape[:3], 4), np.uint8)
    colors[..., :3] = rounded(np.stack([path[:-1], path[1:]], axis=2))
    visible = np.ones(path.shape[1])
    chosen = scene.highlight.cluster
    if chosen is not None and chosen < len(visible):
        visible[np.arange(len(visible)) != chosen] = _STANDING_BACK
    colors[..., 3] = np.rint(255 * alpha[:, None, :] * visible[:, None])
    widths = np.broadcast_to(_TRAIL_WIDTH + _TRAIL_GROWTH * fade[1:, None], moved.shape)
    widths = widths[moved].astype(np.float32)
    return Strokes(ends[moved].astype(np.float32), colors[moved], widths, ringed=True)


def color_mark(scene: Scene, width: int, height: int) -> Discs:
    """Lay out the disc of the colour that stands out, or the ball of the cell that it is in."""
    color, ball = scene.highlight.color, scene.highlight.ball
    if color is None:
        return Discs.none()
    exact, radius = np.array([color], np.float64), np.array([_MARK_RADIUS])
    if ball is None or ball >= len(scene.visible_points()):
        centers, _ = scene.camera.project(scene.place(exact), width, height)
    else:
        row = np.array([ball])
        exact = scene.points[row, :3].astype(np.float64)
        centers, depth = scene.camera.project(scene.places(ball + 1)[row], width, height)
        radius = np.maximum(ball_radii(scene, row, depth, width, height), radius)
    marked = rounded(exact), np.zeros(1, np.intp), np.ones(1, np.float32)
    return Discs(centers.astype(np.float32), radius.astype(np.float32), *marked)


def spokes(scene: Scene, width: int, height: int) -> Strokes:
    """Lay out lines from the centroid that stands out to colours it owns.

    They come twice: all of them first wider in the colour of the background, to read on any cloud.
    """
    cluster = scene.highlight.cluster
    n = len(scene.visible_points())
    if cluster is None or scene.states is None or cluster >= len(scene.centroids):
        return Strokes.none()
    owned = np.flatnonzero(scene.states[: min(n, _SPOKES_AMONG)] == SHOWN)[:_MOST_SPOKES]
    hub = scene.place(scene.centroids[cluster : cluster + 1])
    pairs = np.stack(
        [np.broadcast_to(hub, (len(owned), 3)), scene.places(n)[owned].astype(np.float64)],
        axis=1,
    )
    ends, _ = scene.camera.project(pairs, width, height)
    return Strokes.joined(
        [
            _fading(ends, scene.style.background, _SPOKE_WIDTH + 2.0),
            _fading(ends, scene.style.text, _SPOKE_WIDTH),
        ]
    )


def _fading(ends: NDArray[np.float64], rgb: tuple[int, int, int], width: float) -> Strokes:
    lines = Strokes.plain(ends, rgb, 1.0, width)
    colors = np.array(lines.colors)
    colors[..., 3] = np.rint(np.array(_SPOKE_FADE) * 255)
    return replace(lines, colors=colors)


def focus_ring(scene: Scene, width: int, height: int) -> Strokes:
    """Lay out the frame that says where the keys go."""
    if not scene.focused:
        return Strokes.none()
    left, top, right, bottom = 1.0, 1.0, width - 1.0, height - 1.0
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    ends = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)
    return Strokes.plain(ends, scene.style.focus, 1.0, 2.0)


def disc_scale(width: int, height: int) -> float:
    """Return how big discs are in a view of this size in logical pixels, 1 in a usual one."""
    return min(max(min(width, height) / _USUAL_SIDE, _LEAST_SCALE), _MOST_SCALE)


def centroid_radii(counts: NDArray[np.floating]) -> NDArray[np.float64]:
    """Radii of centroids whose area goes by their share of the pixels.

    Parameters
    ----------
    counts : ndarray, shape (k,)
        Pixels of each; all zero means that nothing is known yet.

    Returns
    -------
    ndarray of float64, shape (k,)
        In logical pixels at the distance of the cube's centre; a centroid of average share has
        the same radius whatever the share is, and none is too small to see or big enough to hide
        the others.
    """
    k = len(counts)
    total = float(np.sum(counts))
    share = np.asarray(counts, np.float64) / total if total > 0 else np.full(k, 1.0 / max(k, 1))
    many = min(max(math.log2(max(k, 1)) / 4 - 1, 0.0), 1.0)
    mean = _MEAN_RADIUS + (_MEAN_RADIUS_OF_MANY - _MEAN_RADIUS) * many
    radii: NDArray[np.float64] = mean * np.clip(np.sqrt(share * k), _SMALLEST, _LARGEST)
    return radii
