"""The texts of the directory: bodies, governorates, and the days on which offices are open."""

from __future__ import annotations

from markupsafe import Markup

from bot.engine.guide import Guide
from bot.engine.profile import NOTHING_SAID, Profile
from bot.guide.pages import figures
from bot.guide.pages.layout import stacked
from bot.guide.pages.office import office_text
from bot.guide.pages.question import paragraphs
from bot.guide.pages.step import laws_line
from bot.guide.pages.trust import sources_text
from bot.guide.shelf import Edition


def body_text(edition: Edition, name: str) -> Markup:
    """An institution: what it is for, whether it works, on which laws it rests."""
    body, words, voice = edition.guide.bodies[name], edition.words.bodies[name], edition.voice
    kind = voice.plain(f"body-kind.{body.kind}")
    cited = (*body.sources, *([body.status.source] if body.status else []))
    return paragraphs(
        Markup("<b>{}</b>\n{}").format(words.name, kind),
        Markup("{}").format(words.about),
        _status(edition, name),
        laws_line(edition, body.laws),
        voice.say("step.counter-unknown"),
        sources_text(edition, cited),
    )


def _status(edition: Edition, name: str) -> Markup:
    status = edition.guide.bodies[name].status
    if status is None:
        return Markup("")
    undated = status.on == "unknown"
    day = edition.voice.plain("source.undated") if undated else status.on
    return edition.voice.say(f"body-status.{status.state}", day=day)


def office_in(guide: Guide, governorate: str) -> str:
    """The promotion office that answers in a governorate."""
    return next(
        (
            office
            for office, data in guide.offices.items()
            if data.governorate == governorate and data.body is None
        ),
        guide.head_office,
    )


def governorate_text(edition: Edition, name: str, profile: Profile = NOTHING_SAID) -> Markup:
    """What is different in a governorate, and which office answers there, as it says itself."""
    words, voice = edition.words.governorates[name], edition.voice
    office = edition.words.offices[office_in(edition.guide, name)]
    return paragraphs(
        Markup("<b>{}</b>").format(words.name),
        Markup("{}").format(words.about),
        stacked([voice.say("governorate.office", office=office), office_text(edition, profile)]),
        sources_text(edition, edition.guide.governorates[name].sources),
    )


def calendar_text(edition: Edition) -> Markup:
    """Working days and public holidays, as far as they are published."""
    calendar, voice = edition.guide.calendar, edition.voice
    week = calendar.week
    days = [voice.plain(f"weekday.{day}") for day in week.working] if week else []
    lines = [
        figures.bullet(_holiday(edition, holiday.id, holiday.on), voice)
        for holiday in calendar.holidays
    ]
    cited = [week.source] if week else []
    cited += [holiday.source for holiday in calendar.holidays]
    return paragraphs(
        voice.say("calendar.title"),
        voice.say("calendar.week", days=voice.plain("list.and").join(days)) if days else Markup(""),
        voice.say("calendar.hours-unknown"),
        Markup("\n").join([voice.say("calendar.holidays"), *lines]) if lines else Markup(""),
        sources_text(edition, cited),
    )


def _holiday(edition: Edition, name: str, on: str) -> Markup:
    voice, title = edition.voice, edition.words.holidays[name]
    if on == "unknown":
        return voice.say("calendar.moves", name=title)
    return voice.say("calendar.holiday", name=title, day=figures.yearly(on, voice))
