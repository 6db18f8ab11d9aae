"""What nobody was shown does nothing: forged presses, guessed codes, odd names, foreign callers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.referrals.group.presses import VERBS
from bot.store import citizens, leads, offices, updates
from bot.store.leads import Lead
from bot.store.store import Transaction
from bot.telegram.guessing import MOST_WRONG
from bot.telegram.webhook import MOST_BYTES, SECRET_HEADER
from tests.e2e import walks
from tests.fuzz.crowd import NAMES
from tests.fuzz.driver import at_work
from tests.fuzz.figures import Figures
from tests.fuzz.light_telegram import UNSEEN
from tests.town import NOON, PATIENCE, Json, Person, Town, town

LAYLA: Json = {"id": 502, "first_name": "ليلى", "language_code": "ar"}
HOMS = "homs"


def short(text: str) -> str:
    """The beginning of a text, as the name of its test."""
    return ascii(text[:9])


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path, offices=False) as place:
        yield place


async def forges(person: Person, *data: str, message: int | None = None) -> str:
    """Sends presses that no button offers, as a client of somebody's own making can.

    On the newest screen, or on the message that is said; returns the toast of the last one.
    """
    world = person.town.telegram.world
    for each in data:
        await person.look()
        on = message or person.screen["message_id"]
        number = world.presses.note(person.chat)
        chat = person.seen[-1]["chat"]
        query = {"id": number, "from": person.user, "chat_instance": "1", "data": each}
        with world.events.listening() as happened:
            place = {"message_id": on, "date": 0, "chat": chat}
            world.updates.put("callback_query", person.chat, query | {"message": place})
            async with asyncio.timeout(PATIENCE):
                while (event := await happened.get()) and event["kind"] != "callback_answer":
                    pass
        assert event is not None
        person.toast = event.get("text") or ""
        await person.town.dalil.sender.finish()
    await person.look()
    return person.toast


async def state(place: Town, user: Json) -> Json:
    """What is stored of a citizen's project."""

    def work(tx: Transaction) -> Json:
        citizen = citizens.find(tx, user["id"])
        assert citizen is not None
        return citizens.load_project(tx, citizen.number, citizen.project)

    return await place.dalil.store.run(work)


async def lead(place: Town, number: int = 1) -> Lead:
    found = await place.dalil.store.run(partial(leads.get, id=number))
    assert found is not None
    return found


async def nothing_set_aside(place: Town) -> bool:
    return await place.dalil.store.run(updates.list_set_aside) == []


@pytest.mark.parametrize(
    "data",
    [
        "1:go:consent:nothing",
        "1:go:reach:nothing",
        "1:agree:nothing",
        "1:go:step:nothing",
        "1:go:question:nothing",
        "1:toggle:sector:trade",
        "1:enough:sector",
        "1:enough:workers",
        "1:answer:workers:5",
        "1:unsure:sector",
        "1:unit:capital:old",
        "1:here:licensing",
        "1:erase",
        "0:answer:sector:trade",
        "2:answer:sector:trade",
        "o:take:1",
        "",
        "é" * 32,
    ],
)
async def test_a_press_that_nobody_offered_changes_nothing(place: Town, data: str) -> None:
    citizen = await walks.arrives(place)
    await citizen.taps("1:flow:licence", "1:answer:governorate:homs")
    before, text = await state(place, citizen.user), citizen.screen["text"]

    assert await forges(citizen, data) == place.voice("toast.old-button")
    assert (await state(place, citizen.user), citizen.screen["text"]) == (before, text)
    assert await nothing_set_aside(place)


@pytest.mark.parametrize("data", ["1:go:consent:nothing", "1:go:reach:nothing", "1:agree:nothing"])
async def test_an_office_that_does_not_exist_cannot_be_asked_for(place: Town, data: str) -> None:
    citizen = await walks.reaches_the_roadmap(place)
    assert await forges(citizen, data) == place.voice("toast.old-button")
    assert await nothing_set_aside(place)


async def test_the_case_of_another_citizen_stays_theirs(place: Town) -> None:
    salma = await walks.is_referred(place)
    reference = (await lead(place)).reference
    layla = await walks.arrives(place, LAYLA)
    for verb in ("go", "n"):
        await forges(layla, f"1:{verb}:case:{reference}")
    assert not any(reference in message.get("text", "") for message in layla.seen)
    await forges(layla, f"1:language:case:{reference}", "1:erase", "1:here:licensing")
    await salma.look()
    assert reference in salma.screen["text"]
    assert (await lead(place)).citizen is not None


async def test_a_question_that_a_new_guide_dropped_is_not_answered_by_an_old_button(
    place: Town,
) -> None:
    citizen = await walks.arrives(place)
    await citizen.taps("1:flow:licence")
    old = citizen.screen["message_id"]
    await citizen.types("حمص")
    before = await state(place, citizen.user)
    assert await forges(citizen, "1:answer:governorate:aleppo", message=old) == place.voice(
        "toast.old-button"
    )
    assert (await state(place, citizen.user))["answers"] == before["answers"]


async def test_a_card_does_nothing_in_other_groups_and_in_private(place: Town) -> None:
    homs = await walks.opened(place, HOMS)
    hama = await walks.opened(place, "hama")
    stranger = await walks.founded(place, "مجموعة أخرى")
    await walks.is_referred(place)
    await walks.lead_card(homs)
    await stranger.types("/help")
    salma = await walks.arrives(place, LAYLA)

    for verb in VERBS:
        for data in (f"o:{verb}:1", f"o:{verb}:1:advised"):
            assert await forges(hama, data) == place.voice("office.not-yours")
            assert await forges(stranger, data) == place.voice("office.no-desk")
            assert await forges(salma, data) == place.voice("toast.old-button")
    for unknown in ("o:take:999999999999999", "o:confirm:999999999999999", "o:take:-1"):
        await forges(homs, unknown)
    assert (await lead(place)).state == "delivered"
    assert await nothing_set_aside(place)


