"""What an office's group sees: a lead's card, and the question whether a member may act.

A phone number is on no card. The name is there once an officer has taken the lead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from markupsafe import Markup

from bot.engine.readers import clean
from bot.engine.replay import accepts, carry
from bot.engine.working_time import DAMASCUS
from bot.guide.direction import isolated
from bot.guide.pages import figures
from bot.guide.pages.question import answer_line, paragraphs
from bot.guide.screen import Button, Rows, Screen, in_rows
from bot.guide.shelf import Edition
from bot.guide.voice import Voice
from bot.referrals.case import acting, routing
from bot.referrals.ground import local_day
from bot.store import citizens, involvements, leads
from bot.store.cards import Thread
from bot.store.leads import TAKEN, UNCLAIMED, Event, Lead
from bot.store.offices import Desk
from bot.store.store import Transaction

LONGEST_NAME = 60
LONGEST_THREAD_TITLE = 128
HANDS = ("claimed", "taken-over", "handed")
"""Events that put a case into somebody's hands."""
ENDS = ("resolved", "withdrawn", "erased")
MENUS: tuple[tuple[str, str], ...] = (
    ("card.replies", "replies"),
    ("card.pass", "pass"),
    ("card.hand", "hand"),
    ("card.way", "way"),
)
"""Further buttons of a case in hand: the label and the verb of each."""
ROOM_FOR_ANSWERS = 2800
"""UTF-16 units: what is left of a message after everything else on the longest card."""
KNOWN_CAUSES = ("no-group", "removed", "demoted", "public")


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
    parts = [head(edition, lead, today)]
    if lead.citizen is not None:
        parts += [
            answers(edition, lead, ROOM_FOR_ANSWERS),
            Markup("\n").join(_about(edition, lead)),
        ]
    parts += [_detour(edition, lead, history), _state(tx, edition, lead, history)]
    parts += [_blocked(tx, edition, lead)]
    parts += [_other_desks(tx, edition, lead)]
    return Screen(str(paragraphs(*parts)), _buttons(edition, lead))


def _blocked(tx: Transaction, edition: Edition, lead: Lead) -> Markup:
    """Says so while the citizen of an open lead does not let the bot write to them."""
    citizen = citizens.get(tx, lead.citizen or 0) if lead.state in leads.OPEN else None
    blocked = citizen is not None and citizen.blocked
    return edition.voice.say("card.blocked") if blocked else Markup("")


def head(edition: Edition, lead: Lead, today: date) -> Markup:
    """What the case is about, its reference, where and when it began."""
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
    return voice.say("card.sent-ago", day=day, age=age(voice, (today - sent).days))


def _governorate(edition: Edition, lead: Lead) -> str:
    words = edition.words.governorates.get(lead.governorate)
    return words.name if words else lead.governorate


def age(voice: Voice, days: int) -> str:
    """So many days ago, in words."""
    if days <= 0:
        return voice.plain("card.today")
    return voice.plain("card.yesterday") if days == 1 else voice.plain_count("card.days-ago", days)


def answers(edition: Edition, lead: Lead, room: int) -> Markup:
    """The answers in words, under today's names, in ``room`` UTF-16 units; what the guide no
    longer has is counted."""
    guide = edition.guide
    given = carry(guide, lead.sealed["answers"])
    known = [name for name in guide.questions if name in given]
    shown = [name for name in known if guide.questions[name].kind not in ("contact", "governorate")]
    lines = [answer_line(edition, n, given) for n in shown if accepts(guide, n, given[n])]
    outdated = len(given) - len(known) + len(shown) - len(lines)
    lines = list(_fitting(edition.voice, lines, room))
    if outdated:
        said = edition.voice.count("card.outdated", outdated)
        lines.append(figures.bullet(said, edition.voice))
    return Markup("\n").join([edition.voice.say("card.answers"), *lines]) if lines else Markup("")


