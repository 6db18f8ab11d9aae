"""The bot introduces itself in both languages, only where something has changed."""

from __future__ import annotations

from typing import Any

from structlog.testing import capture_logs

from bot.guide.shelf import Shelf
from bot.telegram.introduction import introduce
from bot.telegram.session import connect
from tests.telegram.bench import TOKEN, Bench


def changes(bench: Bench) -> list[str]:
    return [c["method"] for c in bench.world.calls if c["method"].startswith("set")]


async def test_names_descriptions_and_commands_are_set_in_each_language(bench: Bench) -> None:
    await introduce(bench.house.bot, bench.shelf.voices)
    api, bot = bench.house.bot, bench.world.bot
    for code, language in (("", "ar"), ("ar", "ar"), ("en", "en")):
        voice = bench.shelf.voices[language]
        described: Any = await api.get_my_description(language_code=code)
        assert described["description"] == voice.plain("bot.description")
        short: Any = await api.get_my_short_description(language_code=code)
        assert short["short_description"] == voice.plain("bot.short")
        private = bot.commands["all_private_chats", code]
        assert [c["command"] for c in private] == [
            "start",
            "menu",
            "roadmap",
            "cases",
            "language",
            "privacy",
            "help",
            "delete",
        ]
        assert private[0]["description"] == voice.plain("command.start")
        groups = bot.commands["all_group_chats", code]
        assert [c["command"] for c in groups] == ["office", "guide", "bind"]
    assert bot.names["en"] == bench.shelf.voices["en"].plain("bot.name")


async def test_what_is_right_already_is_not_sent_again(bench: Bench) -> None:
    await introduce(bench.house.bot, bench.shelf.voices)
    before = changes(bench)
    await introduce(bench.house.bot, bench.shelf.voices)
    assert changes(bench) == before
    bench.world.bot.descriptions["en"] = "of yesterday"
    await introduce(bench.house.bot, bench.shelf.voices)
    assert changes(bench) == [*before, "setMyDescription"]


async def test_a_refusal_stops_nothing(bench: Bench) -> None:
    await bench.people.fault("setMyName", "flood", retry_after=80000, times=9)
    with capture_logs() as logs:
        await introduce(bench.house.bot, bench.shelf.voices)
    assert bench.world.bot.descriptions["en"]
    assert {log["what"] for log in logs} == {"setMyName"}


async def test_without_telegram_it_is_given_up_at_once(shelf: Shelf) -> None:
    bot = connect(TOKEN, "http://127.0.0.1:1")
    with capture_logs() as logs:
        await introduce(bot, shelf.voices)
    assert [log["event"] for log in logs] == ["introduction.given-up"]
    await bot.session.close()
