"""save_bytes_atomically: the new file, or the old one as it was, and nothing beside it."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from colorquant_gui.core import SaveError
from colorquant_gui.core.atomic import check_destination, save_bytes_atomically

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and links as on POSIX")


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_file(tmp_path):
    save_bytes_atomically(b"new", tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == b"new"
    assert files(tmp_path) == ["a.png"]


def test_old_file_is_replaced(tmp_path):
    (tmp_path / "a.png").write_bytes(b"an old and longer one")
    save_bytes_atomically(b"new", str(tmp_path / "a.png"))
    assert (tmp_path / "a.png").read_bytes() == b"new"
    assert files(tmp_path) == ["a.png"]


def test_the_name_is_never_without_a_whole_file(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    replace = os.replace

    def watch(source, target):
        assert path.read_bytes() == b"old"
        assert source.stat().st_size == 3
        replace(source, target)

    monkeypatch.setattr(os, "replace", watch)
    save_bytes_atomically(b"new", path)
    assert path.read_bytes() == b"new"


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    done = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda d: done.append("fsync") or fsync(d))
    monkeypatch.setattr(os, "replace", lambda a, b: done.append("replace") or replace(a, b))
    save_bytes_atomically(b"new", tmp_path / "a.png")
    assert done[:2] == ["fsync", "replace"]


FAILURES = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you have no permission to write there",
    errno.EIO: os.strerror(errno.EIO),
}


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("number", FAILURES)
def test_failure_leaves_the_old_file(tmp_path, monkeypatch, step, number):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch, pytest.raises(SaveError) as caught:
        patch.setattr(os, step, fail)
        save_bytes_atomically(b"new", path)
    assert str(caught.value) == f"“a.png” could not be saved: {FAILURES[number]}."
    assert path.read_bytes() == b"old"
    assert files(tmp_path) == ["a.png"]


def test_disk_that_fills_up_while_writing(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    write, room = os.write, [1000]

    def write_some(descriptor, data):
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        n = write(descriptor, bytes(data[: room[0]]))
        room[0] -= n
        return n

    with monkeypatch.context() as patch, pytest.raises(SaveError, match="no space left"):
        patch.setattr(os, "write", write_some)
        save_bytes_atomically(bytes(5000), path)
    assert path.read_bytes() == b"old"
    assert files(tmp_path) == ["a.png"]


def test_writes_may_be_short(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda d, data: write(d, bytes(data[:7])))
    data = bytes(range(256))
    save_bytes_atomically(data, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == data


def test_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def interrupt(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "fsync", interrupt)
        save_bytes_atomically(b"new", path)
    assert path.read_bytes() == b"old"
    assert files(tmp_path) == ["a.png"]


def sentence(path) -> str:
    with pytest.raises(SaveError) as caught:
        save_bytes_atomically(b"new", path)
    with pytest.raises(SaveError) as foreseen:
        check_destination(path)
    assert str(foreseen.value) == str(caught.value)
    return str(caught.value)


def test_folder_that_is_gone(tmp_path):
    assert sentence(tmp_path / "gone" / "a.png") == (
        "“a.png” could not be saved: the folder “gone” does not exist."
    )


def test_folder_that_is_there_and_takes_no_files(tmp_path, monkeypatch):
    opened = os.open

    def refused(path, *args):
        if Path(path).suffix == ".tmp":
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path))
        return opened(path, *args)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(SaveError, match="could not be saved") as caught:
        save_bytes_atomically(b"new", tmp_path / "a.png")
    assert str(caught.value) == "“a.png” could not be saved: its folder takes no new files."


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that the system makes up")
def test_folder_that_the_system_makes_up():
    with pytest.raises(SaveError) as caught:
        save_bytes_atomically(b"new", "/proc/colorquant.png")
    assert "does not exist" not in str(caught.value)
    assert str(caught.value).startswith("“colorquant.png” could not be saved: ")


def test_folder_in_place_of_a_file(tmp_path):
    (tmp_path / "a.png").mkdir()
    assert sentence(tmp_path / "a.png") == "“a.png” could not be saved: it is a folder."
    assert files(tmp_path) == ["a.png"]


def test_name_that_is_no_name(tmp_path):
    assert sentence(f"{tmp_path}/a\0b") == "“a�b” is not a valid file name."


def test_name_that_is_too_long(tmp_path):
    with pytest.raises(SaveError, match=r"the name is too long\.$"):
        save_bytes_atomically(b"new", tmp_path / ("x" * 300))
    longest = tmp_path / ("x" * 251 + ".png")
    save_bytes_atomically(b"new", longest)
    assert files(tmp_path) == [longest.name]


@posix
def test_devices_and_pipes_are_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    words = "“pipe” could not be saved: it is a device or a pipe, not a file."
    assert sentence(tmp_path / "pipe") == words
    assert sentence("/dev/null").startswith("“null” could not be saved")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_are_kept(tmp_path, mode):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    path.chmod(mode)
    save_bytes_atomically(b"new", path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_new_file_follows_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        save_bytes_atomically(b"new", tmp_path / "a.png")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.png").stat().st_mode) == 0o640


@posix
def test_write_protected_file_stays(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    # root may write anything, so it is the answer that is changed and not the file
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert sentence(path) == "“a.png” could not be saved: the file there is write-protected."
    assert path.read_bytes() == b"old"


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write all")
def test_write_protected_folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(SaveError, match="no permission"):
        save_bytes_atomically(b"new", folder / "a.png")
    folder.chmod(0o700)
    assert files(folder) == []


@posix
def test_link_stays_a_link(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "real.png").write_bytes(b"old")
    link = tmp_path / "link.png"
    link.symlink_to(folder / "real.png")
    save_bytes_atomically(b"new", link)
    assert link.is_symlink()
    assert (folder / "real.png").read_bytes() == b"new"
    assert files(folder) == ["real.png"]


@posix
def test_link_to_nowhere_and_in_a_circle(tmp_path):
    (tmp_path / "a.png").symlink_to(tmp_path / "b.png")
    save_bytes_atomically(b"new", tmp_path / "a.png")
    assert (tmp_path / "b.png").read_bytes() == b"new"
    (tmp_path / "c.png").symlink_to(tmp_path / "gone" / "c.png")
    assert "“gone” does not exist" in sentence(tmp_path / "c.png")
    (tmp_path / "d.png").symlink_to(tmp_path / "d.png")
    assert sentence(tmp_path / "d.png").startswith("“d.png” could not be saved")


@posix
def test_kill_leaves_one_of_the_two_whole(tmp_path):
    path = tmp_path / "a.png"
    first, second = b"1" * 3_000_000, b"2" * 3_000_000
    path.write_bytes(first)
    program = (
        "import sys; from colorquant_gui.core.atomic import save_bytes_atomically as save\n"
        "while True:\n"
        "    save(b'2' * 3_000_000, sys.argv[1]); print('.', flush=True)\n"
        "    save(b'1' * 3_000_000, sys.argv[1])\n"
    )
    for delay in (0.0, 0.003, 0.008):
        child = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
        with child:
            child.stdout.readline()
            time.sleep(delay)
            child.kill()
        assert path.read_bytes() in (first, second)
