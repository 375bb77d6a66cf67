"""Make the animation of the README: the program's own export of its own sample.

    xvfb-run -a -s "-screen 0 1280x900x24" python packaging/screenshots/animation.py FILE

The ending of FILE says the format: .webp, .gif or .png.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

# a person's settings stay out of it
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="colorquant-animation-")

from PySide6.QtCore import QTimer

from colorquant_gui.app import create_application, create_main_window
from colorquant_gui.core.export.animation import ANIMATION_FORMATS
from colorquant_gui.session import Session
from colorquant_gui.session.animation import AnimationSettings
from colorquant_gui.ui.animation_export import AnimationExport
from colorquant_gui.ui.preferences import Preferences
from colorquant_gui.ui.resources import sample_path
from colorquant_gui.ui.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = "flower.jpg"
MOST_BYTES = 1_500_000
PATIENCE_MS = 300_000


def main(argv: Sequence[str] | None = None) -> int:
    options = _options(argv)
    suffix = options.file.suffix.lower()
    formats = [kind.name for kind in ANIMATION_FORMATS.values() if suffix in kind.suffixes]
    if not formats:
        print(f"No animation format ends in “{suffix}”.", file=sys.stderr)
        return 2
    settings = AnimationSettings(
        format=formats[0],
        content="both",
        size="custom",
        width=options.width,
        fps=options.fps,
        pace="length",
        seconds=options.seconds,
        hold=2.0,
        orbit=options.orbit,
        caption=True,
        quality=options.quality,
    )
    app = create_application(["animation"])
    apply_theme(app, options.theme)
    window = create_main_window()
    window.show()
    session = window.findChild(Session)
    session.set("k", k=options.k)
    export = AnimationExport(session, window, Preferences())
    status = 1

    def begin() -> None:
        session.encodedChanged.disconnect(begin)
        export.start(settings, options.file)

    def end(path: Path | None) -> None:
        nonlocal status
        if path is None:
            print(window.notifications.message(), file=sys.stderr)
        else:
            n_bytes = path.stat().st_size
            print(f"{path}: {n_bytes:,} bytes")
            status = 0 if n_bytes <= MOST_BYTES else 3
        app.exit()

    session.encodedChanged.connect(begin)
    export.finished.connect(end)
    session.open(sample_path(SAMPLE))
    QTimer.singleShot(PATIENCE_MS, app, app.exit)
    app.exec()
    export.finished.disconnect(end)
    export.close()
    window.close()
    return status


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--width", type=int, default=640)
    parser.add_argument("--seconds", type=float, default=9.0)
    parser.add_argument("--fps", type=int, default=12)
    parser.add_argument("--k", type=int, default=12)
    parser.add_argument("--orbit", type=int, default=60)
    parser.add_argument("--quality", type=int, default=60)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
