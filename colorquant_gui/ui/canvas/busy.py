"""BusyPanel: says that something is being done, and offers to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from colorquant_gui.ui.canvas.floating_panel import GAP, FloatingPanel

_TURN_MS = 1200
_FRAME_MS = 40


class Spinner(QWidget):
    """A small arc that turns while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busySpinner")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._angle = 0.0
        self._timer = QTimer(self)
        self._timer.setObjectName("busySpinnerTimer")
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._turn)

    def sizeHint(self) -> QSize:
        """Return the size of an icon."""
        return QSize(16, 16)

    def showEvent(self, event: QShowEvent) -> None:
        """Start turning."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop turning."""
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arc."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self.palette().color(QPalette.ColorRole.WindowText), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            arc = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            painter.drawArc(arc, round(-16 * self._angle), 16 * 270)

    def _turn(self) -> None:
        self._angle = (self._angle + 360 * _FRAME_MS / _TURN_MS) % 360
        self.update()


class BusyPanel(FloatingPanel):
    """A small panel over the canvas.

    Parameters
    ----------
    parent : QWidget, optional
        The widget that it lies over.
    """

    cancelRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busyPanel")
        self._text = ""
        self._label = QLabel(self)
        self._label.setObjectName("busyLabel")
        # a file may be called <b>
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(self.tr("Cancel"), self)
        self._button.setObjectName("cancelButton")
        self._button.setAccessibleName(self.tr("Cancel"))
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.clicked.connect(self.cancelRequested)
        self.setFocusProxy(self._button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(Spinner(self))
        layout.addWidget(self._label)
        layout.addSpacing(8)
        layout.addWidget(self._button)

    @property
    def text(self) -> str:
        """What is being done, "" when nothing is."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say what is being done."""
        self._text = text
        self.setAccessibleName(text)

    def place(self, area: QRect, *, centred: bool) -> None:
        """Move to the middle, or the lower edge, of an area; a long text is shortened to fit.

        Parameters
        ----------
        area : QRect
            The area to stay in.
        centred : bool
            In its middle; at its lower edge where there is a picture to look at.
        """
        self._label.setText("")
        room = area.width() - 2 * GAP - self.sizeHint().width()
        metrics = self._label.fontMetrics()
        self._label.setText(
            metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, max(0, room))
        )
        self._settle(area, centred=centred)
