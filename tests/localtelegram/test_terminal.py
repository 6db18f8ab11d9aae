"""A citizen and an officer walk through a bot from a pipe."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram

from bot.localtelegram import LocalTelegram
from tests.localtelegram.conftest import LAYLA, OMAR, Json, People
from tests.localtelegram.little_bot import little_bot

_WALK = """
import sys
from bot.localtelegram.terminal import chat

url, person, name, language, chat_id = sys.argv[1:]
sys.exit(chat(url, int(person), name, language, int(chat_id) or None))
"""


async def walk(url: str, user: Json, *lines: str, chat_id: int = 0) -> tuple[int, str]:
    """The exit code and the output of a terminal that was given these lines through a pipe."""
    arguments = [url, str(user["id"]), user["first_name"], user["language_code"], str(chat_id)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WALK, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    output, errors = await process.communicate("\n".join(lines).encode())
    assert not errors, errors.decode()
    assert process.returncode is not None
    return process.returncode, output.decode()


@pytest_asyncio.fixture(loop_scope="session")
async def office(people: People) -> Json:
    return await people.group(members=[OMAR], bot_admin=True)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(server: LocalTelegram, office: Json) -> AsyncIterator[telegram.Bot]:
    async with little_bot(server.url, office["id"]) as bot:
        yield bot


@pytest.mark.usefixtures("bot")
async def test_a_walk_from_a_pipe_shows_what_a_person_would_see(
    server: LocalTelegram, people: People, office: Json
) -> None:
    code, seen = await walk(server.url, LAYLA, "/start", "3", "1", "1")

    assert code == 0
    assert "[1] تجارة   [2] حرفة\n  [3] لماذا؟" in seen
    assert "[alert] لأن الخطوات تختلف بحسب العمل." in seen
    # The pressed message was edited, and a keyboard came up with the next one.
    pressed = seen.partition("> 1 (تجارة)\n")[2]
    assert "(edited):\nاخترت: تجارة" in pressed
    assert "keyboard:\n  [1] مشاركة رقمي\n  [2] لا أريد" in pressed
    # The second "1" was the contact key.
    assert "وصل رقمك" in pressed.partition("> 1 (مشاركة رقمي)\n")[2]
    card = (await people.get("messages", chat_id=office["id"]))[-1]
    assert card["text"] == "طلب جديد من ليلى"


async def test_an_officer_presses_in_the_group(
    server: LocalTelegram, people: People, office: Json, bot: telegram.Bot
) -> None:
    key = telegram.InlineKeyboardButton("استلام", callback_data="take")
    await bot.send_message(office["id"], "طلب", reply_markup=telegram.InlineKeyboardMarkup([[key]]))

    code, seen = await walk(server.url, OMAR, "1", chat_id=office["id"])

    assert code == 0
    assert "استلمه Omar" in seen
    assert "[notice] صار الطلب لك" in seen
    assert (await people.get("messages", chat_id=office["id"]))[-1]["text"] == "استلمه Omar"


@pytest.mark.usefixtures("bot")
async def test_numbers_can_be_said_and_a_number_without_a_button_is_text(
    server: LocalTelegram,
) -> None:
    _, seen = await walk(server.url, LAYLA, "/start", ":say 1", "25")

    assert "قلت: 1" in seen
    assert "قلت: 25" in seen


@pytest.mark.usefixtures("bot")
async def test_formatted_text_stays_readable_and_links_are_written_out(
    server: LocalTelegram,
) -> None:
    _, seen = await walk(server.url, LAYLA, "/rich")

    assert "رقمك: DM-2031\nمن نص القانون 33 لعام 2007" in seen
    assert "link: https://example.org/law" in seen


async def test_a_second_visit_begins_with_the_chat_as_it_stands(
    server: LocalTelegram, bot: telegram.Bot
) -> None:
    await walk(server.url, LAYLA, "/start")
    first = await bot.send_message(LAYLA["id"], "to be deleted")
    await first.delete()

    _, seen = await walk(server.url, LAYLA)

    assert "/start" in seen
    assert "[1] تجارة" in seen
    assert "deleted" not in seen


async def test_a_chat_that_does_not_exist_is_a_sentence_and_an_exit_code(
    server: LocalTelegram,
) -> None:
    code, seen = await walk(server.url, LAYLA, "hello", chat_id=-555)

    assert code == 1
    assert "there is no chat -555" in seen


async def test_no_server_is_a_sentence_and_an_exit_code(server: LocalTelegram) -> None:
    await server.stop()

    code, seen = await walk(server.url, LAYLA, "hello")

    assert code == 1
    assert f"No local Telegram answers at {server.url}" in seen
    assert "Traceback" not in seen
