"""Every action of the window in one table: key, text, shortcut, icon.

Where an action stands in menus and tool bar is said in `menus`, what it does in the controllers.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "Actions"
# beside 100 %, which has an action of its own
ZOOM_PERCENTS = (25, 50, 200, 400, 800, 1600)


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
    return str(QT_TRANSLATE_NOOP(CONTEXT, text))


ACTIONS = (
    ActionSpec("open", _n("&Open…"), ("Ctrl+O",), "open", _n("Open a picture")),
    ActionSpec("clearRecent", _n("&Clear List"), (), "", _n("Forget the recent pictures")),
    ActionSpec("save", _n("&Save"), ("Ctrl+S",), "save", _n("Save the result")),
    ActionSpec(
        "saveAs", _n("Save &As…"), ("Ctrl+Shift+S",), "save-as", _n("Save under another name")
    ),
    ActionSpec("close", _n("&Close"), ("Ctrl+W",), "", _n("Close the picture")),
    ActionSpec("quit", _n("&Quit"), ("Ctrl+Q",)),
    ActionSpec("copyResult", _n("&Copy Result"), ("Ctrl+C",), "copy", _n("Copy the result")),
    ActionSpec("paste", _n("&Paste Picture"), ("Ctrl+V",), "paste", _n("Open what was copied")),
    ActionSpec(
        "modeSplit",
        _n("&Split"),
        ("Alt+1",),
        "split",
        _n("Split: original left, result right"),
        "mode",
    ),
    ActionSpec(
        "modeSideBySide",
        _n("Side &by Side"),
        ("Alt+2",),
        "side-by-side",
        _n("Side by side: both pictures next to each other"),
        "mode",
    ),
    ActionSpec(
        "modeOriginal",
        _n("&Original"),
        ("Alt+3",),
        "original",
        _n("Original: the picture as opened"),
        "mode",
    ),
    ActionSpec(
        "modeResult",
        _n("&Result"),
        ("Alt+4",),
        "result",
        _n("Result: the picture as it would be saved"),
        "mode",
    ),
    ActionSpec(
        "modeSplitHorizontal",
        _n("Split &Top and Bottom"),
        ("Alt+5",),
        "split-horizontal",
        _n("Split: original above, result below"),
        "mode",
    ),
    ActionSpec(
        "modeOnion",
        _n("O&nion Skin"),
        ("Alt+6",),
        "onion",
        _n("Onion skin: the result over the original, as opaque as you like"),
        "mode",
    ),
    ActionSpec(
        "modeFlicker",
        _n("Flic&ker"),
        ("Alt+7",),
        "flicker",
        _n("Flicker: original and result in turn"),
        "mode",
    ),
    ActionSpec(
        "modeDifference",
        _n("&Difference"),
        ("Alt+8",),
        "difference",
        _n("Difference: how far each pixel is from its colour"),
        "mode",
    ),
    ActionSpec(
        "loupe", _n("&Loupe"), (), "", _n("Magnify what is under the pointer (L)"), "", True
    ),
    ActionSpec(
        "minimap", _n("&Minimap"), (), "", _n("Show where you are when zoomed in"), "", True
    ),
    ActionSpec(
        "errorRgb",
        _n("&Levels (RGB)"),
        (),
        "",
        _n("How far apart the colours are in R, G and B"),
        "errorMetric",
    ),
    ActionSpec(
        "errorCiede2000",
        _n("&ΔE2000"),
        (),
        "",
        _n("How different the colours look: CIEDE2000; from about 1 on it can be seen"),
        "errorMetric",
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
    *(ActionSpec(f"zoom{percent}", f"{percent} %") for percent in ZOOM_PERCENTS),
    ActionSpec("backgroundChecker", _n("&Checkerboard"), (), "", "", "background"),
    ActionSpec("backgroundWhite", _n("&White"), (), "", "", "background"),
    ActionSpec("backgroundGrey", _n("&Grey"), (), "", "", "background"),
    ActionSpec("backgroundBlack", _n("&Black"), (), "", "", "background"),
    ActionSpec("backgroundCustom", _n("C&ustom Colour…"), (), "", "", "background"),
    ActionSpec("surroundTheme", _n("As the &Theme"), (), "", "", "surround"),
    ActionSpec("surroundWhite", _n("&White"), (), "", "", "surround"),
    ActionSpec("surroundGrey", _n("&Grey"), (), "", "", "surround"),
    ActionSpec("surroundBlack", _n("&Black"), (), "", "", "surround"),
    ActionSpec("surroundCustom", _n("C&ustom Colour…"), (), "", "", "surround"),
    ActionSpec(
        "pixelGrid",
        _n("Pixel &Grid"),
        (),
        "",
        _n("Lines between the pixels, above 800 %"),
        "",
        True,
    ),
    ActionSpec(
        "reducedMotion",
        _n("Reduced Motion"),
        (),
        "",
        _n("The picture stops where it is let go"),
        "",
        True,
    ),
    ActionSpec("resetColorSpace", _n("Reset Colour Space &View"), ("Ctrl+Shift+0",)),
    ActionSpec("resetLayout", _n("Reset La&yout"), (), "", _n("Put all panels back")),
    ActionSpec("fullScreen", _n("Full S&creen"), ("F11",)),
    ActionSpec(
        "presentation",
        _n("&Presentation"),
        ("F5", "Shift+F11"),
        "",
        _n("Only the picture and its colours, with large figures; Escape ends it"),
    ),
    ActionSpec("themeSystem", _n("As the &System"), (), "", "", "theme"),
    ActionSpec("themeLight", _n("&Light"), (), "", "", "theme"),
    ActionSpec("themeDark", _n("&Dark"), (), "", "", "theme"),
    ActionSpec("play", _n("&Play or Pause"), ("Ctrl+P",), "play", _n("Play the run, or pause it")),
    ActionSpec(
        "stepForward", _n("Step &Forward"), (".",), "step-forward", _n("On by half an iteration")
    ),
    ActionSpec("stepBack", _n("Step &Back"), (",",), "step-back", _n("Back by half an iteration")),
    ActionSpec("stop", _n("&Stop"), ("Ctrl+.",), "stop", _n("Stop the run, or jump to its end")),
    ActionSpec("restart", _n("&Restart"), ("Ctrl+R",), "restart", _n("Run again from the seeding")),
    ActionSpec(
        "newSeed",
        _n("&New Random Seed"),
        ("Ctrl+D",),
        "dice",
        _n("Other random initial centroids; for k-means++ and random pixels"),
    ),
    ActionSpec("race", _n("R&ace Seedings…"), ("Ctrl+E",), "", _n("Runs from several seedings")),
    ActionSpec(
        "exportAnimation",
        _n("Export A&nimation…"),
        ("Ctrl+Shift+E",),
        "",
        _n("The run as a GIF, WebP, APNG or a sequence of PNG files"),
    ),
    ActionSpec("exportHistory", _n("Export &History…"), (), "", _n("Its numbers as a table")),
    ActionSpec(
        "workedExample",
        _n("Worked &Example"),
        (),
        "",
        _n("Three centres, one colour, three distances, step by step"),
    ),
    ActionSpec("welcome", _n("&Welcome"), (), "", _n("Sample pictures and how to begin")),
    ActionSpec("shortcuts", _n("&Keyboard Shortcuts"), ("F1",)),
    ActionSpec("showLog", _n("Show &Log File"), (), "", _n("Where faults are written down")),
    ActionSpec("about", _n("&About ColorQuant")),
)
