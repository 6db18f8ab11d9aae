"""One case over HTTP, from the request to the loan: who asks, passes on, writes, and who reads it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.store import leads, outbox
from tests.e2e import walks
from tests.town import NOTICE, Json, Person, Town, buttons, carried, town

KARIM: Json = {"id": 502, "first_name": "كريم", "language_code": "ar"}
GUARANTEE = "guarantee-corp"
QUESTION = "هل يُقبل عقد إيجار لسنة واحدة؟"
OPINION = "يُقبل إذا كان مسجلاً."
PAPERS = "أرسلوا لنا صورة العقد."
REPLY = "العقد عندي، وهو مسجل."
LIFE = [
    *("referred", "addressed", "delivered", "claimed"),
    *("asked", "answered", "offered", "taken-over"),
    *("wrote", "heard", "resolved"),
]


async def test_a_case_goes_from_the_office_to_the_guarantee_and_is_financed(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, offices=False) as place:
        homs = await _forum(place)
        guarantee = await walks.opened(place, GUARANTEE)
        head = await walks.opened(place, "head-office")
        salma = await walks.is_referred(place)
        karim = await walks.is_referred(place, KARIM)

        await walks.lead_card(homs)
        await homs.taps("o:take:1")
        await _asks_the_head_office(homs, head)
        await _turns(homs, "o:pass:1", f"o:pass-to:1:{GUARANTEE}", f"o:offer:1:{GUARANTEE}")
        card = await guarantee.offered("o:take-over:1")
        assert walks.SALMA["first_name"] not in card["text"], "no name before it is taken over"
        await guarantee.taps("o:take-over:1")
        await _is_told(salma, "notice.passed-on", office=_name(place, GUARANTEE))

        await _writes_to_each_other(guarantee, salma)
        await _turns(guarantee, "o:resolve:1", "o:end:1:financed")
        financed = place.voice("outcome.financed")
        await _is_told(salma, "notice.resolved", office=_name(place, GUARANTEE), outcome=financed)

        events = await place.dalil.store.run(partial(leads.events, lead=1))
        assert [event.kind for event in events] == LIFE
        await _others_read_nothing(homs, head, karim)
        assert await place.dalil.store.run(outbox.dead_letters) == []


async def _forum(place: Town) -> Person:
    """The group of Homs, which has topics."""
    head = await walks.founded(place, "homs", forum=True)
    await head.types(f"/bind {await walks.invited(place, 'homs')}")
    await head.hears(place.voice("office.bound", office=_name(place, "homs")))
    return head


async def _asks_the_head_office(homs: Person, head: Person) -> None:
    """A question about the case, and its answer, which comes into the case's own topic."""
    place = homs.town
    await _turns(homs, "o:pass:1", "o:pass-to:1:head-office", "o:ask:1:head-office")
    told = {"office": _name(place, "head-office"), "number": "1"}
    prompt = await homs.hears(place.voice("pass.prompt.ask", **told).split("\n")[0][:40])
    await _replies(homs, prompt, QUESTION)
    asked = await head.hears(QUESTION)
    assert "o:answer:1" in carried(asked)
    await _replies(head, asked, OPINION)
    answer = await homs.hears(OPINION)
    assert answer["message_thread_id"] == prompt["message_thread_id"]


async def _writes_to_each_other(guarantee: Person, salma: Person) -> None:
    """The officer replies to the card, the citizen writes where her case is shown."""
    card = await guarantee.offered("o:resolve:1")
    await _replies(guarantee, card, PAPERS)
    copy = await salma.hears(PAPERS)
    assert _name(salma.town, GUARANTEE) in copy["text"]
    await _replies(salma, copy, REPLY)
    arrived = await guarantee.hears(REPLY)
    assert walks.SALMA["first_name"] in arrived["text"]


async def _others_read_nothing(homs: Person, head: Person, karim: Person) -> None:
    """Neither what was passed on is read elsewhere, nor what one citizen wrote by another."""
    await karim.look()
    said = "\n".join(str(message.get("text", "")) for message in karim.seen)
    assert not [text for text in (QUESTION, OPINION, PAPERS, REPLY) if text in said]
    for group in (homs, head):
        await group.look()
        seen = "\n".join(str(message.get("text", "")) for message in group.seen)
        assert PAPERS not in seen
        assert REPLY not in seen
    assert "o:take:2" in [data for message in homs.seen for data in carried(message)]


async def _turns(person: Person, *data: str) -> None:
    """Presses one button after the other, each as soon as it is there."""
    for each in data:
        await person.offered(each)
        await person.taps(each)


async def _replies(person: Person, message: Json, text: str) -> None:
    wish = {"chat_id": person.chat, "from": person.user, "text": text}
    await person.town.tell("send", **wish, reply_to_message_id=message["message_id"])


async def _is_told(citizen: Person, id: str, **values: str) -> None:
    """A notice of the citizen's case, by its words after the reference."""
    said = citizen.town.voice(id, reference="|", **values).split("|")[1]
    notice = await citizen.hears(said.strip().split(".")[0])
    assert NOTICE in [button.get("callback_data") for button in buttons(notice)]


def _name(place: Town, office: str) -> str:
    return place.dalil.guide.shelf.words["ar"].offices[office]
