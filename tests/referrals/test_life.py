"""Every state of a case, every event, everybody: allowed or refused, and nothing else.

The tables here were written by hand, from what offices are to be able to do, and owe nothing to the
code. In them a state is one letter:

    n new, d delivered, r reopened: nobody has it in hand
    c claimed, w working, p waiting for the person, b waiting for another body
    x resolved
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, get_args

import pytest

from bot.referrals.case import acting, life
from bot.referrals.case.officers import Who
from bot.referrals.group.deed import Answer
from bot.referrals.group.presses import VERBS
from bot.store import involvements, leads, offices, outbox
from bot.store.leads import Lead
from bot.store.states import STATES
from bot.store.store import Transaction
from tests.referrals.country import HEAD, HOMS, Country

LETTERS = {
    "n": "new",
    "d": "delivered",
    "r": "reopened",
    "c": "claimed",
    "w": "working",
    "p": "waiting-citizen",
    "b": "waiting-body",
    "x": "resolved",
}

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For stories of what is decided, by the thousand: they would tell nothing more of PostgreSQL."""

LIFE = """
event         n  d  r  c  w  p  b  x  owed      by
delivered     d  .  .  .  .  .  .  .  answer    bot
stranded      n  n  n  n  n  n  n  .  nothing   bot
claimed       c  c  c  .  .  .  .  .  as-before officer lead
begun         .  .  .  w  .  w  .  .  step      owner lead
wrote         .  .  .  w  w  .  .  .  step      owner lead
wrote         .  .  .  .  .  p  b  .  as-before owner lead
heard         .  .  .  .  .  w  .  .  step      citizen
heard         n  d  r  c  w  .  b  .  as-before citizen
waits         .  .  .  p  p  .  .  .  nothing   owner lead
number-shown  .  .  .  c  w  p  b  .  as-before owner lead
asked         .  .  .  b  b  b  .  .  step      owner lead
asked         .  .  .  .  .  .  b  .  as-before owner lead
answered      .  .  .  .  .  .  w  .  step      asked
answered      n  d  r  c  w  p  .  .  as-before asked
offered       .  .  .  c  w  p  b  .  as-before owner lead head
offered       n  d  r  .  .  .  .  .  as-before head
taken-over    c  c  c  c  c  c  c  .  answer    asked
declined      n  d  r  c  w  p  b  .  as-before asked
cancelled     .  .  .  .  .  .  w  .  step      owner lead bot
cancelled     n  d  r  c  w  p  .  .  as-before owner lead bot
handed        .  .  .  c  w  p  b  .  as-before owner lead bot
returned      .  .  .  d  d  d  d  .  answer    owner lead bot
resolved      .  .  .  x  x  x  x  .  nothing   owner lead
withdrawn     x  x  x  x  x  x  x  .  nothing   citizen
reopened      .  .  .  .  .  .  .  r  answer    citizen owner lead head
erased        x  x  x  x  x  x  x  x  nothing   bot
"""
"""Where an event leads from each state (``.``: it cannot happen there), what the office owes the
citizen from then on, and who may bring it about."""

PRESSES = """
button         n    d    r    c    w    p    b    x    event
take           ocl  ocl  ocl  .    .    .    .    .    claimed
begin          .    .    .    ol   .    ol   .    .    begun
wait           .    .    .    ol   ol   .    .    .    waits
resolve        .    .    .    .    .    .    .    .    .
end:licensed   .    .    .    ol   ol   ol   ol   .    resolved
end:withdrawn  .    .    .    .    .    .    .    .    .
end            .    .    .    .    .    .    .    .    .
reopen         .    .    .    .    .    .    .    ol   reopened
phone          .    .    .    ol   ol   ol   ol   .    number-shown
card           .    .    .    .    .    .    .    .    .
"""
"""Whose press on a button of the card changes the case in each state, and by which event: ``o`` the
owner, ``c`` a colleague of theirs, ``l`` the office's lead. Nobody else's ever does."""

ASKED = -1005
LATER = timedelta(hours=1)


@dataclass(frozen=True)
class Happening:
    """What an event does in one state."""

    to: str
    owed: str
    by: frozenset[str]


def rows(table: str) -> Iterator[dict[str, str]]:
    """The lines of a table under its headings; the last column takes the rest of its line."""
    heading, *lines = table.strip().splitlines()
    names = heading.split()
    for line in lines:
        yield dict(zip(names, line.split(maxsplit=len(names) - 1), strict=True))


