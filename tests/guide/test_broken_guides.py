"""Every kind of fault in a guide is told, at its line, in both languages, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.guide.load import load
from bot.guide.problems import Problem, worded
from bot.guide.voice import load_voices
from tests.guide import small
from tests.guide.broken import BROKEN, FLOW, LEARN, OFFICES, PERMIT, QUESTIONS, REGISTER, Broken
from tests.guide.broken_catalogs import CATALOGS
from tests.guide.broken_pages import BROKEN_PAGES, MONEY, SOAP

EVERY = [*BROKEN, *BROKEN_PAGES, *CATALOGS]
VOICES = load_voices(small.CHECKOUT / "locales")


def problems_of(directory: Path, files: dict[str, str]) -> list[Problem]:
    """The faults of these files. The bot's own catalogs, which lie beside them, are not meant."""
    found = load(small.write(directory / "guide", files)).problems
    return [p for p in found if not p.file.startswith("locales/") or p.file.endswith("/small.po")]


def told(problems: Sequence[Problem]) -> list[tuple[str, str, int]]:
    return [(each.code, each.file, each.line) for each in problems]


def test_the_small_guide_has_no_fault(tmp_path: Path) -> None:
    assert problems_of(tmp_path, small.files()) == []


@pytest.mark.parametrize("broken", EVERY, ids=[f"{i}-{each.code}" for i, each in enumerate(EVERY)])
def test_each_fault_is_told_at_its_line_and_nothing_else(broken: Broken, tmp_path: Path) -> None:
    found = problems_of(tmp_path, broken.applied(small.files()))
    place = (broken.code, broken.told_in or broken.file, broken.line)
    assert told(found) == [place]
    assert found[0].values.get("guess", "") == broken.guess
    for voice in VOICES.values():
        sentence = worded(found[0], voice)
        assert broken.guess in sentence
        assert sentence.endswith((".", "؟", "?", '\\n"'))


def edited(*edits: Broken) -> dict[str, str]:
    files = small.files()
    for edit in edits:
        files = edit.applied(files)
    return files


def with_question(name: str, definition: str) -> dict[str, str]:
    """The small guide with one more question, asked second, with words."""
    files = small.files()
    files[QUESTIONS] += f"{name}: {definition}\n"
    files[FLOW] = files[FLOW].replace("- governorate\n", f"- governorate\n  - {name}\n")
    for language in VOICES:
        file = f"content/{language}/words/questions.yaml"
        options = re.findall(r"o[0-9]+", definition)
        labels = ", ".join(f"{option}: {option}" for option in options)
        files[file] += f"{name}: {{ask: a, label: b, why: c, options: {{{labels}}}}}\n"
    return files


def test_several_faults_are_all_told_at_once(tmp_path: Path) -> None:
    files = edited(
        Broken("", QUESTIONS, "kind: number", "kind: nummer", 0),
        Broken("", QUESTIONS, "max: 100", "max: 10_000", 0),
        Broken("", REGISTER, "at: ministry", "at: ministery", 0),
        Broken("", REGISTER, "recheck: 90d", "recheck: 90", 0),
        Broken("", PERMIT, "law: [trade-law]", "law: [tradelaw]", 0),
        Broken("", PERMIT, "[craft, food]", "[craft, foot]", 0),
        Broken("", FLOW, "goals: [permit]", "goals: [permit, permits]", 0),
        Broken("", "content/data/offices.yaml", "head: true", "head: true, phone: 11", 0),
        Broken("", "content/ar/words/laws.yaml", "قانون التجارة", '""', 0),
        Broken("", "content/en/steps/permit.md", "**form**", "`form`", 0),
        Broken("", "locales/en/small.po", "Hello {name}", "Hello", 0),
    )
    assert told(problems_of(tmp_path, files)) == [
        ("empty-words", "content/ar/words/laws.yaml", 1),
        ("expected-text", "content/data/offices.yaml", 3),
        ("markdown-outside", "content/en/steps/permit.md", 7),
        ("unknown-steps", FLOW, 15),
        ("yaml-number", QUESTIONS, 5),
        ("value-unknown", PERMIT, 2),
        ("unknown-laws", PERMIT, 21),
        ("not-days", REGISTER, 11),
        ("catalog-placeholders", "locales/en/small.po", 14),
    ]


