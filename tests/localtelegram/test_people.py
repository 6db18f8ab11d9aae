"""The people's side: what a page or a terminal reads and is told."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.localtelegram import LocalTelegram

from .conftest import LAYLA, OMAR, Json, People, Raw, Refused

ME = LAYLA["id"]
BUTTONS = {"inline_keyboard": [[{"text": "نعم", "callback_data": "yes"}]]}


@pytest_asyncio.fixture(loop_scope="session")
async def events(session: aiohttp.ClientSession) -> AsyncIterator[aiohttp.ClientResponse]:
    """A listener that is certainly listening: the welcome has arrived."""
    async with session.get("/client/events") as stream:
        assert await stream.content.readuntil(b"\n\n") == b": welcome\n\n"
        yield stream


async def told(stream: aiohttp.ClientResponse, count: int) -> list[Json]:
    lines = [await stream.content.readuntil(b"\n\n") for _ in range(count)]
    return [json.loads(line.removeprefix(b"data: ")) for line in lines]


async def test_everything_that_happens_is_told(
    raw: Raw, people: People, events: aiohttp.ClientResponse
) -> None:
    said = await people.say(LAYLA, "/start")
    sent = (await raw("sendMessage", chat_id=ME, text="؟", reply_markup=BUTTONS))["result"]
    number = sent["message_id"]
    wish = {"chat_id": ME, "from": LAYLA, "message_id": number, "data": "yes"}
    press = (await people.post("press", **wish))["callback_query_id"]
    await raw("answerCallbackQuery", callback_query_id=press, text="تم", show_alert=True)
    await raw("editMessageText", chat_id=ME, message_id=number, text="!")
    await raw("setMessageReaction", chat_id=ME, message_id=1,
              reaction=[{"type": "emoji", "emoji": "👍"}])  # fmt: skip
    await raw("sendChatAction", chat_id=ME, action="typing")
    await raw("deleteMessage", chat_id=ME, message_id=number)
    await raw("sendMessage", chat_id=ME, text="x", reply_markup={"keyboard": [["a"]]})
    banner = {"text": {"ar": "الدليل فيه خطأ", "en": "The guide is broken"}, "level": "error"}
    await people.post("banner", **banner)

    chat, first, second, answer, edit, reaction, action, deletion, third, keys, line = await told(
        events, 11
    )
    assert (chat["kind"], chat["chat_id"]) == ("chat", ME)
    assert first == {"kind": "message", "chat_id": ME, "message": said}
    assert second["message"] == sent
    assert answer == {
        "kind": "callback_answer",
        "chat_id": ME,
        "callback_query_id": press,
        "text": "تم",
        "show_alert": True,
    }
    assert (edit["kind"], edit["message"]["text"]) == ("edited", "!")
    assert (reaction["kind"], reaction["message_id"]) == ("reaction", 1)
    assert action == {"kind": "action", "chat_id": ME, "action": "typing"}
    assert deletion == {"kind": "deleted", "chat_id": ME, "message_ids": [number]}
    assert third["kind"] == "message"
    assert keys == {"kind": "keyboard", "chat_id": ME, "keyboard": {"keyboard": [[{"text": "a"}]]}}
    assert line == {"kind": "banner", "banner": banner}


async def test_a_banner_comes_and_goes(people: People) -> None:
    banner = {"text": {"ar": "الدليل فيه خطأ", "en": "The guide is broken"}, "level": "info"}
    await people.post("banner", text=banner["text"])
    assert (await people.get("chats"))["banner"] == banner
    await people.post("banner", text=None)
    assert (await people.get("chats"))["banner"] is None


async def test_a_listener_may_leave(
    server: LocalTelegram, people: People, events: aiohttp.ClientResponse
) -> None:
    events.close()
    await people.say(LAYLA, "/start")
    assert (await people.chat(ME))["last_message"]["text"] == "/start"
    await server.stop()


async def test_chats_before_any_bot() -> None:
    telegram = LocalTelegram()
    await telegram.start()
    async with aiohttp.ClientSession(telegram.url) as session:
        people = People(session)
        await people.say(LAYLA, "/start")
        assert (await people.get("chats"))["bot"] is None
        with pytest.raises(Refused, match="no bot has connected yet"):
            await people.group()
        raw = Raw(session, "77:later")
        assert [u["message"]["text"] for u in await raw.updates()] == ["/start"]
        bot = (await people.get("chats"))["bot"]
        assert (bot["id"], bot["username"]) == (77, "dalil_demo_bot")
        members = (await people.chat(ME))["members"]
        assert [member["user"]["id"] for member in members] == [ME, 77]
    await telegram.stop()


async def test_files_of_people(raw: Raw, people: People) -> None:
    data = base64.b64encode("عقد".encode()).decode()
    file = {"file_name": "عقد.txt", "mime_type": "text/plain", "data": data}
    sent = await people.send(LAYLA, document=file, caption="العقد")
    assert (sent["document"]["file_name"], sent["caption"]) == ("عقد.txt", "العقد")
    got = (await raw("getFile", file_id=sent["document"]["file_id"]))["result"]
    async with people.session.get(f"/file/bot4200:local/{got['file_path']}") as answer:
        assert (await answer.read()).decode() == "عقد"
    for token, path in (("4200:other", got["file_path"]), ("4200:local", "documents/none")):
        async with people.session.get(f"/file/bot{token}/{path}") as answer:
            assert answer.status == 404
    async with people.session.get("/client/file?file_id=none") as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("path", "wish", "why"),
    [
        ("send", {"chat_id": ME, "from": LAYLA}, "nothing to send"),
        ("send", {"chat_id": ME, "from": LAYLA, "text": " "}, "message text is empty"),
        ("send", {"chat_id": ME, "from": LAYLA, "text": "x" * 4097}, "message is too long"),
        ("send", {"chat_id": ME, "from": {}, "text": "x"}, "id is missing"),
        ("send", {"chat_id": ME, "from": LAYLA, "photo": {"data": "?"}}, "must be base64"),
        ("send", {"chat_id": -5, "from": LAYLA, "text": "x"}, "chat not found"),
        ("send", {"chat_id": ME, "from": OMAR, "text": "x"}, "not a member"),
        (
            "send",
            {"chat_id": ME, "from": LAYLA, "text": "x", "reply_to_message_id": 99},
            "message not found",
        ),
        ("send", {"chat_id": ME, "from": LAYLA, "text": "x", "thread_id": 9}, "thread not found"),
        ("edit", {"chat_id": ME, "from": LAYLA, "message_id": 2, "text": "x"}, "can't be edited"),
        ("press", {"chat_id": ME, "from": LAYLA, "message_id": 2, "data": "no"}, "no such button"),
        ("block", {"user_id": 999}, "user not found"),
    ],
)
async def test_what_people_cannot_do(
    raw: Raw, people: People, path: str, wish: Json, why: str
) -> None:
    await people.say(LAYLA, "/start")
    await raw("sendMessage", chat_id=ME, text="؟", reply_markup=BUTTONS)
    with pytest.raises(Refused, match=why):
        await people.post(path, **wish)


async def test_who_blocked_the_bot_writes_nothing_to_it(people: People) -> None:
    await people.say(LAYLA, "/start")
    await people.post("block", user_id=ME)
    with pytest.raises(Refused, match="you blocked the bot"):
        await people.say(LAYLA, "hello")


async def test_an_old_button_is_gone_after_an_edit(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    sent = (await raw("sendMessage", chat_id=ME, text="؟", reply_markup=BUTTONS))["result"]
    await raw("editMessageText", chat_id=ME, message_id=sent["message_id"], text="!")
    wish = {"chat_id": ME, "from": LAYLA, "message_id": sent["message_id"], "data": "yes"}
    with pytest.raises(Refused, match="no such button"):
        await people.post("press", **wish)


async def test_every_call_is_noted(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    await raw("sendMessage", chat_id=ME, text="x", reply_markup=json.dumps(BUTTONS))
    await raw("sendMessage", chat_id=999, text="x")
    first, second = await people.get("calls")
    assert first == {
        "n": 1,
        "method": "sendMessage",
        "params": {"chat_id": ME, "text": "x", "reply_markup": BUTTONS},
        "ok": True,
    }
    assert (second["ok"], second["description"]) == (False, "Bad Request: chat not found")
    assert await people.get("calls", since=1) == [second]
    with pytest.raises(Refused, match="since must be a number"):
        await people.get("calls", since="x")


async def test_links_to_people_become_mentions(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    text = '<a href="tg://user?id=71">ليلى</a> <a href="tg://user?id=9">؟</a>'
    sent = (await raw("sendMessage", chat_id=ME, text=text, parse_mode="HTML"))["result"]
    (mention,) = sent["entities"]
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", ME)


async def test_the_page(people: People) -> None:
    for path, status in (("/", 200), ("/page/index.html", 200), ("/page/none.js", 404),
                         ("/page/..%2fserver.py", 404)):  # fmt: skip
        async with people.session.get(path) as answer:
            assert answer.status == status


async def test_stopping_ends_polls_and_listeners(
    server: LocalTelegram, raw: Raw, events: aiohttp.ClientResponse
) -> None:
    poll = asyncio.create_task(raw.updates(timeout=50))
    await asyncio.sleep(0)
    async with asyncio.timeout(60):
        await server.stop()
        assert await events.content.read() == b""
        await asyncio.wait({poll})
    poll.exception()
