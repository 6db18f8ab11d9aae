"""Replies in groups over HTTP: heard, carried to the citizen, and answered when they stay."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from markupsafe import Markup

from bot.localtelegram.chats import Status
from bot.localtelegram.files import Files
from bot.referrals.case import relay
from bot.referrals.content import Content, Message
from bot.referrals.seen.cards import code
from bot.store import crossings, leads, offices, outbox
from bot.store.leads import Lead
from bot.telegram.posting import MOST_TRIES
from tests.referrals.country import details
from tests.telegram.bench import LAYLA, OMAR, RIMA, Bench, Json

SAMI: Json = {"id": 99, "first_name": "Sami", "language_code": "ar"}
NOTHING = {"waiting": 0, "dead": 0}


@pytest.fixture
async def group(bench: Bench) -> int:
    """Layla's group, the office of Homs; Omar and Rima are members."""
    chat = await bench.people.group(LAYLA, OMAR, RIMA, type="supergroup")
    code = await bench.store.run(lambda tx: offices.invite(tx, "homs"))
    await bench.people.say(LAYLA, f"/bind {code}", chat)
    await bench.people.say(SAMI, "hello")
    await bench.house.work()
    return chat


@pytest.fixture
async def lead(bench: Bench, group: int) -> Lead:
    """Sami's case, which Layla has taken."""
    referrals = bench.house.referrals
    made = await bench.store.run(
        lambda tx: referrals.refer(tx, 1, 1, "licensing", "homs", details())
    )
    await bench.house.work()
    await bench.people.press(LAYLA, f"o:take:{made.id}", group, card(bench, group))
    await bench.house.work()
    return made


def card(bench: Bench, group: int) -> int:
    """The newest card in the group."""
    found = [m for m in bench.people.screens(group) if "طلب:" in m["text"]]
    return int(found[-1]["message_id"])


def said(bench: Bench, id: str) -> str:
    return bench.shelf.voices["ar"].plain(id)


async def crossed(bench: Bench, lead: Lead) -> list[Any]:
    return [
        each.content for each in await bench.store.run(lambda tx: crossings.of_lead(tx, lead.id))
    ]


def reactions(bench: Bench, chat: int, message: int) -> list[str]:
    post = bench.world.chats[chat].posts[message]
    return [reaction["emoji"] for reaction in post.reactions]


def last(bench: Bench, chat: int) -> Json:
    """The newest message of the bot in a chat."""
    posts = bench.world.chats[chat].posts.values()
    return [post.message for post in posts if post.by_bot][-1]


async def test_a_reply_crosses_and_gets_a_thumb(bench: Bench, group: int, lead: Lead) -> None:
    to = card(bench, group)
    sent = await bench.people.say(LAYLA, "أهلاً", group, reply_to_message_id=to)
    await bench.house.work()
    copy = last(bench, 99)
    assert "أهلاً" in copy["text"]
    assert lead.reference in copy["text"]
    assert "forward_origin" not in copy
    assert reactions(bench, group, sent["message_id"]) == ["👍"]
    assert await bench.store.run(outbox.counts) == NOTHING


async def test_talk_is_left_alone_but_for_one_word(bench: Bench, group: int, lead: Lead) -> None:
    first = await bench.people.say(LAYLA, "من عنده وقت؟", group)
    await bench.people.say(OMAR, "أنا", group, reply_to_message_id=first["message_id"])
    await bench.house.work()
    assert bench.people.texts(group)[-1] == said(bench, "relay.told")
    told = [m for m in bench.people.screens(group) if m["text"] == said(bench, "relay.told")]
    assert len(told) == 1
    assert told[0]["reply_to_message"]["message_id"] == first["message_id"]
    assert await crossed(bench, lead) == []


