"""The front door without a window: ``colorquant-gui quantize``."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from colorquant_gui.cli_arguments import FAILED, PROGRAM, parse
from colorquant_gui.core import (
    ColorHistogram,
    ColorQuantError,
    Fit,
    IndexedImage,
    SaveError,
    engine,
)
from colorquant_gui.core.atomic import check_destination, save_bytes_atomically
from colorquant_gui.core.export import format_for
from colorquant_gui.core.image import SourceImage, load_image
from colorquant_gui.core.naming import printable, shown_name

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process by default.

    Returns
    -------
    int
        0 when it worked, 2 after one line on the standard error stream that says why it did not,
        130 when interrupted from the keyboard.
    """
    try:
        options = parse(argv)
        report, summary = _quantize(options)
        _print(json.dumps(report) if options.json else summary)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except ColorQuantError as error:
        return _fail(str(error))
    except MemoryError:
        return _fail("There is not enough memory for this picture.")
    except OSError as error:
        return _fail(f"The result could not be printed: {error.strerror or error}.")
    except Exception as error:
        return _fail(f"This should not have happened ({type(error).__name__}: {error}).")
    return 0


class _Stopwatch:
    """Seconds of each stage of the work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._start = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 6)

    def finish(self) -> None:
        self.seconds["total"] = round(time.perf_counter() - self._start, 6)


def _quantize(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Do the work and return its figures, and one line about it for a person."""
    watch = _Stopwatch()
    exporter = format_for(options.output)
    target = check_destination(options.output)
    _keep_input(options.input, target)
    with watch.stage("load"), _quiet_libraries():
        source = load_image(options.input)
    with watch.stage("histogram"):
        # the engine looks pixels up by their colour, which takes less memory than their numbers
        histogram = ColorHistogram.from_rgb(
            source.rgb, source.mask, inverse=engine.native is None, threads=options.threads
        )
    wanted = options.n_colors - (source.mask is not None)
    if histogram.n_colors < wanted:
        _note(_few_colors(histogram.n_colors))
    with watch.stage("fit"):
        n_colors = min(wanted, histogram.n_colors)
        centroids, n_iter = _fit(histogram, n_colors, options)
    with watch.stage("map"):
        result = IndexedImage.from_centroids(
            histogram,
            centroids,
            n_iter,
            color_space=options.color_space,
            refine=True,
            rgb=source.rgb,
            mask=source.mask,
            threads=options.threads,
        )
    with watch.stage("encode"):
        data = exporter.encode(result)
    with watch.stage("save"):
        save_bytes_atomically(data, options.output)
    watch.finish()
    if not options.json:
        for note in source.notes:
            _note(note)
    report = _report(source, histogram, result, len(data), watch.seconds)
    return report, _summary(report, options.output)


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep decoders written in C, such as libtiff's, from printing what they think of a file."""
    try:
        printed = os.dup(2)
    except OSError:
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(printed, 2)
        os.close(printed)


def _keep_input(source: Path, target: Path) -> None:
    """Refuse to write over the picture that is read."""
    with contextlib.suppress(OSError, ValueError):
        if source.samefile(target):
            raise SaveError(
                f"{shown_name(source)} would be overwritten by its own result; "
                "choose another name for the output."
            )


def _fit(
    histogram: ColorHistogram, n_colors: int, options: argparse.Namespace
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], int]:
    """Return the final centroids and the number of iterations."""
    if n_colors == 0:
        return np.empty((0, 3)), 0
    fit = Fit(
        n_colors,
        options.quality,
        options.color_space,
        options.seeding,
        options.seed,
        options.threads,
    )
    last = fit.last(histogram)
    return last.centroids, last.number


def _few_colors(n_colors: int) -> str:
    if n_colors == 0:
        return "This image has only transparent pixels."
    return f"This image has only {n_colors} colour{'' if n_colors == 1 else 's'}."


def _report(
    source: SourceImage,
    histogram: ColorHistogram,
    result: IndexedImage,
    output_bytes: int,
    seconds: dict[str, float],
) -> dict[str, Any]:
    return {
        "width": source.width,
        "height": source.height,
        "unique_colors": histogram.n_colors,
        "k": len(result.palette),
        "n_iter": result.n_iter,
        "mse": result.mse,
        "psnr": result.psnr if math.isfinite(result.psnr) else None,
        "transparent": result.transparent_index is not None,
        "input_bytes": source.file_size,
        "output_bytes": output_bytes,
        "seconds": seconds,
        "notes": list(source.notes),
    }


def _summary(report: dict[str, Any], output: Path) -> str:
    size = f"{report['width']:,} x {report['height']:,} pixels"
    entries = f"{report['k']} colour{'' if report['k'] == 1 else 's'}"
    if report["transparent"]:
        entries += " with the transparent one"
    steps = f"{report['n_iter']} iteration{'' if report['n_iter'] == 1 else 's'}"
    psnr = "no loss" if report["psnr"] is None else f"PSNR {report['psnr']:.2f} dB"
    return (
        f"{printable(str(output))}: {size}, {entries} of "
        f"{report['unique_colors']:,}, {steps}, MSE {report['mse']:.2f}, "
        f"{psnr}, {report['output_bytes']:,} bytes, {report['seconds']['total']:.2f} s"
    )


def _print(line: str) -> None:
    """Print to the standard output; nobody listening is not a failure."""
    if sys.stdout is None:
        return
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(line.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    except OSError as error:
        # what is left in the buffer would fail once more at exit
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def _note(sentence: str) -> None:
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError):
        print(" ".join(sentence.split()), file=sys.stderr, flush=True)


def _fail(sentence: str) -> int:
    _note(f"{PROGRAM}: {sentence}")
    return FAILED
