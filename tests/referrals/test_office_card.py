"""What an office says of itself: asked in its group, answered by a reply, read by citizens."""

from __future__ import annotations

from typing import Any

import pytest

from bot.engine.profile import Profile
from bot.engine.readers import Accepted, Refused, read_hours
from bot.guide.pages.office import map_button, office_text
from bot.referrals.case import clock
from bot.referrals.content import Content
from bot.referrals.menu.office_card import read_fact
from bot.store import profiles
from tests.referrals.country import HOMS, NOUR, SAMER, Country
from tests.referrals.menu import goes, labels, opened, replies

PIN = Content("location", place=(34.7324, 36.7137))


async def ready(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)


async def ask(country: Country, field: str) -> None:
    """A lead presses the thing to be set, and the bot asks."""
    await goes(country, "card-of-office", f"fact/{field}")
    await country.deliver()


async def card(country: Country) -> Profile:
    return await country.store.run(lambda tx: profiles.get(tx, "homs"))


async def test_a_lead_sets_each_thing_by_a_reply(country: Country) -> None:
    await ready(country)
    said: dict[str, Content | str] = {
        "address": "شارع الدبلان، قرب <الساعة>",
        "phones": "031-2212345\n٠٩٤٤١٢٣٤٥٦",
        "hours": "٨:٣٠ - ١٥:٠٠",
        "place": PIN,
    }
    for field, value in said.items():
        await ask(country, field)
        assert country.last(HOMS).rows == ()
        heard = await replies(country, value)
        assert heard.said is not None
        assert "سيقرؤه الناس هكذا" in heard.said.text
    known = await card(country)
    assert known.address == "شارع الدبلان، قرب <الساعة>"
    assert known.phones == ("+963312212345", "+963944123456")
    assert known.hours == ("08:30", "15:00")
    assert known.place == (34.7324, 36.7137)
    _, text = await goes(country, "card-of-office")
    assert "&lt;الساعة&gt;" in text
    assert "\u2068+963312212345\u2069" in text
    assert "أكّد المكتب ذلك في 22 تشرين الثاني 2026." in text
    assert "غير معروف" not in text
    urls = [button.url for button in country.buttons(HOMS) if button.url]
    assert urls == [
        "https://www.openstreetmap.org/?mlat=34.73240&mlon=36.71370#map=17/34.73240/36.71370"
    ]


async def test_what_cannot_be_understood_is_asked_again_with_the_reason(country: Country) -> None:
    await ready(country)
    await ask(country, "hours")
    heard = await replies(country, "15:00-8:30")
    assert heard.said is None
    again = country.last(HOMS).text
    assert "نهاية الدوام ليست بعد بدايته" in again
    assert "ردّوا على هذه الرسالة" in again
    assert (await card(country)).hours is None
    await replies(country, "8:30-15:00")
    assert (await card(country)).hours == ("08:30", "15:00")


async def test_the_first_question_can_still_be_answered_after_a_bad_answer(
    country: Country,
) -> None:
    await ready(country)
    await ask(country, "phones")
    first = max(country.chats[HOMS])
    await replies(country, "لا أعرف")
    await replies(country, "0944123456", to=first)
    assert (await card(country)).phones == ("+963944123456",)


async def test_only_a_lead_may_say_what_is_so(country: Country) -> None:
    await ready(country)
    await country.confirm(NOUR)
    said = await opened(country, NOUR)
    assert "بطاقة المكتب" in labels(said)
    await country.press(HOMS, NOUR, "card-of-office")
    assert [b.press for b in country.buttons(HOMS)] == ["o:office:0"]
    for data in ("fact:0:hours", "fact-set:0:hours", "fact-gone:0:hours", "still-right:0"):
        assert (await country.forge(HOMS, NOUR, f"o:{data}", 1)).alert
    await ask(country, "hours")
    heard = await replies(country, "8:30-15:00", NOUR)
    assert heard.said is not None
    assert "لمشرفي المجموعة" in heard.said.text
    assert (await card(country)).hours is None


