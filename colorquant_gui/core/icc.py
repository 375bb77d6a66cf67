"""Colour management: from what a file's numbers mean to sRGB."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageCms

from colorquant_gui.core.naming import printable

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Profile colour space (ICC.1, table 19) to the mode of the samples it describes.
_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK", "Lab": "LAB"}
# libpng's PNG_GAMMA_THRESHOLD: a smaller difference can't be seen.
_GAMMA_TOLERANCE = 0.05
_SRGB_GAMMA = 1 / 2.2


class ToSrgb:
    """Turns samples of one colour mode into sRGB.

    Parameters
    ----------
    mode : {"L", "RGB", "CMYK", "LAB"}
        What the samples are.
    profile : bytes or None
        The embedded ICC profile. One that is broken or does not fit is left out.
    gamma : float or None
        Exponent that a PNG file's samples were encoded with (its gAMA chunk); a profile goes
        before it.

    Attributes
    ----------
    notes : list of str
        One sentence for each thing that is done; empty where nothing is.
    """

    def __init__(self, mode: str, profile: bytes | None, gamma: float | None = None) -> None:
        self.mode = mode
        self.notes: list[str] = []
        self._transform: ImageCms.ImageCmsTransform | None = None
        self._grey_table: NDArray[np.uint8] | None = None
        self._gamma: float | None = None
        if profile is not None:
            self._use_profile(profile)
        elif gamma is not None and _is_other_gamma(gamma):
            self._gamma = gamma
            self.notes.append(f"Converted from gamma {gamma:.2f} to sRGB.")
        if mode == "LAB" and self._transform is None:
            lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
            self._transform = _transform(lab, "LAB")
            self.notes.append("Converted from CIELAB to sRGB.")
        elif mode == "CMYK" and self._transform is None:
            self.notes.append("Converted from CMYK without a colour profile.")

    def _use_profile(self, data: bytes) -> None:
        samples = _PROBES[self.mode]
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
            mode = _MODES.get(profile.profile.xcolor_space.strip())
            # grey samples with an RGB profile are its colours with R = G = B
            if mode is None or (mode != self.mode and (mode, self.mode) != ("RGB", "L")):
                self.notes.append(
                    "The embedded colour profile does not fit the picture and was ignored."
                )
                return
            transform = _transform(profile, mode)
            # lcms fails late with some profiles
            result = _apply(transform, mode, _as_rgb(samples) if mode == "RGB" else samples)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            self.notes.append("The embedded colour profile is broken and was ignored.")
            return
        if mode in ("L", "RGB") and np.abs(_as_rgb(samples).astype(np.int16) - result).max() <= 1:
            # sRGB itself, as most profiles in use are: conversion would only add rounding
            return
        if self.mode == "L":
            self._grey_table = result[0]
        else:
            self._transform = transform
        name = printable(profile.profile.profile_description or "").strip()
        self.notes.append(f"Converted from “{name or 'unnamed profile'}” to sRGB.")

    def from_8_bits(self, samples: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Convert samples of 8 bits a channel.

        Parameters
        ----------
        samples : ndarray of uint8, shape (height, width) or (height, width, channels)
            In the mode given; CIELAB with a* and b* as signed bytes.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            sRGB.
        """
        if self._gamma is not None:
            samples = _gamma_table(self._gamma, 256)[samples]
        if self._grey_table is not None:
            return self._grey_table[samples]
        if self._transform is not None:
            return _apply(self._transform, self.mode, samples)
        if self.mode == "CMYK":
            return np.asarray(_image("CMYK", samples).convert("RGB"))
        return _as_rgb(samples)

    def from_16_bits(self, samples: NDArray[np.uint16]) -> NDArray[np.uint8]:
        """Convert samples of 16 bits a channel.

        Parameters
        ----------
        samples : ndarray of uint16, shape (height, width) or (height, width, channels)
            In the mode given.

        Returns
        -------
        ndarray of uint8, shape (height, width, 3)
            sRGB.
        """
        if self._gamma is not None:
            # before the reduction, which would leave a linear picture few dark levels
            return _as_rgb(_gamma_table(self._gamma, 65536)[samples])
        return self.from_8_bits(reduce_to_8_bits(samples))


def reduce_to_8_bits(samples: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Scale 0..65535 to 0..255: divide by 257, rounded.

    Parameters
    ----------
    samples : ndarray of uint16, any shape
        Samples.

    Returns
    -------
    ndarray of uint8, the same shape
        Scaled samples.
    """
    return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)


def _is_other_gamma(gamma: float) -> bool:
    """Tell whether an encoding exponent makes sense and differs visibly from sRGB's."""
    return 0.1 <= gamma <= 10 and abs(gamma / _SRGB_GAMMA - 1) > _GAMMA_TOLERANCE


@lru_cache(maxsize=4)
def _gamma_table(gamma: float, size: int) -> NDArray[np.uint8]:
    """Table from samples encoded with `gamma` to sRGB (IEC 61966-2-1) of 8 bits."""
    linear = np.linspace(0, 1, size) ** (1 / gamma)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    table: NDArray[np.uint8] = np.rint(encoded * 255).astype(np.uint8)
    return table


def _transform(profile: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    # a grey ramp is converted exactly; for the others lcms makes a table, as fine as it offers
    precision = ImageCms.Flags.NOOPTIMIZE if mode == "L" else ImageCms.Flags.HIGHRESPRECALC
    return ImageCms.ImageCmsTransform(
        profile,
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=precision | ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _grid(channels: int, steps: int) -> NDArray[np.uint8]:
    """Spread samples evenly over a colour space, shape (1, steps ** channels, channels)."""
    axis = np.linspace(0, 255, steps).astype(np.uint8)
    return np.stack(np.meshgrid(*[axis] * channels, indexing="ij"), -1).reshape(1, -1, channels)


# Samples that a new transform is tried on; for grey all there are.
_PROBES = {
    "L": np.arange(256, dtype=np.uint8)[None],
    "RGB": _grid(3, 17),
    "CMYK": _grid(4, 3),
    "LAB": _grid(3, 3),
}


def _apply(
    transform: ImageCms.ImageCmsTransform, mode: str, samples: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    return np.asarray(transform.apply(_image(mode, samples)))


def _image(mode: str, samples: NDArray[np.uint8]) -> Image.Image:
    height, width = samples.shape[:2]
    return Image.frombytes(mode, (width, height), np.ascontiguousarray(samples).tobytes())


def _as_rgb(samples: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Repeat a grey channel three times; leave RGB as it is."""
    return np.repeat(samples[..., None], 3, axis=2) if samples.ndim == 2 else samples
