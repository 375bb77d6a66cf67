"""What the view says of itself stays where there is room when the words become larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tests.ui.space_colors import COLORS, COUNTS

if TYPE_CHECKING:
    from tests.ui.conftest import Space


def test_larger_words_are_laid_out_anew(space: Space) -> None:
    view = space.view
    view.set_colors(COLORS, COUNTS)
    view.set_phase("assign")
    caption = space.find(QLabel, "spacePhase")
    space.qtbot.waitUntil(caption.isVisible)
    before = caption.geometry()

    def is_kept_free() -> bool:
        """Whether the caption has room for its words, and labels know where it is."""
        area = caption.geometry()
        box = float(area.left()), float(area.top()), area.right() + 1.0, area.bottom() + 1.0
        fits = area.width() >= caption.fontMetrics().horizontalAdvance(caption.text())
        return fits and view.rect().contains(area) and box in space.scene.kept_free

    assert is_kept_free()
    view.set_text_scale(1.5)
    space.qtbot.waitUntil(is_kept_free)
    assert caption.height() > before.height()
    view.set_text_scale(1.0)
    space.qtbot.waitUntil(lambda: is_kept_free() and caption.geometry() == before)
