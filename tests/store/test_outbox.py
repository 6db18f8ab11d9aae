"""Stories of what is still to be sent."""

from __future__ import annotations

from datetime import timedelta

from store_clock import Clock

from bot.store import citizens, leads, outbox
from bot.store.outbox import Row
from bot.store.store import Store, Transaction


def two_leads(tx: Transaction) -> list[int]:
    citizen = citizens.create(tx, 7001, "ar").number
    return [leads.add(tx, citizen, 1, "licensing", "homs", "homs", "r1", {}).id for _ in range(2)]


async def due(store: Store) -> list[Row]:
    return await store.run(outbox.due)


async def test_each_recipient_gets_one_at_a_time_in_order(store: Store, clock: Clock) -> None:
    one, two = await store.run(two_leads)

    def queue(tx: Transaction) -> None:
        outbox.put(tx, "office:homs", "card", one)
        outbox.put(tx, "citizen:1", "notice:claimed", one)
        outbox.put(tx, "office:homs", "card", two)

    await store.run(queue)
    first, notice = await due(store)
    assert (first.to, first.what, first.lead, first.tries) == ("office:homs", "card", one, 0)
    assert (first.created, notice.to) == (clock.now, "citizen:1")
    # A crash here loses nothing: what was handed out and not sent is due again.
    assert await due(store) == [first, notice]
    assert await store.run(lambda tx: outbox.due(tx, limit=1)) == [first]

    await store.run(lambda tx: outbox.sent(tx, first.id))
    second, _ = sorted(await due(store), key=lambda row: row.to, reverse=True)
    assert (second.to, second.lead) == ("office:homs", two)
    assert await store.run(outbox.counts) == {"waiting": 2, "dead": 0}


async def test_rows_that_show_the_same_collapse(store: Store) -> None:
    one, two = await store.run(two_leads)

    def queue(tx: Transaction) -> None:
        for lead in (one, one, two, None, None):
            outbox.put(tx, "office:homs", "card", lead)
        outbox.put(tx, "office:homs", "unbound", one)

    await store.run(queue)
    assert await store.run(outbox.counts) == {"waiting": 4, "dead": 0}


async def test_a_change_while_the_card_is_on_its_way_is_not_lost(store: Store) -> None:
    one, _ = await store.run(two_leads)
    await store.run(lambda tx: outbox.put(tx, "office:homs", "card", one))
    (row,) = await due(store)
    await store.run(lambda tx: outbox.later(tx, row.id, 0, "timed out"))
    assert [late.tries for late in await due(store)] == [1]
    # The card shows "new" and is on its way; now somebody takes the lead.
    await store.run(lambda tx: outbox.put(tx, "office:homs", "card", one))
    await store.run(lambda tx: outbox.sent(tx, row.id))
    # It begins afresh, without the tries of the one that arrived.
    assert await due(store) == [row]
    await store.run(lambda tx: outbox.sent(tx, row.id))
    assert await due(store) == []


async def test_who_must_wait_holds_up_only_their_own_queue(store: Store, clock: Clock) -> None:
    def queue(tx: Transaction) -> None:
        for to in ("office:homs", "citizen:1"):
            outbox.put(tx, to, "first")
            outbox.put(tx, to, "second")

    await store.run(queue)
    flooded, _ = await due(store)
    await store.run(lambda tx: outbox.later(tx, flooded.id, 30.5, "retry after 30"))
    (other,) = await due(store)
    assert (other.to, other.what) == ("citizen:1", "first")
    await store.run(lambda tx: outbox.drop_for(tx, "citizen:1"))

    assert await due(store) == []
    assert await store.run(outbox.next_due) == clock.now + timedelta(seconds=30.5)
    clock.forward(seconds=31)
    (row,) = await due(store)
    assert (row.id, row.what, row.tries) == (flooded.id, "first", 1)


async def test_what_is_refused_as_it_is_goes_last(store: Store, clock: Clock) -> None:
    def queue(tx: Transaction) -> None:
        outbox.put(tx, "office:homs", "letter", rank=outbox.CONVERSATION)
        outbox.put(tx, "office:homs", "card")
        outbox.put(tx, "office:homs", "digest", rank=outbox.DIGEST)

    await store.run(queue)
    (letter,) = await due(store)
    await store.run(lambda tx: outbox.aside(tx, letter.id, 60, "wrong file identifier"))
    for what in ("card", "digest"):
        (row,) = await due(store)
        assert row.what == what
        await store.run(lambda tx, row=row: outbox.sent(tx, row.id))
    assert await due(store) == []
    clock.forward(seconds=60)
    assert [(row.what, row.tries) for row in await due(store)] == [("letter", 1)]

    await store.run(lambda tx: outbox.aside(tx, letter.id, 60, "wrong file identifier"))
    await store.run(lambda tx: outbox.put(tx, "office:homs", "letter", rank=outbox.CONVERSATION))
    assert [(row.rank, row.tries) for row in await due(store)] == [(outbox.CONVERSATION, 2)]


async def test_a_dead_letter_lets_the_next_go_and_can_be_sent_again(
    store: Store, clock: Clock
) -> None:
    def queue(tx: Transaction) -> None:
        outbox.put(tx, "office:homs", "first")
        outbox.put(tx, "office:homs", "second")

    await store.run(queue)
    (row,) = await due(store)
    await store.run(lambda tx: outbox.dead(tx, row.id, "can't parse entities"))

    (letter,) = await store.run(outbox.dead_letters)
    assert (letter.id, letter.to, letter.what, letter.lead) == (
        row.id,
        "office:homs",
        "first",
        None,
    )
    assert (letter.error, letter.at) == ("can't parse entities", clock.now)
    assert await store.run(outbox.counts) == {"waiting": 1, "dead": 1}
    (second,) = await due(store)
    assert second.what == "second"
    await store.run(lambda tx: outbox.sent(tx, second.id))

    assert await store.run(lambda tx: outbox.resend(tx, row.id + 100)) == 0
    assert await store.run(lambda tx: outbox.resend(tx, row.id)) == 1
    (again,) = await due(store)
    assert (again.what, again.tries) == ("first", 0)


async def test_sending_all_dead_letters_again_makes_no_doubles(store: Store) -> None:
    for _ in range(2):
        await store.run(lambda tx: outbox.put(tx, "citizen:1", "notice:claimed"))
        (row,) = await due(store)
        await store.run(lambda tx, row=row: outbox.dead(tx, row.id, "timed out"))
    await store.run(lambda tx: outbox.put(tx, "citizen:1", "notice:claimed"))
    assert await store.run(outbox.counts) == {"waiting": 1, "dead": 2}
    assert await store.run(lambda tx: outbox.resend(tx, None)) == 2
    assert await store.run(outbox.counts) == {"waiting": 1, "dead": 0}


async def test_an_empty_outbox_has_nothing_to_wait_for(store: Store) -> None:
    assert await store.run(outbox.next_due) is None
    assert await due(store) == []
    assert await store.run(outbox.dead_letters) == []
