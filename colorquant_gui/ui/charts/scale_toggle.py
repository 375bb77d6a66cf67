"""ScaleToggle: a logarithmic axis, or a linear one."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget


class ScaleToggle(QToolButton):
    """A small button of a chart's header; checked is logarithmic.

    Parameters
    ----------
    name : str
        The objectName.
    parent : QWidget, optional
        Qt parent.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setText(self.tr("Log"))
        self.setAccessibleName(self.tr("Logarithmic axis"))
        self.setToolTip(self.tr("Logarithmic axis: equal factors are equally long"))
        self.setCheckable(True)
        self.setAutoRaise(True)
