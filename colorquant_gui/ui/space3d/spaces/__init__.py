"""The spaces to look at. One is a `DisplaySpace` and a place here."""

from colorquant_gui.ui.space3d.spaces.base import DisplaySpace, SpaceAxis
from colorquant_gui.ui.space3d.spaces.cie import CIELUV, XYY, XYZ
from colorquant_gui.ui.space3d.spaces.clustering import LAB, LINEAR_RGB, OK_LAB, RGB
from colorquant_gui.ui.space3d.spaces.cylinders import HMMD, HSL, HSV, LCH, OK_LCH
from colorquant_gui.ui.space3d.spaces.pca import PCA
from colorquant_gui.ui.space3d.spaces.ycbcr import YCBCR

__all__ = ["FAMILIES", "RGB", "SPACES", "DisplaySpace", "SpaceAxis"]

# Light, evenness for the eye, hues, and what is made for data; as they are listed.
FAMILIES: tuple[tuple[DisplaySpace, ...], ...] = (
    (RGB, LINEAR_RGB, XYZ, XYY),
    (LAB, CIELUV, OK_LAB),
    (LCH, OK_LCH, HSV, HSL, HMMD),
    (YCBCR, PCA),
)
SPACES: dict[str, DisplaySpace] = {space.key: space for family in FAMILIES for space in family}
