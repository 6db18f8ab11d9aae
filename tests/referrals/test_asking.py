"""An office asks another desk about a case, and keeps it."""

from __future__ import annotations

import pytest

from bot.referrals.calls import Carry, React, Show
from bot.referrals.case.officers import Who
from bot.referrals.content import Content, ContentKind, Message
from bot.referrals.dispatch import Dispatch
from bot.store import cards, involvements, offices, outbox
from tests.referrals.country import HEAD, HOMS, PHONE, RIMA, SAMER, Country
from tests.referrals.desks import (
    ANSWER,
    BANK,
    BASSEL,
    CORP,
    HEAD_OFFICER,
    HUDA,
    QUESTION,
    ZIAD,
    ask,
    card_of,
    notes,
    numbers,
    press,
    press_in_thread,
    say,
    screen_of,
    taken,
    verbs,
)


async def test_a_desk_is_asked_and_answers_and_the_case_stays_where_it_is(
    country: Country,
) -> None:
    lead = await taken(country)
    told = await ask(country, lead)
    assert "مؤسسة الضمان" in told
    assert "يبقى الطلب عندكم" in told
    now = await country.lead(lead.id)
    assert (now.state, now.office, now.officer) == ("waiting-body", "homs", lead.officer)
    assert now.owed == "step"

    asked = screen_of(country, CORP, lead)
    for private in ("Layla", PHONE, "944123456"):
        assert private not in asked.text
    assert "هل الضمان متاح لمخبز؟" in asked.text, "the question"
    assert "ونحتاج الجواب قريباً" in asked.text
    assert "أغذية" in asked.text, "what the citizen answered"
    assert "سؤال من مكتب حمص" in asked.text
    assert "هما عند مكتب حمص" in asked.text
    assert verbs(asked) == ["answer"]
    own = screen_of(country, HOMS, lead)
    assert "بانتظار جواب: مؤسسة الضمان، منذ 22 تشرين الثاني 2026" in own.text
    assert "Layla" in own.text
    assert "مؤسسة الضمان" in country.last(77).text
    assert lead.reference in country.last(77).text

    country.clock.later(minutes=7)
    written = next(numbers)
    said = await say(country, CORP, ZIAD, card_of(country, CORP, lead), ANSWER, number=written)
    assert said == ""
    now = await country.lead(lead.id)
    assert (now.state, now.office, now.officer, now.owed) == (
        "working",
        "homs",
        lead.officer,
        "step",
    )
    assert now.owed_since == country.clock.now
    [shown] = [call for call in country.calls if isinstance(call, Show) and call.part == "pass"]
    assert "جواب من مؤسسة الضمان" in shown.screen.text
    assert "&lt;الكشف&gt;" in shown.screen.text
    assert (shown.chat, shown.reply_to) == (HOMS, card_of(country, HOMS, lead))
    assert React("thumb", CORP, written) in country.calls
    assert "أُجيب عن سؤال مكتب حمص" in screen_of(country, CORP, lead).text
    assert verbs(screen_of(country, CORP, lead)) == []
    assert "بانتظار جواب" not in screen_of(country, HOMS, lead).text
    assert (await notes(country, lead))[-2:] == [
        ("asked", f"guarantee-corp {QUESTION}"),
        ("answered", f"guarantee-corp {ANSWER}"),
    ]
    assert country.chats[77]
    assert "الكشف" not in country.last(77).text


@pytest.mark.parametrize("by", ["button", "card"])
async def test_the_answer_may_be_an_album_and_comes_by_the_button_too(
    country: Country, by: str
) -> None:
    lead = await taken(country)
    await ask(country, lead)
    prompt = card_of(country, CORP, lead)
    if by == "button":
        assert "ردّوا" in await press(country, CORP, HUDA, lead, "answer")
        prompt = max(country.chats[CORP])
    first = Content("photo", "الشروط", file="f1")
    second = Content("document", file="f2", suffix=".pdf")
    assert await say(country, CORP, HUDA, prompt, content=first, album="a") == ""
    assert await say(country, CORP, HUDA, prompt, content=second, album="a") == ""
    carried = [call for call in country.calls if isinstance(call, Carry)]
    assert [call.content.file for call in carried] == ["f1", "f2"]
    assert "الشروط" in carried[0].screen.text
    assert carried[1].name.startswith(lead.reference)
    assert carried[1].name.endswith(".pdf")
    assert {call.chat for call in carried} == {HOMS}
    assert (await country.history(lead.id)).count("answered") == 1
    seen = len(country.chats[HOMS])
    late = await say(country, CORP, HUDA, prompt, "وأيضاً")
    assert ("لم يعد جواب منتظراً" if by == "button" else "ليس عند مكتب هذه المجموعة") in late
    assert len(country.chats[HOMS]) == seen


