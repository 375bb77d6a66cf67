"""Picture files: which formats are opened, how one is recognised, and what is wrong with it."""

from __future__ import annotations

import io
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from colorquant_gui.core.errors import Cancelled, ImageLoadError
from colorquant_gui.core.naming import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_PIXELS = 500_000_000
"""Pictures that declare more pixels than this are refused before memory is taken for them."""

_HEAD_BYTES = 64
_BUFFER_BYTES = 1 << 16


@dataclass(frozen=True)
class FileType:
    """A family of picture files that can be opened.

    Attributes
    ----------
    label : str
        What people call it.
    suffixes : tuple of str
        File name endings, lower case, with the dot.
    decoder : str
        Pillow's name of the decoder.
    """

    label: str
    suffixes: tuple[str, ...]
    decoder: str


FILE_TYPES: tuple[FileType, ...] = (
    FileType("PNG", (".png", ".apng"), "PNG"),
    FileType("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), "JPEG"),
    FileType("WebP", (".webp",), "WEBP"),
    FileType("BMP", (".bmp", ".dib"), "BMP"),
    FileType("TIFF", (".tif", ".tiff"), "TIFF"),
    FileType("GIF", (".gif",), "GIF"),
    FileType("AVIF", (".avif", ".avifs"), "AVIF"),
    FileType("JPEG 2000", (".jp2", ".j2k", ".jpx", ".jpf", ".j2c", ".jpc"), "JPEG2000"),
    FileType("PPM", (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"), "PPM"),
    FileType("ICO", (".ico",), "ICO"),
    FileType("DDS", (".dds",), "DDS"),
    FileType("QOI", (".qoi",), "QOI"),
    FileType("SGI", (".sgi", ".rgb", ".rgba", ".bw"), "SGI"),
    FileType("XPM", (".xpm",), "XPM"),
    FileType("PCX", (".pcx",), "PCX"),
    # TGA files begin with nothing that marks them: keep it last
    FileType("TGA", (".tga", ".icb", ".vda", ".vst"), "TGA"),
)
"""What can be opened, the most common first; a file dialog builds its filter from this."""

SUPPORTED_SUFFIXES: tuple[str, ...] = tuple(s for kind in FILE_TYPES for s in kind.suffixes)
"""Every suffix of `FILE_TYPES`, lower case, with the dot."""

# Files that people take for pictures, by the bytes at an offset: a better answer than "unknown".
_KNOWN_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (4, b"ftyp", "video"),
    (0, b"\x1aE\xdf\xa3", "video"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"8BPS", "Photoshop"),
    (0, b"gimp xcf", "GIMP"),
    (0, b"\x76\x2f\x31\x01", "OpenEXR"),
    (0, b"#?RADIANCE", "Radiance HDR"),
    (0, b"SIMPLE  =", "FITS"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"\xc5\xd0\xd3\xc6", "PostScript"),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "XML"),
    (0, b"PK\x03\x04", "ZIP"),
)


class _PictureStream(io.RawIOBase):
    """A file that stops being read as soon as the person cancels.

    It has no file number, so that decoders read through it instead of around it.
    """

    def __init__(self, file: io.FileIO, cancelled: Callable[[], bool]) -> None:
        self._file = file
        self._cancelled = cancelled

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        if self._cancelled():
            raise Cancelled
        return self._file.readinto(buffer)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


@contextmanager
def open_file(path: Path, cancelled: Callable[[], bool]) -> Iterator[tuple[IO[bytes], int]]:
    """Open a file for reading, saying in words why it can't be.

    Parameters
    ----------
    path : Path
        The file.
    cancelled : callable returning bool
        Asked at every read; True makes it raise `Cancelled`.

    Yields
    ------
    tuple of file object and int
        The open file and its size in bytes.

    Raises
    ------
    ImageLoadError
        It does not exist, is a folder, is empty, or may not be read.
    """
    name = shown_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ImageLoadError(f"{name} is a folder, not a picture.")
        if not stat.S_ISREG(status.st_mode):
            raise ImageLoadError(f"{name} is a device or a pipe, not a picture file.")
        file = io.FileIO(path, "rb")
    except FileNotFoundError as error:
        raise ImageLoadError(f"{name} does not exist.") from error
    except PermissionError as error:
        raise ImageLoadError(f"You have no permission to read {name}.") from error
    except ValueError as error:
        raise ImageLoadError(f"{name} is not a valid file name.") from error
    except OSError as error:
        raise ImageLoadError(f"{name} could not be opened: {_reason(error)}.") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            raise ImageLoadError(f"{name} is empty (0 bytes).")
        with io.BufferedReader(_PictureStream(file, cancelled), _BUFFER_BYTES) as stream:
            yield stream, size


def identify(
    stream: IO[bytes], path: Path, accepts: dict[str, Callable[[bytes], bool]]
) -> FileType:
    """Tell the format of a file by its content.

    Parameters
    ----------
    stream : file object
        The open file, at any place.
    path : Path
        Its name, for messages; it decides only for TGA, whose files bear no mark.
    accepts : dict of str to callable
        For each decoder there is, whether it takes a file that begins with these bytes.

    Returns
    -------
    FileType
        A member of `FILE_TYPES` with a decoder in `accepts`.

    Raises
    ------
    ImageLoadError
        The file is no picture, or of a format that is not opened here.
    """
    name = shown_name(path)
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    for kind in FILE_TYPES[:-1]:
        if kind.decoder in accepts and accepts[kind.decoder](head):
            return kind
    for offset, mark, label in _KNOWN_OTHERS:
        if head[offset:].startswith(mark):
            raise ImageLoadError(
                f"{name} is a {label} file, which cannot be opened here; "
                "save it as PNG or JPEG first."
            )
    tga = FILE_TYPES[-1]
    if path.suffix.lower() in tga.suffixes or _has_tga_footer(stream):
        return tga
    common = ", ".join(kind.label for kind in FILE_TYPES[:7])
    raise ImageLoadError(f"{name} is not a picture in a format that is known ({common}, …).")


def _has_tga_footer(stream: IO[bytes]) -> bool:
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - 18))
    return stream.read(18) == b"TRUEVISION-XFILE.\0"


