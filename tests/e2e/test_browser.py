"""The whole road in a real browser: a citizen walks it, the office takes the lead, both see it.

``DALIL_WRITE_PICTURES=1`` also takes the picture that README shows.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import watching
from tests.browsing import DESK, PHONE, browsing
from tests.e2e import walks
from tests.town import NOTICE, Json, Town, town

pytestmark = pytest.mark.asyncio(loop_scope="session")
"""The browser lives on one loop for all."""
ROOT = Path(__file__).parents[2]
PICTURES = Path(__file__).parent / "pictures"
VISITOR = 1000001
READING = 60_000
"""Milliseconds in which the whole guide is read, checked and proved even on a busy machine."""
REFERENCE = re.compile(r"D-[0-9A-Z]{6}")


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def key(page: Page, data: str) -> Locator:
    """The newest button that carries this."""
    return page.locator(f'[data-callback="{data}"]').last


async def press(page: Page, *buttons: str) -> None:
    for data in buttons:
        await key(page, data).click()


async def visit(page: Page, chat: int) -> None:
    """Opens a chat from the list, which on a phone is a screen of its own."""
    back = page.get_by_test_id("back")
    if await back.is_visible():
        await back.click()
    await page.locator(f'[data-chat-id="{chat}"]').click()


async def take_picture(page: Page, name: str) -> None:
    """The newest screen from its top, where somebody asked for pictures."""
    if not os.environ.get("DALIL_WRITE_PICTURES"):
        return
    PICTURES.mkdir(exist_ok=True)
    newest = page.locator("[data-message-id]").last
    await newest.evaluate("node => node.scrollIntoView({ block: 'start' })")
    await page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_citizen_walks_to_the_office_and_is_told(
    place: Town, size: tuple[int, int], language: str
) -> None:
    address = f"{place.telegram.url}/?lang={language}"
    async with browsing(address, size=size, name=f"road-{language}") as page:
        await page.get_by_test_id("start").click()
        road = walks.questions("homs")
        workers = road.index("1:unsure:workers")
        await press(page, f"1:language:{language}", *road[:workers])
        await expect(key(page, road[workers])).to_be_visible()
        await page.get_by_test_id("message-input").fill("٣")
        await page.get_by_test_id("send").click()
        await press(page, *road[workers + 1 :])
        await expect(key(page, "1:go:consent:licensing")).to_be_visible()
        if (size, language) == (PHONE, "ar"):
            await take_picture(page, "roadmap-ar")

        await press(page, "1:go:step:tax-file", "1:done:tax-file")
        await expect(key(page, "1:undone:tax-file")).to_be_visible()
        await press(page, "1:go:roadmap", "1:go:consent:licensing", "1:agree:licensing")
        await page.get_by_test_id("reply-button").first.click()
        await page.get_by_test_id("confirm").click()
        reference = REFERENCE.search(await _text_of(page, REFERENCE))
        assert reference

        await visit(page, await _group(place, "homs"))
        await expect(page.locator(".row", has=key(page, "o:take:1"))).to_contain_text(reference[0])
        await press(page, "o:take:1", "o:phone:1")
        await expect(page.get_by_test_id("alert")).to_contain_text(re.compile("963"))
        await page.keyboard.press("Escape")

        await visit(page, VISITOR)
        claimed = place.dalil.guide.shelf.words[language].offices["homs"]
        told = page.locator("[data-message-id]", has=page.locator(f'[data-callback="{NOTICE}"]'))
        await expect(told).to_have_count(2)
        await expect(told.last).to_contain_text(claimed)


async def _text_of(page: Page, words: re.Pattern[str]) -> str:
    """What the newest message with these words says."""
    return await page.locator("[data-message-id]", has_text=words).last.inner_text()


async def _group(place: Town, office: str) -> int:
    name = place.dalil.guide.shelf.words["ar"].offices[office]
    return int((await place.group(name))["id"])


async def test_a_broken_guide_is_said_on_the_page_and_the_old_one_stays_in_service(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "guide"
    for part in ("flows", "content"):
        shutil.copytree(ROOT / part, directory / part)
    questions = directory / "flows" / "questions.yaml"
    whole = questions.read_text(encoding="utf-8")
    async with (
        town(tmp_path, guide=directory, offices=False) as place,
        watching(place.dalil.guide, place.people, directory),
        browsing(f"{place.telegram.url}/?lang=en", name="broken-guide") as page,
    ):
        served = place.dalil.guide.shelf.revision
        citizen = await walks.arrives(place, _visitor())
        banner = page.get_by_test_id("banner")
        await expect(banner).to_be_hidden()

        questions.write_text(f"{whole}\nsector: {{kind: choice}}\n", encoding="utf-8")
        await expect(banner).to_contain_text("flows/questions.yaml:", timeout=READING)
        assert place.dalil.guide.shelf.revision == served
        await citizen.taps(*walks.questions())
        assert "1:go:consent:licensing" in str(citizen.screen)

        questions.write_text(f"{whole}\n# Mended.\n", encoding="utf-8")
        await expect(banner).to_be_hidden(timeout=READING)
        assert place.dalil.guide.shelf.revision != served
        await citizen.types("/roadmap")
        assert "1:go:consent:licensing" in str(citizen.screen)


def _visitor() -> Json:
    return walks.SALMA | {"id": VISITOR}
