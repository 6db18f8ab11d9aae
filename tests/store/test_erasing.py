"""The story of a person who asks to be forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from bot.store import cards, citizens, crossings, leads, offices, outbox, updates
from bot.store.cards import Card
from bot.store.citizens import Shown
from bot.store.database import connect
from bot.store.store import Store, Transaction

TELEGRAM = 7340198265
NAME, PHONE = "سامر الحمصي", "+963944123456"
ANSWER, NOTE, TYPED = "bakery-in-homs", "رد أخوه على الهاتف", "my name is Samer Homsi"
WORDS = (str(TELEGRAM), NAME, PHONE, ANSWER, NOTE, TYPED, "Samer Homsi")


def live(tx: Transaction, telegram: int, officer: int) -> tuple[int, dict[str, int]]:
    """All that a citizen can leave behind."""
    person = citizens.create(tx, telegram, "ar")
    citizen = person.number
    state = {"answers": {"business": ANSWER, "contact": PHONE}}
    citizens.save_project(tx, citizen, 1, state, "r1")
    citizens.save_project(tx, citizen, 2, state, "r1")
    citizens.set_shown(tx, citizen, Shown(44, "digest", citizens.next_screen(tx, person)))
    raw = {"message": {"from": {"id": telegram}, "text": TYPED}}
    updates.set_aside(tx, 1, 500, raw, f"ValueError: {TYPED!r}", telegram)
    made = {}
    for message, (kind, office) in enumerate(
        {"open": "homs", "done": "homs", "waiting": None}.items(), start=telegram % 1000 * 10
    ):
        details = {"name": NAME, "contact": PHONE, "answers": {"business": ANSWER}}
        lead = leads.add(tx, citizen, 1, "licensing", "homs", office, "r1", details)
        leads.add_event(tx, lead.id, "claimed", officer)
        leads.add_event(tx, lead.id, "note", officer, NOTE)
        outbox.put(tx, f"citizen:{citizen}", "notice:delivered", lead.id)
        if office is not None:
            cards.set_card(tx, Card(lead.id, office, -1001, None, message))
            leads.change(tx, lead.id, expect={"new"}, state="claimed", officer=officer)
        made[kind] = lead.id
    leads.change(tx, made["done"], expect={"claimed"}, state="resolved", outcome="licensed")
    for lead, chat in ((made["open"], telegram), (made["done"], -1001)):
        crossings.add(
            tx,
            lead=lead,
            office="homs",
            officer=None if chat > 0 else officer,
            chat=chat,
            message=telegram % 1000,
            album=None,
            content={"kind": "text", "text": TYPED},
        )
    outbox.put(tx, "office:homs", "card", made["open"])
    return citizen, made


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that is there, as plain SQL shows it."""
    engine = connect(url)
    with engine.begin() as connection:
        rows = {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
            for name in inspect(connection).get_table_names()
        }
    engine.dispose()
    return rows


def telling(url: str) -> set[bytes]:
    """All values that were sealed or are a blind index, as bytes."""
    values = [value for rows in dump(url).values() for row in rows for value in row]
    sealed = {value for value in values if isinstance(value, bytes)}
    return sealed | {v.encode() for v in values if isinstance(v, str) and len(v) == 64}


def on_disk(url: str) -> bytes:
    """A SQLite file with its write-ahead log and whatever else lies beside it.

    PostgreSQL's files are beyond us: it overwrites what is gone when it needs the room.
    """
    if not url.startswith("sqlite"):
        return b""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


