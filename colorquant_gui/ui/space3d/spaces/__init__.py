"""The spaces to look at. One is a `DisplaySpace` and a line here."""

from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis
from colorquant_gui.ui.space3d.spaces.clustering import LAB, LINEAR_RGB, OK_LAB, RGB
from colorquant_gui.ui.space3d.spaces.cylinders import HSL, HSV, LCH
from colorquant_gui.ui.space3d.spaces.pca import PCA
from colorquant_gui.ui.space3d.spaces.ycbcr import YCBCR

__all__ = ["RGB", "SPACES", "DisplaySpace", "SpaceAxis"]

SPACES: dict[str, DisplaySpace] = {
    space.key: space for space in (RGB, LINEAR_RGB, LAB, OK_LAB, LCH, HSV, HSL, YCBCR, PCA)
}
