"""Icons and samples are found, wherever the program runs from."""

from __future__ import annotations

from pathlib import Path

import pytest

from colorquant_gui.ui import resources

FOLDER = Path(__file__).parents[2] / "resources"


def test_every_icon_of_the_folder_is_found():
    assert resources.icon_names() == sorted(path.stem for path in (FOLDER / "icons").glob("*.svg"))
    for name in resources.icon_names():
        assert resources.icon_bytes(name) == (FOLDER / "icons" / f"{name}.svg").read_bytes()


def test_every_sample_of_the_folder_is_found():
    pictures = {".png", ".jpg", ".jpeg", ".webp"}
    names = sorted(path.name for path in (FOLDER / "samples").iterdir() if path.suffix in pictures)
    assert resources.sample_names() == names
    for name in names:
        assert resources.sample_path(name).read_bytes() == (FOLDER / "samples" / name).read_bytes()


def test_a_name_that_is_not_there_is_told():
    with pytest.raises(FileNotFoundError, match="icons/none"):
        resources.icon_bytes("none")
    with pytest.raises(FileNotFoundError, match=r"samples/none\.png"):
        resources.sample_path("none.png")
