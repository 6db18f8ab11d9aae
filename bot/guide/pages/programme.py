"""The texts of programmes: what one may be given, what not and why, and each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from bot.engine.eligibility import Match
from bot.engine.programme import NOT_PUBLISHED, Programme, Status, Term
from bot.engine.step import Document
from bot.engine.stop import papers_of
from bot.engine.strict import possible
from bot.engine.values import Facts, Truth
from bot.guide.markup import html
from bot.guide.pages import figures
from bot.guide.pages.layout import bold, italic, stacked
from bot.guide.pages.question import paragraphs
from bot.guide.pages.step import laws_line, one_of, paper_line, parts_of
from bot.guide.pages.trust import freshness, sources_text
from bot.guide.shelf import Edition


def results_text(
    edition: Edition, flow: str, matches: Sequence[Match], shown: Sequence[Match]
) -> Markup:
    """What fits the answers, with the status in the same line, and how much stands elsewhere.

    ``shown``: those of the programmes that fit which stand on this page.
    """
    voice = edition.voice
    counts = Counter(each.truth for each in matches)
    counted = [
        voice.count(id, counts[truth])
        for id, truth in (("results.asks", Truth.UNKNOWN), ("results.refused", Truth.NO))
        if counts[truth]
    ]
    return paragraphs(
        voice.say("results.title", flow=edition.words.flows[flow].title),
        _group(edition, "results.fits", shown) or voice.say("results.nothing-fits"),
        stacked(counted),
        voice.say("results.note"),
    )


def asks_text(edition: Edition, flow: str, shown: Sequence[Match]) -> Markup:
    """Programmes of which something is missing: an answer, or their terms."""
    head = edition.voice.say("results.title", flow=edition.words.flows[flow].title)
    return paragraphs(head, _group(edition, "asks.title", shown), edition.voice.say("results.note"))


def _group(edition: Edition, head: str, matches: Sequence[Match]) -> Markup:
    lines = [figures.bullet(_line(edition, each), edition.voice) for each in matches]
    return stacked([edition.voice.say(head), *lines]) if lines else Markup("")


def _line(edition: Edition, match: Match) -> Markup:
    title = edition.words.programmes[match.id].title
    status = status_text(edition, match.programme.status)
    line = edition.voice.say("results.line", title=title, status=status)
    if not match.open:
        return line
    return Markup("{}. {}").format(line, _missing(edition, match))


def _missing(edition: Edition, match: Match) -> Markup:
    labels = (edition.words.questions[name].label for name in match.open)
    return edition.voice.say("results.tell", questions=edition.voice.plain("list.and").join(labels))


def status_text(edition: Edition, status: Status) -> str:
    """Whether a programme is open, and when somebody said so."""
    undated = status.on == "unknown"
    day = edition.voice.plain("source.undated") if undated else status.on
    return edition.voice.plain(f"status.{status.state}", day=day)


def refusals_text(edition: Edition, flow: str, matches: Sequence[Match]) -> Markup:
    """The programmes that are not for the citizen, under the first reason of each."""
    voice = edition.voice
    groups: dict[str, list[str]] = {}
    for match in matches:
        if match.truth is Truth.NO:
            reason = next(_reasons(edition, match.refusals))
            groups.setdefault(reason, []).append(edition.words.programmes[match.id].title)
    lines = [
        figures.bullet(_refusal(edition, reason, titles), voice)
        for reason, titles in groups.items()
    ]
    head = voice.say("refusals.title", flow=edition.words.flows[flow].title)
    return paragraphs(head, stacked(lines), voice.say("refusals.note"))


def _refusal(edition: Edition, reason: str, titles: list[str]) -> Markup:
    listed = edition.voice.plain("list.and").join(titles)
    return edition.voice.say("refusals.line", reason=reason, titles=listed)


def _reasons(edition: Edition, terms: Iterable[Term]) -> Iterator[str]:
    return (edition.words.reasons[term.id] for term in terms)


def programme_text(edition: Edition, match: Match, facts: Facts, today: date) -> Markup:
    """One programme: its state, whether it fits, what it gives and asks for."""
    programme, words = match.programme, edition.words.programmes[match.id]
    return paragraphs(
        stacked([bold(words.title), _status(edition, programme)]),
        italic(words.summary),
        _verdict(edition, match),
        _given(edition, programme, facts),
        _papers(edition, "step.papers", programme.documents, facts),
        _papers(edition, "programme.security", programme.security, facts),
        freshness(edition, programme, today),
    )


def programme_more(edition: Edition, match: Match, values: dict[str, str]) -> Markup:
    """What a programme is, how one applies, and where all this comes from."""
    programme, words = match.programme, edition.words.programmes[match.id]
    return paragraphs(
        bold(words.title),
        html(words.body, values),
        laws_line(edition, programme.law),
        sources_text(edition, _cited(programme)),
    )


def _status(edition: Edition, programme: Programme) -> Markup:
    kind = edition.voice.plain(f"programme-kind.{programme.kind}")
    status = status_text(edition, programme.status)
    return edition.voice.say("programme.status", kind=kind, status=status)


def _verdict(edition: Edition, match: Match) -> Markup:
    """Never "you are eligible": the answers match what was published, and when that was."""
    voice, programme = edition.voice, match.programme
    if match.truth is Truth.NO:
        reasons = [figures.bullet(reason, voice) for reason in _reasons(edition, match.refusals)]
        return stacked([voice.say("programme.refused"), *reasons])
    if not programme.published:
        return voice.say("programme.terms-unknown" if programme.may_ask_more else "programme.all")
    besides = [voice.say("programme.besides")] if match.unasked else []
    if match.open:
        said = [_missing(edition, match), *besides]
    elif match.truth is Truth.YES:
        said = [voice.say("programme.matches", year=_year(edition, programme)), *besides]
    else:
        said = [voice.say("programme.unasked", year=_year(edition, programme))]
    said += [figures.bullet(reason, voice) for reason in _reasons(edition, match.unasked)]
    more = [voice.say("programme.terms-more")] if programme.may_ask_more else []
    return stacked([*said, *more])


def _year(edition: Edition, programme: Programme) -> str:
    """The newest year in which the terms, or what is known of the programme, were published."""
    cited = [t.source for t in programme.published if t.source] or programme.sources
    years = [edition.guide.sources[name].year for name in cited]
    return max((year for year in years if year), default=edition.voice.plain("source.undated"))


def _given(edition: Edition, programme: Programme, facts: Facts) -> Markup:
    """Who decides, how much there is, and for how long."""
    voice = edition.voice
    bodies = (edition.words.bodies[body].name for body in possible(programme.by, facts))
    sums = [figures.ceiling(each, edition) for each in possible(programme.ceiling, facts)]
    terms = [figures.period(each, edition) for each in possible(programme.term, facts)]
    return stacked(
        [
            voice.say("programme.by", body=voice.plain("list.or").join(bodies)),
            one_of(voice.say("programme.ceiling"), sums, edition),
            one_of(voice.say("programme.term"), terms, edition),
        ]
    )


def _papers(edition: Edition, label: str, papers: Sequence[Document], facts: Facts) -> Markup:
    voice = edition.voice
    known = [each for each in papers if each.id != NOT_PUBLISHED]
    lines = [figures.bullet(paper_line(edition, paper), voice) for paper in papers_of(known, facts)]
    if len(known) < len(papers):
        lines.append(voice.say("step.papers-more" if lines else "step.papers-unknown"))
    return stacked([voice.say(label), *lines]) if lines else Markup("")


def _cited(programme: Programme) -> Iterator[str]:
    yield from programme.sources
    yield programme.status.source
    yield from (term.source for term in programme.published if term.source)
    sums = (part.source for case in programme.ceiling for part in parts_of(case.value))
    spans = (each.source for c in programme.term for each in (c.value, *c.value.differ))
    papers = (paper.source for paper in (*programme.documents, *programme.security))
    yield from (source for source in (*sums, *spans, *papers) if source)
