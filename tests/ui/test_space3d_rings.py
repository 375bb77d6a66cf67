"""Lines over the cloud: a light ring within a dark one makes each stand out from any colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.ui.space_colors import COLORS, COUNTS

if TYPE_CHECKING:
    from tests.ui.conftest import Space

# A trail along B, which is upright on the screen, in a saturated colour.
LOW, HIGH = (230.0, 20.0, 10.0), (230.0, 20.0, 240.0)


def test_the_ring_of_a_trail_is_white_within_black(space: Space) -> None:
    view = space.view
    # without colours there are words in the middle
    view.set_colors(COLORS, COUNTS)
    view.set_centroids(np.array([HIGH]), np.array([1]))
    view.set_trails(np.array([[LOW]]))
    image = space.pixels()
    darkest, lightest, nearest = [], [], []
    for blue in np.linspace(110.0, 190.0, 40):
        at = space.place((230.0, 20.0, blue))
        row, column = int(at.y()), int(at.x())
        across = image[row, column - 8 : column + 9]
        darkest.append(across.max(axis=1))
        lightest.append(across.min(axis=1))
        nearest.append(np.abs(across - (230, 20, blue)).max(axis=1))
    # of rows in which the line lies differently between the pixels
    dark, light, near = np.min(darkest, axis=0), np.max(lightest, axis=0), np.min(nearest, axis=0)
    # the line has its own colour
    line = int(near.argmin())
    assert near[line] < 30
    for side in (slice(line, None), slice(line, None, -1)):
        # outwards: white, then black
        black = int(dark[side].argmin())
        assert dark[side][black] < 90
        assert black >= 2
        assert light[side][1:black].max() > 170
