"""Stories of an update that could not be handled, and of the day when it can."""

from __future__ import annotations

import asyncio
import sqlite3
import traceback
from contextlib import nullcontext

import pytest

from bot.errors import StoreUnavailable
from bot.operations import set_aside
from bot.operations.masking import masked_error
from bot.store import citizens, retries, updates
from bot.store.retries import Incident
from tests.telegram.bench import LAYLA, OMAR, Bench, until


async def incidents(bench: Bench) -> list[Incident]:
    return await bench.store.run(retries.incidents)


async def ask(bench: Bench, incident: str = "all") -> str:
    return await bench.store.run(lambda tx: set_aside.ask(tx, incident))


async def retry(bench: Bench) -> None:
    """The clock of the running bot comes round."""
    await bench.house.housekeeping._retry()
    await bench.house.sender.finish()


@pytest.fixture
async def incident(bench: Bench) -> str:
    """Layla has said what the bot could not handle."""
    await bench.people.say(LAYLA, "before")
    await bench.people.say(LAYLA, "bug")
    await bench.house.work()
    [found] = await incidents(bench)
    assert found.state == "open"
    return found.incident


async def test_once_mended_it_is_handled_as_if_it_had_just_come(
    bench: Bench, incident: str
) -> None:
    bench.house.conversation.mended = True
    await retry(bench)
    assert [each.state for each in await incidents(bench)] == ["open"]
    assert "to be tried again" in await ask(bench, incident.lower().replace("-", ""))
    assert "is asked: nothing" in await ask(bench, incident)
    await retry(bench)
    assert bench.people.texts(71)[-1] == "2: bug"
    assert [each.state for each in await incidents(bench)] == ["settled"]
    await retry(bench)
    assert bench.people.texts(71)[-1] == "2: bug"
    assert await ask(bench) == "Nothing is to be tried again."
    history = await bench.store.run(lambda tx: retries.history(tx, incident))
    assert [event.kind for event in history] == ["asked", "begun", "settled"]


async def test_while_it_is_not_mended_it_fails_again_and_nobody_is_told_twice(
    bench: Bench, incident: str
) -> None:
    said = bench.people.texts(71)
    for _ in range(2):
        await ask(bench)
        await retry(bench)
    assert [each.state for each in await incidents(bench)] == ["failed"]
    assert bench.people.texts(71) == said
    # Telegram brings it again meanwhile: it is known.
    await bench.house.receiver.accept(bench.world.updates.pending()[-1].body)
    assert [each.incident for each in await incidents(bench)] == [incident]


@pytest.mark.usefixtures("incident")
@pytest.mark.parametrize("commits", range(5))
async def test_a_try_that_dies_anywhere_is_made_up_for_and_made_once(
    bench: Bench, commits: int
) -> None:
    bench.house.conversation.mended = True
    await ask(bench)
    left = commits

    def die() -> None:
        nonlocal left
        if not left:
            raise sqlite3.OperationalError("disk I/O error")
        left -= 1

    bench.store.before_commit = die
    with pytest.raises(StoreUnavailable) if commits < 4 else nullcontext():
        await bench.house.housekeeping._retry()
    bench.store.before_commit = None
    await bench.house.close()
    bench.restart().conversation.mended = True
    await retry(bench)
    assert [each.state for each in await incidents(bench)] == ["settled"]
    layla = await bench.store.run(lambda tx: citizens.find(tx, 71))
    assert layla is not None
    state = await bench.store.run(lambda tx: citizens.load_project(tx, layla.number, 1))
    assert state == {"count": 2, "last": "bug"}


@pytest.mark.usefixtures("incident")
async def test_the_running_bot_does_it_by_its_clock(bench: Bench) -> None:
    bench.house.conversation.mended = True
    await ask(bench)
    working = asyncio.create_task(bench.house.housekeeping.run())
    await until(lambda: bench.people.texts(71)[-1] == "2: bug")
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


async def test_who_is_erased_takes_along_what_was_to_be_tried(bench: Bench, incident: str) -> None:
    await ask(bench)
    layla = await bench.store.run(lambda tx: citizens.find(tx, 71))
    assert layla is not None
    await bench.store.run(lambda tx: citizens.erase(tx, layla.number))
    await retry(bench)
    assert await incidents(bench) == []
    assert await bench.store.run(lambda tx: citizens.find(tx, 71)) is None
    assert await bench.store.run(lambda tx: retries.history(tx, incident)) == []


async def test_it_is_listed_and_shown_without_what_tells_of_a_person(bench: Bench) -> None:
    await bench.people.say(OMAR, "my secret")
    bench.world.updates.put(
        "message",
        72,
        {"message_id": "my number", "from": OMAR, "chat": {"id": 72}, "text": "/bug x"},
    )
    await bench.house.work()
    [found] = await incidents(bench)
    listed = await bench.store.run(set_aside.listing)
    assert found.incident in listed
    assert "Unparsable" in listed
    shown = await bench.store.run(lambda tx: set_aside.shown(tx, found.incident, personal=False))
    assert '"message_id": "my number"' in shown
    assert '"text": "/bug …"' in shown
    assert "in parse" in shown
    for secret in ("Omar", "Haddad", "72"):
        assert secret not in shown.replace(found.incident, "")
    whole = await bench.store.run(lambda tx: set_aside.shown(tx, found.incident, personal=True))
    assert "Haddad" in whole
    with pytest.raises(set_aside.NoSuchIncident, match="'I-22222'"):
        await ask(bench, "I-22222")


def _report(words: str) -> str:
    """A traceback whose last line says this."""
    try:
        raise ValueError(words)
    except ValueError as error:
        return "".join(traceback.format_exception(error))


async def test_an_errors_words_are_not_shown(bench: Bench) -> None:
    await bench.store.run(
        lambda tx: updates.set_aside(tx, 1, 1, "odd", _report("Layla:\nLayla: secret"), None)
    )
    [found] = await incidents(bench)
    listed = await bench.store.run(set_aside.listing)
    shown = await bench.store.run(lambda tx: set_aside.shown(tx, found.incident, personal=False))
    assert "ValueError" in listed
    assert "in _report" in shown
    assert "Layla" not in listed + shown
    assert masked_error("") == "unknown"