async def test_it_is_confirmed_anew_or_taken_off(country: Country) -> None:
    await ready(country)
    await ask(country, "address")
    await replies(country, "شارع الدبلان")
    country.clock.later(days=40)
    await ask(country, "hours")
    await replies(country, "8-14")
    _, text = await goes(country, "card-of-office")
    assert "أكّده المكتب في 22 تشرين الثاني 2026" in text
    assert "أكّده المكتب في 1 كانون الثاني 2027" in text
    _, text = await goes(country, "card-of-office", "still-right")
    assert "أكّد المكتب ذلك في 1 كانون الثاني 2027." in text
    _, text = await goes(country, "card-of-office", "fact/address", "fact-gone/address")
    assert "الدبلان" not in text
    assert (await card(country)).address is None
    _, text = await goes(country, "card-of-office", "fact/hours", "fact-set/hours")
    await country.deliver()
    await replies(country, "9-13")
    assert (await card(country)).hours == ("09:00", "13:00")


async def test_the_hours_of_an_office_count_for_its_deadlines(country: Country) -> None:
    await ready(country)
    lead = await country.refer(await country.citizen())
    country.clock.later(hours=4)  # Sunday, four in the afternoon: the guide's offices are closed
    await country.deliver()
    now = await country.lead(lead.id)

    async def due() -> str:
        day = await country.store.run(lambda tx: clock.due(tx, country.shelf, now))
        return f"{day:%A %H:%M}"

    assert await due() == "Wednesday 08:00"
    await ask(country, "hours")
    await replies(country, "9:00-17:00")
    assert await due() == "Tuesday 16:00"


@pytest.mark.parametrize(
    ("field", "said", "expected"),
    [
        ("address", "حمص، شارع الدبلان", "حمص، شارع الدبلان"),
        ("address", "12345", "not-address"),
        ("address", "م" * 201, "too-long"),
        ("address", PIN, "not-text"),
        ("phones", "0944123456, 031 2212345", ["+963944123456", "+963312212345"]),
        ("phones", "0944123456\n0944123456", ["+963944123456"]),
        ("phones", "0944123456 0933123456", "not-phones"),
        ("phones", "اسألوا", "not-phones"),
        ("phones", "\n".join(f"094412345{n}" for n in range(5)), "too-many-phones"),
        ("hours", "لا أعرف", "not-hours"),
        ("place", "في حمص", "not-place"),
        ("place", Content("location", place=(48.85, 2.35)), "not-in-syria"),
        ("place", PIN, ["34.732400", "36.713700"]),
    ],
)
def test_what_officers_reply_is_read(field: Any, said: Content | str, expected: Any) -> None:
    content = Content("text", said) if isinstance(said, str) else said
    read = read_fact(field, content)
    assert (read.value if isinstance(read, Accepted) else read.reason) == expected
    assert read_fact(field, None) == Refused("not-place" if field == "place" else "not-text")


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("8:30-15:00", ("08:30", "15:00")),
        ("٨:٣٠ - ١٥:٠٠", ("08:30", "15:00")),
        ("من الساعة 8 صباحاً إلى الساعة 3 مساءً", ("08:00", "15:00")),
        ("الدوام 9 حتى 14", ("09:00", "14:00")),
        ("8.30 to 2.30 pm", ("08:30", "14:30")),
        ("8-3", "hours-reversed"),
        ("8:75-9", "not-hours"),
        ("25-26", "not-hours"),
        ("8:30-15:00 و 17:00", "not-hours"),
        ("من الصباح إلى المساء", "not-hours"),
        ("", "not-hours"),
    ],
)
def test_hours_are_read(said: str, hours: Any) -> None:
    read = read_hours(said)
    assert (tuple(read.value) if isinstance(read, Accepted) else read.reason) == hours  # type: ignore[arg-type]


def test_what_is_not_known_is_said_to_be_unknown(country: Country) -> None:
    for language, said in (("ar", "اسألوا المكتب"), ("en", "ask the office")):
        edition = country.shelf.edition(language)
        assert said in office_text(edition, Profile())
        assert office_text(edition, Profile(), unknown=False) == ""
        assert map_button(edition.voice, Profile()) is None
