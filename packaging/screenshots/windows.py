"""Make the README's screenshots: the program on its own sample.

xvfb-run -a -s "-screen 0 1920x1200x24" python packaging/screenshots/windows.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

# a person's settings stay out of it
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="colorquant-screenshots-")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

from colorquant_gui.app import create_application, create_main_window
from colorquant_gui.session import RunState, Session
from colorquant_gui.session.advisor import AdvisorState
from colorquant_gui.ui.resources import sample_path
from colorquant_gui.ui.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from colorquant_gui.ui.main_window import MainWindow

SIZE = (1440, 900)


def wait(condition: Callable[[], object], seconds: float = 120.0) -> None:
    """Run the event loop until something holds."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        # unlike processEvents it deletes what is to be deleted, such as tabs of docks that moved
        QTest.qWait(5)


def rest(seconds: float) -> None:
    """Let the views settle."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def raise_dock(window: MainWindow, name: str) -> None:
    """Bring a tab to the front."""
    window.findChild(QDockWidget, name).raise_()


def save(window: MainWindow, path: Path) -> None:
    """Save the whole window, with a palette: it has few colours, and screenshots are large."""
    rest(3.0)
    window.screen().grabWindow(window.winId()).save(str(path))
    print(path)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    app = create_application(["screenshots"])
    apply_theme(app, "light")
    window = create_main_window([sample_path("flower.jpg")])
    window.resize(*SIZE)
    window.show()
    session = window.findChild(Session)
    session.playback.set_speed(float("inf"))
    wait(lambda: session.state is RunState.CONVERGED and session.playback.is_at_end)
    save(window, folder / "window.png")

    apply_theme(app, "dark")
    session.playback.seek(8)
    save(window, folder / "theatre.png")

    apply_theme(app, "light")
    session.set("k", k=4)
    raise_dock(window, "advisorDock")
    wait(lambda: session.advisor.state is AdvisorState.DONE)
    session.playback.skip_to_end()
    save(window, folder / "advisor.png")
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
