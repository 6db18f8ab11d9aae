"""How the guide is written: what reads badly is told at its line, unless an editor says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.load import editions_of, load
from bot.guide.problems import Problem, worded
from bot.guide.style import MOST_READ, MOST_WORDS, check_style
from bot.guide.voice import load_voices
from tests.guide import small

VOICES = load_voices(small.CHECKOUT / "locales")
WORD = {"ar": "كلمة", "en": "word"}
PERMIT, SOAP = "content/en/steps/permit.md", "content/en/articles/soap.md"
EXPLAINED = "content/data/explained.yaml"
HEAD = "---\ntitle: a\nsummary: b.\n---\n"
"""Four lines; the text of a page begins on the fifth."""


def warnings(directory: Path, **texts: str) -> list[Problem]:
    """What is told of the small guide with other texts in these files (``__`` for ``/``)."""
    changed = {name.replace("__", "/"): text for name, text in texts.items()}
    guide = small.write(directory / "guide", small.files() | changed)
    loaded = load(guide)
    assert loaded.problems == ()
    return check_style(guide, editions_of(loaded, guide))


def told(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(each.code, each.file, each.line) for each in problems]


def sentence(language: str, more: int = 0) -> str:
    """The longest sentence that is read in one breath, and so many words more."""
    return " ".join([WORD[language]] * (MOST_WORDS[language] + more)) + "."


def explained(warning: str, at: str) -> str:
    return f"first:\n  warning: {warning}\n  at: {at}\n  why: It is the name of a law.\n"


def test_the_small_guide_reads_well(tmp_path: Path) -> None:
    assert warnings(tmp_path) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_sentence_is_too_long_by_one_word(language: str, tmp_path: Path) -> None:
    page = f"content/{language}/steps/register.md"
    fits, long = sentence(language), sentence(language, 1)
    text = f"{HEAD}{fits} {fits}\n\n{long}\n\n- {fits}\n- {long}\n"
    found = warnings(tmp_path, **{page: text})
    assert told(found) == [("sentence-long", page, 7), ("sentence-long", page, 10)]
    assert found[0].values["count"] == str(MOST_WORDS[language] + 1)
    for voice in VOICES.values():
        assert found[0].values["count"] in worded(found[0], voice)


def test_a_summary_and_a_short_word_are_read_as_well(tmp_path: Path) -> None:
    glossary = "content/en/words/glossary.yaml"
    entries = (
        f"guarantor: {{term: a, meaning: b.}}\nstamp:\n  term: c\n  meaning: {sentence('en', 1)}\n"
    )
    page = f"---\ntitle: a\nsummary: {sentence('en', 1)}\n---\nb\n"
    found = warnings(tmp_path, **{glossary: entries, SOAP: page})
    assert told(found) == [("sentence-long", SOAP, 3), ("sentence-long", glossary, 2)]


def test_officialese_is_told_with_what_to_write_instead(tmp_path: Path) -> None:
    page = f"{HEAD}One line.\n\nThe permit is given Pursuant to the law.\n"
    arabic = "content/ar/steps/permit.md"
    texts = {PERMIT: page, arabic: f"{HEAD}سطر.\nيتوجب الدفع، ولا يتوجبان.\n"}
    found = warnings(tmp_path, **texts)
    assert told(found) == [("officialese", arabic, 6), ("officialese", PERMIT, 7)]
    assert found[1].values == {"word": "Pursuant to", "instead": "by"}
    assert '"Pursuant to"' in worded(found[1], VOICES["en"])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_page_longer_than_a_phone_is_told(language: str, tmp_path: Path) -> None:
    page = f"content/{language}/articles/soap.md"
    text = f"{HEAD}{sentence(language)}\n"
    assert warnings(tmp_path / "short", **{page: text}) == []
    lines = MOST_READ[language] // len(sentence(language)) + 1
    text = HEAD + f"{sentence(language)}\n\n" * lines
    [found] = warnings(tmp_path / "long", **{page: text})
    assert (found.code, found.file, found.line) == ("screen-long", page, 1)
    assert int(found.values["units"]) > MOST_READ[language]
    assert found.values["what"] == "soap"


def test_an_explanation_silences_its_place_and_no_other(tmp_path: Path) -> None:
    bad = f"{HEAD}It is pursuant to the law. {sentence('en', 1)}\n"
    texts = {PERMIT: bad, SOAP: bad, EXPLAINED: explained("officialese", PERMIT)}
    assert told(warnings(tmp_path, **texts)) == [
        ("sentence-long", SOAP, 5),
        ("officialese", SOAP, 5),
        ("sentence-long", PERMIT, 5),
    ]


@pytest.mark.parametrize(
    ("warning", "at"),
    [
        ("officialese", "content/en/steps/register.md"),
        ("officialese", "content/en/steps/per"),
        ("sentence-long", PERMIT),
    ],
)
def test_an_explanation_of_nothing_is_told_at_its_line(
    warning: str, at: str, tmp_path: Path
) -> None:
    above = explained("officialese", SOAP)
    below = explained(warning, at).replace("first", "second")
    bad = f"{HEAD}It is pursuant to the law.\n"
    texts = {PERMIT: bad, SOAP: bad, EXPLAINED: above + below}
    found = warnings(tmp_path, **texts)
    assert told(found) == [("officialese", PERMIT, 5), ("explains-nothing", EXPLAINED, 5)]
    assert '"second"' in worded(found[1], VOICES["en"])


def test_what_the_proof_warns_of_is_explained_there(tmp_path: Path) -> None:
    """The file is shared with the proof, which tells of its own explanations of nothing."""
    texts = {EXPLAINED: explained("options-alike", "questions/sector")}
    assert warnings(tmp_path, **texts) == []


def test_a_faulty_explanation_is_told(tmp_path: Path) -> None:
    text = explained("officialese", PERMIT).replace("why", "because")
    found = warnings(tmp_path, **{EXPLAINED: text})
    assert {each.code for each in found} == {"missing-key", "unknown-key"}
    assert {each.file for each in found} == {EXPLAINED}


def test_the_guide_in_service_has_no_warning_left() -> None:
    loaded = load(small.CHECKOUT)
    assert told(check_style(small.CHECKOUT, editions_of(loaded, small.CHECKOUT))) == []
