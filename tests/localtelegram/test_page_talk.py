"""Officers and citizens at the page: replies, edits, albums, topics, and a group that moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
import telegram
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from bot.localtelegram import LocalTelegram
from tests.browsing import DESK, PHONE, browsing
from tests.localtelegram.conftest import LAYLA, OMAR, RIMA, Json, People

PICTURE = FilePayload(
    name="p.svg",
    mimeType="image/svg+xml",
    buffer=b'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90"/>',
)


@pytest_asyncio.fixture(loop_scope="session")
async def forum(people: People) -> Json:
    """Layla founded it and Omar is a member; the bot administers it."""
    return await people.group(forum=True, bot_admin=True)


@pytest_asyncio.fixture(loop_scope="session")
async def thread(bot: telegram.Bot, forum: Json) -> int:
    """A topic with a card in it."""
    topic = await bot.create_forum_topic(forum["id"], "قضية 7")
    await bot.send_message(forum["id"], "بطاقة", message_thread_id=topic.message_thread_id)
    return topic.message_thread_id


def address(server: LocalTelegram, person: Json, chat: Json | None = None, lang: str = "ar") -> str:
    chat_id = (chat or person)["id"]
    return f"{server.url}/?person={person['id']}&chat={chat_id}&lang={lang}"


def row(page: Page, text: str) -> Locator:
    return page.locator("[data-message-id]", has_text=text)


async def say(page: Page, text: str) -> None:
    await page.get_by_test_id("message-input").fill(text)
    await page.get_by_test_id("send").click()


async def attach(page: Page, kind: str, *files: FilePayload) -> None:
    await page.get_by_test_id("attach").click()
    async with page.expect_file_chooser() as chosen:
        await page.get_by_test_id(f"attach-{kind}").click()
    await (await chosen.value).set_files(files)


async def last(people: People, chat: Json) -> Json:
    message: Json = (await people.get("messages", chat_id=chat["id"]))[-1]
    return message


@pytest.mark.parametrize(
    ("size", "lang", "title"),
    [(PHONE, "ar", "رد على"), (DESK, "en", "Reply to")],
    ids=["phone-ar", "desk-en"],
)
async def test_an_officer_answers_a_card_with_words_and_with_a_paper(
    server: LocalTelegram, people: People, forum: Json, thread: int,
    size: tuple[int, int], lang: str, title: str,
) -> None:  # fmt: skip
    start = address(server, LAYLA, forum, lang)
    async with browsing(start, size=size, name=f"reply-{lang}") as page:
        await page.get_by_test_id("message-input").fill("مسودة")
        await row(page, "بطاقة").get_by_test_id("reply").click()
        await expect(page.get_by_test_id("context")).to_contain_text(title)
        await page.get_by_test_id("cancel-context").click()
        await expect(page.get_by_test_id("context")).to_have_count(0)
        await expect(page.get_by_test_id("message-input")).to_have_value("مسودة")

        await row(page, "بطاقة").get_by_test_id("reply").click()
        await say(page, "وصلنا طلبك")
        own = page.locator(".row.own", has_text="وصلنا طلبك")
        await expect(own.get_by_test_id("quote")).to_contain_text("بطاقة")
        await expect(page.get_by_test_id("context")).to_have_count(0)

        await row(page, "وصلنا طلبك").get_by_test_id("reply").click()
        paper = FilePayload(name="قرار.txt", mimeType="text/plain", buffer=b"x")
        await attach(page, "document", paper)
        await expect(page.locator(".row.own", has=page.get_by_test_id("document"))).to_be_visible()
        await expect(page.get_by_test_id("context")).to_have_count(0)
    said, sent = (await people.get("messages", chat_id=forum["id"], thread_id=thread))[-2:]
    assert said["reply_to_message"]["text"] == "بطاقة"
    assert sent["reply_to_message"]["text"] == "وصلنا طلبك"
    assert (sent["document"]["file_name"], sent["message_thread_id"]) == ("قرار.txt", thread)


@pytest.mark.usefixtures("thread")
async def test_a_reply_by_keyboard_alone(
    server: LocalTelegram, people: People, forum: Json
) -> None:
    async with browsing(address(server, LAYLA, forum, "en"), name="reply-keyboard") as page:
        await expect(row(page, "بطاقة")).to_be_visible()
        await page.get_by_role("log").focus()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Tab")
        await expect(row(page, "بطاقة").get_by_test_id("reply")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("message-input")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("context")).to_have_count(0)
        await page.get_by_role("log").focus()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await page.get_by_test_id("menu-reply").press("Enter")
        await page.keyboard.type("done")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.own").get_by_test_id("quote")).to_contain_text("بطاقة")
    assert (await last(people, forum))["reply_to_message"]["text"] == "بطاقة"


async def test_pictures_go_as_an_album_and_their_words_can_be_changed(
    server: LocalTelegram, people: People, bot: telegram.Bot
) -> None:
    start = await people.say(LAYLA, "/start")
    async with browsing(address(server, LAYLA), size=PHONE, name="album") as page:
        await page.get_by_test_id("message-input").fill("الهوية")
        await attach(page, "photo", PICTURE, PICTURE)
        await expect(page.locator(".row.own .photo")).to_have_count(2)
        await expect(page.get_by_test_id("message-input")).to_have_value("")
        front = row(page, "الهوية")
        await front.locator(".bubble").click(button="right")
        await page.get_by_test_id("edit").click()
        await expect(page.get_by_test_id("message-input")).to_have_value("الهوية")
        await say(page, "الهوية، وجهان")
        await expect(front.locator(".edited")).to_have_text("معدّلة")
        await bot.set_message_reaction(LAYLA["id"], start["message_id"], "👍")
        await expect(row(page, "/start").get_by_test_id("reactions")).to_have_text("👍")
    one, two = (await people.get("messages", chat_id=LAYLA["id"]))[-2:]
    assert one["media_group_id"] == two["media_group_id"]
    assert (one["caption"], two.get("caption")) == ("الهوية، وجهان", None)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_topics_in_a_list_are_chosen_closed_and_removed(
    server: LocalTelegram, people: People, forum: Json, thread: int, size: tuple[int, int]
) -> None:
    await people.send(LAYLA, forum["id"], text="أهلاً بالجميع")
    async with browsing(address(server, LAYLA, forum), size=size, name="topics") as page:
        await page.get_by_test_id("topics").click()
        topics = page.get_by_test_id("topic-list")
        case = topics.locator(f'[data-topic-id="{thread}"]')
        await expect(case.get_by_test_id("topic-state")).to_have_text("مفتوح")
        await case.get_by_test_id("topic-close").click()
        await expect(case.get_by_test_id("topic-state")).to_have_text("مغلق")
        await case.get_by_test_id("topic-open").click()
        await expect(topics).to_have_count(0)
        await expect(page.get_by_role("log")).to_contain_text("أُغلق الموضوع")
        await say(page, "المشرفة تكتب")
        await expect(page.locator(".row.own")).to_contain_text("المشرفة تكتب")

        await page.get_by_test_id("identity").select_option(str(OMAR["id"]))
        await expect(page.get_by_test_id("topic-closed")).to_be_visible()
        await expect(page.get_by_test_id("message-input")).to_have_count(0)
        await page.get_by_test_id("topics").click()
        await expect(case).to_be_visible()
        await expect(topics.get_by_test_id("topic-reopen")).to_have_count(0)
        await page.keyboard.press("Escape")

        await page.get_by_test_id("identity").select_option(str(LAYLA["id"]))
        await page.get_by_test_id("topics").click()
        await topics.get_by_test_id("topic-name").fill("مشورة")
        await topics.get_by_test_id("topic-create").click()
        await expect(topics.locator("[data-topic-id]")).to_have_count(3)
        await case.get_by_test_id("topic-delete").click()
        await expect(case).to_have_count(0)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("log")).to_contain_text("أهلاً بالجميع")
    (left,) = (await people.chat(forum["id"]))["topics"]
    assert left["name"] == "مشورة"


async def test_an_anonymous_administrator_knows_their_own_words(
    server: LocalTelegram, people: People
) -> None:
    group = await people.group(type="supergroup", bot_admin=True)
    await people.member(group, "anonymous", LAYLA)
    async with browsing(address(server, LAYLA, group, "en"), name="anonymous") as page:
        await say(page, "For the office")
        await row(page, "For the office").locator(".bubble").click(button="right")
        await page.get_by_test_id("edit").click()
        await say(page, "From the office")
        await expect(page.locator(".row.own .edited")).to_have_text("edited")
    said = await last(people, group)
    assert (said["text"], said["sender_chat"]["id"]) == ("From the office", group["id"])


async def test_a_citizen_blocks_the_bot_and_forgives_it(
    server: LocalTelegram, people: People, bot: telegram.Bot
) -> None:
    await people.say(LAYLA, "/start")
    async with browsing(address(server, LAYLA), size=PHONE, name="block") as page:
        await page.get_by_test_id("person-menu").click()
        await page.get_by_test_id("block").click()
        await expect(page.get_by_test_id("unblock")).to_be_visible()
        with pytest.raises(telegram.error.Forbidden):
            await bot.send_message(LAYLA["id"], "x")
        await page.get_by_test_id("unblock").click()
        await expect(page.get_by_test_id("message-input")).to_be_visible()
        await bot.send_message(LAYLA["id"], "أهلاً من جديد")
        await expect(page.get_by_role("log")).to_contain_text("أهلاً من جديد")


async def test_a_group_becomes_public_and_an_officer_is_removed(
    server: LocalTelegram, people: People
) -> None:
    group = await people.group(members=[LAYLA, RIMA], bot_admin=True)
    async with browsing(address(server, LAYLA, group, "en"), name="public") as page:
        await page.get_by_test_id("info").click()
        info = page.get_by_test_id("group-info")
        await info.get_by_test_id("public-name").fill("homs_office")
        await info.get_by_role("button", name="Make public").click()
        await expect(info.get_by_role("button", name="Make private")).to_be_visible()
        await info.get_by_role("button", name="Remove", exact=True).click()
        await expect(info.get_by_role("list")).not_to_contain_text(RIMA["first_name"])
        await page.keyboard.press("Escape")
        await say(page, "Only us now")
        await expect(page.locator(".row.own")).to_contain_text("Only us now")
    chats = (await people.get("chats"))["chats"]
    (moved,) = [chat for chat in chats if chat.get("username") == "homs_office"]
    assert moved["last_message"]["text"] == "Only us now"


@asynccontextmanager
async def slow_news(page: Page) -> AsyncIterator[asyncio.Event]:
    """The page's question for the chats is held until the event is set."""
    asked = asyncio.Event()

    async def hold(route: Route) -> None:
        await asked.wait()
        await route.continue_()

    await page.route("**/client/chats", hold)
    yield asked
    await page.unroute_all(behavior="wait")


@pytest.mark.parametrize("moment", ["before the page knows", "after"])
async def test_what_is_written_while_a_group_moves_is_not_lost(
    server: LocalTelegram, people: People, moment: str
) -> None:
    group = await people.group(bot_admin=True)
    async with browsing(address(server, LAYLA, group, "en"), name="moving") as page:
        await say(page, "Here")
        await expect(page.locator(".row.own")).to_contain_text("Here")
        async with slow_news(page) as known:
            await people.post("migrate", chat_id=group["id"])
            await expect(page.get_by_role("log")).to_contain_text("became a supergroup")
            await page.get_by_test_id("message-input").fill("Still here")
            if moment == "after":
                known.set()
                await expect(page.locator(".row.own")).to_have_count(0)
                await expect(page.get_by_test_id("message-input")).to_have_value("Still here")
            await page.get_by_test_id("send").click()
            known.set()
            await expect(page.locator(".row.own")).to_contain_text("Still here")
            await expect(page.get_by_test_id("message-input")).to_have_value("")
    (moved,) = (await people.get("chats"))["chats"]
    assert (moved["type"], moved["last_message"]["text"]) == ("supergroup", "Still here")