async def test_a_question_may_be_a_picture_and_more_words_may_follow(country: Country) -> None:
    lead = await taken(country)
    await press(country, HOMS, SAMER, lead, "pass", "pass-to/guarantee-corp", "ask")
    prompt = max(country.chats[HOMS])
    picture = Content("photo", "هذا العقد", file="f1")
    assert "أُرسل السؤال" in await say(country, HOMS, SAMER, prompt, content=picture)
    [carried] = [call for call in country.calls if isinstance(call, Carry)]
    card = card_of(country, CORP, lead)
    assert (carried.chat, carried.reply_to) == (CORP, card), "the card comes first"
    assert "هذا العقد" in screen_of(country, CORP, lead).text
    assert await say(country, HOMS, SAMER, prompt, "والمبلغ كبير") == ""
    assert "والمبلغ كبير" in screen_of(country, CORP, lead).text
    assert "والمبلغ كبير" in country.last(CORP).text, "an edited card rings nowhere"
    parts = await country.store.run(lambda tx: involvements.of_lead(tx, lead.id))
    assert len(parts) == 1
    told = [screen for screen in country.chats[77].values() if "سُئلت جهة" in screen.text]
    assert len(told) == 1, "the citizen is told once"
    answer = await say(country, CORP, HUDA, max(country.chats[CORP]), "نعم")
    assert answer == "", "a reply to what followed is the answer as well"
    assert (await country.lead(lead.id)).state == "working"


async def test_while_one_answer_is_open_the_case_goes_on_waiting(country: Country) -> None:
    lead = await taken(country)
    await country.bind("bank", BANK, BASSEL)
    await country.bind("head-office", HEAD, HEAD_OFFICER)
    for office in ("guarantee-corp", "bank", "head-office"):
        await ask(country, lead, office)
    owed = (await country.lead(lead.id)).owed_since
    country.clock.later(hours=1)
    await say(country, BANK, BASSEL, card_of(country, BANK, lead), "لا")
    assert (await country.lead(lead.id)).state == "waiting-body"
    await press(country, HOMS, SAMER, lead, "pass", "call-off")
    now = await country.lead(lead.id)
    assert (now.state, now.owed_since) == ("waiting-body", owed)
    assert "أُلغي سؤال مكتب حمص" in screen_of(country, CORP, lead).text
    await say(country, HEAD, HEAD_OFFICER, card_of(country, HEAD, lead), "نعم")
    now = await country.lead(lead.id)
    assert (now.state, now.owed_since) == ("working", country.clock.now)


async def test_a_reply_to_the_answer_asks_further_and_never_reaches_the_citizen(
    country: Country,
) -> None:
    lead = await taken(country)
    await ask(country, lead)
    await say(country, CORP, HUDA, card_of(country, CORP, lead), ANSWER)
    arrived = max(country.chats[HOMS])
    seen = len(country.chats[77])
    country.clock.later(minutes=1)
    told = await say(country, HOMS, SAMER, arrived, "وكم الرسم؟")
    assert "أُرسل السؤال" in told
    assert "وكم الرسم؟" in screen_of(country, CORP, lead).text
    assert QUESTION.split("\n")[0] not in screen_of(country, CORP, lead).text, "an older question"
    assert (await country.lead(lead.id)).state == "waiting-body"
    new = [country.chats[77][n].text for n in sorted(country.chats[77])[seen:]]
    assert all("وكم الرسم؟" not in text for text in new)


async def test_an_answer_is_edited_where_it_arrived(country: Country) -> None:
    lead = await taken(country)
    await ask(country, lead)
    written = next(numbers)
    await say(country, CORP, HUDA, card_of(country, CORP, lead), "ثلاثة بالمئة", number=written)
    arrived = max(country.chats[HOMS])
    await say(country, CORP, HUDA, None, "أربعة بالمئة", number=written, edited=True)
    assert "أربعة بالمئة" in country.chats[HOMS][arrived].text
    assert max(country.chats[HOMS]) == arrived


async def test_an_officer_removed_before_the_reply_asks_nothing(country: Country) -> None:
    lead = await taken(country)
    await press(country, HOMS, SAMER, lead, "pass", "pass-to/guarantee-corp", "ask")
    prompt = max(country.chats[HOMS])
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, SAMER.telegram))
    gone = Who(SAMER.telegram, SAMER.name, administrator=False)
    await say(country, HOMS, gone, prompt, QUESTION)
    said = await say(country, HOMS, RIMA, prompt, QUESTION)
    assert "استلموا الطلب أولاً" in said, "the case is free again"
    assert "asked" not in await country.history(lead.id)
    assert CORP not in country.chats


