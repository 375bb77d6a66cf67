"""What makes a checkout run, and what a person installs, hold together."""

from __future__ import annotations

import configparser
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import colorquant_gui

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
APP_ID = "io.github.colorquant.ColorQuant"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


def system_packages() -> list[list[str]]:
    lines = (PACKAGING / "debian-packages.txt").read_text("utf-8").splitlines()
    return [line.split(None, 2) for line in lines if line and not line.startswith("#")]


def constraints() -> dict[str, str]:
    lines = (PACKAGING / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    for pin in pins:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", pin), pin
    return {canonicalize_name(name): version for name, version in (p.split("==") for p in pins)}


def test_each_system_package_says_how_important_it_is_and_why() -> None:
    names = [name for name, _, _ in system_packages()]
    assert len(names) == len(set(names))
    assert {importance for _, importance, _ in system_packages()} == {"required", "optional"}


@pytest.mark.skipif(shutil.which("ldd") is None, reason="there is no ldd")
@pytest.mark.parametrize(
    "pattern",
    ["platforms/libqxcb.so", "platforms/libqwayland.so", "xcbglintegrations/*.so"],
)
def test_qt_finds_every_system_library(pattern: str) -> None:
    import PySide6

    plugins = Path(PySide6.__path__[0]) / "Qt" / "plugins"
    found = list(plugins.glob(pattern))
    assert found
    for plugin in found:
        output = subprocess.run(["ldd", plugin], capture_output=True, text=True, check=True).stdout
        assert "not found" not in output


def test_everything_that_gets_installed_is_pinned() -> None:
    pins = constraints()
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *extras["dev"],
        "pip",
    ]
    seen: set[str] = set()
    while wanted:
        requirement = Requirement(wanted.pop())
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        assert name in pins, f"{name} is not in constraints.txt"
        assert pins[name] in requirement.specifier
        assert importlib.metadata.version(name) == pins[name]
        wanted += importlib.metadata.requires(name) or []
    for extra in extras["bundle"]:
        assert canonicalize_name(Requirement(extra).name) in pins


def test_every_place_tells_the_same_version() -> None:
    version = PROJECT["project"]["version"]
    assert colorquant_gui.__version__ == version
    metainfo = ET.parse(PACKAGING / "linux" / f"{APP_ID}.metainfo.xml")
    releases = [release.get("version") for release in metainfo.iter("release")]
    assert releases[0] == version
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_desktop_entry_and_the_metainfo_belong_together() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(PACKAGING / "linux" / f"{APP_ID}.desktop", "utf-8")
    desktop = entry["Desktop Entry"]
    assert desktop["Exec"].split()[0] in PROJECT["project"]["scripts"]
    metainfo = ET.parse(PACKAGING / "linux" / f"{APP_ID}.metainfo.xml")
    assert metainfo.findtext("id") == APP_ID
    assert metainfo.findtext("launchable") == f"{APP_ID}.desktop"
    assert metainfo.findtext("provides/binary") == desktop["Exec"].split()[0]
    assert (ROOT / "resources" / "icons" / "colorquant.svg").is_file()


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="there is no desktop-file-validate"
)
def test_the_desktop_entry_is_valid() -> None:
    entry = PACKAGING / "linux" / f"{APP_ID}.desktop"
    subprocess.run(["desktop-file-validate", entry], check=True)


def test_a_wheel_holds_package_and_resources(tmp_path: Path) -> None:
    build = "import sys; from scikit_build_core.build import build_wheel; build_wheel(sys.argv[1])"
    # the compiled engine has been installed already where there is a compiler
    quick = {**os.environ, "SKBUILD_WHEEL_CMAKE": "false"}
    subprocess.run([sys.executable, "-c", build, tmp_path], cwd=ROOT, check=True, env=quick)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("icons", "samples"):
        for file in (ROOT / "resources" / folder).iterdir():
            if file.suffix in {".svg", ".jpg"}:
                assert f"colorquant_gui/resources/{folder}/{file.name}" in names
    assert "colorquant_gui/core/kmeans.py" in names
    assert not [name for name in names if name.startswith(("resources", "tests", "packaging"))]
    assert not [name for name in names if "/resources/" in name and name.endswith(".py")]