def test_a_new_thing_needs_words_in_every_language(tmp_path: Path) -> None:
    files = small.files()
    files["content/data/laws.yaml"] += "labour-law: {source: L-01}\n"
    files["content/data/offices.yaml"] += "aleppo: {topics: [licensing]}\n"
    assert told(problems_of(tmp_path, files)) == [
        ("words-missing", "content/data/laws.yaml", 2),
        ("words-missing", "content/data/laws.yaml", 2),
        ("words-missing", "content/data/offices.yaml", 5),
        ("words-missing", "content/data/offices.yaml", 5),
        ("office-nowhere", "content/data/offices.yaml", 5),
    ]


def test_the_desk_of_an_institution_answers_for_no_governorate(tmp_path: Path) -> None:
    """A desk in Homs receives no citizens, so that Homs is left without an office."""
    files = edited(
        Broken("", OFFICES, "homs: {governorate: homs,", "homs: {governorate: damascus,", 0),
        Broken(
            "", OFFICES, "{body: bank, topics: [licensing]}", "{body: bank, governorate: homs}", 0
        ),
    )
    found = problems_of(tmp_path, files)
    assert {each.code for each in found} == {"topic-without-office"}
    assert {each.file for each in found} == {FLOW, LEARN, MONEY}
    assert {each.values["governorates"] for each in found} == {"homs"}


def test_a_step_to_which_no_flow_leads_is_told(tmp_path: Path) -> None:
    files = edited(
        Broken("", PERMIT, "  - register\n", "", 0),
        Broken("", LEARN, "goals: [register]", "goals: []", 0),
    )
    assert told(problems_of(tmp_path, files)) == [("steps-unreached", REGISTER, 1)]


def test_an_article_that_no_flow_offers_is_told(tmp_path: Path) -> None:
    files = edited(
        Broken("", FLOW, "articles: [soap]\n", "", 0),
        Broken("", MONEY, "articles: [soap]\n", "", 0),
    )
    assert told(problems_of(tmp_path, files)) == [("articles-unreached", SOAP, 1)]


def test_a_flow_that_asks_nothing_does_not_ask_for_the_governorate(tmp_path: Path) -> None:
    files = edited(
        Broken("", LEARN, "[governorate, sector, capital]", "[]", 0),
        Broken("", LEARN, "goals: [register]", "goals: []", 0),
    )
    assert ("governorate-first", LEARN, 2) in told(problems_of(tmp_path, files))


@pytest.mark.parametrize("kind", ["steps/permit", "programmes/seed-loan", "articles/soap"])
def test_a_page_needs_its_text_in_every_language(kind: str, tmp_path: Path) -> None:
    files = small.files()
    del files[f"content/en/{kind}.md"]
    files["content/ar/" + kind.partition("/")[0] + "/other.md"] = files[f"content/ar/{kind}.md"]
    found = problems_of(tmp_path, files)
    assert sorted(told(found)) == [
        ("words-missing", f"flows/{kind}.yaml", 1),
        ("words-unused", f"content/ar/{kind.partition('/')[0]}/other.md", 1),
    ]


def test_a_step_that_cannot_be_built_does_not_make_others_faulty(tmp_path: Path) -> None:
    """The flow ``learn`` asks less: whether it alone leads to a step cannot be told then."""
    files = edited(
        Broken("", PERMIT, "recheck: 90d\n", "", 0),
        Broken("", LEARN, "sector, capital]", "sector]", 0),
    )
    assert told(problems_of(tmp_path, files)) == [("missing-key", PERMIT, 1)]


def test_typed_answers_are_not_compared(tmp_path: Path) -> None:
    files = with_question("idea", "{kind: text}")
    files[REGISTER] = files[REGISTER].replace("at: ministry", "when: {idea: bakery}\nat: ministry")
    assert told(problems_of(tmp_path, files)) == [("kind-not-compared", REGISTER, 2)]


def test_a_condition_over_too_many_answers_is_told(tmp_path: Path) -> None:
    options = [f"o{number}" for number in range(18)]
    files = with_question("tools", f"{{kind: several, options: [{', '.join(options)}]}}")
    each = ", ".join(f"{{tools: {option}}}" for option in options)
    never = f"when: {{all: [{each}, {{not: {{tools: o1}}}}]}}"
    files[REGISTER] = files[REGISTER].replace("at: ministry", f"{never}\nat: ministry")
    assert told(problems_of(tmp_path, files)) == [("too-wide", REGISTER, 2)]


