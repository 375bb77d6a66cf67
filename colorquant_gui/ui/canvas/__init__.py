"""The canvas: the picture with zoom, pan and a comparison of before and after."""

from colorquant_gui.ui.canvas.canvas import Canvas
from colorquant_gui.ui.canvas.compare import CompareMode

__all__ = ["Canvas", "CompareMode"]
