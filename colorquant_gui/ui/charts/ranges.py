"""Ranges: what part of its axes a plot shows, and the numbers along them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from colorquant_gui.ui.charts.content import Content
    from colorquant_gui.ui.charts.plot_frame import PlotFrame

_TICK_GAP_X, _TICK_GAP_Y = 56, 26  # least logical pixels from one text to the next
_MOST_TICKS_Y = 7
_MOST_ROOM = 0.5  # for a level above or below the lines, as a part of their height


class Ranges:
    """Fits the areas of a plot to what is in them.

    Parameters
    ----------
    frame : PlotFrame
        Has the areas and the axes.
    """

    def __init__(self, frame: PlotFrame) -> None:
        self._frame = frame
        self._has_values = [False, False]

    def fit(self, content: Content) -> None:
        """Show all of the lines, and a level that is not far off."""
        if not content.lines:
            return
        low, high = content.bottom.span(content.bottom.positions(content.places))
        for box, right in zip(self._frame.boxes, (False, True), strict=True):
            box.setXRange(low, high, padding=0)
            scale = content.scale(right)
            places = [scale.positions(line.y) for line in content.lines if line.right == right]
            heights = np.concatenate(places) if places else np.empty(0)
            heights = heights[np.isfinite(heights)]
            self._has_values[right] = len(heights) > 0
            if len(heights):
                if content.level is not None and content.level.right == right:
                    level = scale.positions(np.array([content.level.y]))
                    # A target far off must not flatten the curve.
                    beyond = _MOST_ROOM * max(float(np.ptp(heights)), 1e-9)
                    if heights.min() - beyond <= level[0] <= heights.max() + beyond:
                        heights = np.append(heights, level)
                bottom, top = scale.span(heights)
                box.setYRange(bottom, top, padding=0)

    def write(self, content: Content, size: QSize) -> None:
        """Write as many numbers along the axes as a plot of a size, in pixels, has room for."""
        # What is chosen by hand is not thinned out by pyqtgraph, so it must fit.
        for name, scale in (("left", content.left), ("right", content.right)):
            if scale is not None:
                room = min(max(2, int(size.height() / _TICK_GAP_Y)), _MOST_TICKS_Y)
                low, high = self._frame.boxes[name == "right"].viewRange()[1]
                ticks = scale.ticks(low, high, room)
                # an axis with nothing on it would make its numbers up
                self._frame.write(name, ticks if self._has_values[name == "right"] else [])
        room = max(2, int(size.width() / _TICK_GAP_X))
        low, high = self._frame.boxes[0].viewRange()[0]
        self._frame.write("bottom", content.bottom.ticks(low, high, room))
