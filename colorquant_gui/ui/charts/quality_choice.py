"""QualityChoice: what is on the left axis of the curve over k, and at which level it is made."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from colorquant_gui.ui.charts.k_content import QUALITIES, quality_name

# Letters of a name that are always seen; a longer one makes way for what is read.
_LEAST = 8


class QualityChoice(QWidget):
    """A list of the qualities that the curve can show, and a word beside it.

    Attributes
    ----------
    chosen : Signal(str)
        The person chose one: its key in `QUALITIES`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = _List()
        self._list.activated.connect(lambda: self.chosen.emit(self.key()))
        self._level = QLabel()
        self._level.setObjectName("kCurveLevel")
        self._level.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._list)
        row.addWidget(self._level)
        self.set_level("")

    def key(self) -> str:
        """Return the key of the one that is chosen."""
        return str(self._list.currentData())

    def choose(self, key: str) -> bool:
        """Choose one, if it is known, and tell whether that is another; emits nothing."""
        index = self._list.findData(key)
        if index < 0 or index == self._list.currentIndex():
            return False
        self._list.setCurrentIndex(index)
        return True

    def set_level(self, name: str) -> None:
        """Say at which level the curve is made; an empty name says nothing."""
        self._level.setText(self.tr("at %1").replace("%1", name))
        words = self.tr(
            "The curve and what is read off it are those of %1.\n"
            "The figures of the k in use are those of its result."
        )
        self._level.setToolTip(words.replace("%1", name))
        self._level.setVisible(bool(name))


class _List(QComboBox):
    """A list of the qualities that the curve can show, as wide as the one that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kCurveQuality")
        self.setAccessibleName(self.tr("Quality on the left axis"))
        for key in QUALITIES:
            name = quality_name(key)
            self.addItem(self.tr("95th pct. ΔE2000") if key == "p95_de" else name, key)
            self.setItemData(self.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return what the one that is chosen needs: the others leave the room to what is read."""
        return self._size_for(self.currentText())

    def minimumSizeHint(self) -> QSize:
        """Return what the first letters need."""
        return self._size_for("x" * _LEAST)

    def _size_for(self, text: str) -> QSize:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        metrics = self.fontMetrics()
        size = QSize(metrics.horizontalAdvance(text) + 2, max(metrics.height(), 14))
        kind = QStyle.ContentsType.CT_ComboBox
        return self.style().sizeFromContents(kind, option, size, self)