def expected() -> dict[tuple[str, str], Happening]:
    """The table of life, by event and state. A state that stands twice in it is an error here."""
    found: dict[tuple[str, str], Happening] = {}
    for row in rows(LIFE):
        for letter in LETTERS:
            if row[letter] != ".":
                key = row["event"], LETTERS[letter]
                assert key not in found, f"{key} stands twice in the table"
                by = frozenset(row["by"].split())
                found[key] = Happening(LETTERS[row[letter]], row["owed"], by)
    return found


EXPECTED = expected()
ROLES = get_args(life.Role)


def test_the_table_here_and_the_code_speak_of_the_same_things() -> None:
    assert {row["event"] for row in rows(LIFE)} == set(life.EVENTS) == set(get_args(life.Event))
    assert set(LETTERS.values()) == set(STATES)
    assert {role for each in EXPECTED.values() for role in each.by} == set(ROLES)
    assert {*life.OUTCOMES, "withdrawn"} == set(get_args(life.Outcome))


def test_in_every_state_everybody_may_what_the_table_says_and_nothing_else() -> None:
    wrong = []
    for event, state, role in product(life.EVENTS, STATES, ROLES):
        happening = EXPECTED.get((event, state))
        may = happening is not None and role in happening.by
        if life.allowed(event, state, {role}) is not may:
            wrong.append(f"{event} of one who is {state} by {role} should be {may}")
    assert wrong == []


def test_who_stands_in_no_role_may_nothing_and_who_stands_in_several_may_what_any_may() -> None:
    for event, state in product(life.EVENTS, STATES):
        assert not life.allowed(event, state, set())
        happening = EXPECTED.get((event, state))
        assert life.allowed(event, state, set(ROLES)) is (happening is not None)


class _Undone(Exception):
    """Ends a transaction that was only to be looked at."""


async def undone(country: Country, look: Callable[[Transaction], None]) -> None:
    """Looks at something in a transaction that leaves no trace."""

    def work(tx: Transaction) -> None:
        look(tx)
        raise _Undone

    with pytest.raises(_Undone):
        await country.store.run(work)


def stand(tx: Transaction, lead: int, state: str, owner: int) -> Lead:
    """Puts a case into a state, as if it had come there an hour ago. It is owed as nothing in the
    table leaves it, so that whatever changes is seen."""
    taken = state not in leads.UNCLAIMED
    assert leads.change(
        tx,
        lead,
        expect=STATES,
        state=state,
        officer=owner if taken else None,
        outcome="advised" if state == "resolved" else None,
        owed="other",
        owed_since=tx.now - LATER,
        reminded=2,
    )
    return acting.current(tx, lead)


def is_as_the_table_says(
    happening: Happening, before: Lead, after: Lead, now: datetime, brings: int | None = None
) -> bool:
    """Whether a case stands as it should after an event, officer and outcome and debt included.

    ``brings``: the officer who has it from now on, if the event is about that.
    """
    owes = {
        "as-before": (before.owed, before.owed_since, before.reminded),
        "nothing": (None, None, 0),
    }.get(happening.owed, (happening.owed, now, 0))
    has = None if after.state in leads.UNCLAIMED else brings or before.officer
    return (
        after.state == happening.to
        and (after.owed, after.owed_since, after.reminded) == owes
        and after.officer == has
        and (after.outcome is None) == (after.state != "resolved")
    )


@pytest.fixture
async def case(country: Country) -> tuple[int, int]:
    """A case of Homs, and an officer there who is no administrator."""
    await country.bind("homs", HOMS, PEOPLE["l"].who)
    lead = await country.refer(await country.citizen())
    owner = await country.store.run(
        lambda tx: offices.save_officer(tx, "homs", 510, "Owner", "confirmed")
    )
    return lead.id, owner.number


async def test_what_happens_is_what_the_table_says_and_is_written_down_once(
    country: Country, case: tuple[int, int]
) -> None:
    id, owner = case
    wrong = []

    def look(tx: Transaction, event: Any, state: str) -> None:
        before, history = stand(tx, id, state, owner), leads.events(tx, id)
        brings = owner if event in ("claimed", "taken-over") else None
        outcome = "licensed" if event in ("resolved", "withdrawn", "erased") else None
        after = acting.happen(
            tx, before, event, officer=owner, note="why", outcome=outcome, owner=brings
        )
        now, events = acting.current(tx, id), leads.events(tx, id)
        happening = EXPECTED.get((event, state))
        if happening is None:
            right = after is None and now == before and events == history
        else:
            [*old, new] = events
            written = (new.kind, new.officer, new.note, new.at) == (event, owner, "why", tx.now)
            right = after == now and old == history and written
            right &= is_as_the_table_says(happening, before, now, tx.now, brings)
        if not right:
            wrong.append(f"{event} in {state}: {after}")

    for event, state in product(life.EVENTS, STATES):
        await undone(country, lambda tx, e=event, s=state: look(tx, e, s))
    assert wrong == []


