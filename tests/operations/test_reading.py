"""The commands of editors and offices, as they type them: what is covered, due, linked and found."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from bot.store import remarks
from tests.guide import small
from tests.guide.prove.village import Village
from tests.test_cli import Shell

READING = "Reading the guide …\n"
LONG = "---\ntitle: a\nsummary: b.\n---\nSo.\n\n" + "word " * 40 + "\n"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return small.write(tmp_path / "small", small.files())


def read(shell: Shell, *arguments: str) -> list[str]:
    """The lines of a command that ends well."""
    code, said, complaint = shell(*arguments)
    assert (code, complaint) in ((0, ""), (0, READING))
    return said.splitlines()


def test_coverage_is_a_line_for_each_flow_and_one_for_the_guide(shell: Shell, guide: Path) -> None:
    *table, whole = read(shell, "coverage", str(guide))
    [licence] = [re.split(r"\s*│\s*", line.strip("│ ")) for line in table if "licence" in line]
    assert licence == [
        *("licence", "8", "2", "0", "1", "2", "3"),
        *("2/2", "1/2", "2/2", "1/2", "1/2", "3/3"),
    ]
    assert sum(line.startswith("│") for line in table) == 3
    assert whole == (
        "2 steps, 3 programmes, 1 articles, 3 bodies, 2 glossary, 2 facts cited, 1 facts unused"
    )


def test_coverage_can_be_read_by_programs(shell: Shell, guide: Path) -> None:
    said = json.loads("\n".join(read(shell, "coverage", "--json", str(guide))))
    assert said["guide"]["facts cited"] == 2
    assert [flow["flow"] for flow in said["flows"]] == ["learn", "licence", "money"]
    assert said["flows"][1]["documents"] == {"known": 1, "of": 2}


def test_what_is_due_is_listed_as_of_a_day(shell: Shell, guide: Path) -> None:
    assert read(shell, "stale", str(guide), "--on", "2027-02-20") == ["0 pages are due"]
    *due, whole = read(shell, "stale", str(guide), "--on", "2030-01-01")
    assert [line.split() for line in due][1] == [
        *("bank", "-", "programmes/seed-loan", "since", "2027-02-20"),
    ]
    assert (len(due), whole) == (6, "6 pages are due")
    code, _, said = shell("stale", str(guide), "--on", "soon")
    assert (code, "'soon'" in said) == (2, True)


def test_links_are_listed_with_what_they_open(shell: Shell, guide: Path) -> None:
    arabic = read(shell, "links", str(guide), "--bot", "@dalil_bot")
    assert arabic[0] == "https://t.me/dalil_bot?start=learn  التدريب"
    english = read(shell, "links", str(guide), "--language", "en")
    assert english[0] == "?start=learn  Training"
    assert "?start=q-cash  Money to begin" in english
    assert "?start=w-stamp  Stamp" in english
    assert len(english) == len(arabic)


def test_a_search_tells_what_the_bot_would_find(shell: Shell) -> None:
    found = read(shell, "search", "بدي", "افتح", "فلافل")
    assert re.fullmatch(r" *[0-9.]+  subject:falafel +\S.*", found[0])
    english = read(shell, "search", "tax", "file", "--language", "en")
    assert any(" step:tax-file " in line for line in english)
    assert all(re.search("[a-z]", line.split(maxsplit=2)[2]) for line in english)
    assert read(shell, "search", "زرافة بنفسجية") == ["nothing found"]
    [uncovered] = read(shell, "search", "فيزا", "--language", "en")
    assert uncovered.startswith("not covered: ")


def test_what_citizens_wrote_is_listed_by_its_kind(shell: Shell) -> None:
    shell.settle()
    add = partial(remarks.add, language="ar", revision="r1")
    told = {"kind": "told", "about": "steps/tax-file", "governorate": "homs"}
    shell.store(partial(add, **told, text="الرسم 5000"))
    shell.store(partial(add, kind="missed", about="", governorate="", text="طائرة ورقية"))
    line, count = read(shell, "feedback")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d  ar  homs +steps/tax-file +الرسم 5000", line)
    assert count == "1 in all"
    line, count = read(shell, "search", "--misses")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d  ar  - +- +طائرة ورقية", line)
    assert count == "1 in all"


@pytest.mark.parametrize("command", ["feedback", "search --misses"])
def test_what_citizens_wrote_is_read_with_the_key_only(shell: Shell, command: str) -> None:
    code, said, complaint = shell(*command.split())
    assert (code, said) == (1, "")
    assert "DALIL_KEY is missing" in complaint


@pytest.mark.parametrize("command", ["coverage", "stale", "links"])
def test_a_guide_with_faults_is_to_be_checked_first(
    shell: Shell, guide: Path, command: str
) -> None:
    (guide / "flows/steps/permit.yaml").write_text("step: permit\n", encoding="utf-8")
    code, said, complaint = shell(command, str(guide))
    assert (code, said) == (1, "")
    assert "dalil check" in complaint


def test_check_warns_of_what_reads_badly_and_ends_well(shell: Shell, guide: Path) -> None:
    assert read(shell, "check", str(guide)) == ["The guide has 0 problems.", "0 warnings."]
    (guide / "content/en/steps/permit.md").write_text(LONG, encoding="utf-8")
    _, warning, count = read(shell, "check", str(guide))
    assert warning.startswith("content/en/steps/permit.md:7  a long sentence of 40 words")
    assert count == "1 warning."
    assert json.loads("".join(read(shell, "check", "--json", str(guide)))) == []


def test_prove_ends_with_one_where_something_fails(shell: Shell, tmp_path: Path) -> None:
    village = Village()
    sound = village.write(tmp_path / "village")
    assert read(shell, "prove", str(sound))[-2].endswith(": holds")
    village.labels |= {"sector.food": "Trade!"}
    code, said, _ = shell("prove", str(village.write(sound)), "--property", "options")
    assert (code, "reads-otherwise (questions/sector/food)" in said) == (1, True)