async def test_a_document_arrives_without_its_name(bench: Bench, group: int, lead: Lead) -> None:
    data = base64.b64encode(b"%PDF lease").decode()
    document = {"data": data, "file_name": "Layla Haddad.PDF", "mime_type": "application/pdf"}
    to = card(bench, group)
    await bench.people.send(
        LAYLA, group, document=document, caption="العقد", reply_to_message_id=to
    )
    await bench.house.work()
    copy = last(bench, 99)
    assert copy["document"]["file_name"] == f"{lead.reference}-1.pdf"
    assert "العقد" in copy["caption"]
    file = bench.world.files.by_id(copy["document"]["file_id"])
    assert file.upload.data == b"%PDF lease"
    assert "Haddad" not in str(file.upload)


@pytest.mark.parametrize("kind", ["photo", "voice", "video"])
async def test_pictures_and_sounds_arrive(bench: Bench, group: int, lead: Lead, kind: str) -> None:
    data = {"data": base64.b64encode(b"bytes").decode(), "file_name": "Layla.bin"}
    to = card(bench, group)
    sent = await bench.people.send(LAYLA, group, **{kind: data}, reply_to_message_id=to)
    await bench.house.work()
    copy = last(bench, 99)
    assert kind in copy
    assert lead.reference in copy["caption"]
    assert reactions(bench, group, sent["message_id"]) == ["👍"]


async def test_a_place_and_a_poll(bench: Bench, group: int, lead: Lead) -> None:
    to = card(bench, group)
    place = {"latitude": 34.73, "longitude": 36.72}
    await bench.people.send(LAYLA, group, location=place, reply_to_message_id=to)
    await bench.house.work()
    assert last(bench, 99)["location"] == place
    assert lead.reference in bench.people.texts(99)[-1]
    poll = {"question": "متى؟", "options": ["اليوم", "غداً"]}
    await bench.people.send(LAYLA, group, poll=poll, reply_to_message_id=to)
    await bench.house.work()
    assert bench.people.texts(group)[-1] == said(bench, "relay.unfit.poll")
    assert len(await crossed(bench, lead)) == 1


async def test_an_edit_changes_the_copy(bench: Bench, group: int, lead: Lead) -> None:
    to = card(bench, group)
    sent = await bench.people.say(LAYLA, "عشرة", group, reply_to_message_id=to)
    await bench.house.work()
    copy = last(bench, 99)["message_id"]
    wish = {"chat_id": group, "from": LAYLA, "message_id": sent["message_id"], "text": "اثنا عشر"}
    await bench.people.post("edit", **wish)
    await bench.house.work()
    assert "اثنا عشر" in bench.world.chats[99].posts[copy].message["text"]
    assert last(bench, 99)["message_id"] == copy
    assert [each["text"] for each in await crossed(bench, lead)] == ["اثنا عشر"]


async def test_an_album_that_may_not_cross_is_answered_once(
    bench: Bench, group: int, lead: Lead
) -> None:
    to = card(bench, group)
    data = {"data": base64.b64encode(b"bytes").decode()}
    album = {"photo": data, "media_group_id": "7", "reply_to_message_id": to}
    for _ in range(3):
        await bench.people.send(OMAR, group, **album)
    await bench.house.work()
    answers = [text for text in bench.people.texts(group) if "لم تصل رسالتكم" in text]
    assert len(answers) == 1
    assert await crossed(bench, lead) == []
    for _ in range(2):
        await bench.people.send(LAYLA, group, **album | {"media_group_id": "8"})
    await bench.house.work()
    assert len(await crossed(bench, lead)) == 2


async def test_who_wrote_is_asked_of_telegram(bench: Bench, group: int, lead: Lead) -> None:
    """Omar became an administrator while nobody told us."""
    to = card(bench, group)
    await bench.people.fault("getChatMember", "error500")
    await bench.people.say(OMAR, "one", group, reply_to_message_id=to)
    await bench.house.work()
    assert bench.people.texts(group)[-1] == said(bench, "relay.try-again")
    bench.world.chats[group].members[OMAR["id"]].status = Status.ADMINISTRATOR
    await bench.people.say(OMAR, "two", group, reply_to_message_id=to)
    await bench.house.work()
    assert [each["text"] for each in await crossed(bench, lead)] == ["two"]


