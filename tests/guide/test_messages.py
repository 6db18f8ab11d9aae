"""Messages in the code and in the catalogs find each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.check.messages import missing_messages, unused_messages
from bot.guide.problems import worded
from bot.guide.voice import load_voices
from tests.guide import small

CODE = """\
def greet(voice, kind, number):
    voice.say("small.greeting", name="x")
    voice.plain("small.one" if number else "small.two")
    voice.count(f"small.kinds.{kind}", number)
    return TABLE[kind], b"x".count(b"y"), "file.name"

TABLE = {"a": "small.in-a-table"}
"""
SAID = ("small.greeting", "small.one", "small.two", "small.kinds.red", "small.in-a-table")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/greet.py").write_text(CODE, encoding="utf-8")
    for language in ("ar", "en"):
        folder = tmp_path / "locales" / language
        folder.mkdir(parents=True)
        header = small.catalog(language).split("\n\n")[0]
        entries = "".join(f'\n\nmsgid "{name}"\nmsgstr "x"' for name in SAID)
        (folder / "small.po").write_text(f"{header}{entries}\n", encoding="utf-8")
    return tmp_path


def found(project: Path) -> list[tuple[str, str, int, str]]:
    code, locales = project / "bot", project / "locales"
    problems = [*missing_messages(code, locales), *unused_messages(code, locales)]
    voices = load_voices(small.CHECKOUT / "locales").values()
    assert all(worded(problem, voice) for problem in problems for voice in voices)
    return [(p.code, p.file, p.line, p.values["name"]) for p in problems]


def test_messages_that_find_each_other_are_no_problem(project: Path) -> None:
    assert found(project) == []


def test_a_message_without_words_is_told_where_it_is_asked_for(project: Path) -> None:
    code = project / "bot/greet.py"
    code.write_text(CODE.replace('"small.greeting"', '"small.greting"'), encoding="utf-8")
    assert found(project) == [
        ("message-missing", "bot/greet.py", 2, "small.greting"),
        ("message-unused", "locales/ar/small.po", 9, "small.greeting"),
    ]


def test_words_that_nobody_says_are_told(project: Path) -> None:
    with (project / "locales/ar/small.po").open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgid "small.forgotten"\nmsgstr "x"\n')
    assert found(project) == [("message-unused", "locales/ar/small.po", 24, "small.forgotten")]
