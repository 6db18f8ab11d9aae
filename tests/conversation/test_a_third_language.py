"""A third language is new folders: Kurdish, here, in English words and with ids for names."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.load import load
from bot.guide.shelf import Shelf
from bot.guide.voice import load_voices
from tests.conversation.citizen import Citizen
from tests.guide import small

OWN_NAMES = ["العربية", "English", "Kurdî"]


def with_kurdish() -> dict[str, str]:
    """The small guide with the folders of one more language."""
    files = small.files()
    for name, text in small.files().items():
        if "/en/" in name:
            files[name.replace("/en/", "/ku/")] = text
    for catalog in sorted((small.CHECKOUT / "locales" / "en").glob("*.po")):
        files[f"locales/ku/{catalog.name}"] = catalog.read_text(encoding="utf-8").replace(
            'msgid "language.name"\nmsgstr "English"', 'msgid "language.name"\nmsgstr "Kurdî"'
        )
    files["content/ku/words/governorates.yaml"] = "".join(
        f"{name}: {{name: {name}, about: {name}.}}\n" for name in ("damascus", "homs")
    )
    files["content/ku/words/flows.yaml"] = "".join(
        f"{name}: {{title: {name}, summary: {name}.}}\n" for name in ("licence", "money", "learn")
    )
    return files


def shelf_of(directory: Path, files: dict[str, str]) -> Shelf:
    loaded = load(small.write(directory, files))
    assert loaded.guide is not None, loaded.problems
    voices = load_voices(directory / "locales")
    return Shelf(loaded.guide, loaded.words, voices, loaded.revision)


@pytest.fixture
def real_shelf(tmp_path: Path) -> Shelf:
    return shelf_of(tmp_path / "three", with_kurdish())


async def test_a_language_made_of_folders_is_offered_and_walked_in(salma: Citizen) -> None:
    await salma.commands("/start licence")
    assert salma.labels == OWN_NAMES
    await salma.presses("Kurdî")
    assert salma.text.startswith("licence\n")
    assert salma.labels[:2] == ["damascus", "homs"]
    await salma.presses("homs")
    await salma.presses("Food")
    assert "How many workers?" in salma.text
    for answer in ("3", "owned", None, None, ["lease"]):
        await salma.answers(answer)
    assert await salma.focus() == "roadmap"


async def test_with_several_other_languages_the_foot_asks_which_and_leads_back(
    salma: Citizen,
) -> None:
    await salma.commands("/start licence")
    await salma.presses("Kurdî")
    await salma.presses("homs")
    await salma.presses("Change language")
    assert salma.labels == OWN_NAMES
    await salma.presses("العربية")
    assert await salma.focus() == "question:sector"
    assert "ما مجال عملك؟" in salma.text
    assert "تغيير اللغة" in salma.labels


async def test_the_menu_too_offers_the_choice(salma: Citizen) -> None:
    await salma.commands("/start")
    await salma.presses("English")
    assert salma.labels[-1] == "Change language"
    await salma.presses("Change language")
    await salma.presses("English")
    assert await salma.focus() == "menu"


async def test_asking_for_a_language_above_what_was_found_leads_back_to_the_question(
    salma: Citizen,
) -> None:
    await salma.commands("/start licence")
    await salma.presses("Kurdî")
    await salma.presses("homs")
    await salma.types("guarantor")
    assert await salma.focus() == "found"
    await salma.presses("Change language")
    await salma.presses("English")
    assert await salma.focus() == "question:sector"


async def test_whoever_read_a_language_that_is_gone_reads_the_original(
    salma: Citizen, served: list[Shelf], tmp_path: Path
) -> None:
    await salma.commands("/start licence")
    await salma.presses("Kurdî")
    await salma.presses("homs")
    served[0] = shelf_of(tmp_path / "two", small.files())
    await salma.types("؟")
    assert await salma.focus() == "question:sector"
    assert "ما مجال عملك؟" in salma.text
    await salma.presses("English")
    assert "What do you do?" in salma.text
