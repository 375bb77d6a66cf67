"""Viewport: how large a picture is shown, and where. Plain geometry, no Qt.

Lengths are device pixels unless an image pixel is named; zoom is device pixels per image pixel.
"""

from __future__ import annotations

import math

from colorquant_gui.ui.canvas.window import Window

MAX_ZOOM = 64.0
ZOOM_PRESETS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_LEAST_SIDE = 16
_TOLERANCE = 0.001
_RATIOS = [2.0**power * part for power in range(12) for part in (1.0, 1.5)]
_STEPS = (*(1 / ratio for ratio in reversed(_RATIOS[1:])), *(r for r in _RATIOS if r <= MAX_ZOOM))


class Viewport:
    """Zoom and place of a picture in a viewport of device pixels.

    A fitted picture follows the size of the viewport. As long as it is no larger than that it is
    centred; any other can be moved as far as the middle of the viewport stays on it, so that it
    cannot be lost.
    """

    def __init__(self) -> None:
        self._picture = (0, 0)
        self._size = (0, 0)
        self._margin = 0
        self._zoom = 1.0
        self._origin = (0.0, 0.0)
        self._fitted = True

    @property
    def zoom(self) -> float:
        """Device pixels per image pixel."""
        return self._zoom

    @property
    def is_fitted(self) -> bool:
        """Whether the picture follows the size of the viewport."""
        return self._fitted

    @property
    def can_move(self) -> bool:
        """Whether the picture is larger than when fitted, so that there is something to move."""
        return not self._fitted and self._zoom > self.fit_zoom

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the viewport."""
        return self._size

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole picture is seen, at most `MAX_ZOOM`.

        Above 100 % it is a whole number where that costs at most a quarter of the size: then all
        image pixels are squares of one size.
        """
        room = [max(1, length - 2 * self._margin) for length in self._size]
        zoom = min(have / max(1, need) for have, need in zip(room, self._picture, strict=True))
        whole = float(math.floor(zoom))
        return min(whole if whole >= 0.75 * zoom else zoom, MAX_ZOOM)

    @property
    def min_zoom(self) -> float:
        """The smallest zoom: the longer side is 16 device pixels, or it is the least preset."""
        least_side = _LEAST_SIDE / max(1, *self._picture)
        return min(self.fit_zoom, least_side, ZOOM_PRESETS[0])

    def set_picture_size(self, width: int, height: int) -> None:
        """Show another picture, fitted. Sizes in image pixels."""
        self._picture = (width, height)
        self.fit()

    def resize(self, width: int, height: int, margin: int = 0) -> None:
        """Change the size of the viewport; what is in its middle stays there.

        Parameters
        ----------
        width, height : int
            New size in device pixels.
        margin : int
            Room that a fitted picture leaves free on every side, in device pixels.
        """
        before = self._size
        self._size, self._margin = (width, height), margin
        if self._fitted:
            self.fit()
        else:
            x, y = self._origin
            self._place(x + (width - before[0]) / 2, y + (height - before[1]) / 2)

    def fit(self) -> None:
        """Show the whole picture, centred."""
        self._fitted = True
        self._zoom = self.fit_zoom
        self._place(0, 0)

    def set_zoom(self, zoom: float, anchor: tuple[float, float] | None = None) -> None:
        """Zoom, keeping the image point at `anchor` where it is.

        Parameters
        ----------
        zoom : float
            Wanted zoom; limited to `min_zoom`..`MAX_ZOOM`. It stays whatever size the viewport
            takes, also where it is that of a fitted picture.
        anchor : (float, float), optional
            A place in the viewport, by default its middle.
        """
        # after the viewport has grown the zoom can be below the limit; don't jump
        zoom = min(max(zoom, min(self.min_zoom, self._zoom)), MAX_ZOOM)
        x, y = anchor or (self._size[0] / 2, self._size[1] / 2)
        before = self._shown()
        share_x = (x - self._origin[0]) / before[0]
        share_y = (y - self._origin[1]) / before[1]
        self._zoom, self._fitted = zoom, False
        after = self._shown()
        self._place(x - share_x * after[0], y - share_y * after[1])

    def zoom_by(self, factor: float, anchor: tuple[float, float] | None = None) -> None:
        """Multiply the zoom, stopping at 100 % and at the fitted picture on the way past them."""
        zoom = self._zoom * factor
        passed = [stop for stop in (1.0, self.fit_zoom) if _reaches(self._zoom, zoom, stop)]
        if passed:
            zoom = min(passed) if factor > 1 else max(passed)
        self._zoom_or_fit(zoom, anchor)

    def step_zoom(self, direction: int, anchor: tuple[float, float] | None = None) -> None:
        """Zoom to the next round value, or to the fitted picture where that comes before it.

        Parameters
        ----------
        direction : int
            1 to zoom in, -1 to zoom out.
        anchor : (float, float), optional
            As for `set_zoom`.
        """
        stops = (*_STEPS, self.fit_zoom)
        if direction > 0:
            least = self._zoom * (1 + _TOLERANCE)
            zoom = min((stop for stop in stops if stop > least), default=MAX_ZOOM)
        else:
            most = self._zoom / (1 + _TOLERANCE)
            zoom = max((stop for stop in stops if stop < most), default=0.0)
        self._zoom_or_fit(zoom, anchor)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by device pixels. One that is no larger than fitted stays centred."""
        if self.can_move:
            self._place(self._origin[0] + dx, self._origin[1] + dy)

    def center_on(self, share_x: float, share_y: float) -> None:
        """Bring a place of the picture, 0..1 of its width and height, to the middle."""
        if self.can_move:
            shown = self._shown()
            self._place(
                self._size[0] / 2 - share_x * shown[0], self._size[1] / 2 - share_y * shown[1]
            )

    def window(self) -> Window | None:
        """Return the visible part, or None where there is nothing to see."""
        if 0 in self._picture or 0 in self._size:
            return None
        shown = self._shown()
        left, top = (self._corner(axis) for axis in (0, 1))
        return Window(
            left=max(0, left),
            top=max(0, top),
            width=min(self._size[0], left + shown[0]) - max(0, left),
            height=min(self._size[1], top + shown[1]) - max(0, top),
            skip_x=max(0, -left),
            skip_y=max(0, -top),
            shown_width=shown[0],
            shown_height=shown[1],
            picture_width=self._picture[0],
            picture_height=self._picture[1],
        )

    def pixel_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Image pixel (column, row) that is drawn at a place of the viewport, None outside."""
        window = self.window()
        if window is None:
            return None
        column, row = math.floor(x) - window.left, math.floor(y) - window.top
        if not (0 <= column < window.width and 0 <= row < window.height):
            return None
        return int(window.columns()[column]), int(window.rows()[row])

    def _shown(self) -> tuple[int, int]:
        width, height = (max(1, math.floor(n * self._zoom + 0.5)) for n in self._picture)
        return width, height

    def _corner(self, axis: int) -> int:
        """Whole device pixel at which the shown picture starts; at least one stays visible."""
        corner = math.floor(self._origin[axis] + 0.5)
        return min(max(corner, 1 - self._shown()[axis]), self._size[axis] - 1)

    def _zoom_or_fit(self, zoom: float, anchor: tuple[float, float] | None) -> None:
        if zoom == self.fit_zoom:
            self.fit()
        else:
            self.set_zoom(zoom, anchor)

    def _place(self, x: float, y: float) -> None:
        shown, middles = self._shown(), (self._size[0] / 2, self._size[1] / 2)
        if not self.can_move:
            x, y = (middle - length / 2 for middle, length in zip(middles, shown, strict=True))
        new_x, new_y = (
            min(max(wanted, middle - length), middle)
            for wanted, middle, length in zip((x, y), middles, shown, strict=True)
        )
        self._origin = (new_x, new_y)


def _reaches(start: float, end: float, stop: float) -> bool:
    """Whether a zoom that changes gets to a stop or past it; rounding makes no difference."""
    is_there, gets_there = (abs(zoom / stop - 1) < _TOLERANCE for zoom in (start, end))
    return not is_there and (gets_there or (start - stop) * (end - stop) < 0)
