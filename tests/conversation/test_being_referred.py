"""Consent, how to be reached, the reference; and being forgotten."""

from __future__ import annotations

import pytest

from bot.store import leads, outbox
from bot.store.leads import Lead
from tests.conversation.citizen import Citizen
from tests.conversation.test_a_walk import to_the_roadmap


async def asked_how_to_be_reached(person: Citizen) -> None:
    await to_the_roadmap(person)
    await person.presses("صِلوني بالمكتب")
    await person.presses("أوافق")


async def all_leads(person: Citizen) -> list[Lead]:
    return await person.store.run(lambda tx: leads.all_leads(tx, None))


async def test_consent_names_every_field_and_the_office(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    await salma.presses("إجاباتي")
    answers = [line for line in salma.text.splitlines() if line.startswith("\u200f•")]
    await salma.presses("إلى خارطة الطريق")
    await salma.presses("صِلوني بالمكتب")
    assert "حمص" in salma.text.splitlines()[0]
    for line in answers:
        assert line in salma.text
    assert await all_leads(salma) == []


async def test_nothing_is_sent_without_consent(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    await salma.presses("صِلوني بالمكتب")
    await salma.presses("لا، ليس الآن")
    assert "خارطة طريقكم" in salma.text
    await salma.shares("963944123456")
    assert "لم نطلبه" in salma.text
    await salma.presses_data("1:here:licensing")
    assert await all_leads(salma) == []


@pytest.mark.parametrize("way", ["contact", "typed", "here"])
async def test_a_citizen_chooses_how_to_be_reached(salma: Citizen, way: str) -> None:
    await asked_how_to_be_reached(salma)
    assert salma.last
    assert salma.last.keyboard
    assert salma.last.keyboard.share
    match way:
        case "contact":
            await salma.shares("963944123456")
        case "typed":
            await salma.types("0944 123 456")
        case "here":
            await salma.presses("اكتبوا لي هنا")
    [lead] = await all_leads(salma)
    assert salma.last.keyboard
    assert salma.last.keyboard.share is None
    expected = {"here": True} if way == "here" else {"phone": "+963944123456"}
    assert lead.sealed["contact"] == expected
    assert f"<code>{lead.reference}</code>" in salma.text
    assert "0944" not in salma.text
    assert lead.reference in [b.copy for row in salma.screen.rows for b in row]


async def test_somebody_elses_contact_and_nonsense_are_refused(salma: Citizen) -> None:
    await asked_how_to_be_reached(salma)
    await salma.shares("963944123456", own=False)
    assert "شخص آخر" in salma.text
    await salma.types("ما عندي رقم")
    assert "لم نفهم الرقم" in salma.text
    assert await all_leads(salma) == []


async def test_asking_twice_makes_one_lead(salma: Citizen) -> None:
    await asked_how_to_be_reached(salma)
    await salma.presses("اكتبوا لي هنا")
    await salma.presses("إلى خارطة الطريق")
    await salma.presses("صِلوني بالمكتب")
    await salma.presses("أوافق")
    await salma.types("0944123456")
    assert len(await all_leads(salma)) == 1


async def test_without_any_office_the_citizen_is_told_that_the_lead_waits(salma: Citizen) -> None:
    await asked_how_to_be_reached(salma)
    await salma.presses("اكتبوا لي هنا")
    assert "لا مكتب متصل" in salma.text
    await salma.commands("/menu")
    await salma.presses("طلبي")
    assert "لا مكتب متصل" in salma.text


async def test_names_with_markup_are_kept_as_words(salma: Citizen) -> None:
    salma.name = "<b>سلمى</b>\u202e" + "ا" * 200
    await asked_how_to_be_reached(salma)
    await salma.presses("اكتبوا لي هنا")
    [lead] = await all_leads(salma)
    assert lead.sealed["name"].startswith("<b>سلمى</b>")
    assert "\u202e" not in lead.sealed["name"]
    assert len(lead.sealed["name"]) <= 64


async def test_erasing_forgets_the_person_after_one_confirmation(salma: Citizen) -> None:
    await asked_how_to_be_reached(salma)
    await salma.types("0944123456")
    await salma.commands("/delete")
    await salma.presses("لا، لا تحذفوا")
    assert len(await all_leads(salma)) == 1
    await salma.commands("/delete")
    reply = await salma.presses("نعم، احذفوا")
    assert reply.citizen == 0
    [lead] = await all_leads(salma)
    assert (lead.state, lead.outcome) == ("resolved", "withdrawn")
    assert (lead.citizen, lead.sealed) == (None, {})
    assert await salma.store.run(lambda tx: [row.to for row in outbox.due(tx)]) == []
    await salma.presses_data("1:erase")
    assert salma.labels == ["العربية", "English"]