async def test_a_case_waits_until_the_last_desk_that_was_asked_has_answered(
    country: Country, case: tuple[int, int]
) -> None:
    id, owner = case
    for event in ("answered", "cancelled"):

        def look(tx: Transaction, event: Any = event) -> None:
            lead = stand(tx, id, "waiting-body", owner)
            [first, second] = [
                involvements.add(
                    tx, lead=id, office=office, by_office="homs", kind="asked", officer=owner
                )
                for office in ("bank", "guarantee-corp")
            ]
            for part, state, owed in (
                (first, "waiting-body", "other"),
                (second, "working", "step"),
            ):
                assert involvements.end(tx, part, event)
                found = acting.happen(tx, lead, event)
                assert found is not None
                lead = found
                assert (lead.state, lead.owed) == (state, owed)

        await undone(country, look)


async def test_of_two_who_saw_the_same_case_the_second_changes_nothing(
    country: Country, case: tuple[int, int]
) -> None:
    id, owner = case
    stale = await country.store.run(lambda tx: stand(tx, id, "delivered", owner))
    claim = {"officer": owner, "owner": owner}
    assert await country.store.run(lambda tx: acting.happen(tx, stale, "claimed", **claim))
    before = await country.history(id)
    for event in ("claimed", "withdrawn", "stranded"):
        none = await country.store.run(lambda tx, e=event: acting.happen(tx, stale, e))
        assert none is None
    assert await country.history(id) == before
    assert (await country.lead(id)).state == "claimed"


@dataclass(frozen=True)
class Presser:
    """Somebody who presses: in which group, of which office, known there as what."""

    who: Who
    chat: int
    office: str | None = None
    state: Any = "confirmed"


def member(telegram: int, name: str, administrator: bool = False) -> Who:
    return Who(telegram, name, administrator)


PEOPLE = {
    "o": Presser(member(510, "Owner"), HOMS, "homs"),
    "c": Presser(member(511, "Colleague"), HOMS, "homs"),
    "l": Presser(member(512, "Lead", administrator=True), HOMS, "homs"),
    "head": Presser(member(513, "Head", administrator=True), HEAD, "head-office"),
    "asked": Presser(member(514, "Asked", administrator=True), ASKED, "guarantee-corp"),
    "waiting": Presser(member(515, "Waiting"), HOMS, "homs", "waiting"),
    "former": Presser(member(516, "Former"), HOMS, "homs", "left"),
    "stranger": Presser(member(517, "Stranger"), HOMS),
    "masked": Presser(Who(1087968824, "Group", administrator=True, anonymous=True), HOMS),
    "elsewhere": Presser(member(518, "Nowhere", administrator=True), -1099),
}
OF_CASES = ("leads", "lead_events", "involvements", "crossings", "cards", "threads", "prompts")
WHOLE = (
    *(f"SELECT * FROM {table}" for table in OF_CASES),
    "SELECT * FROM outbox WHERE lead IS NOT NULL",
)
"""As text: thousands of looks take half as long as with statements that are put together."""


def whole(tx: Transaction) -> list[Any]:
    """All that is stored of cases, and of what is to be said about them."""
    return [tx.connection.exec_driver_sql(statement).all() for statement in WHOLE]


@pytest.fixture
async def land(country: Country) -> tuple[int, int]:
    """Everybody is at their place; Homs has one case, of which the rest was told already."""
    await country.bind("homs", HOMS, PEOPLE["l"].who)
    await country.bind("head-office", HEAD, PEOPLE["head"].who)
    await country.bind("guarantee-corp", ASKED, PEOPLE["asked"].who)

    def settle(tx: Transaction) -> int:
        for each in PEOPLE.values():
            if each.office is not None:
                who = each.who
                offices.save_officer(
                    tx, each.office, who.telegram, who.name, each.state, bool(who.administrator)
                )
        owner = offices.officer(tx, "homs", PEOPLE["o"].who.telegram)
        assert owner is not None
        return owner.number

    lead = await country.refer(await country.citizen())
    await country.deliver()
    return lead.id, await country.store.run(settle)


def in_state(tx: Transaction, land: tuple[int, int], state: str, person: str) -> Lead:
    """The case in a state, and whoever is asked about it asked, if it is they who press."""
    id, owner = land
    lead = stand(tx, id, state, owner)
    if person == "asked" and state != "resolved":
        involvements.add(
            tx,
            lead=id,
            office="guarantee-corp",
            by_office="homs",
            kind="asked",
            officer=owner,
        )
    return lead


