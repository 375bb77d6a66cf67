"""Pillow's decoders: kept quiet, bounded, and made to give all the bits that a file has."""

from __future__ import annotations

import logging
import re
import sys
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    DdsImagePlugin,
    ExifTags,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PcxImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    QoiImagePlugin,
    SgiImagePlugin,
    TgaImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    XpmImagePlugin,
)

from colorquant_gui.core.errors import Cancelled
from colorquant_gui.core.image_checks import check_gif, check_png
from colorquant_gui.core.image_file import (
    FILE_TYPES,
    MAX_PIXELS,
    FileType,
    check_size,
    decoder_errors,
    identify,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL.ImageFile import ImageFile

# Importing a plugin registers it with Pillow; naming each keeps bundles complete.
_PLUGINS = (
    AvifImagePlugin,
    BmpImagePlugin,
    DdsImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PcxImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    QoiImagePlugin,
    SgiImagePlugin,
    TgaImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    XpmImagePlugin,
)

# Without a handler of its own, Pillow's logger prints what it thinks of a file.
logging.getLogger("PIL").addHandler(logging.NullHandler())

_SIXTEEN_BITS = re.compile(r"(RGB|RGBA|RGBX|CMYK|LA);16[BLN]$")
_OTHER_BYTE = {"B": "L", "L": "B", "N": "B" if sys.byteorder == "little" else "L"}


@dataclass(frozen=True, eq=False)
class DecodedPicture:
    """What a file holds, before any conversion.

    Attributes
    ----------
    image : PIL.Image.Image
        The first frame, with its pixels.
    low : PIL.Image.Image or None
        The low bytes of 16-bit colour, where `image` has the high ones.
    kind : FileType
        The format.
    raw_mode : str
        Pillow's name of how the file stores a pixel, such as ``RGB;16B`` or ``L;2``.
    orientation : int
        EXIF orientation that is still to be undone, 1..8.
    turned : bool
        Whether the picture is not stored upright.
    profile : bytes or None
        The embedded ICC profile; empty where it is damaged.
    n_frames : int
        Frames of an animation, pages of a document; 1 for a plain picture.
    """

    image: Image.Image
    low: Image.Image | None
    kind: FileType
    raw_mode: str
    orientation: int
    turned: bool
    profile: bytes | None
    n_frames: int


class _PillowSwitches:
    """Sets Pillow's process-wide switches while any thread decodes.

    Its warnings are ignored, and its own limit of pixels is that of `check_size`. The first thread
    to enter sets them, the last to leave restores them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._filters: warnings.catch_warnings[None] | None = None
        self._limit: int | None = None

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with self._lock:
            if self._users == 0:
                self._filters = warnings.catch_warnings()
                self._filters.__enter__()
                warnings.filterwarnings("ignore", module=r"PIL(\.|$)")
                self._limit = Image.MAX_IMAGE_PIXELS
                # it warns above its limit and raises above twice that
                Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if self._users == 0 and self._filters is not None:
                    Image.MAX_IMAGE_PIXELS = self._limit
                    self._filters.__exit__(None, None, None)


pillow_switches = _PillowSwitches()


def _accepts() -> dict[str, Callable[[bytes], bool]]:
    """Return Pillow's tests of a file's first bytes, of the decoders that are installed."""

    def test_of(decoder: str) -> Callable[[bytes], bool]:
        accept = Image.OPEN[decoder][1]
        # a decoder that was left out of Pillow answers with a message
        return lambda head: accept is not None and accept(head) is True

    accepts = {kind.decoder: test_of(kind.decoder) for kind in FILE_TYPES}
    avif = accepts["AVIF"]
    # the container's generic brands are HEIC as often as AVIF
    accepts["AVIF"] = lambda head: avif(head) and (b"avif" in head or b"avis" in head)
    return accepts


def decode(stream: IO[bytes], path: Path, cancelled: Callable[[], bool]) -> DecodedPicture:
    """Read the first frame of a picture file.

    Parameters
    ----------
    stream : file object
        The open file.
    path : Path
        Its name, for messages.
    cancelled : callable returning bool
        Asked between the steps; True stops the work.

    Returns
    -------
    DecodedPicture
        The frame as stored, neither colour-managed nor turned.

    Raises
    ------
    ImageLoadError
        The file is no picture, unsupported, damaged, cut off, or declares more than `MAX_PIXELS`.
    Cancelled
        `cancelled` returned True.
    """
    with decoder_errors(path, "picture", cancelled):
        kind = identify(stream, path, _accepts())
        profile_damaged = kind.decoder == "PNG" and check_png(stream, path)
        if kind.decoder == "GIF":
            check_gif(stream, path)
    with decoder_errors(path, kind.label, cancelled):
        image = _open(stream, path, kind)
        # before the pixels are read: counting leads Pillow away from the first frame
        n_frames = _n_frames(image)
        if n_frames is None:
            image, n_frames = _open(stream, path, kind), 1
        raw_mode = _raw_mode(image)
        # Pillow turns TIFF upright while loading and then forgets that it did
        turned = kind.decoder == "TIFF" and _orientation(image) != 1
        image.load()
        if cancelled():
            raise Cancelled
        orientation = _orientation(image)
        low = _low_bytes(stream, path, kind, raw_mode) if _SIXTEEN_BITS.match(raw_mode) else None
        return DecodedPicture(
            image=image,
            low=low,
            kind=kind,
            raw_mode=raw_mode,
            orientation=orientation,
            turned=turned or orientation != 1,
            profile=b"" if profile_damaged else image.info.get("icc_profile"),
            n_frames=n_frames,
        )


def _open(stream: IO[bytes], path: Path, kind: FileType) -> ImageFile:
    """Read the header alone; Image.open would warn, or refuse, at a size limit of its own."""
    stream.seek(0)
    factory = Image.OPEN[kind.decoder][0]
    image = factory(stream, "")
    check_size(path, *image.size)
    return image


def _raw_mode(image: ImageFile) -> str:
    """Return how the file stores a pixel; empty where the decoder keeps that to itself."""
    names = set()
    for tile in image.tile:
        arguments = tile.args
        first = arguments[0] if isinstance(arguments, tuple) and arguments else arguments
        names.add(first if isinstance(first, str) else "")
    return names.pop() if len(names) == 1 else ""


def _orientation(image: Image.Image) -> int:
    """Return the EXIF (or XMP) orientation, 1 where there is none that makes sense."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Cancelled:
        raise
    except Exception:
        # broken metadata is no reason to refuse a picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _low_bytes(stream: IO[bytes], path: Path, kind: FileType, raw_mode: str) -> Image.Image:
    """Decode again for the low bytes: Pillow keeps only the high ones of 16-bit colour.

    Reading the same samples with the other byte order gives the other byte. Grey with alpha has no
    such twin; its four bytes a pixel are read as if they were four channels.
    """
    base, order = raw_mode[:-4], raw_mode[-1]
    twin = "RGBA" if base == "LA" else f"{base};16{_OTHER_BYTE[order]}"
    image = _open(stream, path, kind)
    tiles = []
    for tile in image.tile:
        rest = tile.args[1:] if isinstance(tile.args, tuple) else None
        tiles.append(tile._replace(args=twin if rest is None else (twin, *rest)))
    image.tile = tiles
    image.load()
    return image


def _n_frames(image: Image.Image) -> int | None:
    """Count the frames; None where a later one is damaged, which does not spoil the first."""
    try:
        return max(1, int(getattr(image, "n_frames", 1)))
    except Cancelled:
        raise
    except Exception:
        return None
