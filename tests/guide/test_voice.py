"""The bot's own voice: commands keep their slash where a language runs from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.direction import commands_isolated, isolated
from bot.guide.voice import Voice
from tests.guide import small


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("احذفوا كل شيء بالأمر /delete.", "/delete"),
        ("/menu القائمة", "/menu"),
        ("الأوامر (/help) كلها", "/help"),
        ("<b>/bind</b> ثم الرمز", "/bind"),
        ("سطر\n/my_steps: خطواتي", "/my_steps"),
    ],
)
def test_a_command_in_a_sentence_is_isolated(text: str, command: str) -> None:
    assert commands_isolated(text) == text.replace(command, f"\u2068{command}\u2069")


@pytest.mark.parametrize(
    "text",
    [
        "مثل: <code>/bind HOMS-7KQ2</code>",
        "https://example.org/help",
        "الملف locales/ar و<i>مائل</i>",
        "4/1000 من رأس المال",
        "/Menu و/help و //",
        isolated("/delete"),
    ],
)
def test_what_is_no_command_of_its_own_stays_as_it_is(text: str) -> None:
    assert commands_isolated(text) == text


def test_only_languages_from_right_to_left_isolate_their_commands(tmp_path: Path) -> None:
    said = {}
    for language in ("ar", "ckb", "en", "ku"):
        header = small.catalog("en").split("\n\n")[0]
        entries = (
            '\n\nmsgid "one"\nmsgstr "x /help"\n'
            '\nmsgid "many"\nmsgid_plural "many"\nmsgstr[0] "x /menu"\nmsgstr[1] "{n} /menu"\n'
        )
        file = tmp_path / language / "small.po"
        file.parent.mkdir()
        file.write_text(header + entries, encoding="utf-8")
        voice = Voice.load(tmp_path, language)
        said[language] = (voice.plain("one"), str(voice.count("many", 3)))
    marked = ("x \u2068/help\u2069", "3 \u2068/menu\u2069")
    assert said == {
        "ar": marked,
        "ckb": marked,
        "en": ("x /help", "3 /menu"),
        "ku": ("x /help", "3 /menu"),
    }