def pressed(country: Country, tx: Transaction, lead: int, button: str, person: str) -> Answer:
    """A press on a button of the case, whatever its card shows."""
    verb, _, value = button.partition(":")
    data = f"o:{verb}:{lead}" + (f":{value}" if value else "")
    by = PEOPLE[person]
    return country.referrals.press(tx, by.chat, by.who, data, 1)


BUTTONS = [row["button"] for row in rows(PRESSES)]


@ON_SQLITE
@pytest.mark.parametrize("button", BUTTONS)
async def test_a_press_changes_the_case_exactly_when_the_table_allows(
    country: Country, land: tuple[int, int], button: str
) -> None:
    row = next(each for each in rows(PRESSES) if each["button"] == button)
    wrong = []

    def look(tx: Transaction, letter: str, person: str) -> None:
        state = LETTERS[letter]
        before = in_state(tx, land, state, person)
        history, all_before = leads.events(tx, before.id), whole(tx)
        answer = pressed(country, tx, before.id, button, person)
        after, events = acting.current(tx, before.id), leads.events(tx, before.id)
        if person not in [*row[letter]]:
            right = whole(tx) == all_before
        else:
            happening = EXPECTED[row["event"], state]
            new = [event.kind for event in events[len(history) :]]
            first = ["delivered"] if (state, button) == ("new", "take") else []
            if first:  # It arrived: the answer is owed from then on.
                happening = Happening(happening.to, "answer", happening.by)
            presser = offices.officer(tx, "homs", PEOPLE[person].who.telegram)
            assert presser is not None
            brings = presser.number if button == "take" else None
            right = events[: len(history)] == history and new == [*first, row["event"]]
            right &= is_as_the_table_says(happening, before, after, tx.now, brings)
            right &= events[-1].officer == presser.number and bool(answer.toast)
        if not right:
            wrong.append(f"{button} in {state} by {person}: {after.state}, «{answer.toast}»")

    for letter, person in product(LETTERS, PEOPLE):
        await undone(country, lambda tx, at=letter, by=person: look(tx, at, by))
    assert wrong == []


@ON_SQLITE
@pytest.mark.parametrize("person", ["waiting", "former", "stranger", "masked", "elsewhere"])
async def test_no_button_at_all_does_anything_for_who_may_not_act(
    country: Country, land: tuple[int, int], person: str
) -> None:
    """Nor does it show them anything of the case."""
    wrong = []

    def look(tx: Transaction, button: str, state: str) -> None:
        lead = in_state(tx, land, state, person)
        before = whole(tx)
        answer = pressed(country, tx, lead.id, button, person)
        told = answer.toast + (answer.screen.text if answer.screen else "")
        if whole(tx) != before or "Layla" in told or lead.reference in told:
            wrong.append(f"{button} in {state}")

    for verb, value, state in product(VERBS, ("", ":advised", ":bank", ":1"), STATES):
        await undone(country, lambda tx, b=verb + value, s=state: look(tx, b, s))
    assert wrong == []


@ON_SQLITE
async def test_a_desk_that_was_asked_never_sees_who_the_person_is(
    country: Country, land: tuple[int, int]
) -> None:
    wrong = []

    def look(tx: Transaction, verb: str, state: str) -> None:
        lead = in_state(tx, land, state, "asked")
        answer = pressed(country, tx, lead.id, verb, "asked")
        told = answer.toast + (answer.screen.text if answer.screen else "")
        if "Layla" in told or "944" in told:
            wrong.append(f"{verb} in {state}")

    for verb, state in product(VERBS, leads.OPEN):
        await undone(country, lambda tx, v=verb, s=state: look(tx, v, s))
    assert wrong == []


ONCE = [row for row in rows(PRESSES) if row["event"] not in (".", "number-shown")]


@pytest.mark.parametrize("row", ONCE, ids=[row["button"] for row in ONCE])
async def test_nothing_happens_twice_by_two_presses_at_once(
    country: Country, land: tuple[int, int], row: dict[str, str]
) -> None:
    id, owner = land
    for letter in (letter for letter in LETTERS if row[letter] != "."):
        await country.store.run(lambda tx, at=letter: stand(tx, id, LETTERS[at], owner))
        before = await country.history(id)
        pressers = [row[letter][0], row[letter][-1], row[letter][0]]
        answers = await asyncio.gather(
            *(
                country.store.run(lambda tx, by=person: pressed(country, tx, id, row["button"], by))
                for person in pressers
            )
        )
        after = await country.history(id)
        assert after[: len(before)] == before
        assert after[len(before) :].count(row["event"]) == 1, (letter, after)
        assert all(answer.toast for answer in answers), "everybody hears what became of it"
        assert len({answer.toast for answer in answers}) > 1
    waiting = await country.store.run(outbox.due)
    assert len({(each.to, each.what, each.lead) for each in waiting}) == len(waiting)
