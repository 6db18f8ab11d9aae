"""What an operator installs: one wheel with everything in it, in an environment of its own."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import aiohttp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("flows", "content", "locales")
SECONDS = 180
"""Far more than anything here takes."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel.

    Its dependencies are those of this environment. A ``.pth`` file adds one folder and reads no
    others, so that the checkout, which is installed through one, is not to be found.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    commands = folder / "bin"
    install = ["--python", str(commands / "python"), "install", "--no-deps", "--no-index", "-q"]
    subprocess.run([sys.executable, "-m", "pip", *install, str(wheel)], check=True, timeout=SECONDS)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return commands


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment without what points at the checkout or sets Dalil up."""
    mine = ("PYTHONPATH", "DALIL_")
    return {name: value for name, value in os.environ.items() if not name.startswith(mine)}


def test_the_wheel_holds_the_code_the_guide_and_the_catalogs_and_nothing_else(wheel: Path) -> None:
    expected = {f"bot/{name}" for name in _files("bot") if not name.endswith(".pyc")}
    for part in SHIPPED:
        expected |= {f"bot/shipped/{part}/{name}" for name in _files(part)}
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected


def _files(folder: str) -> set[str]:
    """Every file below a folder, without what programs leave behind (``.x.swp``)."""
    root = ROOT / folder
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_wheel_asks_for_what_the_code_imports_in_versions_that_are_tested(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("METADATA"))
        text = archive.read(name).decode()
    asked = [Requirement(line) for line in re.findall(r"^Requires-Dist: (.+)$", text, re.MULTILINE)]
    assert {canonicalize_name(one.name) for one in asked} == _imported()
    assert [str(one) for one in asked if version(one.name) not in one.specifier] == []


def _imported() -> set[str]:
    """The distributions that the code imports, and the driver that it names in an address."""
    from importlib.metadata import packages_distributions

    pattern = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    code = (ROOT / "bot").rglob("*.py")
    modules = {found for path in code for found in pattern.findall(path.read_text("utf-8"))}
    owners = packages_distributions()
    foreign = modules - sys.stdlib_module_names - {"bot"}
    return {canonicalize_name(owners[name][0]) for name in foreign} | {"psycopg"}


def test_the_guide_is_checked_from_an_empty_folder(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    def say(*command: str) -> str:
        told = subprocess.run(
            [installed / command[0], *command[1:]],
            cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
        return told.stdout.decode()

    assert say("python", "-c", "import bot; print(bot.__file__)").startswith(str(installed.parent))
    assert say("dalil", "check")
    assert re.fullmatch(r"dalil, version \d+\.\d+\S*\n", say("dalil", "--version"))
    assert list(tmp_path.iterdir()) == []


async def test_the_demo_is_played_from_an_empty_folder(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    demo = await asyncio.create_subprocess_exec(
        installed / "dalil", "demo", "--port", "0",
        cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            url = await _ready(demo)
            async with aiohttp.ClientSession(url) as people:
                chats = await (await people.get("/client/chats")).json()
                page = await (await people.get("/")).text()
            demo.terminate()
            await demo.communicate()
    finally:
        if demo.returncode is None:
            demo.kill()
            await demo.wait()
    assert demo.returncode == 0
    assert chats["ok"] is True
    assert len(chats["result"]) > 1
    assert "<html" in page
    assert os.listdir(tmp_path) == ["var"]


async def _ready(demo: asyncio.subprocess.Process) -> str:
    """The address that the demo prints when everything is at work."""
    assert demo.stdout is not None
    async for line in demo.stdout:
        if found := re.search(rb"Dalil is ready: (\S+)", line):
            return found[1].decode()
    raise AssertionError("the demo ended before it was ready")
