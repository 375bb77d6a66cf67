"""Suggestion: the k that the curve suggests, why, and a button that takes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget


class Suggestion(QWidget):
    """A sentence and a button; hidden where there is nothing to suggest.

    Attributes
    ----------
    taken : Signal(int)
        The person takes the k that is suggested.
    """

    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._k: int | None = None
        self._current: int | None = None
        self._reason = QLabel()
        self._reason.setObjectName("kCurveElbow")
        self._reason.setAccessibleName(self.tr("Suggestion"))
        self._reason.setWordWrap(True)
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._take = QToolButton()
        self._take.setObjectName("kCurveTakeElbow")
        self._take.clicked.connect(self._tell)
        # the words must not run on into its place and back while k is dragged
        policy = self._take.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._take.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._reason, 1)
        layout.addWidget(self._take)
        self.hide()

    def suggest(self, k: int | None, reason: str, details: str) -> None:
        """Suggest a k.

        Parameters
        ----------
        k : int or None
            None where there is nothing to suggest.
        reason : str
            Why, in a sentence.
        details : str
            What the figures in it mean.
        """
        self._k = k
        self._reason.setText(f"▲ {reason}" if k is not None else "")
        self._reason.setToolTip(details)
        self.setVisible(k is not None and bool(reason))
        words = self.tr("Use k = %1").replace("%1", str(k))
        self._take.setText(words)
        self._take.setAccessibleName(words)
        self._offer()

    def set_current_k(self, k: int | None) -> None:
        """Tell the k in use, which needs no button."""
        if k != self._current:
            self._current = k
            self._offer()

    def _offer(self) -> None:
        self._take.setVisible(self._current not in (None, self._k))

    def _tell(self) -> None:
        if self._k is not None:
            self.taken.emit(self._k)
