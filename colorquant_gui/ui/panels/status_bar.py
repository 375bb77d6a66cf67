"""StatusBar: the file, the run and the result, each number with its unit and its own place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStatusBar, QWidget

from colorquant_gui.ui import formatting
from colorquant_gui.ui.panels.status_fields import StatusFields
from colorquant_gui.ui.theme import tabular_font

_PENDING = "…"


@dataclass(frozen=True)
class Facts:
    """What the status bar says of the run and the result, each empty where there is none.

    Attributes
    ----------
    k : str
        Colours of the palette.
    mse : str
        Mean squared error.
    psnr : str
        Peak signal-to-noise ratio, with its unit.
    run : str
        State of the run.
    pixel : str
        Place and colours of the pixel under the pointer, which takes the place of the run.
    """

    k: str = ""
    mse: str = ""
    psnr: str = ""
    run: str = ""
    pixel: str = ""


class StatusBar(QStatusBar):
    """Facts about the open picture, the run and what would be saved.

    Attributes
    ----------
    factsChanged : Signal()
        What `facts` returns is something else.
    """

    factsChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName(self.tr("Status"))
        self.setFont(tabular_font(self.font()))
        self._facts = StatusFields()
        self._told = Facts()
        self._run = self._pixel = ""
        self.addPermanentWidget(self._facts, 1)

    def facts(self) -> Facts:
        """Return what is said of the run and the result."""
        return self._told

    def _tell(self, **changed: str) -> None:
        told = replace(self._told, **changed)
        if told != self._told:
            self._told = told
            self.factsChanged.emit()

    def set_source(self, name: str, width: int, height: int, unique_colors: int) -> None:
        """Show the open picture: its name, size in pixels and number of unique colours."""
        facts = self._facts
        facts.name.set_full_text(name)
        facts.dimensions.setText(formatting.dimensions(width, height))
        one = self.tr("1 colour")
        many = self.tr("{} colours").format(formatting.integer(unique_colors))
        facts.colors.setText(one if unique_colors == 1 else many)
        facts.fit()

    def set_note(self, text: str) -> None:
        """Show a sentence in place of the file's name, such as "No picture"."""
        self._facts.name.set_full_text(text)
        for label in (self._facts.dimensions, self._facts.colors):
            label.setText("")
        self._facts.fit()

    def set_run(self, text: str, progress: float | None = None) -> None:
        """Show the state of the run.

        Parameters
        ----------
        text : str
            Such as "iteration 7 of 22"; empty shows nothing.
        progress : float or None
            0..1; None shows no bar.
        """
        self._facts.progress.set_fraction(progress)
        self._run = text
        self._show_run()

    def set_pixel(self, text: str) -> None:
        """Show what is under the pointer in place of the run, however that goes on.

        Parameters
        ----------
        text : str
            Place and colours; empty shows the run again.
        """
        self._pixel = text
        self._show_run()

    def _show_run(self) -> None:
        self._facts.run.setText(self._pixel or self._run)
        self._facts.fit()
        self._tell(run="" if self._pixel else self._run, pixel=self._pixel)

    def set_quality(self, k: int | None, mse: float | None, psnr: float | None) -> None:
        """Show what would be saved.

        Parameters
        ----------
        k : int or None
            Colours of the palette.
        mse : float or None
            Squared error summed over R, G, B, averaged over pixels.
        psnr : float or None
            Per channel, in dB; infinity where nothing was lost.
        """
        facts = self._facts
        number = "" if k is None else str(k)
        error = "" if mse is None else formatting.error(mse)
        level = "" if psnr is None else formatting.decibels(psnr)
        facts.k.setText(number and self.tr("k {}").format(number))
        facts.mse.setText(error and self.tr("MSE {}").format(error))
        facts.psnr.setText(level and self.tr("PSNR {}").format(level))
        facts.fit()
        self._tell(k=number, mse=error, psnr=level)

    def set_sizes(
        self,
        source_bytes: int | None,
        result_bytes: int | Literal["pending"] | None,
        *,
        estimated: bool = False,
    ) -> None:
        """Show the bytes of the file opened and of the file that would be saved.

        Parameters
        ----------
        source_bytes : int or None
            None where there is no file, as after a paste.
        result_bytes : int, "pending" or None
            "pending" while it is being computed.
        estimated : bool
            Whether those bytes are an estimate.
        """
        if result_bytes is None:
            result = ""
        elif result_bytes == "pending":
            result = _PENDING
        else:
            result = ("≈ " if estimated else "") + formatting.file_size(result_bytes)
        if source_bytes is None:
            text = result
        elif not result:
            text = formatting.file_size(source_bytes)
        else:
            text = f"{formatting.file_size(source_bytes)} → {result}"
            if isinstance(result_bytes, int) and source_bytes > 0:
                text += f" ({formatting.percent(result_bytes / source_bytes)})"
        self._facts.sizes.setText(text)

    def clear(self) -> None:
        """Show nothing: no picture is open."""
        for label in (self._facts.dimensions, self._facts.colors):
            label.setText("")
        self._facts.name.set_full_text("")
        self.set_run("")
        self.set_pixel("")
        self.set_quality(None, None, None)
        self.set_sizes(None, None)
