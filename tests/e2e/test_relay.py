"""An officer and a citizen write to each other, over HTTP, and neither sees who the other is."""

from __future__ import annotations

import base64
from functools import partial
from pathlib import Path
from typing import Any

from bot.store import leads
from bot.store.leads import Lead
from tests.e2e import walks
from tests.town import Json, Person, Town, carried, town

LEASE = base64.b64encode(b"%PDF the lease").decode()
FILE: Json = {"data": LEASE, "file_name": "سلمى الحمصي.pdf", "mime_type": "application/pdf"}
PICTURE: Json = {"data": base64.b64encode(b"JPEG").decode(), "file_name": "salma.jpg"}
SECRETS = ("سلمى الحمصي", "salma", "963900000000", str(walks.SALMA["id"]), str(walks.HEAD["id"]))
SECRETS += (walks.HEAD["first_name"],)


async def sends(person: Person, to: Json | None = None, **content: Any) -> Json:
    """Somebody sends something, perhaps as a reply."""
    wish = {"chat_id": person.chat, "from": person.user, **content}
    if to is not None:
        wish["reply_to_message_id"] = to["message_id"]
    sent: Json = await person.town.tell("send", **wish)
    return sent


async def gets(person: Person, words: str, kind: str = "message_id") -> Json:
    """Waits for a message of the bot with these words, also below a file of this kind; gives it."""
    found: list[Json] = []

    async def there() -> bool:
        await person.look()
        texts = ((m, m.get("text", "") + m.get("caption", "")) for m in person.seen)
        found[:] = [m for m, text in texts if words in text and m["from"]["is_bot"] and kind in m]
        return bool(found)

    await person.town.until(there)
    return found[-1]


async def thumbed(person: Person, message: Json) -> None:
    """Waits until the message has its thumb."""

    async def there() -> bool:
        await person.look()
        own = next(m for m in person.seen if m["message_id"] == message["message_id"])
        return [each["emoji"] for each in own.get("reactions", [])] == ["👍"]

    await person.town.until(there)


async def in_hand(place: Town) -> tuple[Person, Person, Lead]:
    """Salma's case, which the head of the office of Homs has taken."""
    office = await walks.opened(place, "homs")
    citizen = await walks.is_referred(place)
    await walks.lead_card(office)
    await office.taps("o:take:1")
    lead = await place.dalil.store.run(partial(leads.get, id=1))
    assert lead is not None
    return office, citizen, lead


async def test_everything_crosses_as_a_copy(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        office, citizen, lead = await in_hand(place)
        case = f"1:n:case:{lead.reference}"
        card = await office.offered("o:phone:1")
        asked = await sends(office, card, text="أرسلوا عقد الإيجار")
        copy = await gets(citizen, "أرسلوا عقد الإيجار")
        assert case in carried(copy)
        await thumbed(office, asked)

        await citizen.taps("1:n:roadmap")
        stood = citizen.screen["text"]
        document = await sends(citizen, copy, document=FILE, caption="هذا هو")
        arrived = await gets(office, "هذا هو")
        assert arrived["document"]["file_name"] == f"{lead.reference}-2.pdf"
        file = place.telegram.world.files.by_id(arrived["document"]["file_id"])
        assert file.upload.data == b"%PDF the lease"
        await thumbed(citizen, document)
        note = "letters.sent"
        name = place.dalil.guide.shelf.words["ar"].offices["homs"]
        same = await gets(citizen, place.voice(note, office=name))
        assert same["text"].endswith(stood), "the citizen stays where they were"

        await sends(office, arrived, voice={"data": LEASE})
        heard = await gets(citizen, lead.reference, "voice")
        photo = await sends(citizen, heard, photo=PICTURE)
        await thumbed(citizen, photo)
        seen = [m for m in await place.messages(office.chat) if "photo" in m]
        assert len(seen) == 1

        words = await sends(citizen, copy, text="غداً")
        await gets(office, "غداً")
        wish = {"chat_id": citizen.chat, "from": citizen.user, "message_id": words["message_id"]}
        await place.tell("edit", **wish, text="بعد غد")
        await gets(office, "بعد غد")
        await place.settles()

        for chat, others in ((office.chat, SECRETS[:-1]), (citizen.chat, SECRETS[-2:])):
            for message in await place.messages(chat):
                if message["from"]["is_bot"] and message["message_id"] > 1:
                    _names_nobody(message, others)


def _names_nobody(message: Json, secrets: tuple[str, ...]) -> None:
    said = message.get("text", "") + message.get("caption", "")
    said += message.get("document", {}).get("file_name", "")
    assert not [secret for secret in secrets if secret in said], said


async def test_a_citizen_with_two_cases_who_just_writes_is_asked_which(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        office, citizen, lead = await in_hand(place)
        await citizen.types("/menu")
        await citizen.types("زقطبلا فنكوش")
        await citizen.taps(f"1:post:{lead.reference}")
        await gets(office, "زقطبلا فنكوش")
        await citizen.taps("1:go:case:" + lead.reference)
        await citizen.types("وهذه أيضاً")
        await gets(office, "وهذه أيضاً")
        await sends(office, text="من هذا؟")
        await gets(office, place.voice("relay.told"))
        await place.settles()
        assert not [m for m in await place.messages(citizen.chat) if "من هذا؟" in str(m)]
