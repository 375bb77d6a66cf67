"""Every action of the window in one table: key, text, shortcut, icon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from colorquant_gui.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTEXT = "Actions"


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    key : str
        objectName of the QAction.
    text : str
        Text in the menu, with a mnemonic.
    shortcuts : tuple of str
        Key sequences, the first one is shown.
    icon : str
        Name of an icon, or empty.
    tip : str
        What it does, for tooltip and status bar; the text by default.
    group : str
        Actions of a group are checkable and exclude each other.
    checkable : bool
        Whether it is on or off.
    """

    key: str
    text: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    group: str = ""
    checkable: bool = False


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP(_CONTEXT, text))


ACTIONS = (
    ActionSpec("open", _n("&Open…"), ("Ctrl+O",), "open", _n("Open a picture")),
    ActionSpec("openSample", _n("Open Sa&mple"), (), "", _n("Open the sample picture")),
    ActionSpec("clearRecent", _n("&Clear List"), (), "", _n("Forget the recent pictures")),
    ActionSpec("save", _n("&Save"), ("Ctrl+S",), "save", _n("Save the result")),
    ActionSpec(
        "saveAs", _n("Save &As…"), ("Ctrl+Shift+S",), "save-as", _n("Save under another name")
    ),
    ActionSpec("quit", _n("&Quit"), ("Ctrl+Q",)),
    ActionSpec("copyResult", _n("&Copy Result"), ("Ctrl+C",), "copy", _n("Copy the result")),
    ActionSpec("paste", _n("&Paste Picture"), ("Ctrl+V",), "paste", _n("Open what was copied")),
    ActionSpec(
        "modeSplit", _n("&Split"), ("Alt+1",), "split", _n("Original left, result right"), "mode"
    ),
    ActionSpec(
        "modeSideBySide",
        _n("Side &by Side"),
        ("Alt+2",),
        "side-by-side",
        _n("Both pictures next to each other"),
        "mode",
    ),
    ActionSpec(
        "modeOriginal", _n("&Original"), ("Alt+3",), "original", _n("The picture as opened"), "mode"
    ),
    ActionSpec(
        "modeResult",
        _n("&Result"),
        ("Alt+4",),
        "result",
        _n("The picture as it would be saved"),
        "mode",
    ),
    ActionSpec(
        "modeSplitHorizontal",
        _n("Split &Top and Bottom"),
        ("Alt+5",),
        "",
        _n("Original above, result below"),
        "mode",
    ),
    ActionSpec(
        "modeOnion",
        _n("O&nion Skin"),
        ("Alt+6",),
        "",
        _n("The result over the original, as opaque as you like"),
        "mode",
    ),
    ActionSpec(
        "modeFlicker",
        _n("&Flicker"),
        ("Alt+7",),
        "",
        _n("Original and result in turn"),
        "mode",
    ),
    ActionSpec(
        "modeDifference",
        _n("&Difference"),
        ("Alt+8",),
        "",
        _n("How far each pixel is from its colour"),
        "mode",
    ),
    ActionSpec(
        "loupe", _n("&Loupe"), (), "", _n("Magnify what is under the pointer (L)"), "", True
    ),
    ActionSpec(
        "minimap", _n("&Minimap"), (), "", _n("Show where you are when zoomed in"), "", True
    ),
    ActionSpec("zoomIn", _n("Zoom &In"), ("Ctrl++", "Ctrl+="), "zoom-in"),
    ActionSpec("zoomOut", _n("Zoom O&ut"), ("Ctrl+-",), "zoom-out"),
    ActionSpec("zoomFit", _n("&Fit in Window"), ("Ctrl+0",), "fit", _n("Show the whole picture")),
    ActionSpec(
        "zoomActual",
        _n("&100 %"),
        ("Ctrl+1",),
        "actual-size",
        _n("One pixel of the picture on one pixel of the screen"),
    ),
    ActionSpec("resetColorSpace", _n("Reset Colour Space &View"), ("Ctrl+Shift+0",)),
    ActionSpec("resetLayout", _n("Reset &Layout"), (), "", _n("Put all panels back")),
    ActionSpec("fullScreen", _n("Full S&creen"), ("F11",)),
    ActionSpec("themeSystem", _n("As the &System"), (), "", "", "theme"),
    ActionSpec("themeLight", _n("&Light"), (), "", "", "theme"),
    ActionSpec("themeDark", _n("&Dark"), (), "", "", "theme"),
    ActionSpec("stop", _n("&Stop"), ("Ctrl+.",), "stop", _n("Stop the run, or jump to its end")),
    ActionSpec("restart", _n("&Restart"), ("Ctrl+R",), "restart", _n("Run again from the seeding")),
    ActionSpec(
        "newSeed",
        _n("&New Random Seed"),
        ("Ctrl+D",),
        "dice",
        _n("Other random initial centroids; for k-means++ and random pixels"),
    ),
    ActionSpec("shortcuts", _n("&Keyboard Shortcuts"), ("F1",)),
    ActionSpec("showLog", _n("Show &Log File"), (), "", _n("Where faults are written down")),
    ActionSpec("about", _n("&About ColorQuant")),
)


def build_actions(parent: QObject) -> dict[str, QAction]:
    """Create the actions of the table.

    Parameters
    ----------
    parent : QObject
        Their owner.

    Returns
    -------
    dict of str to QAction
        By key.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        text = QCoreApplication.translate(_CONTEXT, spec.text)
        action = QAction(text, parent)
        action.setObjectName(spec.key)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        tip = QCoreApplication.translate(_CONTEXT, spec.tip) if spec.tip else _plain(text)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setCheckable(spec.checkable or bool(spec.group))
        if spec.group:
            group = groups.setdefault(spec.group, QActionGroup(parent))
            group.addAction(action)
        actions[spec.key] = action
    return actions


def shortcut_rows(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """List what can be done from the keyboard.

    Parameters
    ----------
    actions : iterable of QAction
        The actions to look through.

    Returns
    -------
    list of (str, str)
        Keys and what they do, for actions that have keys.
    """
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (action.shortcut().toString(native), _plain(action.text()))
        for action in actions
        if not action.shortcut().isEmpty()
    ]


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
