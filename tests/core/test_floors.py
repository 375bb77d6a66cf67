"""The floors of the house: imports point down only, and the core starts without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import colorquant_gui

ROOT = Path(colorquant_gui.__file__).parents[1]

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(package, "__path__", ()), package.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_imports_point_down_only() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = python("-c", command, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("name", ["colorquant_gui.core", "colorquant_gui.cli"])
def test_the_core_and_the_command_start_without_qt(name: str) -> None:
    done = python("-c", IMPORT_ALL, name)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "numpy" in loaded
    assert not loaded & {"PySide6", "shiboken6", "pyqtgraph", "OpenGL"}
