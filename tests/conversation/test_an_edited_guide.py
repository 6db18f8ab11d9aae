"""Editors change the guide while citizens walk through it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.shelf import Shelf
from tests.conversation.citizen import Citizen
from tests.conversation.conftest import shelf_in
from tests.guide import small

SECOND = """\
flow: second
ask: [governorate, sector, opened]
goals: [register]
refer: licensing
"""


@pytest.fixture
def files() -> dict[str, str]:
    files = small.files()
    files["flows/second.yaml"] = SECOND
    files["flows/menu.yaml"] += "second: [second]\n"
    for language, title in (("ar", "الثاني"), ("en", "Second")):
        words = f"content/{language}/words/flows.yaml"
        files[words] += f"second: {{title: {title}, summary: {title}.}}\n"
    return files


@pytest.fixture
def real_shelf(tmp_path: Path, files: dict[str, str]) -> Shelf:
    return shelf_in(small.write(tmp_path / "before", files))


def serve(served: list[Shelf], tmp_path: Path, files: dict[str, str]) -> None:
    served[0] = shelf_in(small.write(tmp_path / "after", files))


async def begin(person: Citizen) -> None:
    await person.commands("/start licence")
    await person.presses("العربية")
    await person.presses("حمص")
    await person.presses("غذاء")
    await person.types("7")


async def test_a_second_flow_asks_only_what_is_new_and_says_what_it_took(salma: Citizen) -> None:
    await begin(salma)
    await salma.commands("/menu")
    await salma.presses("الثاني")
    assert "متى بدأت" in salma.text
    assert "أخذنا من إجاباتكم السابقة: المحافظة: حمص، المجال: غذاء" in salma.text
    await salma.types("1/1/2020")
    assert "خارطة طريقكم: الثاني" in salma.text
    await salma.commands("/menu")
    await salma.presses("الترخيص")
    assert "متى بدأت" not in salma.text


async def test_an_option_that_vanished_is_asked_again_and_the_rest_is_kept(
    salma: Citizen, served: list[Shelf], files: dict[str, str], tmp_path: Path
) -> None:
    await begin(salma)
    files["flows/questions.yaml"] = files["flows/questions.yaml"].replace(
        "{food: {was: [meals]}}", "{food-trade: {was: [meals]}}"
    )
    for name, text in files.items():
        files[name] = text.replace("[craft, food]", "[craft, food-trade]").replace(
            "    food:", "    food-trade:"
        )
    serve(served, tmp_path, files)
    await salma.commands("/menu")
    await salma.presses("متابعة")
    assert "تغيّر الدليل" in salma.text
    assert "ما مجال عملك" in salma.text
    await salma.presses("غذاء")
    await salma.commands("/menu")
    await salma.presses("إجاباتي")
    assert "العمال: <b>7</b>" in salma.text


async def test_renamed_questions_and_options_keep_their_answers(
    salma: Citizen, served: list[Shelf], files: dict[str, str], tmp_path: Path
) -> None:
    await begin(salma)
    renamed = {
        name: text.replace("sector:", "trade-kind:")
        .replace("- sector", "- trade-kind")
        .replace("ask: [governorate, sector", "ask: [governorate, trade-kind")
        .replace("{food: {was: [meals]}}]", "{meals-made: {was: [food]}}]\n  was: [sector]")
        .replace("[craft, food]", "[craft, meals-made]")
        .replace("    food:", "    meals-made:")
        for name, text in files.items()
    }
    serve(served, tmp_path, renamed)
    await salma.commands("/menu")
    await salma.presses("إجاباتي")
    assert "المجال: <b>غذاء</b>" in salma.text


@pytest.mark.parametrize("searching", [False, True])
async def test_a_flow_that_vanished_leaves_the_answers_and_shows_the_menu(
    salma: Citizen, served: list[Shelf], files: dict[str, str], tmp_path: Path, searching: bool
) -> None:
    await salma.commands("/start second")
    await salma.presses("العربية")
    await salma.presses("حمص")
    if searching:
        await salma.types("كفيل")
        assert await salma.focus() == "found"
    del files["flows/second.yaml"]
    files["flows/menu.yaml"] = small.MENU
    for language in ("ar", "en"):
        words = f"content/{language}/words/flows.yaml"
        files[words] = "".join(files[words].splitlines(keepends=True)[:-1])
    serve(served, tmp_path, files)
    await (salma.sends("sticker") if searching else salma.types("؟"))
    assert "بماذا نبدأ" in salma.text
    await salma.presses("الترخيص")
    assert "أخذنا من إجاباتكم السابقة: المحافظة: حمص" in salma.text


def without_soap(files: dict[str, str]) -> dict[str, str]:
    """The files without the article and all that names it."""
    kept = {name: text for name, text in files.items() if "/soap." not in name}
    return {
        name: text.replace("articles: [soap]\n", "") if name.startswith("flows/") else text
        for name, text in kept.items()
    }


@pytest.mark.parametrize("place", ["article:soap", "words:articles/soap", "tell:articles/soap"])
@pytest.mark.parametrize("walked", [True, False])
async def test_whoever_looks_at_a_page_that_vanished_is_where_the_answers_put_them(
    salma: Citizen,
    served: list[Shelf],
    files: dict[str, str],
    tmp_path: Path,
    place: str,
    walked: bool,
) -> None:
    if walked:
        await begin(salma)
    else:
        await salma.commands("/start")
        await salma.presses("العربية")
    await salma.presses_data(f"1:go:{place}")
    assert await salma.focus() == place
    serve(served, tmp_path, without_soap(files))
    await salma.sends("sticker")
    assert await salma.focus() == ("question:premises" if walked else "menu")


async def test_a_renamed_page_is_found_by_its_old_link(
    salma: Citizen, served: list[Shelf], files: dict[str, str], tmp_path: Path
) -> None:
    await salma.commands("/start a-soap")
    await salma.presses("العربية")
    renamed = {
        name.replace("/soap.", "/olive-soap."): text.replace("[soap]", "[olive-soap]").replace(
            "article: soap\n", "article: olive-soap\nwas: [soap]\n"
        )
        for name, text in files.items()
    }
    serve(served, tmp_path, renamed)
    await salma.commands("/start a-soap")
    assert await salma.focus() == "article:olive-soap"
