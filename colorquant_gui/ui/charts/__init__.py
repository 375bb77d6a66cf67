"""Charts of a run and of k. None of them loads pyqtgraph before it has something to draw."""

from colorquant_gui.ui.charts.advisor_panel import AdvisorPanel
from colorquant_gui.ui.charts.advisory import Advisory
from colorquant_gui.ui.charts.convergence import ConvergenceCharts
from colorquant_gui.ui.charts.export import export_chart
from colorquant_gui.ui.charts.k_curve import KCurve
from colorquant_gui.ui.charts.race_chart import RaceChart

__all__ = ["AdvisorPanel", "Advisory", "ConvergenceCharts", "KCurve", "RaceChart", "export_chart"]
