"""Officers and citizens talk through the bot: what crosses, once, and what stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.referrals.calls import Carry, OpenThread, Show
from bot.referrals.case.officers import Who
from bot.referrals.content import Content
from bot.store import citizens, leads, outbox
from bot.store.leads import Lead
from tests.referrals.country import HEAD, HOMS, NOUR, PHONE, RIMA, SAMER, Country
from tests.referrals.talk import Talk

LAYLA = 77
MEMBER = Who(601, "Hala", administrator=None)
HIDDEN = Who(1087968824, "Group", administrator=None, anonymous=True)


@pytest.fixture
def talk(country: Country) -> Talk:
    return Talk(country)


async def delivered(country: Country, *officers: Who, forum: bool = False) -> Lead:
    await country.bind("homs", HOMS, *(officers or (SAMER, RIMA)), forum=forum)
    lead = await country.refer(await country.citizen(LAYLA))
    await country.deliver()
    return lead


async def taken(country: Country, *, forum: bool = False) -> Lead:
    """Samer has the case of Layla."""
    lead = await delivered(country, forum=forum)
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    return lead


async def state(country: Country, lead: Lead) -> str:
    return (await country.lead(lead.id)).state


# From the group to the citizen


async def test_a_reply_to_the_card_crosses_without_the_officer(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    said = await talk.told("أحضروا <عقد> الإيجار\nواتصلوا", await talk.card(lead), number=900)
    assert said == ""
    assert await state(country, lead) == "working"
    await country.deliver()

    copy = country.last(LAYLA)
    assert "مكتب حمص" in copy.text
    assert lead.reference in copy.text
    assert "&lt;عقد&gt; الإيجار" in copy.text
    assert "\nواتصلوا" in copy.text.replace("\u2068", "")
    assert "Samer" not in copy.text
    assert str(SAMER.telegram) not in copy.text
    assert [b.press for b in country.buttons(LAYLA)] == [f"1:n:case:{lead.reference}"]
    assert talk.thumbs(HOMS) == [900]
    assert (await country.history(lead.id))[-2:] == ["claimed", "wrote"]


async def test_it_arrives_in_the_citizens_language(country: Country, talk: Talk) -> None:
    await country.bind("homs", HOMS)
    lead = await country.refer(await country.citizen(LAYLA, "en"))
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await talk.says("أهلاً", await talk.card(lead))
    await country.deliver()
    assert "From the Homs office" in country.last(LAYLA).text
    assert country.buttons(LAYLA)[0].label == "Answer the office"


async def test_a_reply_to_what_crossed_crosses_too(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await talk.says("one", await talk.card(lead), number=900)
    await country.deliver()
    await talk.says("two", 900)
    heard = await talk.writes("thanks", lead)
    await country.deliver()
    [copy] = [n for n, screen in country.chats[HOMS].items() if "thanks" in screen.text]
    await talk.says("three", copy)
    await country.deliver()
    assert [text.partition("\n")[2] for text in talk.texts(LAYLA)[-3:]] == [
        "one",
        "two",
        "three",
    ]
    assert talk.thumbs(LAYLA) == [heard.message]


async def test_talk_stays_and_it_is_said_once(country: Country, talk: Talk) -> None:
    lead = await delivered(country)
    assert await talk.told("nobody has it yet") == ""
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    before = talk.texts(LAYLA)
    assert "إلا الردّ" in await talk.told("shall we call?")
    assert await talk.told("perhaps", number=950) == ""
    assert await talk.told("yes", 950) == "", "a reply among officers"
    await country.deliver()
    assert talk.texts(LAYLA) == before
    assert await talk.crossed(lead) == []


async def test_in_a_forum_it_is_said_once_in_each_thread(country: Country, talk: Talk) -> None:
    await taken(country, forum=True)
    second = await country.refer(await country.citizen(78), name="Omar")
    await country.deliver()
    await country.forge(HOMS, RIMA, f"o:take:{second.id}", await talk.card(second))
    await country.deliver()
    general, first, other = sorted(country.threads)
    assert await talk.told("good morning") == ""
    assert await talk.told("new ones", thread=general) == ""
    for thread in (first, other):
        assert "إلا الردّ" in await talk.told("hm", thread=thread)
        assert await talk.told("hm", thread=thread) == ""


async def test_the_card_in_the_thread_and_the_one_outside_are_both_the_case(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country, forum=True)
    inside = [c for c in country.calls if isinstance(c, Show) and c.part == "thread-card"]
    cards = [n for n, s in country.chats[HOMS].items() if lead.reference in s.text]
    assert inside
    assert len(cards) == 2
    for card in cards:
        assert await talk.told("hello", card) == ""
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 2


# Who may


async def test_whoever_may_not_is_told_why(country: Country, talk: Talk) -> None:
    lead = await delivered(country, SAMER)
    await country.confirm(NOUR)
    card = await talk.card(lead)
    assert "استلموا الطلب أولاً" in await talk.told("hi", card)
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    assert "استلمه \u2068Samer\u2069" in await talk.told("hi", card, who=NOUR)
    assert "مشرف مجهول" in await talk.told("hi", card, who=HIDDEN)
    assert not (await talk.says("hi", card, who=MEMBER)).known
    plain = replace(MEMBER, administrator=False)
    assert "لستم من موظفي المكتب بعد" in await talk.told("hi", card, who=plain)
    assert "ننتظر" in await talk.told("hi", card, who=plain)
    await country.resolve(HOMS, SAMER)
    assert "مغلق" in await talk.told("hi", card)
    await country.deliver()
    assert await talk.crossed(lead) == []
    assert talk.copies(LAYLA) == []


async def test_the_office_lead_writes_in_any_case_of_the_office(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    assert await talk.told("I step in", await talk.card(lead), who=RIMA) == ""
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 1


async def test_an_administrator_whom_we_did_not_know_is_looked_up(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    card, head = await talk.card(lead), replace(MEMBER, administrator=True)
    assert not (await talk.says("hi", card, who=MEMBER)).known
    assert await talk.told("hi", card, who=head) == ""
    assert len(await talk.crossed(lead)) == 1


async def test_who_was_removed_between_the_look_and_the_commit_writes_nothing_more(
    country: Country, talk: Talk
) -> None:
    """What crossed while he was an officer crosses; his edit afterwards does not."""
    lead = await taken(country)
    await talk.says("before", await talk.card(lead), number=900)
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, SAMER.telegram))
    gone = replace(SAMER, administrator=None)
    assert not (await talk.says("after", await talk.card(lead), who=gone)).known
    await talk.says("changed", number=900, who=gone, edited=True)
    await country.deliver()
    assert [call.screen.text.partition("\n")[2] for call in talk.copies(LAYLA)] == ["before"]


async def test_a_case_that_has_gone_elsewhere_is_not_written_to(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    await country.bind("head-office", HEAD, RIMA)
    quoted = {"quoted": (lead.reference,)}
    said = await talk.told("hi", 5, who=RIMA, chat=HEAD, **quoted)
    assert "ليس عند مكتب هذه المجموعة" in said
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.deliver()
    assert await talk.told("hi", await talk.card(lead, "head-office"), who=RIMA, chat=HEAD) != ""
    assert await talk.told("hi", 5, chat=HOMS, **quoted) == "", "the group is no desk any more"


async def test_a_person_who_was_erased_is_not_written_to(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await talk.says("before", await talk.card(lead))
    citizen = (await country.lead(lead.id)).citizen
    assert citizen is not None
    await country.store.run(lambda tx: citizens.erase(tx, citizen))
    assert "سُحب" in await talk.told("after", await talk.card(lead))
    await country.deliver()
    assert talk.copies(LAYLA) == []
    assert await talk.crossed(lead) == []


# Old messages


async def test_a_reply_to_an_old_card_after_a_migration_crosses(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    old = await talk.card(lead)
    await country.store.run(lambda tx: country.referrals.migrated(tx, HOMS, -2001))
    assert "إلا الردّ" in await talk.told("hi", old, chat=-2001), "nothing names a case there"
    assert await talk.told("hi", old, chat=-2001, quoted=(lead.reference,)) == ""
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 1
    assert talk.thumbs(-2001)


async def test_a_message_that_names_two_cases_is_no_address(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    second = await country.refer(await country.citizen(78))
    said = await talk.told("hi", 5, quoted=(lead.reference, second.reference))
    assert "أكثر من طلب" in said
    assert await talk.crossed(lead) == []


async def test_both_sides_find_their_way_after_a_migration(country: Country, talk: Talk) -> None:
    """The thumb on a message of the old group is let go, the copy is not."""
    lead = await taken(country)
    await talk.says("before", await talk.card(lead), number=900)
    heard = await talk.writes("also before", lead)
    await country.store.run(lambda tx: country.referrals.migrated(tx, HOMS, -2001))
    await country.deliver()
    assert [copy.chat for copy in talk.copies(LAYLA)] == [LAYLA]
    assert [copy.chat for copy in talk.copies(-2001)] == [-2001]
    assert (talk.thumbs(HOMS), talk.thumbs(LAYLA)) == ([], [heard.message])
    assert await talk.edits(heard, "changed")
    await country.deliver()
    assert "changed" in country.last(-2001).text


# Once, and edits


async def test_a_repeated_message_crosses_once(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    card = await talk.card(lead)
    for _ in range(2):
        await talk.says("hi", card, number=900)
        await country.deliver()
    assert len(talk.copies(LAYLA)) == 1
    assert (await country.history(lead.id)).count("wrote") == 1


async def test_a_row_that_still_owes_its_thumb_posts_no_second_copy(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    await talk.says("hi", await talk.card(lead), number=900)
    row = next(row for row in await country.store.run(outbox.due) if row.to.startswith("citizen"))
    call = await country.store.run(lambda tx: country.dispatch.next_call(tx, row))
    assert isinstance(call, Show)
    await country.store.run(lambda tx: country.dispatch.succeeded(tx, row, call, 500))
    await country.deliver()
    assert talk.copies(LAYLA) == []
    assert talk.thumbs(HOMS) == [900]


async def test_an_edit_crosses_as_an_edit(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await talk.says("ten", await talk.card(lead), number=900)
    await country.deliver()
    before = len(country.chats[LAYLA])
    await talk.says("twelve", number=900, edited=True)
    await talk.says("twelve", number=900, edited=True)
    await country.deliver()
    assert "twelve" in country.last(LAYLA).text
    assert "عُدّلت" in country.last(LAYLA).text
    assert len(country.chats[LAYLA]) == before
    assert len(talk.copies(LAYLA)) == 2

    heard = await talk.writes("yes", lead)
    await country.deliver()
    assert await talk.edits(heard, "no")
    await country.deliver()
    assert "no" in country.last(HOMS).text
    assert "عدّل رسالته" in country.last(HOMS).text


async def test_an_edit_before_its_original_was_relayed_is_what_arrives(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    await talk.says("ten", await talk.card(lead), number=900)
    await talk.says("twelve", number=900, edited=True)
    await country.deliver()
    [copy] = talk.copies(LAYLA)
    assert "twelve" in copy.screen.text
    assert "عُدّلت" not in copy.screen.text


async def test_an_edit_while_its_original_is_on_its_way_follows(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    await talk.says("ten", await talk.card(lead), number=900)
    row = next(row for row in await country.store.run(outbox.due) if row.to.startswith("citizen"))
    call = await country.store.run(lambda tx: country.dispatch.next_call(tx, row))
    assert isinstance(call, Show)
    await talk.says("twelve", number=900, edited=True)
    country.chats[LAYLA][500] = call.screen
    await country.store.run(lambda tx: country.dispatch.succeeded(tx, row, call, 500))
    await country.store.run(lambda tx: outbox.sent(tx, row.id))
    await country.deliver()
    assert "twelve" in country.chats[LAYLA][500].text


async def test_an_edit_that_cannot_cross_is_told_or_left(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await talk.says("ten", await talk.card(lead), number=900)
    await talk.says(Content("location", place=(34.7, 36.7)), await talk.card(lead), number=901)
    await country.deliver()
    moved = Content("location", place=(34.8, 36.8))
    assert await talk.told(moved, number=901, edited=True) == ""
    assert "اقسموه" in await talk.told("long " * 1000, number=900, edited=True)
    assert await talk.told("never crossed", number=999, edited=True) == ""
    await country.resolve(HOMS, SAMER)
    assert "مغلق" in await talk.told("closed", number=900, edited=True)
    country.clock.later(hours=49)
    assert await talk.told("too late", number=900, edited=True) == ""
    await country.deliver()
    assert len([c for c in talk.copies(LAYLA) if "ten" in c.screen.text]) == 1


async def test_a_citizens_edit_stays_when_the_case_is_closed_or_it_is_too_late(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    heard = await talk.writes("yes", lead)
    await country.deliver()
    country.clock.later(hours=49)
    assert not await talk.edits(heard, "no")
    country.clock.later(hours=-48)
    await country.forge(HOMS, SAMER, f"o:end:{lead.id}:advised", await talk.card(lead))
    assert not await talk.edits(heard, "no")
    assert not await talk.edits(replace(heard, message=1), "never crossed")


# What it may be


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "document"])
async def test_files_cross_under_a_neutral_name(country: Country, talk: Talk, kind: str) -> None:
    lead = await taken(country)
    suffix = ".pdf" if kind == "document" else ""
    content = Content(kind, "the lease <b>", "file-7", suffix)  # type: ignore[arg-type]
    await talk.says("first", await talk.card(lead))
    await talk.says(content, await talk.card(lead))
    await country.deliver()
    copy = talk.copies(LAYLA)[-1]
    assert isinstance(copy, Carry)
    assert copy.content == content
    assert copy.name == f"{lead.reference}-2{suffix}"
    assert "the lease &lt;b&gt;" in copy.screen.text
    assert "مكتب حمص" in copy.screen.text


async def test_a_place_comes_below_a_line_that_says_from_whom(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await talk.says(Content("location", place=(34.7, 36.7)), await talk.card(lead))
    await country.deliver()
    head, place = [c for c in country.calls if isinstance(c, Show | Carry) and c.chat == LAYLA][-2:]
    assert "مكتب حمص" in head.screen.text
    assert isinstance(place, Carry)
    assert place.content.place == (34.7, 36.7)


UNFIT = ["contact", "poll", "sticker", "animation", "audio", "video_note", "too-large", "dice"]


@pytest.mark.parametrize("unfit", UNFIT)
async def test_what_does_not_cross_is_answered_in_words(
    country: Country, talk: Talk, unfit: str
) -> None:
    lead = await taken(country)
    said = await talk.told(None, await talk.card(lead), unfit=unfit)
    known = country.shelf.voices["ar"].knows(f"relay.unfit.{unfit}")
    assert said == country.shelf.voices["ar"].say(f"relay.unfit.{unfit if known else 'other'}")
    assert known == (unfit != "dice")
    assert await talk.crossed(lead) == []


async def test_texts_that_would_not_arrive_whole_do_not_cross(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    assert "اقسموه" in await talk.told("ن" * 3600, await talk.card(lead))
    below = Content("photo", "ن" * 800, "file-7")
    assert "تحت الصورة" in await talk.told(below, await talk.card(lead))
    assert await talk.told("ن" * 3490, await talk.card(lead)) == ""
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 1
    assert len(country.last(LAYLA).text) < 4096


async def test_parts_of_an_album_belong_together(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    photo = Content("photo", "", "file-7")
    await talk.says(photo, await talk.card(lead), album="a1")
    await country.deliver()
    assert await talk.told(photo, album="a1") == "", "the second part came with a later update"
    assert "إلا الردّ" in await talk.told(photo, album="a2")
    await country.deliver()
    assert len(talk.copies(LAYLA)) == 2
    assert (await country.history(lead.id)).count("wrote") == 1
    for _ in range(2):
        await talk.writes(photo, lead, album="b1")
    assert (await country.history(lead.id)).count("heard") == 1
    assert len(await talk.crossed(lead)) == 4


# From the citizen to the group


async def test_what_a_citizen_writes_stands_under_the_card(country: Country, talk: Talk) -> None:
    lead = await delivered(country)
    await talk.writes("when?\n<tomorrow>", lead)
    await country.deliver()
    [copy] = talk.copies(HOMS)
    assert copy.reply_to == await talk.card(lead)
    assert lead.reference in copy.screen.text
    assert "&lt;tomorrow&gt;" in copy.screen.text
    for secret in ("Layla", PHONE, str(LAYLA)):
        assert secret not in copy.screen.text
    assert await state(country, lead) == "delivered"

    await country.press(HOMS, SAMER, "take", await talk.card(lead))
    await talk.writes("and now?", lead)
    await country.deliver()
    assert "Layla" in country.last(HOMS).text
    assert PHONE not in country.last(HOMS).text


async def test_an_answer_that_was_awaited_sets_the_case_going(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    await country.press(HOMS, SAMER, "begin", await talk.card(lead))
    await country.deliver()
    await country.press(HOMS, SAMER, "wait", await talk.card(lead))
    await country.deliver()
    await talk.writes("here it is", lead)
    assert await state(country, lead) == "working"
    await country.deliver()
    card = country.chats[HOMS][await talk.card(lead)]
    assert "قيد العمل" in card.text


async def test_in_a_forum_it_stands_in_the_leads_own_thread(country: Country, talk: Talk) -> None:
    lead = await taken(country, forum=True)
    _, own = sorted(country.threads)
    await talk.writes("here", lead)
    await country.deliver()
    [copy] = talk.copies(HOMS)
    assert (copy.thread, copy.reply_to) == (own, None)

    await country.store.run(lambda tx: country.dispatch.thread_gone(tx, HOMS, own))
    await talk.writes("here again", lead)
    await country.deliver()
    anew = max(country.threads)
    assert anew != own
    assert talk.copies(HOMS)[-1].thread == anew
    made = [c for c in country.calls if isinstance(c, OpenThread)]
    assert len(made) == 3, "new ones, the lead's own, and its own again"


async def test_in_a_forum_an_unclaimed_case_is_answered_among_the_new_ones(
    country: Country, talk: Talk
) -> None:
    lead = await delivered(country, forum=True)
    await talk.writes("hello?", lead)
    await country.deliver()
    [copy] = talk.copies(HOMS)
    assert (copy.thread, copy.reply_to) == (min(country.threads), await talk.card(lead))


async def test_a_message_before_its_card_brings_the_card_along(
    country: Country, talk: Talk
) -> None:
    await country.bind("homs", HOMS)
    lead = await country.refer(await country.citizen(LAYLA))
    await talk.writes("quick", lead)
    await country.deliver()
    assert [lead.reference in text for text in talk.texts(HOMS)] == [True, True]
    [copy] = talk.copies(HOMS)
    assert copy.reply_to == await talk.card(lead)
    assert (await country.history(lead.id)).count("delivered") == 1


async def test_what_is_written_while_no_office_is_there_reaches_the_first(
    country: Country, talk: Talk
) -> None:
    lead = await country.refer(await country.citizen(LAYLA))
    heard = await talk.writes("anybody?", lead)
    await country.deliver()
    assert talk.thumbs(LAYLA) == []
    await country.bind("homs", HOMS)
    await country.deliver()
    assert "anybody?" in country.last(HOMS).text
    assert talk.thumbs(LAYLA) == [heard.message]


async def test_what_had_not_arrived_when_a_group_was_lost_goes_on_with_the_case(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    await country.bind("head-office", HEAD, RIMA)
    await talk.writes("arrived", lead)
    await country.deliver()
    await talk.writes("on its way", lead)
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.deliver()
    assert [c.screen.text.partition("\n")[2] for c in talk.copies(HEAD)] == ["on its way"]


async def test_a_person_can_be_officer_and_citizen(country: Country, talk: Talk) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen(SAMER.telegram))
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await talk.says("as an officer", await talk.card(lead), number=900)
    heard = await talk.writes("as a citizen", lead, chat=SAMER.telegram)
    await country.deliver()
    assert "as an officer" in talk.copies(SAMER.telegram)[0].screen.text
    assert "as a citizen" in talk.copies(HOMS)[0].screen.text
    assert (talk.thumbs(HOMS), talk.thumbs(SAMER.telegram)) == ([900], [heard.message])


# People who cannot be reached


async def test_an_officer_is_told_of_a_citizen_who_blocked_the_bot(
    country: Country, talk: Talk
) -> None:
    lead = await taken(country)
    assert lead.citizen is not None
    await talk.blocks(lead.citizen)
    await talk.blocks(lead.citizen)
    await country.deliver()
    card = await talk.card(lead)
    assert "أوقف صاحب الطلب البوت" in country.chats[HOMS][card].text
    assert len([text for text in talk.texts(HOMS) if "إن عاد وصله" in text]) == 1
    assert "إن عاد" in await talk.told("are you there?", card)
    await country.deliver()
    assert talk.copies(LAYLA) == []

    await talk.blocks(lead.citizen, False)
    await country.deliver()
    assert "أوقف" not in country.chats[HOMS][card].text
    assert "are you there?" in country.last(LAYLA).text
    kinds = await country.history(lead.id)
    assert [kind for kind in kinds if kind in ("blocked-us", "came-back")] == [
        "blocked-us",
        "came-back",
    ]


async def test_of_an_unclaimed_case_only_the_card_tells_it(country: Country, talk: Talk) -> None:
    lead = await delivered(country)
    assert lead.citizen is not None
    await talk.blocks(lead.citizen)
    await country.deliver()
    assert len(country.chats[HOMS]) == 1
    assert "أوقف صاحب الطلب البوت" in country.last(HOMS).text


async def test_who_is_back_before_it_was_told_was_never_away(country: Country, talk: Talk) -> None:
    lead = await taken(country)
    assert lead.citizen is not None
    await talk.blocks(lead.citizen)
    await talk.blocks(lead.citizen, False)
    await country.deliver()
    assert len(country.chats[HOMS]) == 1


async def test_a_lead_may_name_a_person_who_is_no_citizen_of_the_message(
    country: Country, talk: Talk
) -> None:
    """A reference that stands in somebody else's chat is not theirs."""
    from bot.referrals.case import relay

    lead = await taken(country)
    other = await country.citizen(88)
    message = talk.message("hi", 3, 88, None, quoted=(lead.reference,))
    assert await country.store.run(lambda tx: relay.answered_case(tx, other, message)) is None
    own = replace(message, chat=LAYLA)
    found = await country.store.run(lambda tx: relay.answered_case(tx, lead.citizen or 0, own))
    assert found is not None
    assert found.id == lead.id
    assert await country.store.run(lambda tx: leads.get(tx, found.id)) is not None
