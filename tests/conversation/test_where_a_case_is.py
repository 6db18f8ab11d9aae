"""A citizen sees who has their case, since when, and who was asked about it."""

from __future__ import annotations

from datetime import datetime

from bot.referrals.case.officers import Who
from bot.referrals.content import Content, Message
from bot.referrals.ground import local_day
from bot.store import leads, offices
from bot.store.leads import Lead
from bot.store.prompts import Prompt
from bot.store.prompts import put as put_prompt
from bot.store.store import Transaction
from tests.conversation.citizen import Citizen
from tests.conversation.test_being_referred import asked_how_to_be_reached

HOMS, CORP = -2001, -2002
SAMER = Who(501, "Samer", administrator=True)
HUDA = Who(601, "Huda", administrator=True)


async def bind(salma: Citizen, office: str, chat: int, who: Who) -> None:
    def work(tx: Transaction) -> None:
        code = offices.invite(tx, office)
        salma.conversation.referrals.bind(tx, code, chat, "Office", [who])

    await salma.store.run(work)


async def press(salma: Citizen, chat: int, who: Who, verb: str, lead: Lead, value: str = "") -> str:
    data = f"o:{verb}:{lead.id}{':' if value else ''}{value}"
    answer = await salma.store.run(
        lambda tx: salma.conversation.referrals.press(tx, chat, who, data, 1)
    )
    return answer.toast


async def case_in_hand(salma: Citizen) -> Lead:
    """Salma's case, taken by Samer in Homs."""
    await bind(salma, "homs", HOMS, SAMER)
    await bind(salma, "guarantee-corp", CORP, HUDA)
    await asked_how_to_be_reached(salma)
    await salma.presses("اكتبوا لي هنا")
    [lead] = await salma.store.run(lambda tx: leads.all_leads(tx, None))
    await press(salma, HOMS, SAMER, "take", lead)
    return lead


async def looked_at(salma: Citizen, lead: Lead, language: str = "ar") -> str:
    await salma.presses_data(f"1:n:case:{lead.reference}")
    if language == "en":
        await salma.presses("English")
    return salma.text


async def test_a_case_is_with_its_office_since_it_came_there(salma: Citizen) -> None:
    lead = await case_in_hand(salma)
    assert "الطلب عند مكتب الترويج في حمص منذ " in await looked_at(salma, lead)
    assert "with the Homs promotion office since " in await looked_at(salma, lead, "en")


async def test_who_was_asked_is_named(salma: Citizen) -> None:
    lead = await case_in_hand(salma)

    def ask(tx: Transaction) -> None:
        put_prompt(tx, Prompt(HOMS, 5, "ask:guarantee-corp", lead.id))
        question = Message(HOMS, 6, Content("text", "هل الضمان متاح؟"), reply_to=5)
        salma.conversation.referrals.heard(tx, SAMER, question, edited=False)

    await salma.store.run(ask)
    assert "سُئلت جهة أخرى في" in await looked_at(salma, lead)
    assert "مؤسسة ضمان مخاطر القروض" in salma.text
    assert "مكتب الترويج في حمص" in salma.text
    assert "هل الضمان متاح" not in salma.text
    assert "Loan Risk Guarantee Corporation" in await looked_at(salma, lead, "en")


async def test_a_case_that_was_passed_on_is_with_the_other_desk_from_then_on(
    salma: Citizen,
) -> None:
    lead = await case_in_hand(salma)
    await press(salma, HOMS, SAMER, "offer", lead, "guarantee-corp")
    assert "مؤسسة ضمان" not in await looked_at(salma, lead), "an offer is no news yet"
    await press(salma, CORP, HUDA, "take-over", lead)
    assert "الطلب عند مؤسسة ضمان مخاطر القروض منذ " in await looked_at(salma, lead)
    moment = await salma.store.run(_taken_over)
    assert str(local_day(moment).year) in salma.text
    await press(salma, CORP, HUDA, "end", lead, "guaranteed")
    assert "منذ" not in await looked_at(salma, lead)


def _taken_over(tx: Transaction) -> datetime:
    [lead] = leads.all_leads(tx, None)
    return next(each.at for each in leads.events(tx, lead.id) if each.kind == "taken-over")
