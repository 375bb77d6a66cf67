"""What colour a point has, and whether it stands out: by cluster, by error, clipped, dimmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.space3d.errors import SCALES, CellErrors, PointErrors, every_distance
from colorquant_gui.ui.space3d.look import BY_CLUSTER, BY_ERROR, DIM, HIDDEN, SHOWN
from colorquant_gui.ui.space3d.scene import UPDATE
from colorquant_gui.ui.space3d.tint import Tint

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from colorquant_gui.ui.space3d.color_cells import ColorCells
    from colorquant_gui.ui.space3d.scene import Scene

# Labels that are looked at to see whether there is a colour for each.
_LOOKED_AT = 20_000


def _cluster_colors(
    indices: NDArray[np.int64], labels: NDArray[np.uint8], palette: NDArray[np.uint8], part: slice
) -> NDArray[np.uint8]:
    return palette.take(labels.take(indices[part]), axis=0, mode="clip")


def _cell_colors(
    clusters_of: Callable[[], NDArray[np.uint8]], palette: NDArray[np.uint8], part: slice
) -> NDArray[np.uint8]:
    return palette.take(clusters_of()[part], axis=0, mode="clip")


def _known_errors(
    indices: NDArray[np.int64], error: NDArray[np.float32], part: slice
) -> NDArray[np.float32]:
    return error.take(indices[part])


def _distances(
    colors: NDArray[np.uint8], colors_of: Callable[[slice], NDArray[np.uint8]], part: slice
) -> NDArray[np.float32]:
    away = colors[part, :3].astype(np.float32) - colors_of(part)
    distances: NDArray[np.float32] = np.sqrt((away * away).sum(axis=1))
    return distances


class CloudPaint:
    """Keeps a scene's `tint` and `states` in step with labels, clipping and what is highlighted.

    Parameters
    ----------
    scene : Scene
        Whose points are painted.

    Attributes
    ----------
    colors : ndarray of uint8, shape (n, 3)
        The unique colours of the picture.
    labels : ndarray of uint8, shape (n,), or None
        The cluster of each of them.
    palette : ndarray of uint8, shape (k, 3)
        The colours of the clusters.
    mask : ndarray of bool, shape (n,), or None
        Which unique colours are not clipped.
    error : ndarray of float32, shape (n,), or None
        The error of each unique colour; None takes the distance in sRGB from its cluster.
    error_unit : str
        The unit of `error`, "" for levels of sRGB.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.colors: NDArray[np.uint8] = np.empty((0, 3), np.uint8)
        self.labels: NDArray[np.uint8] | None = None
        self.palette: NDArray[np.uint8] = np.empty((0, 3), np.uint8)
        self.mask: NDArray[np.bool_] | None = None
        self.error: NDArray[np.float32] | None = None
        self.error_unit = ""
        self._errors: PointErrors | None = None
        self._tinted: Tint | None = None
        self._tinted_by: NDArray[np.uint8] | None = None
        # by which labels the clusters of which cells were found last, and these
        self._known: tuple[ColorCells, NDArray[np.uint8], NDArray[np.uint8]] | None = None
        # the errors of cells, and what they were found by
        self._cell_errors: tuple[tuple[object, ...], CellErrors] | None = None

    def copy_for(self, scene: Scene) -> CloudPaint:
        """Return one that paints a copy of the scene in the same way."""
        paint = CloudPaint(scene)
        paint.colors = self.colors
        paint.labels, paint.palette, paint.mask = self.labels, self.palette, self.mask
        paint.error, paint.error_unit = self.error, self.error_unit
        return paint

    def set_labels(
        self, labels: NDArray[np.uint8] | None, palette: NDArray[np.uint8] | None
    ) -> None:
        """Tell which cluster each colour belongs to, for the colour modes and the tooltip.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,), or None
            Of each unique colour of the picture; must not be written to afterwards.
        palette : ndarray of uint8, shape (k, 3), or None
            The sRGB colour of each cluster.
        """
        if labels is None or palette is None:
            labels, palette = None, np.empty((0, 3), np.uint8)
        self.labels, self.palette = labels, palette

    def set_error(self, values: ArrayLike | None, unit: str) -> None:
        """Tell how far each colour is from what becomes of it, for the colours "by error".

        Parameters
        ----------
        values : array_like of float, shape (n,), or None
            Of each unique colour of the picture, 0 or more; None goes back to the distance in
            sRGB from the palette.
        unit : str
            Written after the end of the scale, such as "ΔE00".
        """
        self.error = None if values is None else np.asarray(values, np.float32)
        self.error_unit = unit if values is not None else ""

    def forget(self) -> None:
        """Forget what belonged to another picture."""
        self.set_labels(None, None)
        self.set_error(None, "")
        self.mask = None
        self._known = self._cell_errors = self._errors = None

    @property
    def error_scale(self) -> int:
        """The error at the upper end of the ramp; found when it is asked for."""
        return SCALES[-1] if self._errors is None else self._errors.scale

    @property
    def has_labels(self) -> bool:
        """Whether there is a label for every colour of the picture that is shown."""
        return self.labels is not None and len(self.labels) == self._scene.total > 0

    def color_of(self, row: int) -> int:
        """Return the unique colour that a point is, or that stands for those of a cell."""
        cells = self._scene.cells
        if cells is None:
            return int(self._scene.indices[row])
        return cells.color_of(row, self.labels if self.has_labels else None)

    def becomes(self, index: int) -> NDArray[np.uint8] | None:
        """Return the colour of the cluster of a unique colour, shape (3,); None where unknown."""
        if not self.has_labels or self.labels is None:
            return None
        cluster = int(self.labels[index])
        return self.palette[cluster] if cluster < len(self.palette) else None

    def update(self) -> None:
        """Paint anew, after anything has changed."""
        self._scene.tint = self._tint()
        self.light()

    def light(self) -> None:
        """Let others of the points stand out: their colours have not changed."""
        self._scene.states = self._states()

    def _own_labels(self) -> NDArray[np.uint8] | None:
        if not self.has_labels or self.labels is None:
            return None
        cells = self._scene.cells
        if cells is not None:
            return self._clusters_of(cells, self.labels)
        return self.labels.take(self._scene.indices)

    def _clusters_of(self, cells: ColorCells, labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        known = self._known
        if known is None or known[0] is not cells or known[1] is not labels:
            known = self._known = cells, labels, cells.clusters(labels)
        return known[2]

    def _tint(self) -> Tint | None:
        scene, mode = self._scene, self._scene.color_mode
        if mode == BY_CLUSTER:
            return self._cluster_tint()
        error_of = self._own_errors() if mode == BY_ERROR else None
        if error_of is None:
            return None
        self._errors = PointErrors(error_of, self.error_unit)
        return Tint(scene.points, self._errors.colors_of)

    def _cluster_tint(self) -> Tint | None:
        scene = self._scene
        # While centroids glide to the mean, colours stay what they were assigned to.
        kept = self._tinted is scene.tint is not None and self._tinted_by is self.labels
        if scene.phase == UPDATE and kept:
            return self._tinted
        colors_of = self._own_palette()
        self._tinted = None if colors_of is None else Tint(scene.points, colors_of)
        self._tinted_by = self.labels
        return self._tinted

    def _own_palette(self) -> Callable[[slice], NDArray[np.uint8]] | None:
        """Return what gives the colours of the clusters of a slice of the points."""
        labels = self.labels if self.has_labels else None
        if labels is None or not len(self.palette):
            return None
        first = labels.take(self._scene.indices[:_LOOKED_AT])
        if first.max(initial=0) >= len(self.palette):
            return None
        cells = self._scene.cells
        if cells is not None:
            return partial(_cell_colors, partial(self._clusters_of, cells, labels), self.palette)
        return partial(_cluster_colors, self._scene.indices, labels, self.palette)

    def _own_errors(self) -> Callable[[slice], NDArray[np.float32]] | None:
        """Return what gives the errors of a slice of the points."""
        scene, cells = self._scene, self._scene.cells
        if self.error is not None and len(self.error) == scene.total > 0:
            if cells is not None:
                error = self.error
                return self._errors_of(cells, (error,), lambda: error)
            return partial(_known_errors, scene.indices, self.error)
        colors_of = self._own_palette() if self.error is None else None
        if colors_of is None:
            return None
        labels, palette = self.labels, self.palette
        if cells is not None and labels is not None:
            distances = partial(every_distance, self.colors, labels, palette)
            return self._errors_of(cells, (labels, palette.tobytes()), distances)
        return partial(_distances, scene.points, colors_of)

    def _errors_of(
        self,
        cells: ColorCells,
        found_by: tuple[object, ...],
        error_of_all: Callable[[], NDArray[np.float32]],
    ) -> CellErrors:
        known, key = self._cell_errors, (cells, *found_by)
        if known is None or len(known[0]) != len(key) or not all(map(_same, known[0], key)):
            known = self._cell_errors = key, CellErrors(cells, error_of_all)
        return known[1]

    def _states(self) -> NDArray[np.uint8] | None:
        scene, cluster = self._scene, self._scene.highlight.cluster
        labels = None if cluster is None else self._own_labels()
        mask = self.mask if self.mask is not None and len(self.mask) == scene.total else None
        if labels is None and mask is None:
            return None
        states = np.full(len(scene.points), SHOWN, np.uint8)
        if labels is not None:
            states[labels != cluster] = DIM
        if mask is not None:
            states[~self._left(mask)] = HIDDEN
        return states

    def _left(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which points the ranges leave: of cells, those that reach into them."""
        cells = self._scene.cells
        if cells is None:
            return mask.take(self._scene.indices)
        return cells.any(mask)


def _same(one: object, other: object) -> bool:
    return one == other if isinstance(one, bytes) else one is other
