"""The canvas: the picture with zoom, pan and a comparison of before and after."""

from colorquant_gui.ui.canvas.canvas import Canvas
from colorquant_gui.ui.canvas.compare import CompareMode
from colorquant_gui.ui.canvas.layers import PixelColors

__all__ = ["Canvas", "CompareMode", "PixelColors"]
