"""The few questions and texts that need a window of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
)

from colorquant_gui import __version__
from colorquant_gui.ui.actions import shortcut_rows
from colorquant_gui.ui.icons import app_icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)


def confirm_replace(parent: QWidget, path: Path) -> bool:
    """Ask whether a file may be replaced.

    Parameters
    ----------
    parent : QWidget
        The window.
    path : Path
        The file that exists.

    Returns
    -------
    bool
        True for yes.
    """
    return _confirm(
        parent, _tr("Replace “{0}”?").format(path.name), _tr("It exists already."), _tr("Replace")
    )


def confirm_overwrite_source(parent: QWidget, path: Path) -> bool:
    """Ask whether the opened picture itself may be overwritten.

    Parameters
    ----------
    parent : QWidget
        The window.
    path : Path
        The picture's file.

    Returns
    -------
    bool
        True for yes.
    """
    return _confirm(
        parent,
        _tr("Overwrite the original picture?"),
        _tr("“{0}” is the picture you opened. Its other colours would be lost for good.").format(
            path.name
        ),
        _tr("Overwrite"),
    )


def _confirm(
    parent: QWidget, question: str, details: str, yes: str, *, is_harmless: bool = False
) -> bool:
    icon = QMessageBox.Icon.Question if is_harmless else QMessageBox.Icon.Warning
    box = QMessageBox(icon, "ColorQuant", question, parent=parent)
    box.setObjectName("confirmDialog")
    # a file may be called <b>
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(details)
    role = QMessageBox.ButtonRole.AcceptRole
    accept = box.addButton(yes, role if is_harmless else QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(accept if is_harmless else cancel)
    box.exec()
    return box.clickedButton() is accept


def confirm_other_format(
    parent: QWidget, name: str, suggested: str, formats: Sequence[str]
) -> bool:
    """Ask whether to save in a format that can be written, in place of the one asked for.

    Parameters
    ----------
    parent : QWidget
        The window.
    name : str
        The file name that was typed.
    suggested : str
        The one with the ending of a format that can be written.
    formats : sequence of str
        Names of the formats that can be written, that of the suggested name first.

    Returns
    -------
    bool
        True for yes.
    """
    *others, last = formats
    known = _tr("{0} or {1}").format(", ".join(others), last) if others else last
    return _confirm(
        parent,
        _tr("“{0}” can't be written: this is saved as {1}.").format(name, known),
        _tr("It can be saved as “{0}” instead.").format(suggested),
        _tr("Save as {0}").format(formats[0]),
        is_harmless=True,
    )


def mix_color(parent: QWidget, title: str, before: str) -> str:
    """Let a person mix a colour.

    Parameters
    ----------
    parent : QWidget
        The window.
    title : str
        What it is for.
    before : str
        The colour to start from, as "#808080"; anything else starts from grey.

    Returns
    -------
    str
        As "#808080", or empty where the dialog was left.
    """
    start = QColor.fromString(before)
    color = QColorDialog.getColor(start if start.isValid() else QColor("#808080"), parent, title)
    return color.name() if color.isValid() else ""


# What can be done in the views, beside the actions of the menus.
_VIEW_KEYS = (
    ("Escape", "Release what is pinned, then end a presentation"),
    ("Space", "Picture: the original, while held"),
    ("Arrows", "Picture: move the split handle, or pan"),
    ("+, -, 0, 1 … 7", "Picture: zoom in, out, fit, 100 % and other steps"),
    ("L", "Picture: loupe"),
    ("Arrows, +, -, Home", "Colour space: rotate, zoom, reset"),
    ("1, 2, 3, P, R", "Colour space: along an axis, perspective, rotate"),
    ("Left, Right", "Colours: one fewer, one more"),
    ("Page Up, Page Down", "Colours: twice, half as many"),
    ("Home, End", "Colours: 2, 256"),
    ("Arrows, Enter", "Palette: walk through the colours, copy and pin one"),
    ("Space, arrows, Home, End", "Timeline: play, step, go to the ends"),
    ("Page Up, Page Down", "Timeline: a whole iteration on, back"),
    ("Ctrl+Left, Ctrl+Right", "Timeline: to what is marked"),
)


def show_shortcuts(parent: QWidget, actions: Iterable[QAction]) -> None:
    """List what can be done from the keyboard.

    Parameters
    ----------
    parent : QWidget
        The window.
    actions : iterable of QAction
        The window's actions.
    """
    dialog = QDialog(parent)
    dialog.setObjectName("shortcutsDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_tr("Keyboard Shortcuts"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    rows = [*shortcut_rows(actions), *((keys, _tr(text)) for keys, text in _VIEW_KEYS)]
    half = (len(rows) + 1) // 2
    for number, (keys, text) in enumerate(rows):
        block, row = divmod(number, half)
        key_label = QLabel(keys)
        key_label.setForegroundRole(dialog.palette().ColorRole.PlaceholderText)
        grid.addWidget(key_label, row, 2 * block)
        grid.addWidget(QLabel(text), row, 2 * block + 1)
    column.addLayout(grid)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.open()


def show_about(parent: QWidget) -> None:
    """Say what the program is.

    Parameters
    ----------
    parent : QWidget
        The window.
    """
    box = QMessageBox(parent)
    box.setObjectName("aboutDialog")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_tr("About ColorQuant"))
    box.setIconPixmap(app_icon().pixmap(QSize(64, 64)))
    box.setText(f"<b>ColorQuant {__version__}</b>")
    box.setInformativeText(
        _tr(
            "Reduces an image to k colours with exact k-means, and shows it thinking.\n\n"
            "MIT licence. Uses Qt through PySide6 (LGPL), pyqtgraph, NumPy and Pillow."
        )
    )
    box.open()
