"""The text of a roadmap: how far, what next, in which order, for how much; and its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from bot.engine.roadmap import Roadmap
from bot.engine.stop import Paper, Requirement, Stop
from bot.engine.totals import Totals
from bot.engine.values import Truth
from bot.guide.pages import figures
from bot.guide.pages.layout import stacked
from bot.guide.pages.question import paragraphs
from bot.guide.pages.step import paper_line
from bot.guide.shelf import Edition


def roadmap_text(edition: Edition, flow: str, roadmap: Roadmap) -> Markup:
    """The head of a roadmap; its steps are the buttons below."""
    voice, total = edition.voice, len(roadmap.stops)
    head = voice.say("roadmap.title", flow=edition.words.flows[flow].title)
    if not total:
        return paragraphs(head, voice.say("roadmap.empty"), _perhaps(edition, roadmap))
    share = roadmap.finished / total
    progress = voice.say(
        "roadmap.progress", bar=figures.bar(share), finished=roadmap.finished, all=total
    )
    return paragraphs(
        stacked([head, progress]),
        _next(edition, roadmap),
        stacked([*_order(edition, roadmap), *_visits(edition, roadmap)]),
        stacked(_totals(edition, roadmap.totals)) if roadmap.next else Markup(""),
        _perhaps(edition, roadmap),
    )


def _next(edition: Edition, roadmap: Roadmap) -> Markup:
    if roadmap.next is None:
        return edition.voice.say("roadmap.finished")
    return edition.voice.say("roadmap.next", step=edition.words.steps[roadmap.next.id].title)


def _order(edition: Edition, roadmap: Roadmap) -> Iterator[Markup]:
    """Which of the steps that are left can go side by side, wave by wave, by their numbers."""
    voice = edition.voice
    waves: dict[int, list[int]] = {}
    for place, stop in enumerate(roadmap.stops, 1):
        if not stop.finished:
            waves.setdefault(roadmap.waves[stop.id], []).append(place)
    for index, (_, places) in enumerate(sorted(waves.items())):
        listed = _numbers(places, edition)
        if len(places) == 1:
            said = voice.say("roadmap.then-one" if index else "roadmap.first-one", step=listed)
        else:
            said = voice.say("roadmap.then-many" if index else "roadmap.first-many", steps=listed)
        yield figures.bullet(said, voice)


def _visits(edition: Edition, roadmap: Roadmap) -> Iterator[Markup]:
    """Steps that one visit to a body does together."""
    visits: dict[int, list[int]] = {}
    for place, stop in enumerate(roadmap.stops, 1):
        if not stop.finished:
            visits.setdefault(roadmap.visits[stop.id], []).append(place)
    for places in visits.values():
        if len(places) > 1:
            body = edition.words.bodies[roadmap.stops[places[0] - 1].bodies[0]].name
            listed = _numbers(places, edition)
            said = edition.voice.say("roadmap.visit", steps=listed, body=body)
            yield figures.bullet(said, edition.voice)


def _numbers(places: list[int], edition: Edition) -> str:
    return edition.voice.plain("list.and").join(str(place) for place in places)


def _totals(edition: Edition, totals: Totals) -> Iterator[Markup]:
    """What is left to pay and to wait: what is known, and how much is not."""
    voice = edition.voice
    open_ended = bool(totals.unknown_fees)
    spans = {c: replace(s, high=s.low) if open_ended else s for c, s in totals.fees.items()}
    known = [figures.sum_of(currency, span, voice) for currency, span in spans.items() if span.high]
    if known:
        least = "roadmap.fees-least" if open_ended else "roadmap.fees"
        yield voice.say(least, sum=voice.plain("list.and").join(known))
    if totals.unknown_fees:
        yield voice.count("roadmap.fees-unknown", totals.unknown_fees)
    if totals.days.high:
        low, high = int(totals.days.low), int(totals.days.high)
        yield voice.say("roadmap.days", time=figures.span(low or None, high, voice))
    if totals.unknown_times:
        yield voice.count("roadmap.days-unknown", totals.unknown_times)


def _perhaps(edition: Edition, roadmap: Roadmap) -> Markup:
    if not roadmap.perhaps:
        return Markup("")
    doubts = (line for doubt in roadmap.doubts for line in _doubt(edition, *doubt))
    return stacked([edition.voice.say("roadmap.perhaps"), *doubts])


def _doubt(edition: Edition, questions: Sequence[str], stops: list[Stop]) -> Iterator[Markup]:
    """What may be needed, below the questions that decide it."""
    labels = [edition.words.questions[name].label for name in questions]
    listed = edition.voice.plain("list.and").join(labels)
    yield edition.voice.say("roadmap.depends", questions=listed)
    for stop in stops:
        yield figures.bullet(escape(edition.words.steps[stop.id].title), edition.voice)


def papers_text(edition: Edition, flow: str, roadmap: Roadmap) -> Markup:
    """All papers of the steps that are left, with originals and copies added up."""
    voice = edition.voice
    papers = [paper_line(edition, paper) for paper in all_papers(roadmap)]
    lines = [figures.bullet(said, voice) for said in (*papers, *_brought(edition, roadmap))]
    head = voice.say("papers.title", flow=edition.words.flows[flow].title)
    if any(stop.step.may_ask_more for stop in roadmap.stops if not stop.finished):
        lines.append(voice.say("papers.more"))
    return paragraphs(head, stacked(lines) or voice.say("papers.none"))


def all_papers(roadmap: Roadmap) -> list[Paper]:
    """The papers that the certain steps which are left take, each once.

    Copies add up over the steps; an original is shown and taken home again, so the most that one
    step wants counts. What a step of the roadmap gives is not brought.
    """
    given = {document for stop in roadmap.stops for document in stop.step.gives}
    found: dict[str, Paper] = {}
    for stop in roadmap.stops:
        for paper in () if stop.finished else stop.papers:
            if paper.document not in given:
                found[paper.document] = _added(found.get(paper.document), paper)
    return list(found.values())


def _brought(edition: Edition, roadmap: Roadmap) -> Iterator[Markup]:
    """What the steps that are left need besides and no certain step gives."""
    listed = {paper.document for paper in all_papers(roadmap)}
    needs = (need for stop in roadmap.stops if not stop.finished for need in stop.requirements)
    sure: dict[tuple[str, ...], bool] = {}
    for need in needs:
        given = roadmap.certain.intersection(need.givers) or (need.givers and not _is_certain(need))
        if not (need.held or given or listed.intersection(need.any)):
            certain = _is_certain(need) and not need.givers
            sure[need.any] = sure.get(need.any, False) or certain
    for wanted, certain in sure.items():
        names = (edition.words.documents[name] for name in wanted)
        said = escape(edition.voice.plain("list.or").join(names))
        yield said if certain else edition.voice.say("paper.perhaps", paper=said)


def _is_certain(need: Requirement) -> bool:
    return need.truth is Truth.YES


def _added(one: Paper | None, other: Paper) -> Paper:
    if one is None:
        return other
    return replace(
        one,
        originals=max(one.originals, other.originals),
        copies=one.copies + other.copies,
        certain=one.certain or other.certain,
    )
