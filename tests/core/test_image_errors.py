"""load_image: whatever is wrong with a file becomes one sentence, and nothing else."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import threading
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from colorquant_gui.core import Cancelled, ImageLoadError
from colorquant_gui.core import image_file as image_file_module
from colorquant_gui.core.image import SourceImage, load_image
from tests.core.questions import Questions

RNG = np.random.default_rng(3)
NOISE = RNG.integers(0, 256, (64, 80, 3), np.uint8)


def encoded(pillow_format: str, **options) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(NOISE).save(buffer, pillow_format, **options)
    return buffer.getvalue()


FILES = {
    "png": lambda: encoded("PNG"),
    "jpeg": lambda: encoded("JPEG"),
    "progressive": lambda: encoded("JPEG", progressive=True),
    "webp": lambda: encoded("WEBP"),
    "bmp": lambda: encoded("BMP"),
    "tiff": lambda: encoded("TIFF"),
    "deflated-tiff": lambda: encoded("TIFF", compression="tiff_adobe_deflate"),
    "gif": lambda: encoded("GIF"),
    "avif": lambda: encoded("AVIF"),
    "jp2": lambda: encoded("JPEG2000"),
    "ppm": lambda: encoded("PPM"),
    "ico": lambda: encoded("ICO", sizes=[(48, 48)]),
    "dds": lambda: encoded("DDS"),
    "qoi": lambda: encoded("QOI"),
    "sgi": lambda: encoded("SGI"),
    "pcx": lambda: encoded("PCX"),
    "tga": lambda: encoded("TGA", compression="tga_rle"),
}


def refusal(path) -> str:
    """Return the sentence that a file is refused with."""
    with pytest.raises(ImageLoadError) as caught:
        load_image(path)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence


def test_missing(tmp_path):
    assert refusal(tmp_path / "gone.png") == "“gone.png” does not exist."
    assert refusal(tmp_path / "file" / "x") == "“x” does not exist."


def test_folder(tmp_path):
    assert refusal(tmp_path) == f"“{tmp_path.name}” is a folder, not a picture."


def test_empty(pictures):
    assert refusal(pictures.write("a.png", b"")) == "“a.png” is empty (0 bytes)."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "You have no permission to read “a.png”."),
        (OSError(5, "Input/output error"), "“a.png” could not be opened: Input/output error."),
    ],
)
def test_unreadable(pictures, monkeypatch, error, words):
    path = pictures.write("a.png", encoded("PNG"))

    def refuse(*_):
        raise error

    monkeypatch.setattr(io, "FileIO", refuse)
    assert refusal(path) == words


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_file_without_permission(pictures):
    path = pictures.write("a.png", encoded("PNG"))
    path.chmod(0)
    assert refusal(path) == "You have no permission to read “a.png”."


def test_disk_error_while_reading(pictures, monkeypatch):
    class Failing(io.FileIO):
        def readinto(self, buffer):
            if self.tell() >= 8192:
                raise OSError(5, "Input/output error")
            return super().readinto(memoryview(buffer)[:4096])

    path = pictures.write("a.bmp", encoded("BMP"))
    monkeypatch.setattr(io, "FileIO", Failing)
    assert refusal(path) == "“a.bmp” could not be read: Input/output error."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert refusal(tmp_path / "pipe.png") == "“pipe.png” is a device or a pipe, not a picture file."


def test_name_that_is_no_name():
    assert refusal("a\0b.png") == "“a�b.png” is not a valid file name."
    assert "could not be opened" in refusal("x" * 5000)


def test_name_is_shown_on_one_line(pictures):
    path = pictures.write("two\nlines\t.png", b"text")
    assert refusal(path).startswith("“two�lines�.png” is not a picture")


@pytest.mark.parametrize(
    "content", [b"hello\n" * 99, b"\x89PN", b"\0" * 500, b"P", b"BM", bytes(range(256))]
)
def test_not_a_picture(pictures, content):
    sentence = refusal(pictures.write("a.png", content))
    assert sentence.startswith("“a.png” ")


def test_text_is_no_picture(pictures):
    assert refusal(pictures.write("a.png", b"hello")) == (
        "“a.png” is not a picture in a format that is known "
        "(PNG, JPEG, WebP, BMP, TIFF, GIF, AVIF, …)."
    )


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video"),
        (b"%PDF-1.7\n", "PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xff\x0a\xff", "JPEG XL"),
        (b"SIMPLE  =                    T", "FITS"),
    ],
)
def test_formats_that_are_not_opened_are_named(pictures, head, label):
    assert refusal(pictures.write("a.png", head.ljust(200, b"\0"))) == (
        f"“a.png” is a {label} file, which cannot be opened here; save it as PNG or JPEG first."
    )


@pytest.mark.parametrize("kind", FILES)
def test_cut_off_file_is_refused(pictures, kind):
    content = FILES[kind]()
    assert load_image(pictures.write(f"whole.{kind}", content)).n_frames == 1
    sentence = refusal(pictures.write(f"half.{kind}", content[: len(content) // 2]))
    assert sentence.startswith(f"“half.{kind}” ")


@pytest.mark.parametrize("kind", ["png", "jpeg", "progressive", "bmp", "tiff", "gif", "ppm", "tga"])
def test_cut_off_file_is_said_to_be_incomplete(pictures, kind):
    content = FILES[kind]()
    path = pictures.write(f"half.{kind}", content[: len(content) // 2])
    assert refusal(path) == f"“half.{kind}” is incomplete: the file ends before the picture does."


@pytest.mark.parametrize("kind", FILES)
def test_damage_is_survived(pictures, kind, capfd):
    content = FILES[kind]()
    rng = np.random.default_rng(17)
    for round_ in range(60):
        damaged = np.frombuffer(content, np.uint8).copy()
        # the headers are where it hurts
        reach = len(damaged) if round_ % 2 else min(200, len(damaged))
        damaged[rng.integers(0, reach, 1 + round_ % 7)] = rng.integers(0, 256)
        cut = rng.integers(8, len(damaged)) if round_ % 5 == 0 else len(damaged)
        path = pictures.write(f"a.{kind}", damaged[:cut].tobytes())
        try:
            assert isinstance(load_image(path), SourceImage)
        except ImageLoadError as error:
            assert "a." in str(error) and "\n" not in str(error)
    if kind != "deflated-tiff":  # libtiff itself prints, past Pillow
        assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "error",
    [
        OSError("broken"),
        SyntaxError("broken"),
        ValueError("broken"),
        struct.error("broken"),
        OverflowError("broken"),
        zlib.error("broken"),
        IndexError("broken"),
        AttributeError("broken"),
        ZeroDivisionError("broken"),
        RecursionError("broken"),
    ],
)
def test_whatever_a_decoder_raises(pictures, monkeypatch, error):
    path = pictures.write("a.png", encoded("PNG"))

    def fail(self):
        raise error

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    assert refusal(path) == (
        "“a.png” cannot be opened: it is damaged, or a kind of PNG that is not supported."
    )


def test_lack_of_memory(pictures, monkeypatch):
    path = pictures.write("a.png", encoded("PNG"))

    def fail(*_, **__):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(ImageFile.ImageFile, "load", fail)
        assert refusal(path) == "“a.png” is too large for the memory of this computer."
    monkeypatch.setattr(np, "empty", fail)
    assert refusal(path) == "“a.png” is too large for the memory of this computer."


def test_wrong_checksum_of_pixel_data(pictures):
    content = bytearray(encoded("PNG"))
    end = content.rindex(b"IEND") - 8
    content[end : end + 4] = b"\1\2\3\4"
    assert refusal(pictures.write("a.png", bytes(content))) == (
        "“a.png” is damaged: the checksum of its pixel data is wrong."
    )


def bomb_png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    data = zlib.compress(bytes(1000))
    checksum_of_data = struct.pack(">I", zlib.crc32(b"IDAT" + data))
    start = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + header + checksum
    return start + struct.pack(">I", len(data)) + b"IDAT" + data + checksum_of_data


def bomb_gif(width: int, height: int, left: int = 0) -> bytes:
    content = bytearray(encoded("GIF"))
    content[6:10] = struct.pack("<HH", width, height)
    frame = content.index(b",", 13 + 768)
    content[frame + 1 : frame + 3] = struct.pack("<H", left)
    return bytes(content)


def bomb_bmp(width: int, height: int) -> bytes:
    content = bytearray(encoded("BMP"))
    content[18:26] = struct.pack("<ii", width, height)
    return bytes(content)


def bomb_tiff(width: int) -> bytes:
    content = bytearray(encoded("TIFF"))
    entry = content.index(struct.pack("<HHI", 256, 4, 1))
    content[entry : entry + 12] = struct.pack("<HHII", 256, 4, 1, width)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (bomb_png(2**31 - 1, 2**31 - 1), "2,147,483,647 x 2,147,483,647"),
        (bomb_png(25_000, 20_001), "25,000 x 20,001"),
        (bomb_png(25_000, 20_001)[:33], "25,000 x 20,001"),
        (bomb_gif(65_535, 65_535), "65,535 x 65,535"),
        (bomb_gif(80, 65_535, left=60_000), "60,080 x 65,535"),
        (bomb_bmp(3_000_000, 2_000_000), "3,000,000 x 2,000,000"),
        (bomb_tiff(100_000_000), "100,000,000 x 64"),
    ],
)
def test_too_many_pixels_are_refused_before_memory_is_taken(pictures, monkeypatch, content, size):
    path = pictures.write("a.png", content)

    def fail(self):
        pytest.fail("the pixels were asked for")

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    assert refusal(path) == (
        f"“a.png” declares {size} pixels; pictures of more than 500 megapixels are not opened."
    )


def test_the_limit_itself_is_opened(pictures, monkeypatch):
    path = pictures.write("a.png", encoded("PNG"))
    monkeypatch.setattr(image_file_module, "MAX_PIXELS", 64 * 80)
    assert load_image(path).width == 80
    monkeypatch.setattr(image_file_module, "MAX_PIXELS", 64 * 80 - 1)
    assert "declares 80 x 64 pixels" in refusal(path)


@pytest.mark.parametrize("limit", [3000, 10])
def test_limits_of_pillow_do_not_matter(pictures, monkeypatch, limit):
    # Pillow warns above its limit, and refuses above twice that
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
    for kind in ("png", "jpeg", "tiff", "deflated-tiff", "gif", "bmp", "avif", "webp"):
        assert load_image(pictures.write("a", FILES[kind]())).width == 80
    assert limit == Image.MAX_IMAGE_PIXELS


def test_pillow_is_quiet(pictures, capfd):
    # a warning for each: no frames declared in an animated PNG; EXIF that ends too early
    chunks = pictures.chunk(b"acTL", bytes(8))
    content = encoded("PNG")
    animated = pictures.write("a.png", content[:33] + chunks + content[33:])
    exif = pictures.write("b.jpg", encoded("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x09\0\x01"))
    tiff = pictures.tiff("c.tif", NOISE, 2, extra=((339, 3, 60_000, 1),))
    for path in (animated, exif, tiff):
        with pytest.warns() as shown:
            warnings.warn("seen", UserWarning, stacklevel=1)
            load_image(path)
        assert [str(warning.message) for warning in shown] == ["seen"]
    assert capfd.readouterr() == ("", "")


def test_what_pillow_logs_is_not_printed(pictures):
    # more samples a pixel than there can be: Pillow logs an error
    path = pictures.tiff("a.tif", NOISE[..., 0], 1, extra=((277, 3, 1, 60_000),))
    refusal(path)
    program = (
        "from colorquant_gui.core import ImageLoadError\n"
        "from colorquant_gui.core.image import load_image\n"
        f"try: load_image({str(path)!r})\n"
        "except ImageLoadError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout.strip(), done.stderr) == (b"refused", b"")


def test_many_threads_leave_the_warning_filters_as_they_were(pictures):
    content = encoded("PNG")
    path = pictures.write("a.png", content[:33] + pictures.chunk(b"acTL", bytes(8)) + content[33:])
    before = list(warnings.filters)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(20):
                load_image(path)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert list(warnings.filters) == before


@pytest.mark.parametrize("kind", FILES)
def test_cancel_at_any_time(pictures, kind):
    path = pictures.write(f"a.{kind}", FILES[kind]())
    never = Questions()
    load_image(path, cancelled=never)
    assert never.asked >= 4
    for stop in range(1, never.asked + 1):
        cancelled = Questions(stop)
        with pytest.raises(Cancelled):
            load_image(path, cancelled=cancelled)
        assert cancelled.asked <= stop + 2


def test_cancel_wins_over_a_broken_file(pictures):
    path = pictures.write("a.jpg", FILES["jpeg"]()[:2000])
    with pytest.raises(Cancelled):
        load_image(path, cancelled=Questions(4))


def test_damaged_later_frame_does_not_spoil_the_first(tmp_path):
    frames = [Image.fromarray(NOISE), Image.fromarray(NOISE[::-1]), Image.fromarray(NOISE[:, ::-1])]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    content = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "b.tif").write_bytes(content[: len(content) * 4 // 5])
    assert np.array_equal(load_image(tmp_path / "b.tif").rgb, NOISE)


@pytest.mark.parametrize("compressed", [False, True])
def test_later_page_that_does_not_exist(pictures, compressed):
    # the tags of the first page count: 0 is white
    path = pictures.tiff("a.tif", NOISE[..., 0].astype(np.uint16) * 257, 0, compressed=compressed)
    path.write_bytes(path.read_bytes()[:-4] + struct.pack("<I", 10**6))
    image = load_image(path)
    assert np.array_equal(image.rgb[..., 0], 255 - NOISE[..., 0])
    assert image.n_frames == 1


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_no_file_stays_open(pictures):
    before = len(list(Path("/proc/self/fd").iterdir()))
    load_image(pictures.write("a.png", FILES["png"]()))
    refusal(pictures.write("b.png", FILES["png"]()[:3000]))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
