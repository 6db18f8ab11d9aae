"""What an office says of itself, where citizens read it."""

from __future__ import annotations

from datetime import date

from bot.store import offices, profiles
from bot.store.store import Transaction
from tests.conversation.citizen import Citizen
from tests.conversation.test_a_walk import to_the_roadmap

MAP = "https://www.openstreetmap.org/?mlat=34.73240&mlon=36.71370#map=17/34.73240/36.71370"


async def homs_says(person: Citizen) -> None:
    """The office of Homs is bound, and has said all but when it is open. Invented."""

    def work(tx: Transaction) -> None:
        offices.bind(tx, "homs", -1001, "Homs")
        officer = offices.save_officer(tx, "homs", 501, "Samer", "confirmed", administrator=True)
        day = date(2026, 11, 22)
        profiles.put(tx, "homs", "address", "شارع <تجريبي>", officer.number, day)
        profiles.put(tx, "homs", "phones", ["+963311111111"], officer.number, day)
        profiles.put(tx, "homs", "place", ["34.732400", "36.713700"], officer.number, day)

    await person.store.run(work)


def has_word_of_homs(person: Citizen) -> bool:
    urls = [button.url for row in person.screen.rows for button in row if button.url]
    said = ("شارع &lt;تجريبي&gt;", "\u2068+963311111111\u2069", "أكّد المكتب ذلك في 22 تشرين الثاني")
    return MAP in urls and all(each in person.text for each in said)


async def test_the_governorates_page_shows_it_and_what_is_not_known(salma: Citizen) -> None:
    await homs_says(salma)
    await salma.commands("/start")
    await salma.presses("العربية")
    await salma.presses_data("1:n:governorate:homs")
    assert has_word_of_homs(salma)
    assert "اسألوا المكتب: ساعات الدوام." in salma.text
    await salma.presses_data("1:n:governorate:hama")
    assert "اسألوا المكتب: العنوان، الهاتف، ساعات الدوام، الموقع على الخريطة." in salma.text
    assert not [b for row in salma.screen.rows for b in row if b.url]


async def test_it_is_told_before_consent_and_beside_the_case(salma: Citizen) -> None:
    await homs_says(salma)
    await to_the_roadmap(salma)
    await salma.presses("صِلوني بالمكتب")
    assert has_word_of_homs(salma)
    assert "غير معروف لدينا" not in salma.text, "there is enough to read before one agrees"
    await salma.presses("أوافق")
    await salma.presses("اكتبوا لي هنا")
    assert has_word_of_homs(salma)
    assert "اسألوا المكتب: ساعات الدوام." in salma.text


async def test_an_office_that_said_nothing_adds_nothing_to_the_consent(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    await salma.presses("صِلوني بالمكتب")
    assert "أكّد المكتب" not in salma.text
    assert "اسألوا المكتب: العنوان" not in salma.text


async def test_in_english_too(salma: Citizen) -> None:
    await homs_says(salma)
    await salma.commands("/start")
    await salma.presses("English")
    await salma.presses_data("1:n:governorate:homs")
    assert "Confirmed by the office on 22 November 2026." in salma.text
    assert "ask the office: hours." in salma.text
    assert "On the map" in salma.labels
