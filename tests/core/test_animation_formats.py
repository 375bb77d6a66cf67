"""What every animation format must do: another reader sees the frames, for as long as asked."""

import errno
import os
import struct
import weakref

import numpy as np
import pytest
from PIL import Image

from colorquant_gui.core import Cancelled, SaveError
from colorquant_gui.core.export.animation import ANIMATION_FORMATS, Animation, save_animation
from colorquant_gui.core.export.animation.frames import changes, delays

FILES = [name for name, kind in ANIMATION_FORMATS.items() if not kind.is_folder]
every_format = pytest.mark.parametrize("name", ANIMATION_FORMATS)
every_file = pytest.mark.parametrize("name", FILES)
SIZE = (37, 23)


def frame(seed, n_colors=16, size=SIZE):
    rng = np.random.default_rng(seed)
    colors = rng.integers(0, 256, (n_colors, 3), np.uint8)
    return Image.fromarray(colors[rng.integers(0, n_colors, size[::-1])])


def moving(count):
    """A still scene with a square that walks through it on odd columns and rows."""
    scene = np.asarray(frame(1)).copy()
    for number in range(count):
        now = scene.copy()
        now[3 + number : 8 + number, 5 + number : 12 + number] = (200, 10 * number, 30)
        yield Image.fromarray(now)


def path_of(tmp_path, name):
    return tmp_path / f"film{(ANIMATION_FORMATS[name].suffixes or ('',))[0]}"


def save(tmp_path, name, frames, seconds=None, **options):
    frames = list(frames)
    animation = Animation(frames[0].size, seconds or [0.05] * len(frames), iter(frames), **options)
    path = path_of(tmp_path, name)
    save_animation(animation, path, name)
    return path


def read(path):
    """Frames as arrays and delays in milliseconds, by Pillow."""
    if path.is_dir():
        files = sorted(path.iterdir())
        return [np.asarray(Image.open(file).convert("RGB")) for file in files], None
    with Image.open(path) as image:
        frames, times = [], []
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            times.append(image.info["duration"])
            frames.append(np.asarray(image.convert("RGB")))
        return frames, times


@every_format
@pytest.mark.parametrize("n_colors", [1, 2, 3, 16, 255, 256])
def test_another_reader_sees_every_frame_exactly(tmp_path, name, n_colors):
    frames = [frame(seed, n_colors) for seed in range(4)]
    seen, _ = read(save(tmp_path, name, frames))
    assert len(seen) == 4
    for one, other in zip(frames, seen, strict=True):
        assert np.array_equal(np.asarray(one), other)


@every_format
def test_what_stays_where_it_is_stays_exact(tmp_path, name):
    frames = list(moving(6))
    seen, _ = read(save(tmp_path, name, frames))
    for one, other in zip(frames, seen, strict=True):
        assert np.array_equal(np.asarray(one), other)


@every_format
def test_equal_frames_are_all_there(tmp_path, name):
    first, last = frame(1), frame(2)
    frames = [first, first, first.copy(), last, last]
    seen, times = read(save(tmp_path, name, frames, [0.1, 0.2, 0.3, 0.1, 2.0]))
    assert len(seen) == 5
    for one, other in zip(frames, seen, strict=True):
        assert np.array_equal(np.asarray(one), other)
    assert times is None or times == [100, 200, 300, 100, 2000]


@every_file
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 1), (65, 3)])
def test_small_and_odd_sizes(tmp_path, name, size):
    frames = [frame(seed, 8, size) for seed in range(3)]
    seen, _ = read(save(tmp_path, name, frames))
    for one, other in zip(frames, seen, strict=True):
        assert np.array_equal(np.asarray(one), other)


@every_file
@pytest.mark.parametrize("loops", [0, 1, 2, 5])
def test_loops(tmp_path, name, loops):
    path = save(tmp_path, name, [frame(1), frame(2)], loops=loops)
    with Image.open(path) as image:
        if name == "gif":
            # the extension counts repetitions; without it there are none
            assert image.info.get("loop") == {0: 0, 1: None, 2: 1, 5: 4}[loops]
        else:
            assert image.info["loop"] == loops


