"""Canvas: the picture, with zoom, pan and a comparison of before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from colorquant_gui.ui.canvas.compare import Source
from colorquant_gui.ui.canvas.navigation import Navigation
from colorquant_gui.ui.canvas.notes import Note
from colorquant_gui.ui.canvas.picture import Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QWidget

    from colorquant_gui.ui.canvas.compare import CompareMode
    from colorquant_gui.ui.canvas.emphasis import Emphasis


class Canvas(Navigation):
    """Shows a picture before and after, and says what the person does with it.

    The work of a frame depends on the size of the canvas, never on that of the picture.

    Signals of what the person did: `zoomChanged` (device pixels per image pixel), `splitMoved`
    (0..1 of the canvas), `onionOpacityEdited` (0..1), `flickerRateEdited` (turns a second),
    `loupeToggled`, `colorClicked` (a click that was no drag: number of the colour, the one after
    the last where it is transparent, None beside the picture), `cancelRequested` (of what
    `set_busy` announced), `openRequested` and `sampleRequested` (a file name; both from the
    welcome), `errorMetricEdited` ("rgb" or "ciede2000", from the legend of the difference).

    Signals of what is under the pointer, None where nothing is: `pixelHovered` (column, row), and
    once a frame at most `colorHovered` (number of the colour, as above) and `colorsUnderPointer`
    (`PixelColors`), which also follows a result that changes under a pointer at rest.

    Parameters
    ----------
    parent : QWidget, optional
        Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_captions(self.tr("Original"), self.tr("Result"))
        self._scene.captions[Source.ERROR] = self.tr("Difference")

    # -- what is shown ---------------------------------------------------------------------------

    def set_picture(
        self,
        rgb: NDArray[np.uint8],
        alpha: NDArray[np.uint8] | None,
        color_numbers: NDArray[np.int32],
    ) -> None:
        """Show a picture, fitted, with no result yet. The arrays are kept, not copied.

        Parameters
        ----------
        rgb : ndarray of uint8, shape (height, width, 3)
            Its pixels.
        alpha : ndarray of uint8, shape (height, width), or None
            Its opacity; None where all is opaque.
        color_numbers : ndarray of int32, shape (height, width)
            Number of each pixel's colour, 0..n - 1, or n where the pixel is transparent.
        """
        picture = Picture(
            np.ascontiguousarray(rgb),
            None if alpha is None else np.ascontiguousarray(alpha),
            np.ascontiguousarray(color_numbers),
        )
        self._gestures.release()
        self._take(picture)

    def clear(self) -> None:
        """Go back to the empty state."""
        self._take(None)

    def _take(self, picture: Picture | None) -> None:
        self._lookout.clear()
        self._layers.set_picture(picture)
        self._furniture.set_picture(picture)
        size = (0, 0) if picture is None else (picture.width, picture.height)
        self._stage.viewport.set_picture_size(*size)
        self._show_state()

    def set_labels(self, labels: NDArray[np.uint8], colors: NDArray[np.uint8]) -> None:
        """Show a result.

        Parameters
        ----------
        labels : ndarray of uint8, shape (n,)
            For every colour number the index of its colour.
        colors : ndarray of uint8, shape (k, 3)
            The sRGB colours.
        """
        had_result = self._layers.has_result
        self._layers.set_labels(labels, colors)
        if had_result:
            self._show_result()
        else:
            self._show_view()

    def set_colors(self, colors: NDArray[np.uint8]) -> None:
        """Show the result in other colours, (k, 3) uint8 as before."""
        self._layers.set_colors(colors)
        self._show_result()

    def set_error_map(
        self, values: NDArray[np.float32] | None, unit: str = "", maximum: float = 0.0
    ) -> None:
        """Give the difference its numbers; without any it shows the result.

        Parameters
        ----------
        values : ndarray of float32, shape (n,), or None
            The error of every colour number, 0 or more; None to forget it.
        unit : str
            What is measured, for people.
        maximum : float
            The error at the end of the colour bar; larger ones look the same.
        """
        had_error = self._layers.has_error
        self._layers.set_error(values, maximum)
        self._furniture.set_error_scale(unit, maximum)
        if had_error is self._layers.has_error:
            self.update()
        else:
            self._show_view()

    def error_metric(self) -> str:
        """Return how the difference is to be measured: "rgb" or "ciede2000"."""
        return self._furniture.error_metric()

    def set_error_metric(self, metric: str) -> None:
        """Choose how the difference is measured; `errorMetricEdited` stays silent.

        Parameters
        ----------
        metric : str
            "rgb" or "ciede2000". What is shown stays as it is until `set_error_map` brings more.

        Raises
        ------
        ValueError
            No such measure.
        """
        self._furniture.set_error_metric(metric)

    def set_error_busy(self, on: bool) -> None:
        """Say that another difference is being computed; `set_error_map` ends it, too."""
        self._furniture.set_error_busy(on)

    def set_animating(self, on: bool) -> None:
        """Say whether the result keeps changing: sampled while it does, smooth once it rests."""
        self._layers.set_animating(on)
        self.update()

    def set_captions(self, original: str, result: str) -> None:
        """Name the two sides."""
        self._scene.captions[Source.ORIGINAL] = original
        self._scene.captions[Source.RESULT] = result
        self.update()

    def set_caption_scale(self, scale: float) -> None:
        """Write captions larger, for who sits far away; 1 for their usual size."""
        self._scene.caption_scale = scale
        self.update()

    def captioned(self) -> list[QRectF]:
        """Return what had better not be covered: captions and the split's grip, logical pixels."""
        return self._scene.captioned(self.font())

    def set_drop_active(self, on: bool) -> None:
        """Show that what is being dragged may be dropped here."""
        self._scene.is_drop_target = on
        self._furniture.set_drop_active(on)
        self.update()

    def set_busy(self, text: str) -> None:
        """Say what is being done, with a button to cancel it; "" when it is over."""
        self._furniture.set_busy(text)
        self._show_state()

    def set_welcome(self, on: bool) -> None:
        """Show the welcome over the picture, until Escape; without a picture it is always there."""
        if self._layers.picture is not None:
            self._furniture.set_welcome(on)
            self._show_state()
            if on:
                self._furniture.focus_welcome()

    # -- what stands out -------------------------------------------------------------------------

    def set_highlight(self, label: int | None) -> None:
        """Dim all pixels but those of one label of the result.

        Parameters
        ----------
        label : int or None
            As in `set_labels`; one that the result has not dims nothing. None to stop.
        """
        if label != self._layers.emphasis.label:
            self._emphasize(replace(self._layers.emphasis, label=label))

    def set_color_highlight(self, color_number: int | None) -> None:
        """Dim all pixels but those of one colour; goes before `set_highlight`. None to stop."""
        if color_number != self._layers.emphasis.color:
            self._emphasize(replace(self._layers.emphasis, color=color_number))

    def set_visible_colors(self, visible: NDArray[np.bool_] | None) -> None:
        """Dim the pixels of some colours, also among those that are highlighted.

        Parameters
        ----------
        visible : ndarray of bool, shape (n,), or None
            For every colour number whether its pixels are not dimmed. None to stop.
        """
        self._emphasize(self._layers.emphasis.with_visible(visible))

    def set_pinned(self, on: bool) -> None:
        """Say that what stands out stays so until Escape; no signal."""
        self._note(Note.PINNED, on)

    def set_sliced(self, on: bool) -> None:
        """Say that pixels are dimmed by their place in the colour space until Escape; no signal."""
        self._note(Note.SLICED, on)

    def _note(self, note: Note, on: bool) -> None:
        if on != (note in self._scene.notes):
            self._scene.notes ^= {note}
            self._describe()
            self.update()

    def _emphasize(self, emphasis: Emphasis) -> None:
        self._layers.set_emphasis(emphasis)
        self.update()

    # -- comparing -------------------------------------------------------------------------------

    def compare_mode(self) -> CompareMode:
        """Return how the original and the result are compared."""
        return self._stage.mode

    def set_compare_mode(self, mode: CompareMode) -> None:
        """Choose how the original and the result are compared."""
        self._gestures.release()
        self._stage.set_mode(mode)
        self._show_view()

    def split(self) -> float:
        """Return where the present mode splits the canvas, 0..1 of its width or height."""
        return self._stage.split

    def set_split(self, position: float, mode: CompareMode | None = None) -> None:
        """Split the canvas at 0..1 of its width or height; `splitMoved` stays silent.

        Parameters
        ----------
        position : float
            0..1 from the left, or from the top.
        mode : CompareMode, optional
            Each mode with a handle has a position of its own; by default the present one's.
        """
        self._stage.set_split(position, mode or self._stage.mode)
        self._show_view()

    def onion_opacity(self) -> float:
        """Return how opaque the result is over the original, 0..1."""
        return self._stage.onion_opacity

    def set_onion_opacity(self, opacity: float) -> None:
        """Make the result 0..1 opaque over the original; `onionOpacityEdited` stays silent."""
        self._stage.onion_opacity = min(max(opacity, 0.0), 1.0)
        self._furniture.set_onion(self._stage.onion_opacity)
        self._show_view()

    def flicker_rate(self) -> float:
        """Return how often a second the original and the result take turns."""
        return self._flicker.rate

    def set_flicker_rate(self, rate: float) -> None:
        """Take turns 0.5 to 5 times a second; `flickerRateEdited` stays silent."""
        self._flicker.set_rate(rate)
        self._furniture.set_flicker(self._flicker.rate)

    def set_peeking(self, on: bool) -> None:
        """Show the original alone for as long as this is on, as holding Space does."""
        self._set_peeking(on)
