"""The library under the window: pictures, histograms, k-means, palettes. No Qt."""

from colorquant_gui.core.errors import (
    Cancelled,
    ColorQuantError,
    ImageLoadError,
    InvalidParameterError,
    SaveError,
)
from colorquant_gui.core.events import Event
from colorquant_gui.core.fit import Fit
from colorquant_gui.core.histogram import ColorHistogram
from colorquant_gui.core.indexed import IndexedImage
from colorquant_gui.core.kmeans import Iteration, KMeans
from colorquant_gui.core.labelling import Assignment, Labeller
from colorquant_gui.core.quantize import quantize
from colorquant_gui.core.seeding_trail import SeedingTrail

__all__ = [
    "Assignment",
    "Cancelled",
    "ColorHistogram",
    "ColorQuantError",
    "Event",
    "Fit",
    "ImageLoadError",
    "IndexedImage",
    "InvalidParameterError",
    "Iteration",
    "KMeans",
    "Labeller",
    "SaveError",
    "SeedingTrail",
    "quantize",
]