def test_ten_seconds_of_gif_at_any_frame_rate(tmp_path):
    # 1/30 s is no multiple of 10 ms: the file still takes ten seconds
    count = 8 * 30
    frames = [frame(n, 4, (8, 6)) for n in range(count)]
    _, times = read(save(tmp_path, "gif", [*frames, frames[-1]], [1 / 30] * count + [2.0]))
    assert len(times) == count + 1
    assert sum(times) == 10_000
    assert set(times[:-1]) == {30, 40}
    assert times[-1] == 2000


def test_rounded_ends_are_never_off_by_more_than_half_a_unit():
    rng = np.random.default_rng(3)
    seconds = rng.uniform(0.03, 0.2, 500)
    ends = np.cumsum(delays(seconds.tolist(), 0.01)) * 0.01
    assert np.abs(ends - np.cumsum(seconds)).max() <= 0.005 + 1e-9
    assert delays([0.001] * 5, 0.01, 2) == [2] * 5


def test_gif_with_too_many_colours_is_near_and_still_where_nothing_moves(tmp_path):
    y, x = np.mgrid[0:48, 0:64]
    scene = np.stack([x * 4, y * 5, (x + y) * 2], axis=2).astype(np.uint8)
    other = scene.copy()
    other[10:20, 10:20] = 255 - other[10:20, 10:20]
    seen, _ = read(save(tmp_path, "gif", [Image.fromarray(scene), Image.fromarray(other)]))
    # 3072 colours in 255: the mean of a cell of the ramp is some levels away
    assert np.abs(seen[0].astype(int) - scene).mean() < 4
    assert np.abs(seen[1].astype(int) - other).mean() < 4
    changed = (scene != other).any(axis=2)
    assert np.array_equal(seen[0][~changed], seen[1][~changed])
    # no dithering: a flat part stays flat
    flat = np.asarray(frame(1, 400, (64, 48))).copy()
    flat[:, :20] = (90, 91, 92)
    only, _ = read(save(tmp_path, "gif", [Image.fromarray(flat)]))
    assert len(np.unique(only[0][:, :20].reshape(-1, 3), axis=0)) == 1


def test_quality_makes_webp_smaller_and_nearly_right(tmp_path):
    y, x = np.mgrid[0:120, 0:160]
    noise = np.random.default_rng(2).normal(0, 6, (120, 160, 3))
    scene = np.clip(np.stack([x, y * 2, x + y], axis=2) + noise, 0, 255).astype(np.uint8)
    frames = [Image.fromarray(np.roll(scene, n, axis=1)) for n in range(3)]
    whole = save(tmp_path, "webp", frames).stat().st_size
    path = save(tmp_path, "webp", frames, quality=60)
    seen, times = read(path)
    assert path.stat().st_size < whole / 3
    assert times == [50] * 3
    for one, other in zip(frames, seen, strict=True):
        assert np.abs(np.asarray(one).astype(int) - other).mean() < 12


def test_chunks_of_webp_add_up_to_the_file(tmp_path):
    data = save(tmp_path, "webp", moving(3)).read_bytes()
    (length,) = struct.unpack_from("<I", data, 4)
    assert length == len(data) - 8
    place, kinds = 12, []
    while place < len(data):
        (size,) = struct.unpack_from("<I", data, place + 4)
        kinds.append(data[place : place + 4])
        place += 8 + size + (size & 1)
    assert place == len(data)
    assert kinds == [b"VP8X", b"ANIM", *[b"ANMF"] * 3]


def test_programs_that_know_no_animated_png_see_the_first_frame(tmp_path):
    frames = list(moving(3))
    path = save(tmp_path, "apng", frames)
    with Image.open(path) as image:
        assert image.size == SIZE
        assert np.array_equal(np.asarray(image.convert("RGB")), np.asarray(frames[0]))


