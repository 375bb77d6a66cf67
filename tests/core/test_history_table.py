import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from colorquant_gui.core import ColorHistogram, Fit, IndexedImage
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.events import Event
from colorquant_gui.core.export.history_table import HISTORY_FORMATS, HistoryTable, to_csv, to_json
from colorquant_gui.core.kmeans import Iteration


def iteration(number, centroids, **changes):
    fields = {
        "labels": np.zeros(2, np.uint8),
        "counts": np.array([3, 5]),
        "inertia": 40.0 / (number + 1),
        "center_shift": 1.5 * number,
        "n_changed": 7 * number,
    }
    return Iteration(number, np.array(centroids, np.float64), **{**fields, **changes})


def table(space="srgb"):
    event = Event("moves", np.array([[1.0, 2.0, 3.0]]), np.array([[4.0, 5.0, 6.0]]))
    rows = [
        iteration(0, [[0, 0, 0], [255, 128, 3.4]]),
        iteration(1, [[0.4, 0, 0], [250, 128, 3.6]], event=event),
    ]
    return HistoryTable(rows, space, 8, "photo.jpg", {"k": 2, "seeding": "wu"}, True)


def test_csv_by_hand():
    rows = list(csv.reader(io.StringIO(to_csv(table()).decode())))
    assert rows == [
        [
            "iteration",
            "inertia [levels²]",
            "mse [levels² per pixel]",
            "center_shift [levels]",
            "n_changed [unique colours]",
            "event",
            "palette [sRGB]",
            "counts [pixels]",
        ],
        ["0", "40.0", "5.0", "0.0", "0", "", "#000000 #FF8003", "3 5"],
        ["1", "20.0", "2.5", "1.5", "7", "moves", "#000000 #FA8004", "3 5"],
    ]


def test_json_by_hand():
    document = json.loads(to_json(table()))
    assert document["settings"] == {"k": 2, "seeding": "wu"}
    assert (document["source"], document["pixels"], document["finished"]) == ("photo.jpg", 8, True)
    first, second = document["iterations"]
    assert first["event"] is None
    assert second["event"] == {"kind": "moves", "born": [[1, 2, 3]], "dropped": [[4, 5, 6]]}
    assert second["centroids"] == [[0.4, 0, 0], [250, 128, 3.6]]
    assert second["palette"] == ["#000000", "#FA8004"]
    assert second["mse"] == 2.5
    assert set(document["units"]) == {*first, "result"}


def test_json_tells_what_came_out():
    rgb = np.array([[[10, 20, 30], [10, 20, 31], [200, 0, 0], [7, 7, 7]]], np.uint8)
    histogram = ColorHistogram.from_rgb(rgb, np.array([[True, True, True, False]]))
    result = IndexedImage.from_centroids(histogram, np.array([[10, 20, 30.0], [200, 0, 0]]), 1)
    document = json.loads(to_json(replace(table(), result=result)))
    assert document["result"] == {
        "palette": ["#000000", "#0A141E", "#C80000"],
        "transparent_index": 0,
        "counts": [1, 2, 1],
        "mse": pytest.approx(1 / 3),
    }
    assert json.loads(to_json(table()))["result"] is None


@pytest.mark.parametrize("space", COLOR_SPACES)
def test_units_are_those_of_the_clustering_space(space):
    rng = np.random.default_rng(4)
    histogram = ColorHistogram.from_rgb(rng.integers(0, 256, (20, 20, 3), np.uint8))
    rows = list(Fit(3, color_space=space).iterate(histogram))
    written = HistoryTable(rows, space, histogram.n_pixels)
    document = json.loads(to_json(written))
    assert document["color_space"]["key"] == space
    unit = "levels" if space == "srgb" else f"{COLOR_SPACES[space].label} units"
    assert unit in document["units"]["center_shift"]
    assert f"center_shift [{unit}]" in to_csv(written).decode()
    for row, found in zip(rows, document["iterations"], strict=True):
        assert np.allclose(found["centroids"], row.centroids, atol=1e-6)
        assert found["palette"] == [
            "#{:02X}{:02X}{:02X}".format(*color)
            for color in COLOR_SPACES[space].to_srgb(row.centroids)
        ]


def test_registry_names_its_members():
    for name, kind in HISTORY_FORMATS.items():
        assert kind.name == name
        assert kind.encode(table()) == {"csv": to_csv, "json": to_json}[name](table())