def test_a_file_that_is_missing_misnamed_empty_or_no_text_is_told(tmp_path: Path) -> None:
    files = small.files()
    files["content/ar/words/laws.yml"] = files.pop("content/ar/words/laws.yaml")
    files["content/en/words/laws.yaml"] = ""
    guide = small.write(tmp_path / "guide", files)
    (guide / REGISTER).write_bytes("step: سجل".encode("cp1256"))
    found = load(guide).problems
    assert told(found) == [
        ("file-missing", "content/ar/words/laws.yaml", 1),
        ("file-unknown", "content/ar/words/laws.yml", 1),
        ("file-empty", "content/en/words/laws.yaml", 1),
        ("not-utf-8", REGISTER, 1),
    ]
    assert found[1].values["guess"] == "content/ar/words/laws.yaml"
    assert all(worded(each, voice) for each in found for voice in VOICES.values())


def without(files: dict[str, str], folder: str) -> dict[str, str]:
    return {name: text for name, text in files.items() if not name.startswith(folder)}


def test_half_a_language_is_told_as_one_fault(tmp_path: Path) -> None:
    whole = small.files()
    for name, text in small.files().items():
        if name.startswith("content/en/"):
            whole[name.replace("/en/", "/ku/", 1)] = text
    only_words = load(small.write(tmp_path / "words", whole)).problems
    assert told(only_words) == [("language-without-catalogs", "content/ku", 1)]
    only_voice = load(small.write(tmp_path / "voice", without(whole, "content/en/"))).problems
    assert told(only_voice) == [
        ("language-without-catalogs", "content/ku", 1),
        ("language-without-content", "locales/en", 1),
    ]
    assert all(worded(each, voice) for each in only_voice for voice in VOICES.values())


def test_a_folder_of_no_language_is_told_once(tmp_path: Path) -> None:
    files = {**small.files(), "content/old/words/laws.yaml": "a: b\n", "locales/xx/small.po": ""}
    files["content/old/steps/permit.md"] = "text"
    found = load(small.write(tmp_path / "guide", files)).problems
    assert told(found) == [
        ("language-unknown", "content/old", 1),
        ("language-unknown", "locales/xx", 1),
    ]
    assert all(worded(each, voice) for each in found for voice in VOICES.values())


def test_the_plural_forms_of_another_language_are_those_that_are_known_of_it(
    tmp_path: Path,
) -> None:
    files = small.files()
    files["locales/tr/small.po"] = files["locales/en/small.po"]
    found = [p for p in load(small.write(tmp_path / "guide", files)).problems if "/tr/" in p.file]
    assert ("catalog-header", "locales/tr/small.po", 7) in told(found)
    assert found[0].values["wanted"] == '"Plural-Forms: nplurals=1; plural=0;\\n"'


def test_a_screen_that_can_grow_too_long_is_told(tmp_path: Path) -> None:
    files = small.files()
    files["content/en/steps/register.md"] += "\nmore and more" * 300
    found = problems_of(tmp_path, files)
    assert [(each.code, each.file) for each in found] == [
        ("screen-too-long", "content/en/steps/register.md")
    ]
    assert all("register" in worded(found[0], voice) for voice in VOICES.values())


def test_every_sentence_about_a_problem_is_one_that_the_checks_can_say() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for part in ("engine", "guide")
        for path in sorted((small.CHECKOUT / "bot" / part).rglob("*.py"))
    )
    built = {f"expected-{each}" for each in re.findall(r'_type": "([a-z-]+)"', source)}
    built |= {f"unknown-{kind}" for kind in ("questions", "steps", "bodies", "laws", "sources")}
    built |= {"unknown-governorates", "unknown-documents", "unknown-topics", "unknown-charges"}
    built |= {f"unknown-{kind}" for kind in ("flows", "programmes", "articles")}
    built |= {"unknown-offices", "unknown-glossary", "unknown-reasons"}
    built |= {f"{kind}-unreached" for kind in ("steps", "programmes", "articles")}
    catalog = (small.CHECKOUT / "locales" / "ar" / "check.po").read_text(encoding="utf-8")
    for code in re.findall(r'^msgid "problem\.(.*)"$', catalog, re.MULTILINE):
        assert code in built or f'"{code}"' in source or f"problem.{code}" in source, code
