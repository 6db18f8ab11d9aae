"""The text of a step: where, with which papers, for how much, since when known; and how it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from bot.engine.amounts import Amounts
from bot.engine.roadmap import Roadmap
from bot.engine.stop import Paper, Requirement, Stop
from bot.engine.values import Truth
from bot.guide.markup import html
from bot.guide.pages import figures
from bot.guide.pages.layout import bold, italic, on_one_line, stacked
from bot.guide.pages.question import paragraphs
from bot.guide.pages.trust import freshness, sources_text
from bot.guide.shelf import Edition


def step_text(edition: Edition, roadmap: Roadmap | None, stop: Stop, today: date) -> Markup:
    """What one step takes: where, with what, for how much. Its text is behind "more".

    ``roadmap``: the one on which it stands; ``None`` for a step that was looked up.
    """
    words = edition.words.steps[stop.id]
    return paragraphs(
        _head(edition, roadmap, stop),
        italic(words.summary),
        _where(edition, stop),
        _before(edition, roadmap, stop) if roadmap else Markup(""),
        _papers(edition, stop),
        _facts(edition, stop),
        freshness(edition, stop.step, today),
    )


def step_more(edition: Edition, stop: Stop, values: dict[str, str]) -> Markup:
    """How a step goes, by which law, and where all this comes from.

    ``values`` fill the templates of the text.
    """
    words = edition.words.steps[stop.id]
    return paragraphs(
        bold(words.title),
        html(words.body, values),
        laws_line(edition, stop.step.law),
        sources_text(edition, (*stop.step.sources, *_cited(stop))),
    )


def laws_line(edition: Edition, laws: Sequence[str]) -> Markup:
    """The laws on which something rests."""
    if not laws:
        return Markup("")
    voice = edition.voice
    names = voice.plain("list.and").join(edition.words.laws[law] for law in laws)
    return voice.say("step.law", laws=names)


def _head(edition: Edition, roadmap: Roadmap | None, stop: Stop) -> Markup:
    voice = edition.voice
    title = bold(edition.words.steps[stop.id].title)
    if roadmap is None:
        return stacked([title, voice.say("step.looked-up")])
    if not stop.certain:
        labels = [edition.words.questions[name].label for name in stop.open]
        why = voice.plain("list.and").join(labels)
        return stacked([title, voice.say("step.perhaps", questions=why)])
    place = roadmap.stops.index(stop) + 1
    line = voice.say(f"step.{stop.state}", place=place, all=len(roadmap.stops))
    if stop.step.optional:
        line += "\n" + voice.say("step.optional")
    return stacked([title, line])


def _where(edition: Edition, stop: Stop) -> Markup:
    voice = edition.voice
    if edition.guide.is_alone(stop.bodies):
        return voice.say("step.yourself")
    names = [edition.words.bodies[body].name for body in stop.bodies]
    place = voice.say("step.where", body=voice.plain("list.or").join(names))
    return stacked([place, voice.say("step.counter-unknown")])


def _before(edition: Edition, roadmap: Roadmap, stop: Stop) -> Markup:
    if not stop.requirements:
        return Markup("")
    lines = [
        figures.bullet(_requirement(edition, roadmap, each), edition.voice)
        for each in stop.requirements
    ]
    return stacked([edition.voice.say("step.needs"), *lines])


def _requirement(edition: Edition, roadmap: Roadmap, need: Requirement) -> Markup:
    voice, documents = edition.voice, edition.words.documents
    if need.held:
        return voice.say("step.need-held", document=documents[need.held])
    wanted = voice.plain("list.or").join(documents[name] for name in need.any)
    if need.givers:
        titles = (edition.words.steps[giver].title for giver in need.givers)
        step = voice.plain("list.or").join(titles)
        said = voice.say("step.need-given", document=wanted, step=step)
    else:
        said = voice.say("step.need-brought", document=wanted)
    sure = need.truth is Truth.YES and roadmap.certain.issuperset(need.givers)
    return said if sure else voice.say("paper.perhaps", paper=said)


def _papers(edition: Edition, stop: Stop) -> Markup:
    voice = edition.voice
    lines = [figures.bullet(paper_line(edition, paper), voice) for paper in stop.papers]
    if stop.step.may_ask_more:
        lines.append(voice.say("step.papers-more" if lines else "step.papers-unknown"))
    return stacked([voice.say("step.papers"), *lines]) if lines else Markup("")


def paper_line(edition: Edition, paper: Paper) -> Markup:
    """A document with its originals and copies, and whether it is certain."""
    voice = edition.voice
    counts = []
    if paper.originals:
        counts.append(voice.plain_count("paper.originals", paper.originals))
    if paper.copies:
        counts.append(voice.plain_count("paper.copies", paper.copies))
    name = edition.words.documents[paper.document]
    if not counts:
        said = voice.say("paper.plain", document=name)
    else:
        said = voice.say(
            "paper.counted", document=name, counts=voice.plain("list.and").join(counts)
        )
    return said if paper.certain else voice.say("paper.perhaps", paper=said)


def _facts(edition: Edition, stop: Stop) -> Markup:
    voice = edition.voice
    if edition.guide.is_alone(stop.bodies) and _nothing_known(stop):
        return Markup("")
    fees = [figures.fee(fee, edition) for fee in stop.fees]
    times = [figures.duration(time, edition) for time in stop.times]
    lines = [one_of(voice.say("step.fee"), fees, edition)]
    lines.append(one_of(voice.say("step.time"), times, edition))
    return stacked(lines)


def _nothing_known(stop: Stop) -> bool:
    return all(fee.unknown for fee in stop.fees) and all(time.unknown for time in stop.times)


def one_of(label: Markup, values: Sequence[Markup], edition: Edition) -> Markup:
    """A fact with its value, or with every value that a missing answer leaves possible."""
    if len(values) == 1:
        [value] = values
        return stacked([label, value]) if "\n" in value else on_one_line(label, value)
    head = on_one_line(label, edition.voice.say("step.depends"))
    if any("\n" in value for value in values):
        either = Markup("\n{}\n").format(edition.voice.say("step.or"))
        return head + "\n" + either.join(values)
    return stacked([head, *(figures.bullet(value, edition.voice) for value in values)])


def _cited(stop: Stop) -> Iterator[str]:
    """The sources of the single facts shown."""
    fees = (part.source for fee in stop.fees for part in parts_of(fee))
    times = (part.source for time in stop.times for part in (time, *time.differ))
    papers = (paper.source for paper in stop.papers)
    yield from (source for source in (*fees, *times, *papers) if source)


def parts_of(fee: Amounts) -> Iterator[Amounts]:
    """A price and all that it consists of."""
    yield fee
    for part in (*fee.parts, *fee.differ):
        yield from parts_of(part)
