"""Points in cells: every one is found that a look at each of them would find."""

from __future__ import annotations

import numpy as np
import pytest

from colorquant_gui.ui.space3d import point_cells
from colorquant_gui.ui.space3d.camera import MIDDLE, RADIUS, Camera
from colorquant_gui.ui.space3d.point_cells import PointCells

SIZE = (640, 480)


def cloud(n: int) -> np.ndarray:
    """`n` places in and a little around the sphere in which spaces lie, shape (3, n)."""
    rng = np.random.default_rng(8)
    way = rng.normal(size=(3, n))
    way /= np.linalg.norm(way, axis=0)
    far = RADIUS * 1.05 * rng.uniform(0, 1, n) ** (1 / 3)
    return (way * far + np.array(MIDDLE)[:, None]).astype(np.float32)


@pytest.mark.parametrize("perspective", [True, False])
@pytest.mark.parametrize("zoom", [0.6, 1.0, 12.0])
def test_cells_find_what_a_look_at_each_point_finds(
    monkeypatch: pytest.MonkeyPatch, perspective: bool, zoom: float
) -> None:
    monkeypatch.setattr(point_cells, "_CHUNK", 5000)
    columns = cloud(33_333)
    cells = PointCells(columns)
    found = 0
    # at first there are cells for some of them only
    for turn, (x, y) in enumerate(np.random.default_rng(1).uniform((90, 60), (550, 420), (25, 2))):
        camera = Camera(13.0 * turn, 5.0 * turn - 60, zoom, perspective=perspective)
        n = 33_333 if turn % 2 else 21_000

        def close(places: np.ndarray, margin: float, at: tuple = (camera, x, y)) -> np.ndarray:
            camera, x, y = at
            return camera.near(places, x, y, 7.0, *SIZE, margin)

        rows = cells.near(n, close)
        places = camera.project(columns[:, :n].T, *SIZE)[0]
        wanted = np.flatnonzero(np.hypot(*(places - (x, y)).T) <= 7.0)
        assert len(np.unique(rows)) == len(rows)
        assert np.isin(wanted, rows).all()
        assert rows.max(initial=0) < n
        found += len(wanted)
    assert found > 3


def test_few_points_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = cloud(200_000)
    cells = PointCells(columns)
    looked = 0

    def close(places: np.ndarray, margin: float) -> np.ndarray:
        nonlocal looked
        looked += places.shape[1] if margin == 0.0 else 0
        return Camera().near(places, 320.0, 240.0, 6.0, *SIZE, margin)

    cells.near(200_000, close)
    looked = 0
    cells.near(200_000, close)
    assert 0 < looked < 10_000


def test_there_may_be_no_points() -> None:
    def close(places: np.ndarray, margin: float) -> np.ndarray:
        return Camera().near(places, 320.0, 240.0, 6.0, *SIZE, margin)

    assert len(PointCells(np.empty((3, 0), np.float32)).near(0, close)) == 0