async def test_a_group_that_moves_onto_anothers_place_does_not_push_it_out(place: Town) -> None:
    """Bound under its new id to another office, before Telegram told that it had moved."""
    homs = await walks.opened(place, HOMS)
    hama = await walks.opened(place, "hama")
    referrals = place.dalil.referrals
    for old, new in ((homs.chat, homs.chat), (homs.chat, hama.chat)):
        assert len(await place.dalil.store.run(offices.desks)) == 2
        await place.dalil.store.run(partial(referrals.migrated, old=old, new=new))
    [desk] = await place.dalil.store.run(offices.desks)
    assert (desk.office, desk.chat) == ("hama", hama.chat)


async def test_guessing_codes_is_slowed_and_logged(tmp_path: Path) -> None:
    now = [NOON]

    def clock() -> datetime:
        return now[0]

    async with town(tmp_path, offices=False, clock=clock) as place:
        group = await walks.founded(place, "مجموعة")
        with capture_logs() as logs:
            for _ in range(MOST_WRONG):
                await group.types("/bind HOMS-AAAA-BBBB")
                assert group.screen["text"] == place.voice("office.refused.unknown-code")
        logged = [log for log in logs if log["event"] == "bind.guessing"]
        assert [log["wrong"] for log in logged] == list(range(1, MOST_WRONG + 1))
        assert str(walks.HEAD["id"]) not in str(logged)

        good = await walks.invited(place, HOMS)
        await group.types(f"/bind {good}")
        assert group.screen["text"] == place.voice("office.refused.guessing")
        another = await walks.founded(place, "مجموعة أخرى")
        await another.types(f"/bind {good}")
        assert another.screen["text"] == place.voice("office.refused.guessing"), "the same person"
        await walks.other(another, walks.SECOND).types(f"/bind {good}")
        assert len(await place.dalil.store.run(offices.desks)) == 1, "somebody else may"

        now[0] += timedelta(hours=1)
        await group.types(f"/bind {await walks.invited(place, 'hama')}")
        assert len(await place.dalil.store.run(offices.desks)) == 2


@pytest.mark.parametrize("name", [*filter(str.strip, NAMES)], ids=short)
async def test_odd_names_show_harmlessly_on_cards_and_in_notices(place: Town, name: str) -> None:
    office = await walks.opened(place, HOMS)
    citizen = await walks.is_referred(place, {"id": 503, "first_name": name})
    await walks.lead_card(office)
    await citizen.offered("1:n:roadmap")
    await office.taps("o:take:1")
    card = await office.offered("o:resolve:1")
    await office.taps("o:phone:1")
    for message in (card["text"], office.toast, *(m.get("text", "") for m in citizen.seen[-3:])):
        assert UNSEEN.search(message) is None, ascii(message)
        assert len(message) < 2000
    assert unescape(card["text"]).count("\u2068") == card["text"].count("\u2069")


@pytest.mark.parametrize(
    "text",
    ["a" + "\u0301" * 4000, "<b>" * 1300, "\x00\x1b[2J\u202e", "9" * 4096, "ﷺ" * 4096],
    ids=short,
)
async def test_odd_texts_get_a_kind_answer_and_change_nothing(place: Town, text: str) -> None:
    citizen = await walks.arrives(place)
    for answer in walks.questions():
        before = await state(place, citizen.user)
        await citizen.types(text)
        assert (await state(place, citizen.user))["answers"] == before["answers"]
        assert UNSEEN.search(citizen.screen["text"]) is None
        await citizen.taps(answer)
    assert await nothing_set_aside(place)


async def test_only_telegram_may_bring_updates_and_nothing_makes_the_door_stumble(
    tmp_path: Path,
) -> None:
    async with at_work(tmp_path, seed=1, total=0, webhook=True, figures=Figures()) as place:
        address = f"http://127.0.0.1:{place.dalil.port}/webhook"
        secret = place.telegram.webhook["secret_token"]
        update = json.dumps({"update_id": 5, "message": {"text": "x"}}).encode()

        async def bring(body: bytes, given: bytes | None, **headers: str) -> int:
            """Over a bare connection: a client library would not send all of this."""
            reader, writer = await asyncio.open_connection("127.0.0.1", place.dalil.port)
            head = {"Host": "x", "Connection": "close", "Content-Length": str(len(body))} | headers
            lines = [f"{name}: {value}".encode() for name, value in head.items()]
            if given is not None:
                lines.append(SECRET_HEADER.encode() + b": " + given)
            writer.write(b"\r\n".join([b"POST /webhook HTTP/1.1", *lines, b"", body]))
            status = await reader.readline()
            writer.close()
            return int(status.split()[1])

        for wrong in (
            None,
            b"",
            b"wrong",
            "\u0633\u0631".encode(),
            b"\xff\xfe",
            secret[:-1].encode(),
        ):
            assert await bring(update, wrong) == 401
        assert await place.dalil.store.run(updates.list_set_aside) == []
        odds = [b"", b"\xff", b"[" * 100_000, b'"\\ud800"', b"1e999", b"null", b"{}" * 9]
        odds += [b"[" * depth + b"]" * depth for depth in range(900, 1000)]
        for odd in odds:
            assert await bring(odd, secret.encode()) == 200
        assert await bring(b"x" * (MOST_BYTES + 1), secret.encode()) == 413
        kept = len(await place.dalil.store.run(updates.list_set_aside))
        assert kept == len(odds)
        async with ClientSession() as session, session.get(address) as answer:
            assert answer.status == 405
