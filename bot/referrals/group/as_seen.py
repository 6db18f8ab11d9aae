"""What the officer sees of the citizen's way, as the citizen saw it when the case was sent.

Their answers, the roadmap of the revision that they had before them, and what has changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from bot.engine.stop import Stop
from bot.guide.pages import figures
from bot.guide.pages.layout import stacked
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Screen
from bot.guide.voice import Voice
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.ground import Ground, local_day
from bot.referrals.group.deed import Answer, Deed, Verb
from bot.referrals.rows import desk_rows
from bot.referrals.seen.part_cards import number
from bot.referrals.seen.since import changes
from bot.referrals.seen.way import Way, edition_seen, way_in
from bot.store import outbox
from bot.store.leads import TAKEN, Lead

WAY = "way"
LONGEST_PART = 3200
LONGEST_MESSAGE = 3900
"""UTF-16 units: of the answers, of the steps and of the changes; of as many of them as go into
one message."""


def _show(deed: Deed) -> Answer:
    """For whoever works on the case: it comes as messages beside the card."""
    if deed.lead.office != deed.desk.office or deed.lead.state not in TAKEN:
        return deed.refused()
    to = posting.to_office(deed.desk.office)
    outbox.put(deed.tx, to, WAY, deed.lead.id, outbox.CONVERSATION)
    return Answer(deed.edition.voice.plain("way.below"))


def _way(ground: Ground, _: str) -> Iterator[Call]:
    desk, lead = ground.desk, ground.lead
    if desk is None or lead is None or lead.office != desk.office:
        return
    if lead.state not in TAKEN or lead.citizen is None:
        return
    yield from desk_rows.standing(ground, lead, desk)
    place = desk_rows.beside(ground.tx, lead, desk)
    for index, text in enumerate(_messages(ground, lead), 1):
        screen = Screen(str(text))
        part = f"{WAY}-{index}"
        yield Show(part, desk.chat, screen, thread=place.thread, reply_to=place.message)


def _noted(ground: Ground, name: str, call: Call, number: int) -> None:
    if not call.part.startswith(WAY):
        desk_rows.noted_card(ground, name, call, number)


def _messages(ground: Ground, lead: Lead) -> Iterator[Markup]:
    """The parts, as many to a message as fit."""
    waiting = Markup("")
    for part in _parts(ground, lead):
        both = paragraphs(waiting, part)
        if waiting and _units(both) > LONGEST_MESSAGE:
            yield waiting
            both = part
        waiting = both
    if waiting:
        yield waiting


def _parts(ground: Ground, lead: Lead) -> Iterator[Markup]:
    """Their answers, their roadmap, and what has changed. Nothing names the whole reference: what
    officers reply to this is no message to the citizen."""
    edition = ground.edition
    then = edition_seen(ground.tx, ground.shelf, lead)
    seen = None if then is None else way_in(then, lead)
    today = seen if then and then.guide is edition.guide else way_in(edition, lead)
    voice, shown = edition.voice, seen or today
    told = {"number": number(lead), "day": figures.day(local_day(lead.created), voice)}
    head = [voice.say("way.title" if seen else "way.title-today", **told)]
    if shown is None:
        yield stacked([*head, voice.say("way.no-flow")])
    else:
        head.append(voice.say("way.flow", flow=shown.title))
        yield paragraphs(stacked(head), _answers(voice, shown))
        yield _steps(voice, shown)
    yield _since(voice, list(changes(ground.tx, lead, seen, today)))


def _answers(voice: Voice, way: Way) -> Markup:
    lines = list(way.answer_lines())
    if not lines:
        return voice.say("way.no-answers")
    return stacked([voice.say("way.answers"), *_fitting(voice, lines)])


def _steps(voice: Voice, way: Way) -> Markup:
    """The roadmap in order: titles, where, done or not."""
    sure = [_step(voice, way, stop, place) for place, stop in enumerate(way.road.stops, 1)]
    perhaps = [_step(voice, way, stop, 0) for stop in way.road.perhaps]
    lines = [figures.bullet(line, voice) for line in (*sure, *perhaps)]
    if not lines:
        return voice.say("way.no-steps")
    return stacked([voice.say("way.steps"), *_fitting(voice, lines)])


def _step(voice: Voice, way: Way, stop: Stop, place: int) -> Markup:
    """``place``: its number on the roadmap; 0 if it is only perhaps to be done."""
    told = {
        "place": place,
        "title": way.title_of(stop.id),
        "body": way.place(stop),
    }
    if not place:
        return voice.say("way.perhaps", **told)
    return voice.say("way.step-done" if stop.finished else "way.step", **told)


def _since(voice: Voice, lines: Sequence[Markup]) -> Markup:
    if not lines:
        return voice.say("way.nothing")
    bullets = [figures.bullet(line, voice) for line in lines]
    return stacked([voice.say("way.since"), *_fitting(voice, bullets)])


def _fitting(voice: Voice, lines: Sequence[Markup]) -> Iterator[Markup]:
    """As many lines as there is room for, and how many more there are."""
    room = LONGEST_PART
    for index, line in enumerate(lines):
        room -= _units(line) + 1
        if room < 0:
            yield figures.bullet(voice.count("way.more", len(lines) - index), voice)
            return
        yield line


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


VERBS: Mapping[str, Verb] = {"way": _show}
PLANS = {WAY: _way}
NOTED = {WAY: _noted}