async def test_an_anonymous_administrator_is_asked_to_show_themselves(
    bench: Bench, group: int, lead: Lead
) -> None:
    await bench.people.member(group, LAYLA, "anonymous")
    await bench.people.say(LAYLA, "hi", group, reply_to_message_id=card(bench, group))
    await bench.house.work()
    assert bench.people.texts(group)[-1] == said(bench, "relay.show-yourself")
    assert await crossed(bench, lead) == []


@pytest.mark.usefixtures("lead")
async def test_an_officer_who_is_removed_while_telegram_is_asked_stays_removed(
    bench: Bench, group: int
) -> None:
    """What the group's chat brings is handled one after the other."""
    await bench.people.member(group, RIMA, "promote")
    await bench.people.say(RIMA, "hi", group, reply_to_message_id=card(bench, group))
    await bench.people.member(group, RIMA, "leave")
    await bench.house.work()
    known = await bench.store.run(lambda tx: offices.officer(tx, "homs", RIMA["id"]))
    assert known is None or known.state == "left"


async def test_a_citizen_who_blocked_the_bot_is_told_of_in_the_group(
    bench: Bench, group: int, lead: Lead
) -> None:
    to = card(bench, group)
    await bench.people.post("block", user_id=99)
    await bench.house.work()
    text = bench.people.texts(group)[-1]
    assert "أوقف صاحب الطلب" in text
    assert lead.reference in text
    await bench.people.say(LAYLA, "are you there?", group, reply_to_message_id=to)
    await bench.house.work()
    assert bench.people.texts(group)[-1] == said(bench, "relay.blocked")
    await bench.people.post("block", user_id=99, blocked=False)
    await bench.house.work()
    assert "are you there?" in last(bench, 99)["text"]
    assert "أوقف" not in bench.world.chats[group].posts[to].message["text"]


async def test_that_a_message_to_them_was_refused_tells_it_too(
    bench: Bench, group: int, lead: Lead
) -> None:
    """Telegram had told us nothing of it."""
    bench.world.people[99].blocked_bot = True
    await bench.people.say(LAYLA, "hi", group, reply_to_message_id=card(bench, group))
    await bench.house.work()
    assert "أوقف صاحب الطلب" in bench.people.texts(group)[-1]
    assert await bench.store.run(outbox.counts) == NOTHING
    history = await bench.store.run(lambda tx: leads.events(tx, lead.id))
    assert history[-1].kind == "blocked-us"


async def test_a_vanished_reply_target_is_no_error(bench: Bench, group: int, lead: Lead) -> None:
    """The card was deleted by hand: the message stands alone."""
    gone = card(bench, group)
    del bench.world.chats[group].posts[gone]
    await writes(bench, lead, "anybody?", 5001)
    await bench.house.work()
    assert "anybody?" in bench.people.texts(group)[-1]
    assert await bench.store.run(outbox.counts) == NOTHING


async def writes(bench: Bench, lead: Lead, text: str, number: int) -> None:
    """Sami writes in his case."""
    message = Message(99, number, Content("text", text))
    await bench.store.run(lambda tx: relay.from_citizen(tx, lead.id, message))


async def test_the_relay_itself_keeps_to_twenty_a_minute_and_to_the_order(
    bench: Bench, group: int, lead: Lead
) -> None:
    """Cards that change meanwhile come after what people write."""
    bench.patience.moment += 120
    before = len(bench.people.texts(group))
    for number in range(45):
        await writes(bench, lead, f"word {number}.", 5000 + number)
    await bench.store.run(bench.house.referrals.new_day)
    arrived = []
    for _ in range(12):
        await bench.house.post.drain()
        arrived.append(len(bench.people.texts(group)) - before)
        bench.clock.later(seconds=15)
        bench.patience.moment += 15
    assert all(after - earlier <= 20 for earlier, after in zip(arrived, arrived[4:], strict=False))
    words = [text.rpartition("word ")[2] for text in bench.people.texts(group)[before:]]
    assert [int(word.partition(".")[0]) for word in words] == list(range(45))
    edits = [call for call in bench.people.calls("editMessageText") if call["chat_id"] == group]
    assert "طلب:" in edits[-1]["text"]
    assert await bench.store.run(outbox.counts) == NOTHING


