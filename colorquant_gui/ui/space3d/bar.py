"""SpaceBar: the space to look at, and what can be done with the view of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from colorquant_gui.ui.icons import icon
from colorquant_gui.ui.space3d.ground import paint_ground
from colorquant_gui.ui.space3d.space_choice import SpaceChoice
from colorquant_gui.ui.space3d.style import SceneStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent

SCALES = (1, 2, 4)
_SIDE = 28


class SpaceBar(QWidget):
    """The strip over the view.

    Attributes
    ----------
    spaceEdited : Signal(str)
        The key of the space that the person has chosen.
    perspectiveEdited : Signal(bool)
        Whether near things are to be bigger.
    rotatingEdited : Signal(bool)
        Whether the camera is to go round and round.
    resetRequested, optionsRequested : Signal()
        A button was pressed.
    saveRequested : Signal(int, bool)
        Save the view at 1, 2 or 4 times its size, with or without a transparent background.
    """

    spaceEdited = Signal(str)
    perspectiveEdited = Signal(bool)
    rotatingEdited = Signal(bool)
    resetRequested = Signal()
    optionsRequested = Signal()
    saveRequested = Signal(int, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = SceneStyle.of(self)
        self._sliced = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._combo = SpaceChoice(self)
        self._combo.spaceEdited.connect(self.spaceEdited)
        row.addWidget(self._combo)
        row.addStretch(1)
        self.perspective = self._button("perspectiveButton", "perspective", checkable=True)
        self.perspective.setChecked(True)
        self.perspective.clicked.connect(self.perspectiveEdited)
        self.rotating = self._button("autoRotateButton", "orbit", checkable=True)
        self.rotating.clicked.connect(self.rotatingEdited)
        self._reset = self._button("resetViewButton", "fit")
        self._reset.clicked.connect(self.resetRequested)
        self._save = self._button("saveViewButton", "camera")
        self._menu = QMenu(self._save)
        self._transparent = self._fill_menu()
        self._save.setMenu(self._menu)
        self._save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # the arrow of a menu would be drawn over the icon
        self._save.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.options = self._button("viewOptionsButton", "settings", checkable=True)
        self.options.clicked.connect(self._request_options)
        for button in (self.perspective, self.rotating, self._reset, self._save, self.options):
            row.addWidget(button)
        self._translate()

    def set_space(self, key: str) -> None:
        """Show which space is chosen, without a signal."""
        self._combo.set_space(key)

    def set_sliced(self, sliced: bool) -> None:
        """Mark the options where they hide colours."""
        if sliced != self._sliced:
            self._sliced = sliced
            self.options.setChecked(sliced)
            self._translate()

    def set_style(self, style: SceneStyle) -> None:
        """Take the colours of the scene."""
        self._style = style
        self._combo.setFont(style.font)
        self.update()

    def _request_options(self) -> None:
        # it is no switch, though it can look like one
        self.options.setChecked(self._sliced)
        self.optionsRequested.emit()

    def gap(self) -> QRect:
        """Return the part between the list and the buttons that is free, in its own pixels."""
        row = self.layout()
        assert row is not None
        row.activate()
        return self.rect().adjusted(
            self._combo.geometry().right() + 1, 0, self.perspective.x() - self.width(), 0
        )

    def _button(self, name: str, icon_name: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(20, 20))
        button.setFixedSize(_SIDE, _SIDE)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _fill_menu(self) -> QAction:
        group = QActionGroup(self._menu)
        for scale in SCALES:
            action = group.addAction("")
            action.setObjectName(f"saveView{scale}x")
            action.setData(scale)
            self._menu.addAction(action)
        self._menu.addSeparator()
        transparent = self._menu.addAction("")
        transparent.setObjectName("saveViewTransparent")
        transparent.setCheckable(True)
        group.triggered.connect(
            lambda action: self.saveRequested.emit(action.data(), transparent.isChecked())
        )
        return transparent

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ground under the buttons that the cloud hardly shines through."""
        buttons = self.perspective.geometry().united(self.options.geometry())
        painter = QPainter(self)
        paint_ground(painter, QRectF(buttons), QColor(*self._style.background))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        about_options = self.tr("Colours, points and slice")
        if self._sliced:
            about_options = self.tr("Colours, points and slice: some colours are hidden")
        names = (
            (self.perspective, self.tr("Perspective"), self.tr("Perspective (P)")),
            (self.rotating, self.tr("Turn by itself"), self.tr("Turn by itself (R)")),
            (self._reset, self.tr("Reset the view"), self.tr("Reset the view (Home)")),
            (self._save, self.tr("Save the view"), self.tr("Save the view as a picture")),
            (self.options, self.tr("View options"), about_options),
        )
        for button, name, tip in names:
            button.setAccessibleName(name)
            button.setToolTip(tip)
        for action in self._menu.actions():
            if action.data():
                action.setText(self.tr("Save View at {0}×…").format(action.data()))
        self._transparent.setText(self.tr("Transparent Background"))
