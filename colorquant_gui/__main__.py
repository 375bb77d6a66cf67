"""The command: `quantize` and questions are answered in the terminal, all else opens the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TERMINAL = ("quantize", "-h", "--help", "--version")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process by default.

    Returns
    -------
    int
        Exit status.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        # imported late: the window is not loaded for the terminal, nor the other way round
        if arguments and arguments[0] in _TERMINAL:
            from colorquant_gui.cli import main as run_command

            return run_command(arguments)
        from colorquant_gui.app import main as run_window

        return run_window(arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
