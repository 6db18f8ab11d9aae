"""Citizens write to the office that has their case, and never lose their place over it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bot.guide.shelf import Shelf
from bot.referrals.case import relay
from bot.referrals.content import Content
from bot.referrals.rows import absence
from bot.store import citizens, leads
from bot.store.leads import Lead
from tests.conversation.citizen import Citizen
from tests.conversation.looking import kept
from tests.conversation.test_a_walk import to_the_roadmap
from tests.conversation.test_being_referred import asked_how_to_be_reached
from tests.referrals.country import HOMS, SAMER, Clock, Country
from tests.referrals.talk import Talk

PHOTO = Content("photo", "", "file-1")
NONSENSE = "زقطبلا فنكوش"


@dataclass
class Case:
    """Salma's case with the office of Homs, whose officer Samer has it."""

    salma: Citizen
    talk: Talk
    lead: Lead

    async def crossed(self) -> list[str]:
        """What has crossed to the office."""
        found = await self.talk.crossed(self.lead)
        return [str(each.content.get("text", each.content["kind"])) for each in found]

    async def officer_writes(self, text: str) -> int:
        """The officer replies to the card; gives the copy in Salma's chat."""
        await self.talk.says(text, await self.talk.card(self.lead))
        await self.talk.country.deliver()
        chat = self.talk.country.chats[self.salma.telegram]
        return max(number for number, screen in chat.items() if text in screen.text)

    async def closes(self) -> None:
        data = f"o:end:{self.lead.id}:advised"
        await self.talk.country.forge(HOMS, SAMER, data, await self.talk.card(self.lead))


@pytest.fixture
async def case(salma: Citizen, real_shelf: Shelf) -> Case:
    country = Country(salma.store, real_shelf, Clock())
    await country.bind("homs", HOMS, SAMER)
    await asked_how_to_be_reached(salma)
    await salma.presses("اكتبوا لي هنا")
    [lead] = await salma.store.run(lambda tx: leads.all_leads(tx, None))
    await country.deliver()
    talk = Talk(country)
    await country.forge(HOMS, SAMER, f"o:take:{lead.id}", await talk.card(lead))
    await country.deliver()
    return Case(salma, talk, lead)


async def second_case(case: Case, topic: str = "training") -> Lead:
    """Another request of hers, of another topic."""
    number = case.lead.citizen or 0
    referrals = case.talk.country.referrals
    return await case.salma.store.run(
        lambda tx: referrals.refer(tx, number, 1, topic, "homs", dict(case.lead.sealed))
    )


def case_of(lead: Lead) -> str:
    return f"case:{lead.reference}"


async def test_the_case_says_where_it_goes_what_is_written_there(case: Case) -> None:
    salma = case.salma
    assert await salma.focus() == case_of(case.lead)
    await salma.presses_data(f"1:n:{case_of(case.lead)}")
    assert "ما تكتبونه أو ترسلونه الآن يصل إلى مكتب الترويج في حمص" in salma.text
    await salma.types(NONSENSE)
    assert "أُرسلت رسالتكم إلى مكتب الترويج في حمص" in salma.text
    assert "قُرئت" not in salma.text
    assert await salma.focus() == case_of(case.lead)
    assert salma.last
    assert salma.last.edit is None, "the same screen stands below what was written"
    await salma.types("قرض بلا كفيل")
    assert await case.crossed() == [NONSENSE, "قرض بلا كفيل"], "nothing is looked for there"
    await case.talk.country.deliver()
    assert NONSENSE in case.talk.copies(HOMS)[0].screen.text


async def test_what_answers_the_office_goes_there_whatever_is_looked_at(case: Case) -> None:
    salma = case.salma
    copy = await case.officer_writes("ما اسم الحرفة؟")
    await salma.commands("/start finance")
    question = await salma.focus()
    assert question.startswith("question:")
    stood = salma.text
    await salma.types("7", reply_to=copy)
    assert await case.crossed() == ["ما اسم الحرفة؟", "7"]
    assert await salma.focus() == question
    assert salma.text.endswith(stood)
    assert "أُرسلت رسالتكم" in salma.text
    await salma.sends("photo", PHOTO, reply_to=copy)
    assert await case.crossed() == ["ما اسم الحرفة؟", "7", "photo"]
    await salma.types("شكراً", reply_to=9_999, quoted=(case.lead.reference,))
    assert (await case.crossed())[-1] == "شكراً", "a notice names the case"
    assert await salma.focus() == question


async def test_without_a_reply_the_question_in_focus_is_answered(case: Case) -> None:
    salma = case.salma
    await salma.commands("/start finance")
    question = await salma.focus()
    label = salma.labels[0]
    await salma.types(label)
    assert await salma.focus() != question
    assert (await salma.focus()).startswith("question:")
    assert await case.crossed() == []


