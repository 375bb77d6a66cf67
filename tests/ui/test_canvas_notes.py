"""Notes on the canvas stay there at every zoom: on the picture, or around it where it is small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from colorquant_gui.ui.canvas import Canvas, CompareMode
from tests.ui.canvas_shown import shown_canvas
from tests.ui.painted import pixels

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 600, 400


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    made = shown_canvas(qtbot, 640, 480)
    rgb = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    made.set_picture(rgb, None, np.zeros((HEIGHT, WIDTH), np.int32))
    made.set_compare_mode(CompareMode.RESULT)
    made.set_labels(np.zeros(1, np.uint8), np.array([[200, 200, 200]], np.uint8))
    return made


def noted(canvas: Canvas) -> QRectF:
    """Where the note is that what stands out is pinned; all else that is captioned is without."""
    canvas.set_pinned(False)
    before = len(canvas.captioned())
    canvas.set_pinned(True)
    areas = canvas.captioned()
    assert len(areas) == before + 1
    return areas[-1]


def picture_area(canvas: Canvas) -> QRectF:
    zoom = canvas.zoom()
    area = QRectF(0, 0, WIDTH * zoom, HEIGHT * zoom)
    area.moveCenter(QRectF(canvas.rect()).center())
    return area


@pytest.mark.parametrize("zoom", [1.0, 0.6, 0.3, 0.1, 0.0])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_pin_is_noted_at_every_zoom(canvas: Canvas, zoom: float, scale: float) -> None:
    canvas.set_caption_scale(scale)
    canvas.set_zoom(zoom)
    note = noted(canvas)
    assert QRectF(canvas.rect()).contains(note)
    box = note.toAlignedRect().adjusted(1, 1, -1, -1)
    seen = pixels(canvas)[box.top() : box.bottom(), box.left() : box.right()]
    assert np.median(seen) < 110
    assert seen.max() > 240, "white on black, whatever is below"


@pytest.mark.parametrize(("zoom", "is_on_it"), [(1.0, True), (0.6, True), (0.02, False)])
def test_it_is_on_the_picture_where_that_has_room(
    canvas: Canvas, zoom: float, is_on_it: bool
) -> None:
    canvas.set_zoom(zoom)
    note, picture = noted(canvas), picture_area(canvas)
    assert picture.contains(note) == is_on_it
    assert picture.intersects(note) == is_on_it


def test_two_notes_stay_together_and_apart(canvas: Canvas) -> None:
    canvas.set_zoom(0.02)
    canvas.set_sliced(True)
    canvas.set_pinned(True)
    first, second = canvas.captioned()[-2:]
    assert not first.intersects(second)
    assert first.left() == second.left()
    assert abs(second.top() - first.bottom()) < 8


@pytest.mark.parametrize("mode", list(CompareMode))
@pytest.mark.parametrize("picture", [(380, 900), (900, 380), (300, 900), (900, 200)])
def test_notes_never_cover_a_caption(
    qtbot: QtBot, mode: CompareMode, picture: tuple[int, int]
) -> None:
    canvas = shown_canvas(qtbot, 330, 300)
    wide, high = picture
    canvas.set_picture(np.full((high, wide, 3), 60, np.uint8), None, np.zeros((high, wide), "i4"))
    canvas.set_labels(np.zeros(1, np.uint8), np.array([[60, 60, 60]], np.uint8))
    canvas.set_error_map(np.zeros(1, np.float32), "levels", 1.0)
    canvas.set_captions("Original", "16 colours")
    canvas.set_compare_mode(mode)
    captions = canvas.captioned()
    canvas.set_pinned(True)
    canvas.set_sliced(True)
    assert canvas.captioned()[: len(captions)] == captions
    first, second = canvas.captioned()[len(captions) :]
    if canvas._stage.handle() is not None:
        # that is the grip: it is drawn over the notes
        captions.pop()
    for note in (first, second):
        assert canvas.rect().contains(note.toAlignedRect())
        assert not any(note.intersects(caption) for caption in captions)
    assert first.bottom() < second.top()