def _fitting(voice: Voice, lines: list[Markup], room: int) -> Iterator[Markup]:
    """As many lines as there is room for, and how many there were besides."""
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
    """Who has it and since when, what it waits for, what it came to; and whether the person was
    erased."""
    voice = edition.voice
    if lead.state in UNCLAIMED:
        return voice.say("card.state.reopened" if lead.state == "reopened" else "card.state.free")
    if lead.state in TAKEN:
        since = moment_of(history, HANDS, voice)
        had = voice.say("card.state.claimed", officer=_owner(tx, lead), moment=since)
        # Which other desks are to answer stands below, by name.
        plain = lead.state in ("claimed", "waiting-body")
        lines = [had] if plain else [had, voice.say(f"card.is.{lead.state}")]
        return Markup("\n").join(lines)
    if lead.citizen is None and lead.outcome == "withdrawn":
        return voice.say("card.state.withdrawn")
    moment = moment_of(history, ENDS, voice)
    outcome = voice.plain(f"outcome.{lead.outcome}")
    names = {"outcome": outcome, "officer": _owner(tx, lead), "moment": moment}
    by_officer = lead.officer is not None and lead.outcome != "withdrawn"
    said = voice.say("card.state.resolved" if by_officer else "card.state.ended", **names)
    if lead.citizen is not None:
        return said
    return Markup("\n").join([said, voice.say("card.erased")])


def _other_desks(tx: Transaction, edition: Edition, lead: Lead) -> Markup:
    """Who was asked and has not answered, and to whom the case is offered."""
    voice, words = edition.voice, edition.words
    lines = []
    for part in involvements.open_of_lead(tx, lead.id):
        office = words.offices.get(part.office, part.office)
        lines.append(voice.say(f"card.{part.kind}", office=office, moment=at(part.since, voice)))
    return Markup("\n").join(lines)


def moment_of(history: list[Event], kinds: Collection[str], voice: Voice) -> str:
    """When something of these kinds happened last."""
    turns = [event.at for event in history if event.kind in kinds]
    return at(turns[-1], voice) if turns else ""


def _owner(tx: Transaction, lead: Lead) -> str:
    officer = acting.owner_of(tx, lead)
    return short_name(officer.name) if officer else ""


def thread_title(edition: Edition, lead: Lead) -> str:
    """What the lead's own thread is called: 128 characters at most."""
    topic = edition.words.topics.get(lead.topic, lead.topic)
    return f"{lead.reference} {topic}"[:LONGEST_THREAD_TITLE]


def in_its_thread(
    tx: Transaction, edition: Edition, lead: Lead, today: date, desk: Desk, thread: Thread
) -> Screen:
    """The card among the new ones, once the lead has a thread of its own: the way there."""
    history = leads.events(tx, lead.id)
    text = paragraphs(head(edition, lead, today), _state(tx, edition, lead, history))
    inside = str(desk.chat).removeprefix("-100")
    url = f"https://t.me/c/{inside}/{thread.thread}"
    return Screen(str(text), ((Button(edition.voice.plain("card.thread"), url=url),),))


def passed_on(edition: Edition, lead: Lead) -> Screen:
    """The card of a desk that has nothing to do with the lead any more."""
    office = edition.words.offices.get(lead.office or "", "")
    said = "card.passed-on" if office else "card.passed-on.nowhere"
    return Screen(str(edition.voice.say(said, reference=code(lead.reference), office=office)))


def _buttons(edition: Edition, lead: Lead) -> Rows:
    voice = edition.voice

    def button(id: str, verb: str) -> Button:
        return Button(voice.plain(id), press=f"o:{verb}:{lead.id}")

    if lead.state in UNCLAIMED:
        return ((button("card.take", "take"),),)
    if lead.state not in TAKEN:
        return ((button("card.reopen", "reopen"),),) if lead.citizen is not None else ()
    phone = "phone" in lead.sealed["contact"]
    reach = button("card.show-number" if phone else "card.how-to-reach", "phone")
    resting = lead.state in ("claimed", "waiting-citizen")
    turn = button("card.begin", "begin") if resting else button("card.wait", "wait")
    pairs = [turn, button("card.resolve", "resolve"), *(button(*each) for each in MENUS)]
    return ((reach,), *in_rows(pairs, mirrored=edition.mirrored))


def menu(edition: Edition, lead: Lead, card: Screen, buttons: list[Button]) -> Screen:
    """The card with other buttons for a while, and the way back."""
    back = Button(edition.voice.plain("card.back"), press=f"o:card:{lead.id}")
    return Screen(card.text, (*((each,) for each in buttons), (back,)))