async def test_an_answer_that_comes_while_the_case_is_free_is_kept(country: Country) -> None:
    lead = await taken(country)
    await ask(country, lead)
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, SAMER.telegram))
    await country.deliver()
    assert (await country.lead(lead.id)).state == "delivered"
    assert await say(country, CORP, HUDA, card_of(country, CORP, lead), ANSWER) == ""
    assert "الكشف" in country.last(HOMS).text
    assert (await country.lead(lead.id)).state == "delivered"


async def test_what_cannot_cross_is_said_and_nothing_happens(country: Country) -> None:
    lead = await taken(country)
    await press(country, HOMS, SAMER, lead, "pass", "pass-to/guarantee-corp", "ask")
    prompt = max(country.chats[HOMS])
    for unfit in ("contact", "poll", "sticker", "too-large", "other"):
        assert await say(country, HOMS, SAMER, prompt, unfit=unfit)
    assert "أطول" in await say(country, HOMS, SAMER, prompt, "س" * 4000)
    assert "asked" not in await country.history(lead.id)
    await say(country, HOMS, SAMER, prompt, "س" * 3000)
    assert len(screen_of(country, CORP, lead).text) < 4096
    assert "س" * 3000 in country.last(CORP).text, "what the card cannot hold stands below it"
    assert await say(country, CORP, HUDA, card_of(country, CORP, lead), unfit="contact")
    assert (await country.lead(lead.id)).state == "waiting-body"


async def test_the_group_that_is_asked_may_be_a_forum(country: Country) -> None:
    lead = await taken(country, forum=True)
    await press_in_thread(country, lead, "pass", "pass-to/guarantee-corp", "ask")
    own = await country.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    assert own is not None
    [prompt] = [call for call in country.calls if isinstance(call, Show) and call.part == "prompt"]
    assert prompt.thread == own.thread
    picture = Content("photo", file="f")
    await say(country, HOMS, SAMER, max(country.chats[HOMS]), content=picture)
    desk = await country.store.run(lambda tx: offices.desk(tx, "guarantee-corp"))
    assert desk is not None
    assert desk.thread is not None
    [carried] = [call for call in country.calls if isinstance(call, Carry)]
    assert carried.thread == desk.thread
    assert await country.store.run(lambda tx: cards.thread(tx, lead.id, "guarantee-corp")) is None
    await say(country, CORP, HUDA, card_of(country, CORP, lead), ANSWER)
    answers = [c for c in country.calls if isinstance(c, Show) and c.part == "pass"]
    assert answers[-1].thread == own.thread


@pytest.mark.parametrize("kind", ["text", "document", "location"])
@pytest.mark.parametrize("cut", range(1, 6))
async def test_an_answer_arrives_once_wherever_the_process_dies(
    country: Country, kind: ContentKind, cut: int
) -> None:
    lead = await taken(country, forum=True)
    await press_in_thread(country, lead, "pass", "pass-to/guarantee-corp", "ask")
    await say(country, HOMS, SAMER, max(country.chats[HOMS]), QUESTION)
    place = (34.7, 36.7) if kind == "location" else None
    content = Content(kind, "" if place else ANSWER, file="f", place=place)
    card = card_of(country, CORP, lead)
    message = Message(CORP, next(numbers), content, reply_to=card)
    await country.store.run(lambda tx: country.referrals.heard(tx, HUDA, message, edited=False))
    begin = len(country.calls)
    rows = await country.store.run(outbox.due)
    [row] = [row for row in rows if row.what.startswith("pass:")]
    done: set[str] = set()
    for _ in range(cut):
        if call := await country.store.run(lambda tx: country.dispatch.next_call(tx, row, done)):
            number = country._make(call)
            country.calls.append(call)
            done.add(call.part)
            await country.store.run(
                lambda tx, call=call, number=number: country.dispatch.succeeded(
                    tx, row, call, number
                )
            )
    country.dispatch = Dispatch(lambda: country.shelf)
    await country.deliver()
    made = [c for c in country.calls[begin:] if c.part == "pass" and not getattr(c, "edit", None)]
    assert len(made) == 1
    assert React("thumb", CORP, message.message) in country.calls[begin:]
    changed = [c for c in country.calls[begin:] if isinstance(c, Carry) and c.edit]
    assert kind != "location" or not changed, "a place has no caption to edit"
