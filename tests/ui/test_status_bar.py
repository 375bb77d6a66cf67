"""The status bar: every number in its own place, at every width."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QProgressBar, QWidget

from colorquant_gui.ui.panels.status_bar import StatusBar
from colorquant_gui.ui.theme import apply_theme


@pytest.fixture
def bar(qtbot, qapp):
    apply_theme(qapp, "light")
    window = QMainWindow()
    qtbot.addWidget(window)
    made = StatusBar()
    window.setStatusBar(made)
    window.resize(1280, 200)
    window.show()
    QApplication.processEvents()
    # the window dies with the last name that holds it
    yield made
    window.close()


def fill(bar: StatusBar) -> None:
    bar.set_source("photo.jpg", 3840, 2560, 177_204)
    bar.set_run("Iteration 7 of 22", 7 / 22)
    bar.set_quality(16, 232.0, 29.236)
    bar.set_sizes(4_100_000, 1_190_000)
    QApplication.processEvents()


def fields(bar: StatusBar) -> list[QWidget]:
    widgets = bar.findChildren(QLabel) + bar.findChildren(QProgressBar)
    return [widget for widget in widgets if widget.isVisible()]


def text(bar: StatusBar, name: str) -> str:
    return bar.findChild(QLabel, name).text()


def texts(bar: StatusBar) -> dict[str, str]:
    return {label.objectName(): label.text() for label in bar.findChildren(QLabel)}


def test_what_it_says(bar):
    fill(bar)
    assert texts(bar) == {
        "nameField": "photo.jpg",
        "sizeField": "3,840 × 2,560",
        "colorsField": "177,204 colours",
        "runField": "Iteration 7 of 22",
        "kField": "k 16",
        "mseField": "MSE 232.0",
        "psnrField": "PSNR 29.2 dB",
        "sizesField": "4.1 MB → 1.2 MB (29 %)",
    }
    assert all(widget.accessibleName() for widget in fields(bar))


def test_special_cases(bar):
    bar.set_source("one.png", 1, 1, 1)
    bar.set_quality(1, 0.0, math.inf)
    assert text(bar, "colorsField") == "1 colour"
    assert text(bar, "mseField") == "MSE 0"
    assert text(bar, "psnrField") == "PSNR ∞ dB"
    bar.set_quality(4, None, None)
    assert (text(bar, "kField"), text(bar, "mseField"), text(bar, "psnrField")) == ("k 4", "", "")


@pytest.mark.parametrize(
    ("source", "result", "expected"),
    [
        (None, None, ""),
        (None, 823, "823 B"),
        (None, "pending", "…"),
        (4_100_000, None, "4.1 MB"),
        (4_100_000, "pending", "4.1 MB → …"),
        (0, 823, "0 B → 823 B"),
        (100, 250, "100 B → 250 B (250 %)"),
    ],
)
def test_file_sizes(bar, source, result, expected):
    bar.set_sizes(source, result)
    assert text(bar, "sizesField") == expected


def test_clear_says_nothing(bar):
    fill(bar)
    bar.clear()
    assert set(texts(bar).values()) == {""}


def test_tooltips_explain_the_measures(bar):
    assert "summed over R, G and B" in bar.findChild(QLabel, "mseField").toolTip()
    assert "per channel" in bar.findChild(QLabel, "psnrField").toolTip()


def overlaps_and_clipping(bar: StatusBar) -> list[str]:
    shown = sorted(fields(bar), key=lambda w: w.mapTo(bar, QPoint()).x())
    faults = []
    right = 0
    for widget in shown:
        left = widget.mapTo(bar, QPoint()).x()
        if left < right:
            faults.append(f"{widget.objectName()} overlaps")
        right = left + widget.width()
        if isinstance(widget, QLabel):
            needed = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            if needed > widget.width():
                faults.append(f"{widget.objectName()} is clipped")
    if right > bar.width():
        faults.append("beyond the edge")
    return faults


@pytest.mark.parametrize("width", [1280, 1920])
def test_at_usual_widths_everything_is_there_and_whole(bar, width):
    bar.window().resize(width, 200)
    fill(bar)
    bar.set_run("Converged after 222 iterations")
    bar.set_quality(256, 12_345.6, 29.2)
    bar.set_sizes(104_100_000, 101_190_000)
    bar.set_source("photo.jpg", 10_000, 10_000, 16_777_216)
    QApplication.processEvents()
    assert len(fields(bar)) == 9
    assert overlaps_and_clipping(bar) == []


@pytest.mark.parametrize("width", range(300, 1300, 100))
def test_narrow_windows_lose_the_least_important_only(bar, width):
    fill(bar)
    bar.set_source("a-rather-long-name-of-a-holiday-photo-0123456789.jpeg", 3840, 2560, 177_204)
    bar.window().resize(width, 200)
    QApplication.processEvents()
    assert bar.window().width() == width
    assert overlaps_and_clipping(bar) == []
    names = {widget.objectName() for widget in fields(bar)}
    importance = ["nameField", "kField", "mseField", "runField", "psnrField", "sizesField"]
    importance += ["sizeField", "colorsField", "runProgress"]
    assert names == set(importance[: len(names)])


def test_a_long_name_loses_its_middle_and_tells_all_on_hovering(bar):
    name = "holiday-" * 20 + "0042.jpeg"
    bar.set_source(name, 100, 100, 5)
    QApplication.processEvents()
    label = bar.findChild(QLabel, "nameField")
    assert label.text().startswith("holiday-")
    assert label.text().endswith(".jpeg")
    assert "…" in label.text()
    assert label.toolTip() == name
    bar.set_source("short.png", 100, 100, 5)
    QApplication.processEvents()
    assert (label.text(), label.toolTip()) == ("short.png", "")


def test_nothing_jumps_while_numbers_change(bar):
    fill(bar)
    places = set()
    for iteration in range(1, 120, 7):
        bar.set_run(f"Iteration {iteration} of 119", iteration / 119)
        bar.set_quality(16, 1111.1 * iteration / 20, 11.1 + iteration / 10)
        QApplication.processEvents()
        places.add(
            tuple(
                (widget.objectName(), widget.mapTo(bar, QPoint()).x(), widget.width())
                for widget in fields(bar)
            )
        )
    assert len(places) == 1


def test_progress_is_painted_and_goes(bar):
    fill(bar)
    progress = bar.findChild(QProgressBar, "runProgress")

    def dark_pixels() -> int:
        picture = progress.grab().toImage()
        return sum(picture.pixelColor(x, 1).lightness() < 0x60 for x in range(picture.width()))

    for fraction, expected in [(0.0, 0), (0.25, 24), (1.0, 96), (7.0, 96)]:
        bar.set_run("", fraction)
        assert dark_pixels() == expected
    assert progress.value() == progress.maximum()
    before = progress.geometry()
    bar.set_run("Stopped", None)
    QApplication.processEvents()
    picture = progress.grab().toImage()
    surface = {picture.pixelColor(x, 1).lightness() for x in range(picture.width())}
    assert surface == {0xF0}
    assert progress.geometry() == before


def test_a_pixel_stays_until_it_is_left_however_the_run_goes_on(bar):
    fill(bar)
    bar.set_pixel("7, 9   #102030")
    assert (bar.facts().pixel, bar.facts().run) == ("7, 9   #102030", "")
    bar.set_run("Iteration 8 of 22", 8 / 22)
    assert text(bar, "runField") == "7, 9   #102030"
    assert bar.findChild(QProgressBar, "runProgress").value() == round(1000 * 8 / 22)
    assert (bar.facts().pixel, bar.facts().run) == ("7, 9   #102030", "")
    bar.set_pixel("")
    assert text(bar, "runField") == "Iteration 8 of 22"
    assert (bar.facts().pixel, bar.facts().run) == ("", "Iteration 8 of 22")
    bar.set_pixel("7, 9   #102030")
    bar.clear()
    assert text(bar, "runField") == ""
