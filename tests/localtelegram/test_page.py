"""People at the chat page: on a phone and at a desk, in Arabic and in English."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram
from playwright.async_api import FilePayload, Page, expect

from bot.localtelegram import LocalTelegram
from tests.browsing import DESK, PHONE, browsing
from tests.localtelegram.conftest import LAYLA, OMAR, RIMA, Json, People
from tests.localtelegram.little_bot import little_bot

VISITOR = 1000001


@pytest_asyncio.fixture(loop_scope="session")
async def office(people: People) -> Json:
    return await people.group(members=[OMAR, RIMA], bot_admin=True)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(server: LocalTelegram, office: Json) -> AsyncIterator[telegram.Bot]:
    async with little_bot(server.url, office["id"]) as bot:
        yield bot


async def say(page: Page, text: str) -> None:
    await page.get_by_test_id("message-input").fill(text)
    await page.get_by_test_id("send").click()


async def visit(page: Page, chat_id: int) -> None:
    """Opens a chat from the list, which on a phone is a screen of its own."""
    back = page.get_by_test_id("back")
    if await back.is_visible():
        await back.click()
    await page.locator(f'[data-chat-id="{chat_id}"]').click()


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_visitor_plays_the_citizen_and_then_the_officer(
    server: LocalTelegram, size: tuple[int, int]
) -> None:
    async with browsing(server.url, size=size, name="citizen-and-officer") as page:
        await expect(page.get_by_test_id("demo-mark")).to_contain_text("لا يُرسَل شيء إلى تلغرام")
        await page.get_by_test_id("start").click()
        question = page.locator("[data-message-id]", has_text="ما نوع عملك؟")
        number = await question.get_attribute("data-message-id")

        await page.locator('[data-callback="why"]').click()
        alert = page.get_by_test_id("alert")
        await expect(alert).to_contain_text("لأن الخطوات تختلف")
        await page.keyboard.press("Escape")
        await expect(alert).to_have_count(0)

        await page.locator('[data-callback="sector:trade"]').click()
        edited = page.locator(f'[data-message-id="{number}"]')
        await expect(edited).to_contain_text("اخترت: تجارة")
        await expect(edited.get_by_test_id("inline-button")).to_have_count(0)
        await expect(page.get_by_test_id("toasts")).to_contain_text("حُفظ")

        await page.get_by_test_id("reply-button").first.click()
        await expect(page.get_by_role("textbox", name="رقم الهاتف")).to_have_value(
            re.compile("963 900 000 000.*تجريبي")
        )
        await page.get_by_test_id("confirm").click()
        await expect(page.get_by_role("log")).to_contain_text("وصل رقمك")
        await expect(page.get_by_test_id("reply-keyboard")).to_have_count(0)

        await page.get_by_test_id("hint-link").click()
        await expect(page.get_by_test_id("identity")).to_have_value(str(OMAR["id"]))
        await page.locator('[data-callback="take"]').click()
        await expect(page.get_by_role("log")).to_contain_text("استلمه Omar")

        await page.get_by_test_id("identity").select_option(str(RIMA["id"]))
        await say(page, "شكراً يا عمر")
        await expect(page.locator(".row.own")).to_contain_text("شكراً يا عمر")

        await visit(page, VISITOR)
        await expect(page.get_by_role("log")).to_contain_text("وصل رقمك")


async def test_what_the_bot_does_is_seen_at_once(
    server: LocalTelegram, bot: telegram.Bot, office: Json
) -> None:
    async with browsing(f"{server.url}/?person={VISITOR}", name="bot-acts") as page:
        await page.get_by_test_id("start").click()
        log = page.get_by_role("log")
        await expect(log).to_contain_text("ما نوع عملك؟")

        said = await bot.send_message(VISITOR, "<b>هام</b>", parse_mode="HTML")
        await expect(log.locator("strong")).to_have_text("هام")
        await said.delete()
        await expect(page.locator(f'[data-message-id="{said.message_id}"]')).to_have_count(0)

        await bot.send_chat_action(VISITOR, "typing")
        await expect(page.locator("#status")).to_have_text("يكتب…")

        await bot.send_message(office["id"], "أول طلب")
        await bot.send_message(office["id"], "ثاني طلب")
        item = page.locator(f'[data-chat-id="{office["id"]}"]')
        await expect(item.locator(".count")).to_be_visible()
        await item.click()
        await expect(item.locator(".count")).to_have_count(0)


@pytest.mark.usefixtures("bot")
async def test_one_answers_changes_and_copies_messages(
    server: LocalTelegram, people: People
) -> None:
    async with browsing(f"{server.url}/?person={VISITOR}", name="messages") as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.get_by_test_id("start").click()
        await say(page, "أول")
        own = page.locator(".row.own", has_text="أول")
        await own.locator(".bubble").click(button="right")
        await page.get_by_test_id("edit").click()
        await say(page, "أول معدّل")
        await expect(page.locator(".row.own .edited")).to_have_text("معدّلة")

        await page.locator(".row.other", has_text="قلت: أول").locator(".bubble").dblclick()
        await expect(page.get_by_test_id("context")).to_contain_text("رد على")
        await say(page, "هذا رد")
        await expect(page.locator(".row.own .quote")).to_contain_text("قلت: أول")
        replies = [
            m for m in await people.get("messages", chat_id=VISITOR) if m.get("text") == "هذا رد"
        ]
        assert replies[0]["reply_to_message"]["text"] == "قلت: أول"

        await say(page, "/rich")
        await page.locator("code", has_text="DM-2031").click()
        assert await page.evaluate("navigator.clipboard.readText()") == "DM-2031"


@pytest.mark.usefixtures("bot")
async def test_files_are_attached_and_can_be_opened(server: LocalTelegram) -> None:
    async with browsing(f"{server.url}/?person={VISITOR}", name="files") as page:
        await page.get_by_test_id("start").click()
        await page.get_by_test_id("attach").click()
        async with page.expect_file_chooser() as chosen:
            await page.get_by_test_id("attach-document").click()
        paper = FilePayload(name="عقد.txt", mimeType="text/plain", buffer="عقد".encode())
        await (await chosen.value).set_files([paper])
        link = page.get_by_test_id("document")
        await expect(link).to_contain_text("عقد.txt")
        address = await link.get_attribute("href")
        answer = await page.request.get(f"{server.url}{address}")
        assert await answer.body() == "عقد".encode()


async def test_a_forum_has_tabs_and_messages_go_to_the_open_topic(
    server: LocalTelegram, people: People, bot: telegram.Bot
) -> None:
    forum = await people.group(members=[OMAR], forum=True, bot_admin=True)
    topic = await bot.create_forum_topic(forum["id"], "الترخيص")
    thread = topic.message_thread_id
    address = f"{server.url}/?person={OMAR['id']}&chat={forum['id']}"
    async with browsing(address, name="forum") as page:
        await page.locator('[data-thread-id="0"]').click()
        await bot.send_message(forum["id"], "بطاقة", message_thread_id=thread)
        tab = page.locator(f'[data-thread-id="{thread}"]')
        await expect(tab.locator(".count")).to_be_visible()
        await tab.click()
        await expect(page.get_by_role("log")).to_contain_text("بطاقة")
        await say(page, "وصلت")
        await expect(page.locator(".row.own")).to_contain_text("وصلت")
    last = (await people.get("messages", chat_id=forum["id"], thread_id=thread))[-1]
    assert last["text"] == "وصلت"


@pytest.mark.usefixtures("bot")
async def test_somebody_new_writes_by_keyboard_alone_in_english(
    server: LocalTelegram, people: People
) -> None:
    async with browsing(f"{server.url}/?lang=en", name="keyboard-alone") as page:
        await page.get_by_test_id("new-person").press("Enter")
        await page.keyboard.type("Nour")
        await page.get_by_label("Language of their app").select_option("en")
        await page.get_by_test_id("confirm").press("Enter")
        await page.get_by_test_id("start").press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("ما نوع عملك؟")
        await page.get_by_test_id("message-input").focus()
        await page.keyboard.type("one")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("two")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("قلت: one")
        await page.get_by_role("log").focus()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menu")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)
    nour = next(u for u in (await people.get("chats"))["people"] if u["first_name"] == "Nour")
    assert nour["language_code"] == "en"
    said = await people.get("messages", chat_id=nour["id"])
    assert [m["text"] for m in said if m["from"]["id"] == nour["id"]] == ["/start", "one\ntwo"]


@pytest.mark.usefixtures("bot")
async def test_a_lost_connection_is_taken_up_again_and_nothing_is_missing(
    server: LocalTelegram, people: People
) -> None:
    await people.say(LAYLA, "قبل الانقطاع")
    async with browsing(f"{server.url}/?person={LAYLA['id']}", name="reconnects") as page:
        log = page.get_by_role("log")
        await expect(log).to_contain_text("قلت: قبل الانقطاع")
        await page.context.set_offline(True)
        server.world.events.close()
        await expect(page.locator("#status")).to_have_text("انقطع الاتصال بالخادم")
        await people.say(LAYLA, "أثناء الانقطاع")
        await page.context.set_offline(False)
        await expect(log).to_contain_text("قلت: أثناء الانقطاع")
        await people.post("banner", text={"ar": "تنبيه", "en": "Notice"}, level="error")
        await expect(page.get_by_test_id("banner")).to_have_text("تنبيه")


@pytest.mark.usefixtures("bot")
async def test_a_group_is_founded_joined_and_moves_and_the_page_goes_along(
    server: LocalTelegram, people: People
) -> None:
    async with browsing(f"{server.url}/?lang=en", name="groups") as page:
        await page.get_by_test_id("new-group").click()
        await page.get_by_label("Group title").fill("Homs office")
        await page.get_by_label("Creator").select_option(str(OMAR["id"]))
        await page.get_by_test_id("confirm").click()
        await expect(page.get_by_role("heading", name="Homs office")).to_be_visible()

        await page.get_by_test_id("info").click()
        info = page.get_by_test_id("group-info")
        await info.get_by_label("Join").select_option(str(RIMA["id"]))
        await info.get_by_role("button", name="Join").click()
        await info.get_by_role("button", name="Make administrator").click()
        await page.keyboard.press("Escape")
        rima = page.get_by_test_id("identity").locator(f'option[value="{RIMA["id"]}"]')
        await expect(rima).to_have_text(f"{RIMA['first_name']} (officer)")

        await page.get_by_test_id("info").click()
        await info.get_by_role("button", name="Turn into a supergroup").click()
        await expect(page.get_by_role("log")).to_contain_text("became a supergroup")
        await say(page, "Still here")
        await expect(page.locator(".row.own")).to_contain_text("Still here")
    homs = [c for c in (await people.get("chats"))["chats"] if c.get("title") == "Homs office"]
    assert [chat["type"] for chat in homs] == ["supergroup"]
    assert homs[0]["last_message"]["text"] == "Still here"
