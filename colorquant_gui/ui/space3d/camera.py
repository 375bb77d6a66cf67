"""Camera: where the colour cube is looked at from, and where its colours land on the screen."""

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
MIN_ZOOM, MAX_ZOOM = 0.5, 16.0
DEGREES_PER_PIXEL = 0.4
# Room for labels around the sphere. Seen from above, the near corner hangs lower than the far one
# rises: then the middle of the cube stands somewhat above that of the window.
_FILL = 0.94
_RAISE = 0.03


@dataclass(frozen=True)
class Camera:
    """A turntable camera with a zoom lens, in colour coordinates (R, G, B of 0..255; B is up).

    The eye stays at one distance from `center` and zooming changes the lens, so that it never
    enters the cube: every colour is in front of it, whatever was panned and zoomed.

    Attributes
    ----------
    azimuth : float
        Degrees around the B axis, from R towards G.
    elevation : float
        Degrees above the floor B = 0, -90..90.
    zoom : float
        1 shows the whole cube; 0.5..16.
    center : tuple of 3 floats
        The colour in the middle of the view, each channel 0..255.
    """

    azimuth: float = -60.0
    elevation: float = 22.0
    zoom: float = 1.0
    center: tuple[float, float, float] = MIDDLE

    def orbited(self, dx: float, dy: float) -> Camera:
        """Turn as a drag by (dx, dy) logical pixels does: the front of the cube follows it."""
        elevation = min(max(self.elevation + dy * DEGREES_PER_PIXEL, -90.0), 90.0)
        azimuth = (self.azimuth - dx * DEGREES_PER_PIXEL + 180.0) % 360.0 - 180.0
        return replace(self, azimuth=azimuth, elevation=elevation)

    def zoomed(self, factor: float) -> Camera:
        """Magnify by a factor, within the limits."""
        return replace(self, zoom=min(max(self.zoom * factor, MIN_ZOOM), MAX_ZOOM))

    def panned(self, dx: float, dy: float, width: int, height: int) -> Camera:
        """Move as a drag by (dx, dy) logical pixels does; the centre stays within the cube."""
        right, up, _ = self.axes()
        scale = DISTANCE / self.focal_length(width, height)
        center = np.clip(np.array(self.center) + (up * dy - right * dx) * scale, 0.0, CUBE)
        red, green, blue = center.tolist()
        return replace(self, center=(red, green, blue))

    def axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Give unit vectors in colour coordinates: right and up on the screen, towards the eye.

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
        """Position of the eye in colour coordinates, shape (3,)."""
        return np.array(self.center) + self.axes()[2] * DISTANCE

    def focal_length(self, width: int, height: int) -> float:
        """Pixels per unit of colour at unit depth, for a window of this size in pixels."""
        side = max(min(width, height), 1) * _FILL
        return self.zoom * side / 2 / math.tan(FIELD_OF_VIEW / 2)

    def point_scale(self, width: int, height: int) -> float:
        """Pixels per unit at unit depth for the size of a disc, in a window of this size.

        Discs grow less than their distances do, so that zooming in takes a dense cloud apart.
        """
        return self.focal_length(width, height) * self.zoom**-0.45

    def _raise(self) -> float:
        return _RAISE * math.tanh(self.elevation / 15.0)

    def project(
        self, points: ArrayLike, width: int, height: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Project colours onto the window.

        Parameters
        ----------
        points : array_like, shape (..., 3)
            Colours, each channel 0..255.
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
        scale = self.focal_length(width, height) / depth
        position = np.empty((*view.shape[:-1], 2))
        position[..., 0] = width / 2 + view[..., 0] * scale
        position[..., 1] = height * (0.5 - self._raise()) - view[..., 1] * scale
        return position, depth

    def matrix(self, width: int, height: int) -> NDArray[np.float64]:
        """Clip-space matrix that agrees with `project`.

        Parameters
        ----------
        width, height : int
            Size of the window in pixels.

        Returns
        -------
        ndarray of float64, shape (4, 4)
            Takes (r, g, b, 1) with channels 0..255 to OpenGL clip coordinates; their fourth is
            the depth of `project`.
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
        # Times the depth, which the division by it takes out again: a shift of the picture.
        projection[1, 2] = -2 * self._raise()
        projection[2, 2] = -(far + near) / (far - near)
        projection[2, 3] = -2 * far * near / (far - near)
        projection[3, 2] = -1.0
        return projection @ view