def incomplete(path: Path) -> str:
    """Return the sentence for a file that ends too early."""
    return f"{shown_name(path)} is incomplete: the file ends before the picture does."


def check_size(path: Path, width: int, height: int) -> None:
    """Refuse a picture that declares more than `MAX_PIXELS`.

    Raises
    ------
    ImageLoadError
        It does; the message states the numbers.
    """
    if width * height > MAX_PIXELS:
        raise ImageLoadError(
            f"{shown_name(path)} declares {width:,} x {height:,} pixels; pictures of more than "
            f"{MAX_PIXELS // 1_000_000} megapixels are not opened."
        )


@contextmanager
def out_of_memory(path: Path) -> Iterator[None]:
    """Turn a `MemoryError` raised inside into an `ImageLoadError` that names the file."""
    try:
        yield
    except MemoryError as error:
        raise ImageLoadError(
            f"{shown_name(path)} is too large for the memory of this computer."
        ) from error


@contextmanager
def decoder_errors(path: Path, label: str, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Turn whatever a decoder raises into an `ImageLoadError`.

    Decoders fed with damaged files raise almost anything: OSError, SyntaxError, ValueError,
    struct.error, EOFError, OverflowError, zlib.error, AttributeError and more.

    Parameters
    ----------
    path : Path
        The file, for messages.
    label : str
        What it was taken for, such as ``PNG``.
    cancelled : callable returning bool
        True: the failure is a consequence of that, and `Cancelled` is raised.

    Raises
    ------
    ImageLoadError, Cancelled
        Something was raised inside.
    """
    name = shown_name(path)
    try:
        yield
    except (ImageLoadError, Cancelled, MemoryError):
        raise
    except Exception as error:
        if cancelled():
            raise Cancelled from error
        if isinstance(error, OSError) and error.errno is not None:
            raise ImageLoadError(f"{name} could not be read: {_reason(error)}.") from error
        if isinstance(error, EOFError) or "truncated" in str(error).lower():
            raise ImageLoadError(incomplete(path)) from error
        if "decompression bomb" in str(error):
            raise ImageLoadError(f"{name} declares more pixels than can be opened.") from error
        raise ImageLoadError(
            f"{name} cannot be opened: it is damaged, or a kind of {label} that is not supported."
        ) from error


def _reason(error: OSError) -> str:
    """Return the system's words for an error, without its number."""
    return (error.strerror or str(error)).rstrip(".")