def test_files_of_a_sequence_are_numbered(tmp_path):
    path = save(tmp_path, "png-sequence", moving(12))
    assert sorted(file.name for file in path.iterdir()) == [
        f"frame-{n:04}.png" for n in range(1, 13)
    ]


@every_format
def test_frames_are_drawn_one_by_one_and_let_go(tmp_path, name):
    alive = []
    most = 0

    def drawn():
        nonlocal most
        for number in range(12):
            image = frame(number)
            alive.append(weakref.ref(image))
            most = max(most, sum(each() is not None for each in alive))
            yield image

    animation = Animation(SIZE, [0.05] * 12, drawn())
    save_animation(animation, path_of(tmp_path, name), name)
    assert most <= 4


@every_format
def test_progress_counts_to_the_end(tmp_path, name):
    told = []
    animation = Animation(SIZE, [0.05] * 4, moving(4))
    save_animation(animation, path_of(tmp_path, name), name, progress=told.append)
    assert told == [1, 2, 3, 4]


def before(path, kind):
    if not kind.is_folder:
        path.write_bytes(b"what was there before")


def assert_as_before(tmp_path, path, kind):
    if kind.is_folder:
        assert list(tmp_path.iterdir()) == []
    else:
        assert list(tmp_path.iterdir()) == [path]
        assert path.read_bytes() == b"what was there before"


@every_format
@pytest.mark.parametrize("frames_done", [0, 2, 4])
def test_cancelling_leaves_what_was_there(tmp_path, name, frames_done):
    kind, path = ANIMATION_FORMATS[name], path_of(tmp_path, name)
    before(path, kind)
    done = []
    animation = Animation(SIZE, [0.05] * 4, (done.append(1) or f for f in moving(4)))
    with pytest.raises(Cancelled):
        save_animation(animation, path, name, cancelled=lambda: len(done) >= frames_done)
    assert_as_before(tmp_path, path, kind)


@every_format
def test_a_frame_that_fails_leaves_what_was_there(tmp_path, name):
    kind, path = ANIMATION_FORMATS[name], path_of(tmp_path, name)
    before(path, kind)

    def failing():
        yield frame(1)
        raise SaveError("It could not be drawn.")

    with pytest.raises(SaveError, match="drawn"):
        save_animation(Animation(SIZE, [0.05] * 2, failing()), path, name)
    assert_as_before(tmp_path, path, kind)


@every_format
def test_a_disk_that_is_full_is_a_sentence(tmp_path, name):
    kind, path = ANIMATION_FORMATS[name], path_of(tmp_path, name)
    before(path, kind)

    def full():
        yield frame(1)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(SaveError, match=rf"“{path.name}” could not be saved: there is no space"):
        save_animation(Animation(SIZE, [0.05] * 2, full()), path, name)
    assert_as_before(tmp_path, path, kind)


def test_sizes_that_a_format_does_not_hold(tmp_path):
    animation = Animation((16_384, 2), [0.1], [frame(1)])
    with pytest.raises(SaveError, match=r"up to 16,383 pixels a side, not 16,384 × 2"):
        save_animation(animation, tmp_path / "wide.webp", "webp")
    assert list(tmp_path.iterdir()) == []


def test_changes_name_the_smallest_rectangle():
    first = Image.new("RGB", (20, 10))
    second = first.copy()
    second.putpixel((4, 3), (0, 0, 1))
    second.putpixel((6, 5), (9, 0, 0))
    found = list(changes([first, second, second, second.copy()]))
    assert [box for _, box, _ in found] == [
        (0, 0, 20, 10),
        (4, 3, 7, 6),
        (0, 0, 1, 1),
        (0, 0, 1, 1),
    ]
    same = np.asarray(found[1][2])
    assert same.shape == (3, 3)
    assert (same == 0).sum() == 2
    assert same[0, 0] == 0
    assert same[2, 2] == 0
