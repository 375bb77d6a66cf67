"""Colour spaces side by side in a race: bare, and seen from one place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from tests.ui.race_shown import Shown, dispose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    shown = Shown(qtbot, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    shown.run()
    shown.playback.seek(2)
    QTest.mouseClick(shown.window.header.as_space, LEFT)
    # they are built one after another, and say so until then
    qtbot.waitUntil(lambda: all(viewport(space) for space in spaces(shown)), timeout=20_000)
    yield shown
    dispose(shown)


def spaces(shown: Shown) -> list[Any]:
    return [column.space for column in shown.window.columns]


def viewport(space: Any) -> Any:
    """What takes the mouse and the keys in a space."""
    return space.findChild(QWidget, "spaceViewport")


def cameras(shown: Shown) -> list[Any]:
    return [space._scene.camera for space in spaces(shown)]


def controls(space: Any) -> list[Any]:
    return [
        child
        for kind in (QAbstractButton, QComboBox)
        for child in space.findChildren(kind)
        if child.isVisible()
    ]


def drag(space: Any, by: QPoint, button: Qt.MouseButton = LEFT) -> None:
    target, start = viewport(space), QPoint(120, 100)
    QTest.mousePress(target, button, pos=start)
    QTest.mouseMove(target, start + by / 2)
    QTest.mouseMove(target, start + by)
    QTest.mouseRelease(target, button, pos=start + by)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_turning_one_turns_all(shown: Shown, number: int) -> None:
    before = cameras(shown)
    assert before[0] == before[1] == before[2]
    drag(spaces(shown)[number], QPoint(60, 20))
    after = cameras(shown)
    assert after[0] == after[1] == after[2]
    # to the right, so that the left comes forward
    assert after[number].azimuth != pytest.approx(before[number].azimuth, abs=5)
    assert after[number].elevation != pytest.approx(before[number].elevation, abs=2)


def test_wheel_keys_and_reset_move_all(shown: Shown, qtbot: QtBot) -> None:
    first, second, third = spaces(shown)
    home = first._scene.camera
    target = viewport(second)
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_Plus)
    assert {camera.zoom for camera in cameras(shown)} == {second._scene.camera.zoom} != {home.zoom}
    QTest.keyClick(target, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert third._scene.camera.center == second._scene.camera.center != home.center
    QTest.keyClick(viewport(third), Qt.Key.Key_P)
    assert [camera.perspective for camera in cameras(shown)] == [not home.perspective] * 3
    QTest.mouseDClick(viewport(first), LEFT)
    assert len(set(cameras(shown))) == 1
    assert first._scene.camera.zoom == home.zoom
    # to look along an axis takes a moment, in which all move together
    QTest.keyClick(target, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: second._scene.camera == second._navigation._motion.goal)
    assert len(set(cameras(shown))) == 1
    assert first._scene.camera.azimuth != home.azimuth


def test_one_that_goes_round_takes_the_others_along(shown: Shown, qtbot: QtBot) -> None:
    first, second, _ = spaces(shown)
    QTest.keyClick(viewport(first), Qt.Key.Key_R)
    start = second._scene.camera.azimuth
    qtbot.waitUntil(lambda: abs(second._scene.camera.azimuth - start) > 3)
    assert len(set(cameras(shown))) == 1
    # a second one that is to turn does not hurry them on
    QTest.keyClick(viewport(second), Qt.Key.Key_R)
    turned, began = second._scene.camera.azimuth, time.monotonic()
    qtbot.waitUntil(lambda: abs(second._scene.camera.azimuth - turned) > 9)
    # 18 degrees a second; a busy machine takes longer
    assert time.monotonic() - began > 0.35
    assert len(set(cameras(shown))) == 1
    QTest.keyClick(viewport(second), Qt.Key.Key_R)
    QTest.keyClick(viewport(first), Qt.Key.Key_R)
    still = cameras(shown)
    qtbot.wait(80)
    assert cameras(shown) == still


def test_another_runner_is_seen_from_there_too(shown: Shown) -> None:
    drag(spaces(shown)[0], QPoint(50, 30))
    place = spaces(shown)[0]._scene.camera
    QTest.mouseClick(shown.window.header.add, LEFT)
    shown.wait()
    assert cameras(shown) == [place] * 4
    shown.qtbot.waitUntil(lambda: viewport(spaces(shown)[3]) is not None, timeout=20_000)
    drag(spaces(shown)[3], QPoint(-80, 10))
    assert len(set(cameras(shown))) == 1


def test_spaces_are_bare_until_controls_are_wanted(shown: Shown) -> None:
    header = shown.window.header
    assert [controls(space) for space in spaces(shown)] == [[], [], []]
    assert all(space._overlays.gizmo.isHidden() for space in spaces(shown))
    said = [
        label.text()
        for space in spaces(shown)
        for label in space.findChildren(QLabel)
        if label.isVisible()
    ]
    assert said == []
    # all the height is theirs
    assert {space._scene.covered for space in spaces(shown)} == {8}
    QTest.mouseClick(header.controls, LEFT)
    for space in spaces(shown):
        names = {control.objectName() for control in controls(space)}
        assert {"spaceCombo", "saveViewButton", "viewOptionsButton", "pixelsToggle"} <= names
        assert space._scene.covered > 30
    QTest.mouseClick(header.add, LEFT)
    shown.wait()
    assert controls(spaces(shown)[3])
    QTest.mouseClick(header.controls, LEFT)
    assert [controls(space) for space in spaces(shown)] == [[], [], [], []]
    QTest.mouseClick(header.as_picture, LEFT)
    assert not header.controls.isVisible()
    QTest.mouseClick(header.as_space, LEFT)
    assert header.controls.isVisible()


def test_a_bare_space_stays_so_when_it_is_resized_and_says_what_has_to_be_said(
    shown: Shown,
) -> None:
    space = spaces(shown)[0]
    shown.window.resize(1500, 900)
    shown.qtbot.waitUntil(lambda: space.width() > 400)
    assert controls(space) == []
    space.set_busy("Wait a moment")
    words = [label.text() for label in space.findChildren(QLabel) if label.isVisible()]
    assert any("Wait a moment" in text for text in words)
