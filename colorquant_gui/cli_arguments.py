"""The arguments of the command, and what is wrong with them in one line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from colorquant_gui import __version__
from colorquant_gui.core.color_spaces import COLOR_SPACES
from colorquant_gui.core.kmeans import MAX_COLORS
from colorquant_gui.core.naming import printable
from colorquant_gui.core.quality import QUALITIES
from colorquant_gui.core.seeding import SEEDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROGRAM = "colorquant-gui"
FAILED = 2
"""Exit status when something is wrong, be it the arguments or the picture."""

_MIN_COLORS = 2


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments.

    Parameters
    ----------
    argv : sequence of str or None
        Arguments without the program's name; None for those of the process.

    Returns
    -------
    Namespace
        `input`, `output`, `n_colors`, `quality`, `color_space`, `seeding`, `seed`, `threads` and
        `json`.

    Raises
    ------
    SystemExit
        They were wrong, which was said in one line, or only asked for help.
    """
    return _parser().parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"{self.prog}: {printable(message)}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        usage="%(prog)s [IMAGE ...]\n       %(prog)s quantize INPUT -k K -o OUTPUT",
        description="Reduce an image to k colours with k-means, and watch it think. "
        "With images or nothing, opens the window; with the word quantize, works without one.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(metavar="quantize", required=True)
    quantize = commands.add_parser(
        "quantize",
        prog=f"{PROGRAM} quantize",
        help="reduce an image to k colours and save it, without a window",
        description="Reduce an image to k colours with exact k-means over all its pixels, and "
        "save it as an indexed PNG.",
        epilog="Pixels that are less than half opaque become transparent, for which one of the k "
        "entries is used. The exit status is 0 when it worked, 2 when it did not.",
        allow_abbrev=False,
    )
    _add_quantize_arguments(quantize)
    return parser


def _add_quantize_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="INPUT", type=Path, help="the image to read")
    parser.add_argument(
        "-k",
        metavar="K",
        dest="n_colors",
        type=_whole_number(_MIN_COLORS, MAX_COLORS),
        required=True,
        help=f"number of palette entries, {_MIN_COLORS} to {MAX_COLORS}",
    )
    parser.add_argument(
        "-o",
        metavar="OUTPUT",
        dest="output",
        type=_output_file,
        required=True,
        help="the file to write",
    )
    parser.add_argument(
        "--quality",
        choices=tuple(QUALITIES),
        default="standard",
        help="; ".join(f"{each.key}: {each.hint}" for each in QUALITIES.values())
        + " (default: %(default)s)",
    )
    parser.add_argument(
        "--color-space",
        choices=tuple(COLOR_SPACES),
        default="srgb",
        help="where colours are compared (default: %(default)s)",
    )
    parser.add_argument(
        "--seeding",
        choices=tuple(SEEDINGS),
        default="wu",
        help="how the first colours are chosen (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=_whole_number(0),
        default=0,
        help="seed of the seedings that draw lots (default: %(default)s)",
    )
    parser.add_argument(
        "--threads",
        metavar="N",
        type=_whole_number(1),
        default=None,
        help="threads to use; the result does not depend on it (default: one per core)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object with the figures"
    )


def _output_file(text: str) -> Path:
    if text == "-":
        raise argparse.ArgumentTypeError("must be a file: a picture can't be printed")
    return Path(text)


def _whole_number(lowest: int, highest: int | None = None) -> Callable[[str], int]:
    """Return a converter for arguments that are whole numbers of a range."""
    wanted = f"{lowest} or more" if highest is None else f"from {lowest} to {highest}"

    def convert(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = lowest - 1
        if number < lowest or (highest is not None and number > highest):
            raise argparse.ArgumentTypeError(f"must be a whole number {wanted}, not “{text}”")
        return number

    return convert