async def test_what_is_found_in_the_guide_is_shown_and_nothing_sent(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.types("قرض بلا كفيل")
    assert await salma.focus() == "found"
    assert await case.crossed() == []


async def test_what_is_not_found_is_sent_only_when_they_say_so(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.types(NONSENSE)
    assert await salma.focus() == "post"
    assert NONSENSE in salma.text
    assert await case.crossed() == []
    await salma.presses(case.lead.reference)
    assert await case.crossed() == [NONSENSE]
    assert await salma.focus() == "menu"
    assert "أُرسلت رسالتكم" in salma.text
    await salma.presses_data(f"1:post:{case.lead.reference}")
    assert await case.crossed() == [NONSENSE], "an old button sends nothing twice"
    assert await kept(salma, "missed") == []


async def test_what_was_a_search_is_kept_for_the_editors(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.types(NONSENSE)
    await salma.presses("كنت أبحث")
    assert await salma.focus() == "menu"
    assert [each.text for each in await kept(salma, "missed")] == [NONSENSE]
    assert await case.crossed() == []


async def test_the_question_stands_below_and_can_be_answered(case: Case) -> None:
    salma = case.salma
    await salma.commands("/start finance")
    question = await salma.focus()
    stood = salma.text
    await salma.types(NONSENSE)
    assert await salma.focus() == "post"
    assert salma.text.endswith(stood)
    option = question.removeprefix("question:")
    [first, *_] = [b.press for row in salma.screen.rows for b in row if f":{option}:" in b.press]
    await salma.presses_data(first)
    assert (await salma.focus()).startswith("question:")
    assert await salma.focus() != question
    await salma.sends("photo", PHOTO)
    await salma.presses("لا ترسلوه")
    assert (await salma.focus()).startswith("question:")
    assert await case.crossed() == []


async def test_a_photo_without_a_case_in_focus_is_asked_about(case: Case) -> None:
    salma = case.salma
    other = await second_case(case)
    await salma.commands("/menu")
    await salma.sends("photo", PHOTO)
    assert await salma.focus() == "post"
    buttons = [b.press for row in salma.screen.rows for b in row if b.press.startswith("1:post:")]
    assert buttons == [f"1:post:{other.reference}", f"1:post:{case.lead.reference}"]
    await salma.presses(other.reference)
    assert await case.crossed() == []
    found = await case.talk.crossed(other)
    assert [each.content for each in found] == [PHOTO.stored()]


async def test_what_comes_one_after_the_other_goes_together(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.sends("photo", PHOTO, album="a1")
    await salma.sends("photo", PHOTO, album="a1")
    assert "هاتين الرسالتين" in salma.text
    await salma.types(NONSENSE)
    await salma.presses(case.lead.reference)
    await salma.sends("photo", PHOTO, album="a1")
    assert await case.crossed() == ["photo", "photo", NONSENSE, "photo"], "also a late part"
    assert await salma.focus() == "menu"


async def test_an_album_in_a_case_crosses_part_by_part(case: Case) -> None:
    for _ in range(3):
        await case.salma.sends("photo", PHOTO, album="a1")
    assert await case.crossed() == ["photo"] * 3
    history = await case.talk.country.history(case.lead.id)
    assert history.count("heard") == 1


async def test_what_does_not_cross_is_said_in_words(case: Case) -> None:
    salma = case.salma
    await salma.sends("sticker")
    assert "الملصقات لا تصل إلى المكتب" in salma.text
    await salma.shares("963944123456")
    assert "جهات الاتصال لا تصل إلى المكتب" in salma.text
    await salma.sends("dice")
    assert "هذا النوع من الرسائل لا يصل" in salma.text
    await salma.types("ن" * 4000)
    assert "اقسموه إلى رسالتين" in salma.text
    await salma.commands("/menu")
    await salma.sends("sticker")
    assert "شكراً على الملصق" in salma.text
    await salma.types("ن" * 4000)
    assert "اقسموه إلى رسالتين" in salma.text
    assert await salma.focus() == "menu"
    await salma.types("كلام " * 300)
    assert await salma.focus() == "post", "too long for a search, not for an office"
    assert await case.crossed() == []


async def test_without_a_case_everything_is_as_it_was(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    await salma.sends("photo", PHOTO)
    assert "لا نستطيع قراءة الصور" in salma.text
    await salma.types(NONSENSE)
    assert await salma.focus() == "roadmap"
    assert [each.text for each in await kept(salma, "missed")] == [NONSENSE]


async def test_a_notice_opens_the_case_and_leads_back(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.presses_data("1:flow:licence")
    await salma.presses("إجاباتي")
    await salma.presses_data("1:go:change:papers-held")
    await salma.presses_data("1:toggle:papers-held:registered-lease")
    stood = salma.screen
    await salma.presses_data(f"1:n:{case_of(case.lead)}")
    assert await salma.focus() == case_of(case.lead)
    await salma.types("سؤال")
    await salma.presses_data(f"1:n:{case_of(case.lead)}")
    await salma.presses("رجوع إلى حيث كنتم")
    assert salma.screen == stood, "with what was ticked already"
    assert await case.crossed() == ["سؤال"]


async def test_from_the_menu_the_case_leads_to_the_menu(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.presses_data(f"1:go:{case_of(case.lead)}")
    assert "رجوع إلى حيث كنتم" not in salma.labels
    await salma.presses_data("1:back")
    assert await salma.focus() == case_of(case.lead), "an old button shows where they stand"


async def test_a_closed_case_takes_nothing(case: Case) -> None:
    salma = case.salma
    copy = await case.officer_writes("تم")
    await case.closes()
    await salma.commands("/menu")
    await salma.types("شكراً", reply_to=copy)
    assert "هذا الطلب مغلق" in salma.text
    assert await salma.focus() == case_of(case.lead)
    assert "يصل إلى" not in salma.text
    await salma.types("قرض بلا كفيل")
    assert await salma.focus() == "found", "there, a text is a search"
    await salma.sends("photo", PHOTO)
    assert "لا نستطيع قراءة الصور" in salma.text
    assert await case.crossed() == ["تم"]


async def test_a_case_that_closes_while_something_waits_for_it(case: Case) -> None:
    salma = case.salma
    await salma.commands("/menu")
    await salma.sends("photo", PHOTO)
    await case.closes()
    await salma.presses_data(f"1:post:{case.lead.reference}")
    assert await salma.focus() != "post"
    assert await case.crossed() == []


async def test_an_edit_crosses_and_is_said_to(case: Case) -> None:
    salma = case.salma
    await salma.types("غداً")
    number = salma.sent
    await salma.edits(Content("text", "بعد غد"), number)
    assert "أُرسل تعديلكم" in salma.text
    assert await case.crossed() == ["بعد غد"]
    await salma.edits(Content("text", "x"), 1)
    assert "تعديل رسالة سابقة لا يغيّر" in salma.text

    await salma.commands("/menu")
    await salma.types(NONSENSE)
    await salma.edits(Content("text", "فنكوش آخر"), salma.sent)
    assert "فنكوش آخر" in salma.text
    await salma.presses(case.lead.reference)
    assert await case.crossed() == ["بعد غد", "فنكوش آخر"]


async def test_a_reply_in_somebody_elses_case_is_no_reply(case: Case, salma: Citizen) -> None:
    omar = Citizen(salma.store, salma.conversation, telegram=1002, name="عمر")
    await omar.commands("/start")
    await omar.presses("العربية")
    await omar.types("مرحبا", reply_to=3, quoted=(case.lead.reference,))
    assert await case.crossed() == []
    assert case.lead.reference not in omar.text


async def test_who_comes_back_is_marked_as_back(case: Case) -> None:
    number = case.lead.citizen or 0
    await case.salma.store.run(lambda tx: absence.left(tx, number))
    await case.salma.commands("/menu")
    known = await case.salma.store.run(lambda tx: citizens.get(tx, number))
    assert known is not None
    assert not known.blocked
    assert (await case.talk.country.history(case.lead.id))[-1] == "came-back"


async def test_a_message_taken_before_is_not_taken_again(case: Case) -> None:
    message = case.talk.message("مرة", None, case.salma.telegram, 7)
    taken = [
        await case.salma.store.run(lambda tx: relay.from_citizen(tx, case.lead.id, message))
        for _ in range(2)
    ]
    assert taken == [True, False]


async def test_without_any_office_it_is_kept(salma: Citizen) -> None:
    await asked_how_to_be_reached(salma)
    await salma.presses("اكتبوا لي هنا")
    assert "يُحفظ، ويصل إلى المكتب حين يتصل" in salma.text
    await salma.types(NONSENSE)
    assert "حُفظت رسالتكم" in salma.text


async def test_in_english(case: Case) -> None:
    salma = case.salma
    await salma.presses("English")
    assert "What you write or send now goes to the Homs promotion office." in salma.text
    await salma.types(NONSENSE)
    assert "Your message was sent to the Homs promotion office." in salma.text
    await salma.commands("/menu")
    await salma.sends("photo", PHOTO)
    assert "To which request shall we send this?" in salma.text


async def test_a_repeated_photo_while_asked_is_asked_about_once(case: Case) -> None:
    """At most ten wait, the newest."""
    salma = case.salma
    await salma.commands("/menu")
    for name in range(12):
        await salma.sends("photo", replace(PHOTO, file=f"file-{name}"))
    await salma.presses(case.lead.reference)
    found = await case.talk.crossed(case.lead)
    assert [each.content["file"] for each in found] == [f"file-{name}" for name in range(2, 12)]