async def test_what_crossed_is_forgotten_when_it_can_be_edited_no_longer(
    bench: Bench, group: int, lead: Lead
) -> None:
    """Where it stands is kept: a reply to it still finds its way."""
    sent = await bench.people.say(LAYLA, "one", group, reply_to_message_id=card(bench, group))
    await bench.house.work()
    await writes(bench, lead, "waits", 5001)
    bench.clock.later(hours=49)
    await bench.house.housekeeping.forget()
    assert await crossed(bench, lead) == [None, {"kind": "text", "text": "waits"}]
    await bench.people.say(LAYLA, "two", group, reply_to_message_id=sent["message_id"])
    await bench.house.work()
    assert "two" in last(bench, 99)["text"]
    assert "waits" in bench.people.texts(group)[-1]


async def test_with_a_closed_lead_goes_what_crossed_in_it(
    bench: Bench, group: int, lead: Lead
) -> None:
    await bench.people.say(LAYLA, "one", group, reply_to_message_id=card(bench, group))
    await bench.house.work()
    await bench.store.run(
        lambda tx: leads.change(tx, lead.id, expect=leads.OPEN, state="resolved", outcome="advised")
    )
    bench.clock.later(days=400)
    await bench.house.housekeeping.forget()
    assert await crossed(bench, lead) == []


async def never_delivered(bench: Bench) -> None:
    """Telegram knows no file any more; the bot tries until it gives up, and goes on with the rest."""
    bench.world.files = Files()
    for _ in range(MOST_TRIES + 1):
        await bench.house.work()
        bench.clock.later(minutes=11)
        bench.patience.moment += 660


async def test_what_telegram_refuses_for_good_is_told_to_the_officer_who_sent_it(
    bench: Bench, group: int, lead: Lead
) -> None:
    data = base64.b64encode(b"%PDF lease").decode()
    to = card(bench, group)
    sent = await bench.people.send(
        LAYLA, group, document={"data": data, "file_name": "lease.pdf"}, reply_to_message_id=to
    )
    await never_delivered(bench)
    told = last(bench, group)
    assert told["text"] == undelivered(bench, "ar", "relay.undelivered", lead)
    assert told["reply_to_message"]["message_id"] == sent["message_id"]
    assert reactions(bench, group, sent["message_id"]) == []
    assert await bench.store.run(outbox.counts) == {"waiting": 0, "dead": 1}


async def test_what_telegram_refuses_for_good_is_told_to_the_citizen_who_sent_it(
    bench: Bench, lead: Lead
) -> None:
    sent = await bench.people.say(SAMI, "my lease")
    await bench.house.work()
    document = Content("document", "my lease", file="a file that is gone")
    message = Message(99, sent["message_id"], document)
    await bench.store.run(lambda tx: relay.from_citizen(tx, lead.id, message))
    await never_delivered(bench)
    told = last(bench, 99)
    assert told["text"] == undelivered(bench, "en", "letters.undelivered", lead)
    assert told["reply_to_message"]["message_id"] == sent["message_id"]


async def test_nobody_is_told_that_something_is_missing_which_was_sent_again_and_arrived(
    bench: Bench, group: int, lead: Lead
) -> None:
    """The operator mends it and sends it again before the word of it has gone out."""
    sent = await bench.people.say(LAYLA, "أهلاً", group, reply_to_message_id=card(bench, group))
    await bench.house.work()
    [crossing] = await bench.store.run(lambda tx: crossings.of_lead(tx, lead.id))
    await bench.store.run(
        lambda tx: outbox.put(tx, "office:homs", f"undelivered:{crossing.id}", lead.id)
    )
    texts = bench.people.texts(group)
    await bench.house.work()
    assert bench.people.texts(group) == texts
    assert reactions(bench, group, sent["message_id"]) == ["👍"]


def undelivered(bench: Bench, language: str, id: str, lead: Lead) -> str:
    """The sentence as a person reads it."""
    said = str(bench.shelf.voices[language].say(id, reference=code(lead.reference)))
    return Markup(said).striptags()
