"""What an office's group sees: a lead's card, and the question whether a member may act.

A phone number is on no card. The name is there once an officer has taken the lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.engine.readers import clean
from bot.engine.replay import accepts, carry
from bot.guide.direction import isolated
from bot.guide.pages import figures
from bot.guide.pages.question import answer_line, paragraphs
from bot.guide.screen import Button, Rows, Screen, in_rows
from bot.guide.shelf import Edition
from bot.guide.voice import Voice
from bot.referrals import routing
from bot.store import leads, offices
from bot.store.leads import UNCLAIMED, Event, Lead
from bot.store.offices import Officer
from bot.store.store import Transaction

GROUP_LANGUAGE = "ar"
"""Offices work in Arabic."""
DAMASCUS = ZoneInfo("Asia/Damascus")
LONGEST_NAME = 60
ROOM_FOR_ANSWERS = 2800
"""UTF-16 units: what is left of a message after everything else on the longest card."""
KNOWN_CAUSES = ("no-group", "removed", "demoted")


def local_day(moment: datetime) -> date:
    """The day that a moment belongs to in Syria."""
    return moment.astimezone(DAMASCUS).date()


def at(moment: datetime, voice: Voice) -> str:
    """A moment in full, in Syria's time: 22 تشرين الثاني 2026، 14:05."""
    local = moment.astimezone(DAMASCUS)
    return voice.plain("card.moment", day=figures.day(local.date(), voice), time=f"{local:%H:%M}")


def short_name(name: str) -> str:
    """A person's name as it stands inside a sentence of ours."""
    return isolated(clean(name, LONGEST_NAME))


def code(reference: str) -> Markup:
    """A reference that a tap copies, standing on its own in a line from right to left."""
    return Markup(isolated("<code>{}</code>")).format(reference)


def card(tx: Transaction, edition: Edition, lead: Lead, today: date) -> Screen:
    """The lead as its office sees it on this day."""
    history = leads.events(tx, lead.id)
    parts = [_head(edition, lead, today)]
    if lead.citizen is not None:
        parts += [_answers(edition, lead), Markup("\n").join(_about(edition, lead))]
    parts += [_detour(edition, lead, history), _state(tx, edition, lead, history)]
    return Screen(str(paragraphs(*parts)), _buttons(edition, lead))


def confirmation(edition: Edition, officer: Officer) -> Screen:
    """Asks the group's administrators whether a member may act for the office."""
    voice = edition.voice
    button = Button(voice.plain("office.confirm"), press=f"o:confirm:{officer.number}")
    return Screen(str(voice.say("office.may-act", name=short_name(officer.name))), ((button,),))


def confirmed(edition: Edition, officer: Officer, administrator: Officer) -> Screen:
    """What that question becomes once it is answered."""
    names = {
        "name": short_name(officer.name),
        "administrator": short_name(administrator.name),
    }
    return Screen(str(edition.voice.say("office.may-act-now", **names)))


def _head(edition: Edition, lead: Lead, today: date) -> Markup:
    voice, words = edition.voice, edition.words
    lines = [
        voice.say("card.title", topic=words.topics.get(lead.topic, lead.topic)),
        voice.say("card.reference", reference=code(lead.reference)),
        voice.say("card.governorate", governorate=_governorate(edition, lead)),
        _sent(voice, lead, today),
    ]
    return Markup("\n").join(lines)


def _sent(voice: Voice, lead: Lead, today: date) -> Markup:
    """The day of the request, and its age as long as somebody should mind it."""
    sent = local_day(lead.created)
    day = figures.day(sent, voice)
    if lead.state not in leads.OPEN:
        return voice.say("card.sent", day=day)
    return voice.say("card.sent-ago", day=day, age=_age(voice, (today - sent).days))


def _governorate(edition: Edition, lead: Lead) -> str:
    words = edition.words.governorates.get(lead.governorate)
    return words.name if words else lead.governorate


def _age(voice: Voice, days: int) -> str:
    if days <= 0:
        return voice.plain("card.today")
    return voice.plain("card.yesterday") if days == 1 else voice.plain_count("card.days-ago", days)


def _answers(edition: Edition, lead: Lead) -> Markup:
    """The answers in words, under today's names; what the guide no longer has is counted."""
    guide = edition.guide
    answers = carry(guide, lead.sealed["answers"])
    known = [name for name in guide.questions if name in answers]
    shown = [name for name in known if guide.questions[name].kind not in ("contact", "governorate")]
    lines = [answer_line(edition, n, answers) for n in shown if accepts(guide, n, answers[n])]
    outdated = len(answers) - len(known) + len(shown) - len(lines)
    lines = list(_fitting(edition.voice, lines))
    if outdated:
        said = edition.voice.count("card.outdated", outdated)
        lines.append(figures.bullet(said, edition.voice))
    return Markup("\n").join([edition.voice.say("card.answers"), *lines]) if lines else Markup("")


def _fitting(voice: Voice, lines: list[Markup]) -> Iterator[Markup]:
    """As many lines as a message has room for, and how many there were besides."""
    room = ROOM_FOR_ANSWERS
    for place, line in enumerate(lines):
        room -= len(line.encode("utf-16-le")) // 2 + 1
        if room < 0:
            yield figures.bullet(voice.count("card.more-answers", len(lines) - place), voice)
            return
        yield line


def _about(edition: Edition, lead: Lead) -> Iterator[Markup]:
    """How far the citizen is, who they are (once the lead is taken), how to reach them."""
    voice, details = edition.voice, lead.sealed
    finished, total = details["progress"]
    yield voice.say("card.progress", finished=finished, all=total)
    if lead.officer is not None:
        yield voice.say("card.name", name=short_name(details["name"]))
    yield voice.say("card.by-phone" if "phone" in details["contact"] else "card.by-chat")


def _detour(edition: Edition, lead: Lead, history: list[Event]) -> Markup:
    """Why the lead is with the head office, if it is not its own."""
    cause = routing.cause_of_detour(edition.guide, lead, history)
    if cause is None:
        return Markup("")
    id = f"card.reason.{cause if cause in KNOWN_CAUSES else 'lost'}"
    return edition.voice.say(id, governorate=_governorate(edition, lead))


def _state(tx: Transaction, edition: Edition, lead: Lead, history: list[Event]) -> Markup:
    """The state, with who brought it about and since when; and whether the person was erased."""
    voice = edition.voice
    if lead.state in UNCLAIMED:
        return voice.say("card.state.free")
    if lead.state == "withdrawn":
        return voice.say("card.state.withdrawn")
    turn = [event for event in history if event.kind == lead.state][-1]
    officer = offices.officer_by_number(tx, turn.officer or 0)
    name = short_name(officer.name) if officer else ""
    said = voice.say(f"card.state.{lead.state}", officer=name, moment=at(turn.at, voice))
    if lead.citizen is not None:
        return said
    return Markup("\n").join([said, voice.say("card.erased")])


def _buttons(edition: Edition, lead: Lead) -> Rows:
    def button(label: str, verb: str) -> Button:
        return Button(label, press=f"o:{verb}:{lead.id}")

    voice = edition.voice
    if lead.state in UNCLAIMED:
        return ((button(voice.plain("card.take"), "take"),),)
    if lead.state != "claimed":
        return ()
    phone = "phone" in lead.sealed["contact"]
    reach = voice.plain("card.show-number") if phone else voice.plain("card.how-to-reach")
    ends = [button(voice.plain("card.done"), "done"), button(voice.plain("card.away"), "away")]
    return ((button(reach, "phone"),), *in_rows(ends, mirrored=edition.mirrored))
