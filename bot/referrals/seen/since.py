"""What has changed since a case was sent: in the guide, and in what its citizen answered and did.

Of the citizen only what the consent named: the answers of that flow, and the steps done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.engine.reach import reached
from bot.engine.replay import accepts, carry
from bot.engine.stop import Stop
from bot.engine.values import Json
from bot.guide.pages import figures
from bot.guide.pages.step import paper_line
from bot.guide.shelf import Edition
from bot.referrals.seen.way import UNSHOWN, Way, carried_steps
from bot.store import citizens
from bot.store.leads import Lead
from bot.store.store import Transaction


def changes(tx: Transaction, lead: Lead, seen: Way | None, today: Way | None) -> Iterator[Markup]:
    """A line for each change. ``seen``: their way as it was, if that can still be read;
    ``today``: the same in today's guide, if that has their flow."""
    if today is not None and lead.citizen is not None:
        state = citizens.load_project(tx, lead.citizen, lead.project)
        yield from _answers(carry(today.edition.guide, state.get("answers", {})), seen, today)
        done = carried_steps(today.edition.guide, state.get("done", []))
        yield from _steps_done(done, seen, today)
    if seen is None:
        return
    if today is None:
        yield seen.edition.voice.say("way.flow-gone")
    elif today.edition.guide is not seen.edition.guide:
        yield from _guide(seen, today)


def _answers(now: dict[str, Json], seen: Way | None, today: Way) -> Iterator[Markup]:
    """What they answered otherwise, or only, after the case was sent."""
    edition, before = today.edition, today.answers
    for item in today.walk.flow.ask:
        question = edition.guide.questions[item.id]
        if item.id not in now or question.kind in UNSHOWN or now[item.id] == before.get(item.id):
            continue
        if not accepts(edition.guide, item.id, now[item.id]):
            continue
        told = {
            "question": edition.words.questions[item.id].label,
            "now": figures.answer(item.id, now[item.id], edition),
        }
        if item.id not in before:
            yield edition.voice.say("way.answer-new", **told)
        else:
            was = _said(item.id, before[item.id], edition, seen)
            yield edition.voice.say("way.answer-now", before=was, **told)


def _said(name: str, value: Json, edition: Edition, seen: Way | None) -> str:
    """An answer in words, in those of then if today's guide has no such option any more."""
    for each in (edition, seen.edition if seen else edition):
        if name in each.guide.questions and accepts(each.guide, name, value):
            return figures.answer(name, value, each)
    return edition.voice.plain("way.none")


def _steps_done(now: Sequence[str], seen: Way | None, today: Way) -> Iterator[Markup]:
    """What they ticked off after the case was sent, or no longer count as done: of the steps to
    which their flow leads, now or then."""
    guide = today.edition.guide
    titles = {name: today.title_of(name) for name in sorted(reached(guide, today.walk.flow))}
    if seen is not None:
        then = {guide.renamed_steps.get(name, name): seen.title_of(name) for name in seen.stops}
        titles = then | titles
    for step, title in titles.items():
        if (step in now) != (step in today.done):
            said = "way.done-since" if step in now else "way.undone-since"
            yield today.edition.voice.say(said, title=title)


def _guide(seen: Way, today: Way) -> Iterator[Markup]:
    """What the same answers come to otherwise: steps that came and went, facts that differ."""
    voice, renamed = today.edition.voice, today.edition.guide.renamed_steps
    old = {renamed.get(name, name): stop for name, stop in seen.stops.items()}
    new = today.stops
    for name in new:
        if name not in old:
            yield voice.say("way.added", title=today.title_of(name))
    for name, stop in old.items():
        if name not in new:
            yield voice.say("way.gone", title=seen.title_of(stop.id))
        else:
            title = today.title_of(name)
            for fact, was, now in _facts(seen, stop, today, new[name]):
                fact = voice.plain(f"way.fact.{fact}")
                yield voice.say("way.differs", title=title, fact=fact, before=was, now=now)


def _facts(
    seen: Way, old: Stop, today: Way, new: Stop
) -> Iterator[tuple[str, Markup | str, Markup | str]]:
    """The facts of a step that are not what they were: which, what it was, what it is."""
    was, now = seen.edition, today.edition
    if (before := _fees(old, was)) != (after := _fees(new, now)):
        yield "fee", before, after
    if (before := _times(old, was)) != (after := _times(new, now)):
        yield "time", before, after
    if _papers(old) != _papers(new):
        yield "papers", _named(old, was), _named(new, now)
    if old.bodies != new.bodies:
        yield "counter", seen.place(old), today.place(new)


def _fees(stop: Stop, edition: Edition) -> Markup:
    return _flat([figures.fee(fee, edition) for fee in stop.fees])


def _times(stop: Stop, edition: Edition) -> Markup:
    return _flat([figures.duration(time, edition) for time in stop.times])


def _papers(stop: Stop) -> tuple[set[tuple[str, int, int, bool]], bool]:
    """What is compared: the papers whichever their order and sources."""
    papers = {(each.document, each.originals, each.copies, each.certain) for each in stop.papers}
    return papers, stop.step.may_ask_more


def _named(stop: Stop, edition: Edition) -> Markup:
    papers = _flat([paper_line(edition, paper) for paper in stop.papers])
    if not stop.step.may_ask_more:
        return papers or edition.voice.say("way.none")
    more = edition.voice.say("step.papers-more" if papers else "step.papers-unknown")
    return _flat([papers, more] if papers else [more])


def _flat(values: Sequence[Markup]) -> Markup:
    """Several values, of which each may be a list, on one line."""
    lines = [line for value in values for line in value.splitlines()]
    return Markup(" / ".join(line.lstrip("\u200f• ") for line in lines))
