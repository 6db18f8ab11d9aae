"""Loading: what is built, which revision it is, where the guide is found, what is kept of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.guide.load import compiled, find_guide, load, locales_of, own_voice, revision
from bot.guide.problems import worded
from tests.guide import small


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return small.write(tmp_path / "guide", small.files())


def test_the_guide_and_the_words_of_both_languages_are_built(guide: Path) -> None:
    loaded = load(guide)
    assert loaded.guide is not None
    assert list(loaded.guide.steps) == ["permit", "register"]
    assert loaded.guide.office_for("licensing", "homs") == "homs"
    assert loaded.words["ar"].questions["sector"].options["trade"].label == "تجارة"
    assert loaded.words["ar"].questions["sector"].options["food"].says == ("مطعم", "فلافل")
    assert list(loaded.guide.programmes) == ["closed-fund", "evening-course", "seed-loan"]
    assert loaded.guide.menu == {"licence": ("licence",), "support": ("money", "learn")}
    assert loaded.guide.subjects["dairy"].place == ("flow", "licence")
    assert [holiday.on for holiday in loaded.guide.calendar.holidays] == ["01-01", "unknown"]
    assert loaded.guide.calendar.hours is not None
    assert loaded.guide.calendar.hours.opens == "08:00"
    assert (loaded.guide.topics["training"].answer, loaded.guide.topics["training"].step) == (1, 3)
    assert loaded.guide.replies["bring-lease"].topics == ("licensing",)
    assert loaded.guide.offices["bank-desk"].body == "bank"
    assert loaded.words["ar"].replies["welcome"].text == "أهلاً بكم."
    assert loaded.words["en"].articles["soap"].body == "Soap in {{ governorate }}.\n"
    assert loaded.words["en"].documents["deed"] == "Deed"
    assert loaded.words["ar"].steps["permit"].body.startswith("في {{ governorate }}")


def test_a_guide_that_cannot_be_built_is_none(guide: Path) -> None:
    (guide / "flows/steps/permit.yaml").write_text("step: permit\n", encoding="utf-8")
    loaded = load(guide)
    assert loaded.guide is None
    assert loaded.problems


@pytest.mark.parametrize(
    "file",
    [
        "flows/questions.yaml",
        "content/ar/steps/permit.md",
        "content/README.md",
        "locales/en/small.po",
    ],
)
def test_any_byte_changes_the_revision(guide: Path, file: str) -> None:
    before = revision(guide)
    path = guide / file
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert revision(guide) != before
    assert load(guide).revision == revision(guide)


def test_a_renamed_file_changes_the_revision_and_another_place_does_not(
    guide: Path, tmp_path: Path
) -> None:
    before = revision(guide)
    moved = guide.rename(tmp_path / "elsewhere")
    assert revision(moved) == before
    (moved / "flows/steps/permit.yaml").rename(moved / "flows/steps/permits.yaml")
    assert revision(moved) != before


def test_what_editing_programs_leave_behind_is_no_part_of_the_guide(guide: Path) -> None:
    before = revision(guide)
    (guide / "flows/.questions.yaml.swp").write_bytes(b"x")
    (guide / "flows/questions.yaml~").write_bytes(b"x")
    assert revision(guide) == before
    assert load(guide).problems == ()


def test_everything_is_kept_of_a_revision(guide: Path) -> None:
    loaded = load(guide)
    kept = json.loads(compiled(loaded))
    assert kept["revision"] == loaded.revision
    assert kept["files"]["flows/licence.yaml"]["goals"] == ["permit"]
    topics = kept["files"]["content/ar/words/topics.yaml"]
    assert topics == {"licensing": "الترخيص", "training": "التدريب"}
    assert kept["files"]["flows/menu.yaml"] == {
        "licence": ["licence"],
        "support": ["money", "learn"],
    }
    assert "**form**" in kept["files"]["content/en/steps/permit.md"]["body"]
    assert compiled(load(guide)) == compiled(loaded)


def test_the_guide_is_found_where_the_setting_says_or_beside_the_code(tmp_path: Path) -> None:
    assert find_guide(tmp_path) == tmp_path
    assert find_guide(None) == small.CHECKOUT
    assert locales_of(tmp_path) == small.CHECKOUT / "locales"


def test_a_guide_whose_catalogs_are_broken_is_still_judged_in_words(guide: Path) -> None:
    with (guide / "locales/en/check.po").open("a", encoding="utf-8") as catalog:
        catalog.write("this is no entry\n")
    [problem] = load(guide).problems
    assert problem.code == "catalog-unreadable"
    assert "cannot be read" in worded(problem, own_voice("en"))


EDITORS_ASK = """
for command in ("check", "search سجل", "coverage", "stale", "links", "prove --property options"):
    done = CliRunner().invoke(dalil, command.split())
    assert done.exit_code == 0, (command, done.output)
    loaded = {"aiogram", "sqlalchemy", "aiohttp"} & sys.modules.keys()
    assert not loaded, (command, loaded)
"""


def test_what_editors_ask_needs_no_server_and_no_database() -> None:
    imports = "import sys; from click.testing import CliRunner; from bot.cli import dalil"
    command = [sys.executable, "-c", imports + EDITORS_ASK]
    done = subprocess.run(command, cwd=small.CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
