"""The citizen's road and the office's door, by what buttons carry: editors may change any word."""

from __future__ import annotations

from functools import partial

from bot.store import offices
from tests.town import Json, Person, Town

HEAD: Json = {"id": 801, "first_name": "سامر", "language_code": "ar"}
SECOND: Json = {"id": 802, "first_name": "رنا", "language_code": "ar"}
MEMBER: Json = {"id": 803, "first_name": "هالة", "language_code": "ar"}
SALMA: Json = {"id": 501, "first_name": "سلمى", "language_code": "ar"}


def questions(governorate: str = "homs") -> list[str]:
    """A workshop in rented rooms, from the menu to the roadmap."""
    return [
        "1:flow:licence",
        f"1:answer:governorate:{governorate}",
        "1:answer:sector:craft",
        "1:answer:legal-form:individual",
        "1:answer:effort:hand-work",
        "1:answer:premises:rented",
        "1:answer:nuisance:no",
        "1:unsure:workers",
        "1:answer:wants-trademark:no",
        "1:toggle:papers-held:registered-lease",
        "1:enough:papers-held",
    ]


async def arrives(place: Town, user: Json = SALMA, language: str = "ar") -> Person:
    """Somebody new at the menu."""
    citizen = Person(place, user)
    await citizen.types("/start")
    await citizen.taps(f"1:language:{language}")
    return citizen


async def reaches_the_roadmap(
    place: Town, user: Json = SALMA, governorate: str = "homs", language: str = "ar"
) -> Person:
    """Somebody who answered everything."""
    citizen = await arrives(place, user, language)
    await citizen.taps(*questions(governorate))
    return citizen


async def is_referred(
    place: Town, user: Json = SALMA, governorate: str = "homs", phone: str = "+963900000000"
) -> Person:
    """Somebody who agreed to be put in touch with the office, and gave a number."""
    citizen = await reaches_the_roadmap(place, user, governorate)
    await citizen.taps("1:go:consent:licensing", "1:agree:licensing")
    await citizen.shares_contact(phone)
    return citizen


async def invited(place: Town, office: str) -> str:
    """A code for a group that is to be this office's."""
    return await place.dalil.store.run(partial(offices.invite, office=office))


async def founded(place: Town, title: str, **more: object) -> Person:
    """A group with the bot as its administrator, seen by its head."""
    wish = {"title": title, "members": [HEAD, SECOND, MEMBER], "admins": [SECOND["id"]]}
    chat = await place.tell("groups", **(wish | {"bot_admin": True} | more))
    return Person(place, HEAD, chat["id"])


async def opened(place: Town, office: str) -> Person:
    """The group of an office that was bound as officers do it."""
    head = await founded(place, office)
    await head.types(f"/bind {await invited(place, office)}")
    name = place.dalil.guide.shelf.words["ar"].offices[office]
    await head.hears(place.voice("office.bound", office=name))
    return head


async def lead_card(person: Person, lead: int = 1) -> Json:
    """The card of a lead that nobody has taken."""
    return await person.offered(f"o:take:{lead}")


def other(person: Person, user: Json) -> Person:
    """Somebody else in the same chat."""
    return Person(person.town, user, person.group)
