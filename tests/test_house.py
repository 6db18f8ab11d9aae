"""The house rules that no linter knows: budgets, names, and what may stand where."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
TOP = {
    "bot", "flows", "content", "locales", "tests", "deploy", ".ci", "Makefile", "README.md",
    "LICENSE", "CHANGELOG.md", "pyproject.toml", "requirements.txt", "requirements-dev.txt",
    ".editorconfig", ".gitignore", ".pre-commit-config.yaml",
}  # fmt: skip


def tracked() -> list[Path]:
    """The files of the project; in a tree without git, none."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


CODE = sorted((ROOT / "bot").rglob("*.py"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_can_be_read_at_one_sitting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_names_say_what_they_hold() -> None:
    empty = re.compile(r"utils?|helpers?|manager|base|common|misc")
    assert [path.name for path in CODE if empty.fullmatch(path.stem)] == []


def test_the_top_level_is_fixed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP


def test_flows_hold_no_words_and_content_no_logic() -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    flows = [p for p in (ROOT / "flows").rglob("*.yaml") if arabic.search(p.read_text("utf-8"))]
    content = [
        path
        for path in (ROOT / "content").rglob("*.yaml")
        if re.search(r"^\s*(when|needs|gives|derive):", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert (flows, content) == ([], [])


def test_requirements_are_exact_pins_and_name_no_address() -> None:
    pin = re.compile(r"(#.*|-r requirements\.txt|[A-Za-z0-9._-]+(\[\w+\])?==[\w.]+)?")
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not pin.fullmatch(line)] == []


def test_no_file_names_a_place_on_the_machine_where_it_was_made() -> None:
    here = str(ROOT)
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in {".png", ".svg"}
        and here in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []
