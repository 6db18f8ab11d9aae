"""What could not be delivered after all tries: its writer hears of it, where they wrote it."""

from __future__ import annotations

import pytest

from bot.store import outbox
from bot.store.outbox import Row
from bot.store.store import Transaction
from tests.referrals.country import HOMS, SAMER, Country
from tests.referrals.desks import ANSWER, CORP, HUDA, ask, card_of, press, say, taken

ANOTHER = -1020
MISSING = "لم تصل رسالتكم"


async def in_vain(country: Country, chat: int, kind: str) -> None:
    """An officer replies to the newest message, and every try to carry that fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(country, "deliver", nobody)
        await say(country, chat, SAMER if chat == HOMS else HUDA, max(country.chats[chat]), ANSWER)
    [row] = [r for r in await country.store.run(outbox.due) if r.what.startswith(kind)]

    def give_up(tx: Transaction, row: Row = row) -> None:
        outbox.dead(tx, row.id, "refused")
        country.dispatch.given_up(tx, row)

    await country.store.run(give_up)


async def nobody() -> None:
    """No post goes out."""


async def test_a_desk_that_answered_another_in_vain_is_told(country: Country) -> None:
    lead = await taken(country)
    await ask(country, lead)
    await press(country, CORP, HUDA, lead, "answer")
    await in_vain(country, CORP, "pass:")
    homs = len(country.chats[HOMS])
    await country.deliver()
    told = country.last(CORP).text
    assert MISSING in told
    assert lead.reference in told
    assert len(country.chats[HOMS]) == homs
    assert MISSING not in country.last(77).text


async def test_a_group_that_never_saw_the_message_hears_nothing_of_it(country: Country) -> None:
    lead = await taken(country)
    assert max(country.chats[HOMS]) == card_of(country, HOMS, lead)
    await in_vain(country, HOMS, "relay:")
    await country.bind("homs", ANOTHER, SAMER)
    await country.deliver()
    told = [s.text for chat in (HOMS, ANOTHER) for s in country.chats.get(chat, {}).values()]
    assert not [text for text in told if MISSING in text]