class Machine:
    """A machine of stub commands, on which bootstrap.sh runs for real."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "a checkout"
        self.commands = folder / "bin"
        self.log = folder / "log"
        self.log.touch()
        (self.checkout / "packaging").mkdir(parents=True)
        for name in ("bootstrap.sh", "debian-packages.txt", "constraints.txt"):
            shutil.copy(PACKAGING / name, self.checkout / "packaging" / name)
        shutil.copy(ROOT / "pyproject.toml", self.checkout)
        self.commands.mkdir()
        for name in ("awk", "bash", "cat", "chmod", "cksum", "dirname", "env", "find", "mkdir"):
            self.real_command(name)
        for name in ("sort", "tr", "xargs"):
            self.real_command(name)
        self.command("uname", "echo Linux")
        self.command("id", "echo 1000")
        self.command("python3", self._python())
        self.packages([name for name, _, _ in system_packages()])

    def _python(self) -> str:
        return f"""
            echo "python $*" >>'{self.log}'
            case "$*" in
            --version) echo Python 3.12.1 ;;
            "-m venv"*) for last; do :; done
                mkdir -p "$last/bin"; cat "$0" >"$last/bin/python"
                chmod +x "$last/bin/python" ;;
            *tomllib*) echo builder ;;
            esac"""

    def real_command(self, name: str) -> None:
        (self.commands / name).symlink_to(shutil.which(name) or name)

    def command(self, name: str, body: str) -> None:
        file = self.commands / name
        file.write_text(f"#!{shutil.which('bash')}\n{body}\n", "utf-8")
        file.chmod(0o755)

    def packages(self, names: list[str], *more: str) -> None:
        lines = [f"installed {name} " for name in names] + list(more)
        self.command("dpkg-query", "cat <<'END'\n" + "\n".join(lines) + "\nEND")
        self.command("apt-get", f"echo \"apt-get $*\" >>'{self.log}'")

    def bootstrap(self) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        return subprocess.run(
            [self.commands / "bash", "packaging/bootstrap.sh"],
            cwd=self.checkout,
            env={"PATH": str(self.commands)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def logged(self, word: str) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if word in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@needs_bash
class TestBootstrap:
    def test_a_complete_machine_gets_python_packages_once(self, machine: Machine) -> None:
        first = machine.bootstrap()
        assert first.returncode == 0, first.stderr
        assert not machine.logged("apt-get")
        installs = machine.logged("pip install")
        assert all("--constraint packaging/constraints.txt" in line for line in installs)
        assert installs[-1].endswith("--no-build-isolation --editable .[dev]")
        second = machine.bootstrap()
        assert second.returncode == 0
        assert second.stderr == ""
        assert not machine.logged("pip install")

    @pytest.mark.parametrize("file", ["pyproject.toml", "packaging/constraints.txt"])
    def test_changed_requirements_are_installed(self, machine: Machine, file: str) -> None:
        machine.bootstrap()
        with (machine.checkout / file).open("a") as text:
            text.write("# changed\n")
        assert machine.bootstrap().returncode == 0
        assert machine.logged("pip install")
        assert not machine.logged("-m venv")

    def test_changed_native_sources_are_built(self, machine: Machine) -> None:
        machine.bootstrap()
        native = machine.checkout / "colorquant_gui" / "core" / "native"
        native.mkdir(parents=True)
        (native / "kernel.cpp").write_text("int main() {}")
        machine.bootstrap()
        assert machine.logged("--editable")

    def test_a_moved_checkout_gets_a_new_environment(self, machine: Machine) -> None:
        machine.bootstrap()
        machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
        assert machine.bootstrap().returncode == 0
        assert machine.logged("-m venv --clear")

    def test_without_root_it_names_the_one_command(self, machine: Machine) -> None:
        names = [name for name, _, _ in system_packages()]
        machine.packages([n for n in names if n not in {"xvfb", "libegl1"}])
        result = machine.bootstrap()
        assert result.returncode != 0
        assert "sudo apt-get install --no-install-recommends libegl1 xvfb\n" in result.stderr
        assert not machine.log.read_text()

    def test_root_installs_what_is_missing_and_no_more(self, machine: Machine) -> None:
        machine.command("id", "echo 0")
        names = [name for name, _, _ in system_packages()]
        machine.packages([n for n in names if n not in {"xvfb", "libegl1"}])
        assert machine.bootstrap().returncode == 0
        (install,) = machine.logged(" install ")[:1]
        assert install.endswith("install -y --no-install-recommends libegl1 xvfb")

    def test_sudo_is_used_where_it_asks_nothing(self, machine: Machine) -> None:
        machine.command("sudo", f'[ "$1" = -n ] || {{ echo sudo >>\'{machine.log}\'; "$@"; }}')
        machine.packages([name for name, _, _ in system_packages() if name != "xvfb"])
        assert machine.bootstrap().returncode == 0
        assert machine.logged("sudo")
        assert machine.logged("install -y --no-install-recommends xvfb")

    def test_sudo_that_asks_for_a_password_is_left_to_the_person(self, machine: Machine) -> None:
        machine.command("sudo", f"echo sudo $* >>'{machine.log}'; exit 1")
        machine.packages([name for name, _, _ in system_packages() if name != "xvfb"])
        result = machine.bootstrap()
        assert result.returncode != 0
        assert "sudo apt-get install --no-install-recommends xvfb\n" in result.stderr
        assert machine.logged("sudo") == ["sudo -n true"]

    def test_a_package_under_a_newer_name_counts(self, machine: Machine) -> None:
        names = [name for name, _, _ in system_packages() if name != "libglib2.0-0"]
        renamed = "installed libglib2.0-0t64 libglib2.0-0 (= 2.84.4), libother"
        machine.packages(names, renamed)
        assert machine.bootstrap().returncode == 0

    def test_a_removed_package_does_not_count(self, machine: Machine) -> None:
        names = [name for name, _, _ in system_packages() if name != "xvfb"]
        machine.packages(names, "config-files xvfb ")
        assert machine.bootstrap().returncode != 0

    def test_what_is_optional_stops_nobody(self, machine: Machine) -> None:
        required = [name for name, importance, _ in system_packages() if importance == "required"]
        machine.packages(required)
        assert machine.bootstrap().returncode == 0
        assert not machine.logged("apt-get")

    def test_elsewhere_than_debian_it_says_what_is_needed(self, machine: Machine) -> None:
        (machine.commands / "apt-get").unlink()
        result = machine.bootstrap()
        assert result.returncode == 0
        assert "not a Debian system" in result.stderr
        assert "debian-packages.txt" in result.stderr

    def test_an_old_python_is_told(self, machine: Machine) -> None:
        machine.command("python3", '[ "$1" = --version ] && echo Python 3.9.2 || exit 1')
        result = machine.bootstrap()
        assert result.returncode != 0
        assert "3.11" in result.stderr
        assert "Python 3.9.2" in result.stderr