async def test_nothing_is_left_of_a_person_who_was_erased(store: Store, database_url: str) -> None:
    def neighbour(tx: Transaction) -> tuple[int, int]:
        officer = offices.save_officer(tx, "homs", 81, "officer", "confirmed").number
        return officer, live(tx, 7002, officer)[0]

    officer, other = await store.run(neighbour)
    before = telling(database_url)
    citizen, made = await store.run(lambda tx: live(tx, TELEGRAM, officer))
    traces = telling(database_url) - before
    assert len(traces) > 10

    to_edit = await store.run(lambda tx: citizens.erase(tx, citizen))

    assert to_edit == [made["open"], made["done"]]
    assert traces.isdisjoint(telling(database_url))
    left = on_disk(database_url)
    for trace in traces:
        assert trace not in left
    for word in WORDS:
        assert word not in repr(dump(database_url))
        assert word.encode() not in left

    def look(tx: Transaction) -> None:
        assert citizens.find(tx, TELEGRAM) is None
        assert citizens.get(tx, citizen) is None
        assert citizens.load_project(tx, citizen, 1) == {}
        assert citizens.shown(tx, citizen) is None
        outcomes = {"open": "withdrawn", "done": "licensed", "waiting": "withdrawn"}
        for kind, outcome in outcomes.items():
            lead = leads.get(tx, made[kind])
            assert lead is not None
            assert (lead.state, lead.outcome, lead.owed) == ("resolved", outcome, None)
            assert (lead.citizen, lead.sealed) == (None, {})
            assert crossings.of_lead(tx, lead.id) == []
            history = leads.events(tx, lead.id)
            assert [event.kind for event in history] == ["claimed", "note", "erased"]
            assert {event.note for event in history} == {None}
        assert cards.card(tx, made["open"], "homs") is not None
        assert [row.to for row in outbox.due(tx)] == [f"citizen:{other}", "office:homs"]
        assert len(updates.list_set_aside(tx)) == 1

    await store.run(look)


async def test_nothing_says_plainly_who_somebody_is(store: Store, database_url: str) -> None:
    def build(tx: Transaction) -> list[crossings.Crossing]:
        officer = offices.save_officer(tx, "homs", 81, "officer", "confirmed").number
        lead = live(tx, TELEGRAM, officer)[1]["open"]
        [written] = crossings.of_lead(tx, lead)
        crossings.arrived(tx, written.id, TELEGRAM, 45)
        return crossings.of_lead(tx, lead)

    [written] = await store.run(build)
    assert (written.chat, written.to_chat, written.to_message) == (TELEGRAM, TELEGRAM, 45)
    for message in (TELEGRAM % 1000, 45):
        found = await store.run(lambda tx, m=message: crossings.at_message(tx, TELEGRAM, m))
        assert found == written
    assert await store.run(lambda tx: crossings.at_message(tx, TELEGRAM + 1, 45)) is None
    for word in WORDS:
        assert word not in repr(dump(database_url))


async def test_the_neighbour_keeps_everything(store: Store) -> None:
    def build(tx: Transaction) -> int:
        officer = offices.save_officer(tx, "homs", 81, "officer", "confirmed").number
        live(tx, 7002, officer)
        return live(tx, TELEGRAM, officer)[0]

    gone = await store.run(build)
    await store.run(lambda tx: citizens.erase(tx, gone))

    def look(tx: Transaction) -> None:
        citizen = citizens.find(tx, 7002)
        assert citizen is not None
        assert citizens.load_project(tx, citizen.number, 2) != {}
        for lead in leads.of_citizen(tx, citizen.number):
            assert lead.sealed["contact"] == PHONE
            assert leads.events(tx, lead.id)[1].note == NOTE
        theirs = [crossings.of_lead(tx, lead.id) for lead in leads.of_citizen(tx, citizen.number)]
        assert [len(each) for each in theirs] == [1, 1, 0]

    await store.run(look)


async def test_who_is_erased_twice_or_writes_again_is_simply_new(store: Store) -> None:
    first = await store.run(lambda tx: citizens.create(tx, TELEGRAM, "ar").number)
    assert await store.run(lambda tx: citizens.erase(tx, first)) == []
    assert await store.run(lambda tx: citizens.erase(tx, first)) == []
    # What was on its way when they were erased arrives after that, and is not noted.
    await store.run(lambda tx: citizens.set_shown(tx, first, Shown(45, "digest", 1)))
    assert await store.run(lambda tx: citizens.shown(tx, first)) is None
    again = await store.run(lambda tx: citizens.create(tx, TELEGRAM, None))
    assert again.number > first
