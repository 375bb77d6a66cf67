"""From a decoded frame to 8-bit sRGB and alpha, in bands of rows so that memory stays small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from colorquant_gui.core.errors import Cancelled
from colorquant_gui.core.icc import ToSrgb, reduce_to_8_bits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from colorquant_gui.core.image_decoder import DecodedPicture

_BAND_PIXELS = 1 << 18
# Modes whose colours are in an 8-bit mode that `ToSrgb` takes, and whether alpha follows.
_PLAIN_MODES = {
    "L": ("L", False),
    "LA": ("L", True),
    "RGB": ("RGB", False),
    "RGBA": ("RGB", True),
    "CMYK": ("CMYK", False),
    "LAB": ("LAB", False),
}
# Other modes, and the plain one that Pillow converts them to without loss.
_EQUIVALENTS = {"1": "L", "La": "LA", "RGBX": "RGB", "RGBa": "RGBA", "YCbCr": "RGB", "HSV": "RGB"}
_TIFF_BITS, _TIFF_PHOTOMETRIC, _TIFF_SAMPLE_FORMAT = 258, 262, 339
_TIFF_LOWEST, _TIFF_HIGHEST = 340, 341


class PixelConverter:
    """Converts one decoded frame.

    Parameters
    ----------
    picture : DecodedPicture
        The frame.
    cancelled : callable returning bool
        Asked before every band; True makes it raise `Cancelled`.

    Attributes
    ----------
    notes : list of str
        One sentence for each thing that was done.
    """

    def __init__(self, picture: DecodedPicture, cancelled: Callable[[], bool]) -> None:
        self.notes: list[str] = []
        self._picture = picture
        self._image = picture.image
        self._cancelled = cancelled
        width, height = self._image.size
        self._rgb = np.empty((height, width, 3), np.uint8)
        self._alpha: NDArray[np.uint8] | None = None

    def convert(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
        """Do it.

        Returns
        -------
        rgb : ndarray of uint8, shape (height, width, 3)
            sRGB, not yet turned upright.
        alpha : ndarray of uint8, shape (height, width), or None
            None where the file has no transparency.

        Raises
        ------
        Cancelled
            `cancelled` returned True.
        """
        mode = self._image.mode
        if mode in ("P", "PA"):
            self._convert_palette()
        elif mode.startswith("I") or mode == "F":
            self._convert_deep_grey()
        else:
            self._convert_plain(*_PLAIN_MODES[_EQUIVALENTS.get(mode, mode)])
        return self._rgb, self._alpha

    def _color_management(self, mode: str) -> ToSrgb:
        info = self._image.info
        gamma = info.get("gamma") if "srgb" not in info else None
        to_srgb = ToSrgb(mode, self._picture.profile, gamma)
        self.notes += to_srgb.notes
        return to_srgb

    def _bands(self, image: Image.Image) -> Iterator[tuple[slice, Image.Image]]:
        width, height = image.size
        rows = max(1, _BAND_PIXELS // width)
        for top in range(0, height, rows):
            if self._cancelled():
                raise Cancelled
            bottom = min(top + rows, height)
            yield slice(top, bottom), image.crop((0, top, width, bottom))

    def _add_alpha(self, rows: slice, values: NDArray[np.uint8]) -> None:
        if self._alpha is None:
            self._alpha = np.full(self._rgb.shape[:2], 255, np.uint8)
        self._alpha[rows] = values

    def _convert_palette(self) -> None:
        to_srgb = self._color_management("RGB")
        entries = Image.frombytes("P", (256, 1), bytes(range(256)))
        # indices past the end of a short palette are black
        palette = self._image.getpalette("RGB") or []
        entries.putpalette((palette + [0] * 768)[:768])
        colors = to_srgb.from_8_bits(np.asarray(entries.convert("RGB")))[0]
        opacity = self._palette_opacity()
        for rows, band in self._bands(self._image):
            indices = np.asarray(band if band.mode == "P" else band.getchannel("P"))
            self._rgb[rows] = colors[indices]
            if band.mode == "PA":
                self._add_alpha(rows, np.asarray(band.getchannel("A")))
            elif opacity is not None:
                self._add_alpha(rows, opacity[indices])

    def _palette_opacity(self) -> NDArray[np.uint8] | None:
        transparency = self._image.info.get("transparency")
        opacity = np.full(256, 255, np.uint8)
        if isinstance(transparency, bytes):
            opacity[: len(transparency)] = np.frombuffer(transparency[:256], np.uint8)
        elif isinstance(transparency, int) and 0 <= transparency < 256:
            opacity[transparency] = 0
        elif self._image.palette is not None and self._image.palette.mode == "RGBA":
            alpha = (self._image.getpalette("RGBA") or [])[3::4]
            opacity[: len(alpha)] = alpha
        else:
            return None
        return opacity

    def _convert_plain(self, mode: str, has_alpha: bool) -> None:
        if self._picture.low is not None:
            self._convert_16_bits(mode, has_alpha)
            return
        to_srgb = self._color_management(mode)
        key = self._color_key()
        for rows, band in self._bands(self._image):
            if band.mode in _EQUIVALENTS:
                band = band.convert(_EQUIVALENTS[band.mode])
            samples = np.asarray(band)
            if has_alpha:
                self._add_alpha(rows, samples[..., -1])
                samples = samples[..., 0] if mode == "L" else samples[..., :-1]
            elif key is not None:
                self._add_alpha(rows, _opaque_except(samples, key))
            self._rgb[rows] = to_srgb.from_8_bits(samples)

    def _convert_16_bits(self, mode: str, has_alpha: bool) -> None:
        assert self._picture.low is not None
        self.notes.append("16 bits a channel were reduced to 8.")
        grey = self._picture.raw_mode.startswith("LA")
        to_srgb = self._color_management("L" if grey else mode)
        key = self._color_key()
        for (rows, high), (_, low) in zip(
            self._bands(self._image), self._bands(self._picture.low), strict=True
        ):
            lower = np.asarray(low)
            if grey:
                # the bytes are those of grey, grey, alpha, alpha
                lower = lower[..., [1, 1, 1, 3]]
            samples = np.asarray(high).astype(np.uint16) << 8 | lower
            if has_alpha:
                self._add_alpha(rows, reduce_to_8_bits(samples[..., -1]))
                samples = samples[..., 0] if grey else samples[..., :-1]
            elif key is not None:
                self._add_alpha(rows, _opaque_except(samples, key))
            self._rgb[rows] = to_srgb.from_16_bits(samples)

    def _color_key(self) -> NDArray[np.uint16] | None:
        """Return the colour that PNG's tRNS chunk declares transparent, as stored."""
        transparency = self._image.info.get("transparency")
        if not isinstance(transparency, int | tuple):
            return None
        key = np.array(transparency, np.uint16)
        if self._picture.low is None and self._image.mode in ("L", "RGB"):
            key &= 0xFF
            if self._picture.raw_mode in ("L;2", "L;4"):
                key = key * np.uint16(85 if self._picture.raw_mode == "L;2" else 17)
        return key

    def _convert_deep_grey(self) -> None:
        lowest, highest, missing = self._deep_range()
        inverted = self._tiff(_TIFF_PHOTOMETRIC) == 0
        sixteen = (lowest, highest) == (0, 65535)
        if sixteen:
            self.notes.append("16 bits a channel were reduced to 8.")
        else:
            self.notes.append(f"Values from {lowest:,.6g} to {highest:,.6g} were scaled to 8 bits.")
        if missing:
            self.notes.append(f"{missing:,} pixels without a number are shown black.")
        to_srgb = self._color_management("L")
        key = self._color_key()
        for rows, values in self._deep_bands():
            if key is not None:
                self._add_alpha(rows, _opaque_except(values, key))
            if sixteen:
                deep = np.clip(values, 0, 65535).astype(np.uint16)
                self._rgb[rows] = to_srgb.from_16_bits(65535 - deep if inverted else deep)
                continue
            scaled = (values.astype(np.float64) - lowest) * (255 / (highest - lowest))
            # infinities end up at the ends of the range, what is no number at its beginning
            scaled = np.clip(np.nan_to_num(scaled, nan=0.0), 0, 255)
            grey = np.rint(scaled).astype(np.uint8)
            self._rgb[rows] = to_srgb.from_8_bits(255 - grey if inverted else grey)

    def _deep_bands(self) -> Iterator[tuple[slice, NDArray[np.generic]]]:
        # Pillow holds 32-bit samples in signed numbers; TIFF's are unsigned unless declared (2)
        unsigned = (
            self._image.mode == "I"
            and self._picture.kind.decoder == "TIFF"
            and self._tiff(_TIFF_SAMPLE_FORMAT) != 2
        )
        for rows, band in self._bands(self._image):
            values = np.asarray(band)
            yield rows, values.view(np.uint32) if unsigned else values

    def _deep_range(self) -> tuple[float, float, int]:
        """Return which values become black and white, and how many pixels have none."""
        if self._image.mode.startswith("I;16"):
            bits = self._tiff(_TIFF_BITS)
            return 0, 2**bits - 1 if isinstance(bits, int) and 8 < bits < 16 else 65535, 0
        if self._image.mode == "I" and self._picture.kind.decoder != "TIFF":
            return 0, 65535, 0
        lowest, highest, missing = np.inf, -np.inf, 0
        for _, values in self._deep_bands():
            finite = values[np.isfinite(values)]
            missing += values.size - finite.size - int(np.isinf(values).sum())
            if finite.size:
                lowest = min(lowest, float(finite.min()))
                highest = max(highest, float(finite.max()))
        low, high = self._tiff(_TIFF_LOWEST), self._tiff(_TIFF_HIGHEST)
        if isinstance(low, int | float) and isinstance(high, int | float) and low < high:
            lowest, highest = float(low), float(high)
        if not lowest < highest:
            # one value only: as a share of the usual range 0..1, or white where it lies above
            lowest, highest = 0.0, max(1.0, highest)
        return lowest, highest, missing

    def _tiff(self, tag: int) -> object:
        """Return the first value of a TIFF tag, None where there is none."""
        value = getattr(self._image, "tag_v2", {}).get(tag)
        return value[0] if isinstance(value, tuple) and value else value


def _opaque_except(samples: NDArray[np.generic], key: NDArray[np.uint16]) -> NDArray[np.uint8]:
    matches = samples == key
    if key.ndim:
        matches = matches.all(axis=-1)
    return np.where(matches, np.uint8(0), np.uint8(255))
