"""Camera: where the colours are looked at from, and where they land on the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CUBE = 255.0
MIDDLE = (CUBE / 2, CUBE / 2, CUBE / 2)
# Half the space diagonal of the cube: a sphere of this radius holds it at any rotation.
RADIUS = CUBE * math.sqrt(3) / 2
FIELD_OF_VIEW = math.radians(28.0)
DISTANCE = RADIUS / math.sin(FIELD_OF_VIEW / 2)
_VERY_FAR = 1e9
MIN_ZOOM, MAX_ZOOM = 0.5, 16.0
DEGREES_PER_PIXEL = 0.4
# Room for labels around the sphere, and for the bar above it. Seen from above, the near corner
# hangs lower than the far one rises: then the cube is lowered less.
_FILL = 0.89
_LOWERED = 0.03
# So many points stay in the processor's cache.
_CHUNK = 1 << 15
_RAISE = 0.025


@dataclass(frozen=True)
class Camera:
    """A turntable camera with a zoom lens, in world coordinates: those of the RGB cube, B is up.

    The eye stays at one distance from `center` and zooming changes the lens, so that it never
    enters the sphere around the cube, within which every space lies: every colour is in front of
    it, whatever was panned and zoomed.

    Attributes
    ----------
    azimuth : float
        Degrees around the B axis, from R towards G.
    elevation : float
        Degrees above the floor B = 0, -90..90.
    zoom : float
        1 shows the whole cube; 0.5..16, or less where what is to be in view needs it.
    center : tuple of 3 floats
        The colour in the middle of the view, each channel 0..255.
    perspective : bool
        Whether what is near is bigger; if not, parallel lines stay parallel.
    """

    azimuth: float = -60.0
    elevation: float = 22.0
    zoom: float = 1.0
    center: tuple[float, float, float] = MIDDLE
    perspective: bool = True

    def orbited(self, dx: float, dy: float) -> Camera:
        """Turn as a drag by (dx, dy) logical pixels does: the front of the cube follows it."""
        elevation = min(max(self.elevation + dy * DEGREES_PER_PIXEL, -90.0), 90.0)
        azimuth = (self.azimuth - dx * DEGREES_PER_PIXEL + 180.0) % 360.0 - 180.0
        return replace(self, azimuth=azimuth, elevation=elevation)

    def zoomed(self, factor: float) -> Camera:
        """Magnify by a factor, within the limits; what is beyond them already goes no farther."""
        least = min(self.zoom, MIN_ZOOM)
        return replace(self, zoom=min(max(self.zoom * factor, least), MAX_ZOOM))

    def panned(self, dx: float, dy: float, width: int, height: int) -> Camera:
        """Move as a drag by (dx, dy) logical pixels does; the centre stays within the cube."""
        right, up, _ = self.axes()
        scale = DISTANCE / self.focal_length(width, height)
        center = np.clip(np.array(self.center) + (up * dy - right * dx) * scale, 0.0, CUBE)
        red, green, blue = center.tolist()
        return replace(self, center=(red, green, blue))

    def axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Give unit vectors in the world: right and up on the screen, towards the eye.

        Returns
        -------
        tuple of 3 ndarrays of float64, shape (3,)
            An orthonormal, right-handed basis.
        """
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        cos_a, sin_a = math.cos(azimuth), math.sin(azimuth)
        cos_e, sin_e = math.cos(elevation), math.sin(elevation)
        right = np.array([-sin_a, cos_a, 0.0])
        up = np.array([-sin_e * cos_a, -sin_e * sin_a, cos_e])
        towards = np.array([cos_e * cos_a, cos_e * sin_a, sin_e])
        return right, up, towards

    def eye(self) -> NDArray[np.float64]:
        """Position of the eye in the world, shape (3,); without perspective, very far away."""
        distance = DISTANCE if self.perspective else _VERY_FAR
        return np.array(self.center) + self.axes()[2] * distance

    def magnification(self, depth: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much bigger than at the centre of the view something is at a depth."""
        return DISTANCE / depth if self.perspective else np.ones_like(depth)

    def focal_length(self, width: int, height: int) -> float:
        """Pixels per unit of colour at unit depth, for a window of this size in pixels."""
        side = max(min(width, height), 1) * _FILL
        return self.zoom * side / 2 / math.tan(FIELD_OF_VIEW / 2)

    def point_scale(self, width: int, height: int) -> float:
        """Pixels per unit at unit depth for the size of a disc, in a window of this size.

        Discs grow less than their distances do, so that zooming in takes a dense cloud apart.
        """
        return self.focal_length(width, height) * float(self.zoom**-0.45)

    def _raise(self) -> float:
        return _RAISE * math.tanh(self.elevation / 15.0) - _LOWERED

    def project(
        self, points: ArrayLike, width: int, height: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Project places onto the window.

        Parameters
        ----------
        points : array_like, shape (..., 3)
            In the world: in RGB, the colours themselves.
        width, height : int
            Size of the window in pixels (logical or device: the answer is in the same).

        Returns
        -------
        ndarray of float64, shape (..., 2)
            Pixels from the top left corner, x to the right and y down.
        ndarray of float64, shape (...)
            Distance from the eye along the line of sight, positive for every colour of the cube.
        """
        view = (np.asarray(points, np.float64) - self.center) @ np.stack(self.axes(), axis=1)
        depth = DISTANCE - view[..., 2]
        scale = self.focal_length(width, height) / DISTANCE * self.magnification(depth)
        position = np.empty((*view.shape[:-1], 2))
        position[..., 0] = width / 2 + view[..., 0] * scale
        position[..., 1] = height * (0.5 - self._raise()) - view[..., 1] * scale
        return position, depth

    def near(
        self,
        columns: NDArray[np.float32],
        x: float,
        y: float,
        reach: float,
        width: int,
        height: int,
        margin: float = 0.0,
    ) -> NDArray[np.intp]:
        """Find the points that may be seen close to a place in the window; made for many.

        Parameters
        ----------
        columns : ndarray of float32, shape (3, n)
            x, y and z of the points in the world, each in one piece.
        x, y, reach : float
            Pixels from the top left corner, and how far from there.
        width, height : int
            Size of the window in pixels.
        margin : float, optional
            How far each may be from where it is said to be, in units of the world.

        Returns
        -------
        ndarray of int64, shape (m,)
            Which ones: every point within reach is among them, and some that are not.
        """
        right, up, towards = self.axes()
        focal = self.focal_length(width, height)
        limit = reach * (DISTANCE + 2 * RADIUS)
        planes = []
        # Being at x, or at y, is a plane through the eye: a product a point, and no division.
        for axis, beside in ((right, x - width / 2), (up, height * (0.5 - self._raise()) - y)):
            normal = focal * axis + (beside * towards if self.perspective else 0.0)
            offset = beside * DISTANCE + float(normal @ np.array(self.center))
            planes.append((normal, offset, limit + margin * float(np.linalg.norm(normal))))
        found = []
        for first in range(0, columns.shape[1], _CHUNK):
            part = columns[:, first : first + _CHUNK]
            rows = np.flatnonzero(_close(part, *planes[0]))
            rows = rows[_close(part.take(rows, axis=1), *planes[1])]
            found.append(rows + first)
        return np.concatenate(found) if found else np.empty(0, np.intp)

    def matrix(self, width: int, height: int) -> NDArray[np.float64]:
        """Clip-space matrix that agrees with `project`.

        Parameters
        ----------
        width, height : int
            Size of the window in pixels.

        Returns
        -------
        ndarray of float64, shape (4, 4)
            Takes (r, g, b, 1) with channels 0..255 to OpenGL clip coordinates. Their fourth is
            the depth of `project`, or without perspective that of the centre.
        """
        right, up, towards = self.axes()
        view = np.identity(4)
        view[:3, :3] = (right, up, towards)
        view[:3, 3] = -view[:3, :3] @ np.array(self.center)
        view[2, 3] -= DISTANCE
        focal = self.focal_length(width, height)
        # The centre lies within the cube, so no colour is farther from it than two radii.
        near, far = DISTANCE - 2 * RADIUS, DISTANCE + 2 * RADIUS
        projection = np.zeros((4, 4))
        projection[0, 0] = 2 * focal / max(width, 1)
        projection[1, 1] = 2 * focal / max(height, 1)
        if self.perspective:
            # Times the depth, which the division by it takes out again: a shift of the picture.
            projection[1, 2] = -2 * self._raise()
            projection[2, 2] = -(far + near) / (far - near)
            projection[2, 3] = -2 * far * near / (far - near)
            projection[3, 2] = -1.0
        else:
            projection[1, 3] = 2 * self._raise() * DISTANCE
            projection[2, 2] = -2 * DISTANCE / (far - near)
            projection[2, 3] = -DISTANCE * (far + near) / (far - near)
            projection[3, 3] = DISTANCE
        return projection @ view


def _close(
    columns: NDArray[np.float32], normal: NDArray[np.float64], offset: float, limit: float
) -> NDArray[np.bool_]:
    """Whether points are close to a plane, within a limit in lengths of its normal."""
    x, y, z = normal.astype(np.float32)
    # Column by column: a fraction of the time of a matrix product as narrow as this.
    away = columns[0] * x
    away += columns[1] * y
    away += columns[2] * z
    away -= np.float32(offset)
    np.abs(away, out=away)
    close: NDArray[np.bool_] = away <= np.float32(limit)
    return close
