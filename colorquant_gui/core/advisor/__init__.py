"""The k advisor: quality and size against k, and what can be read off them."""

from colorquant_gui.core.advisor.curve import Curve, Stage, Task, perform
from colorquant_gui.core.advisor.knee import Elbow, Gains, Ground, elbow, gains_at
from colorquant_gui.core.advisor.measure import QUALITY, Measured, Measurer
from colorquant_gui.core.advisor.missing import ColorCells, missing_colors
from colorquant_gui.core.advisor.order import N_FIRST, first_values, k_order
from colorquant_gui.core.advisor.points import CurvePoint, MissingColor
from colorquant_gui.core.advisor.reading import (
    Choice,
    cost_at,
    largest_k,
    smallest_k,
    with_estimates,
)

__all__ = [
    "N_FIRST",
    "QUALITY",
    "Choice",
    "ColorCells",
    "Curve",
    "CurvePoint",
    "Elbow",
    "Gains",
    "Ground",
    "Measured",
    "Measurer",
    "MissingColor",
    "Stage",
    "Task",
    "cost_at",
    "elbow",
    "first_values",
    "gains_at",
    "k_order",
    "largest_k",
    "missing_colors",
    "perform",
    "smallest_k",
    "with_estimates",
]
