"""Ready answers: one press, in the citizen's language, and the group sees what was sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.engine.directory import Reply
from bot.guide.shelf import Shelf
from bot.guide.words import ReplyWords
from bot.referrals.calls import OpenThread
from bot.store.leads import Lead
from tests.referrals.country import HOMS, NOUR, RIMA, SAMER, Country
from tests.referrals.talk import Talk

LAYLA = 77
WORDS = {
    "ar": {"greeting": "أهلاً <بكم>", "export": "قبل الشحن", "fee": "الرسم"},
    "en": {"greeting": "Welcome", "export": "Before shipping", "fee": "The fee"},
}


def with_replies(shelf: Shelf) -> Shelf:
    """A guide with three ready answers, one of them for another topic."""
    replies = {"greeting": Reply(), "export": Reply(topics=("export",)), "fee": Reply()}
    words = {
        language: replace(
            shelf.words[language],
            replies={id: ReplyWords(title=f"{id}!", text=text) for id, text in said.items()},
        )
        for language, said in WORDS.items()
    }
    return replace(shelf, guide=replace(shelf.guide, replies=replies), words=words)


@pytest.fixture
def talk(country: Country) -> Talk:
    country.shelf = with_replies(country.shelf)
    return Talk(country)


async def taken(country: Country, *, forum: bool = False) -> Lead:
    await country.bind("homs", HOMS, SAMER, RIMA, forum=forum)
    lead = await country.refer(await country.citizen(LAYLA, "en"))
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    return lead


@pytest.mark.usefixtures("talk")
async def test_those_that_fit_the_topic_are_offered(country: Country) -> None:
    lead = await taken(country)
    answer = await country.press(HOMS, SAMER, "replies")
    assert answer.screen is not None
    offered = [row[0].press for row in answer.screen.rows]
    assert offered == [
        f"o:reply:{lead.id}:greeting",
        f"o:reply:{lead.id}:fee",
        f"o:card:{lead.id}",
    ]


async def test_one_press_sends_it_and_the_group_sees_what_was_sent(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    card = await talk.card(lead)
    await country.press(HOMS, SAMER, "replies", card)
    answer = await country.press(HOMS, SAMER, "reply/greeting", card)
    assert "أُرسل" in answer.toast
    assert "o:resolve" in str(country.chats[HOMS][card].rows), "the card's own buttons are back"
    await country.deliver()

    shown = next(n for n, screen in country.chats[HOMS].items() if "أهلاً" in screen.text)
    assert "Samer" in country.chats[HOMS][shown].text
    assert "أهلاً &lt;بكم&gt;" in country.chats[HOMS][shown].text
    assert "Welcome" in country.last(LAYLA).text
    assert "Samer" not in country.last(LAYLA).text
    assert talk.thumbs(HOMS) == [shown]
    assert (await country.lead(lead.id)).state == "working"
    assert (await country.history(lead.id))[-1] == "wrote"

    await talk.says("and this", shown)
    await country.deliver()
    assert "and this" in country.last(LAYLA).text


async def test_two_presses_at_once_send_it_once(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    card = await talk.card(lead)
    for _ in range(2):
        await country.forge(HOMS, SAMER, f"o:reply:{lead.id}:fee", card)
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 1
    await country.forge(HOMS, SAMER, f"o:reply:{lead.id}:fee", card)
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 2, "later it may be said again"


@pytest.mark.parametrize("value", ["export", "gone", ""])
async def test_what_is_not_offered_is_not_sent(country: Country, talk: Talk, value: str) -> None:
    lead = await taken(country)
    await country.forge(HOMS, SAMER, f"o:reply:{lead.id}:{value}", await talk.card(lead))
    await country.deliver()
    assert talk.copies(LAYLA) == []


async def test_only_who_may_write_may_send_one(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await country.confirm(NOUR)
    for verb in ("replies", "reply"):
        data = f"o:{verb}:{lead.id}:fee"
        answer = await country.forge(HOMS, NOUR, data, await talk.card(lead))
        assert "Samer" in answer.toast
    await country.deliver()
    assert talk.copies(LAYLA) == []


async def test_one_that_left_the_guide_before_it_was_sent_is_not_sent(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    await country.forge(HOMS, SAMER, f"o:reply:{lead.id}:fee", await talk.card(lead))
    bare = {language: replace(words, replies={}) for language, words in country.shelf.words.items()}
    country.shelf = replace(country.shelf, words=bare)
    await country.deliver()
    assert talk.copies(LAYLA) == []


async def test_a_case_closed_meanwhile_gets_none(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    card = await talk.card(lead)
    await country.forge(HOMS, SAMER, f"o:reply:{lead.id}:fee", card)
    await country.forge(HOMS, RIMA, f"o:end:{lead.id}:advised", card)
    await country.deliver()
    assert talk.copies(LAYLA) == []


async def test_in_a_forum_it_stands_in_the_leads_thread(country: Country, talk: Talk) -> None:
    lead = await taken(country, forum=True)
    own = max(country.threads)
    await country.store.run(lambda tx: country.dispatch.thread_gone(tx, HOMS, own))
    await country.forge(HOMS, SAMER, f"o:reply:{lead.id}:fee", await talk.card(lead))
    await country.deliver()
    shown = [c for c in country.calls if c.part == "ready"]
    assert [c.thread for c in shown] == [max(country.threads)]  # type: ignore[union-attr]
    assert len([c for c in country.calls if isinstance(c, OpenThread)]) == 3
    assert len(talk.copies(LAYLA)) == 1
