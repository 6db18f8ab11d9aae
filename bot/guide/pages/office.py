"""What an office says of itself, on pages that citizens and officers read."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.engine.profile import FIELDS, Fact, Field, Profile
from bot.guide.direction import isolated
from bot.guide.pages import figures
from bot.guide.pages.layout import stacked
from bot.guide.screen import Button
from bot.guide.shelf import Edition
from bot.guide.voice import Voice

LONGEST_ADDRESS = 200
"""Characters of an address."""
MOST_PHONES = 4
MAP = "https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=17/{lat:.5f}/{lon:.5f}"


def office_text(edition: Edition, profile: Profile, *, unknown: bool = True) -> Markup:
    """Address, phones and hours as the office confirmed them, and on which day.

    ``unknown``: what it has not said is named as well, as something to ask it.
    """
    voice = edition.voice
    known = [field for field in FIELDS if field in profile.facts]
    days = {profile.facts[field].day for field in known}
    lines = []
    for field in known:
        said = _fact(voice, profile, field)
        if len(days) > 1:
            day = figures.day(profile.facts[field].day, voice)
            said = voice.say("place.confirmed-line", fact=said, day=day)
        lines.append(said)
    if len(days) == 1:
        lines.append(voice.say("place.confirmed", day=figures.day(days.pop(), voice)))
    missing = [voice.plain(f"place.name.{field}") for field in FIELDS if field not in known]
    if unknown and missing:
        names = voice.plain("list.and").join(missing)
        lines.append(voice.say("place.unknown", what=names))
    return stacked(lines)


def map_button(voice: Voice, profile: Profile) -> Button | None:
    """Opens the office's place on a map, if it is known."""
    if profile.place is None:
        return None
    latitude, longitude = profile.place
    return Button(voice.plain("place.map"), url=MAP.format(lat=latitude, lon=longitude))


def _fact(voice: Voice, profile: Profile, field: Field) -> Markup:
    match field:
        case "address":
            return voice.say("place.address", address=isolated(profile.address or ""))
        case "phones":
            numbers = voice.plain("list.and").join(map(isolated, profile.phones))
            return voice.say("place.phones", phones=numbers)
        case "hours":
            opens, closes = profile.hours or ("", "")
            return voice.say("place.hours", opens=isolated(opens), closes=isolated(closes))
        case "place":
            return voice.say("place.place")


def longest(letter: str) -> Profile:
    """An office that has said as much as it can, each thing on another day."""
    days = [date(2026, 11, 20 + place) for place in range(len(FIELDS))]
    phones = [f"+9639441234{place:02}" for place in range(MOST_PHONES)]
    said = (letter * LONGEST_ADDRESS, phones, ["08:30", "15:00"], ["34.73", "36.71"])
    facts = zip(FIELDS, said, days, strict=True)
    return Profile({field: Fact(value, day) for field, value, day in facts})
