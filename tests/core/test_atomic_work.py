import os
import stat

import pytest

from colorquant_gui.core import SaveError
from colorquant_gui.core.atomic_work import (
    check_new_folder,
    make_folder_atomically,
    write_file_atomically,
)


def test_file_is_written_in_steps(tmp_path):
    path = tmp_path / "film.gif"

    def write(place):
        assert not path.exists()
        with place.open("ab") as stream:
            stream.write(b"one ")
            stream.write(b"two")

    write_file_atomically(path, write)
    assert path.read_bytes() == b"one two"
    assert list(tmp_path.iterdir()) == [path]


def test_old_file_stays_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "film.gif"
    path.write_bytes(b"old")
    write_file_atomically(path, lambda place: place.write_bytes(path.read_bytes() + b" and new"))
    assert path.read_bytes() == b"old and new"


@pytest.mark.skipif(os.name != "posix", reason="permissions as on POSIX")
def test_permissions_of_the_old_file_are_kept(tmp_path):
    path = tmp_path / "film.gif"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file_atomically(path, lambda place: place.write_bytes(b"new"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    done = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda d: done.append("fsync") or fsync(d))
    monkeypatch.setattr(os, "replace", lambda a, b: done.append("replace") or replace(a, b))
    write_file_atomically(tmp_path / "film.gif", lambda place: place.write_bytes(b"new"))
    assert done[:2] == ["fsync", "replace"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_any_interruption_leaves_nothing_behind(tmp_path, error):
    def broken(place):
        (place / "part" if place.is_dir() else place).write_bytes(b"half")
        raise error

    with pytest.raises(error):
        write_file_atomically(tmp_path / "film.gif", broken)
    with pytest.raises(error):
        make_folder_atomically(tmp_path / "frames", broken)
    assert list(tmp_path.iterdir()) == []


def test_folder_appears_with_everything_in_it(tmp_path):
    target = tmp_path / "frames"

    def fill(place):
        assert not target.exists()
        (place / "1.png").write_bytes(b"1")
        (place / "2.png").write_bytes(b"2")

    make_folder_atomically(target, fill)
    assert sorted(file.name for file in target.iterdir()) == ["1.png", "2.png"]
    assert list(tmp_path.iterdir()) == [target]


def test_empty_folder_may_be_filled(tmp_path):
    target = tmp_path / "frames"
    target.mkdir()
    make_folder_atomically(target, lambda place: (place / "1.png").write_bytes(b"1"))
    assert [file.name for file in target.iterdir()] == ["1.png"]


def test_nothing_that_exists_is_overwritten(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine, too")
    with pytest.raises(SaveError, match=r"“full” could not be saved: this folder isn’t empty"):
        make_folder_atomically(tmp_path / "full", lambda _: pytest.fail("begun"))
    with pytest.raises(SaveError, match="there is a file of this name"):
        make_folder_atomically(tmp_path / "file", lambda _: pytest.fail("begun"))
    with pytest.raises(SaveError, match="“nowhere” does not exist"):
        check_new_folder(tmp_path / "nowhere" / "frames")
    with pytest.raises(SaveError, match="not a valid file name"):
        check_new_folder("a\0b")
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "full"]
