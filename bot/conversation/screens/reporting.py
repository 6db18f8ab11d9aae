"""What offices say of a step beside its text, and where an officer says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import Focus
from bot.conversation.screens.frame import foot, go, rows
from bot.conversation.view import View
from bot.engine.roadmap import alone
from bot.guide.direction import isolated
from bot.guide.pages import figures
from bot.guide.pages.layout import stacked
from bot.guide.pages.longest import FRAME, units
from bot.guide.pages.question import paragraphs
from bot.guide.pages.step import parts_of
from bot.guide.screen import LONGEST_TEXT, Button, Rows, Screen
from bot.referrals.ground import local_day
from bot.referrals.rows.due import names_of, speaks_of, where_it_speaks
from bot.store.reports import EVERYWHERE, FACTS, RIGHT, Report

GAP, WRONG = "gap", "wrong"
MOST_SHOWN = 3
"""Words of offices that stand beside a step."""


def beside(view: View, step: str, text: Markup) -> Markup:
    """The text of a step, and below it what offices said of it that no editor has settled: the
    newest, as far as the message has room."""
    room = LONGEST_TEXT - FRAME - units(text)
    shown: list[Markup] = []
    for line in _said(view, step):
        room -= units(line) + 1
        if room < 1 or len(shown) == MOST_SHOWN:
            break
        shown.append(line)
    return paragraphs(text, stacked(shown))


def _said(view: View, step: str) -> Iterator[Markup]:
    guide, voice = view.edition.guide, view.edition.voice
    known_here = {EVERYWHERE, str(view.project.answers.get("governorate", EVERYWHERE))}
    known_here |= {where_it_speaks(guide, each) for each in offices_of(view, step)}
    for report in view.find_reports(names_of(guide, step), known_here):
        day = local_day(report.at)
        if report.fact == RIGHT and day <= guide.steps[step].read:
            continue  # an editor has read the sources since
        office = view.edition.words.offices.get(report.office, report.office)
        told = {"office": office, "day": figures.day(day, voice)}
        yield figures.bullet(_line(view, report, told), voice)


def _line(view: View, report: Report, told: dict[str, str]) -> Markup:
    voice = view.edition.voice
    if report.fact == RIGHT:
        return voice.say("report.confirmed", **told)
    fact = voice.plain(f"report.fact.{report.fact}")
    return voice.say("report.said", fact=fact, text=isolated(report.text), **told)


def offices_of(view: View, step: str) -> list[str]:
    """The offices for which whoever looks may say something of a step; none, of a citizen."""
    guide = view.edition.guide
    return [each.office for each in view.officers if speaks_of(guide, each.office, step)]


def officers_buttons(view: View, step: str) -> Rows:
    """Below a step, for an officer: that it is still right, what it lacks, what is wrong."""
    if not offices_of(view, step):
        return ()
    buttons = [press(view.edition.voice.plain("report.right"), "right", step)]
    if gaps(view, step):
        buttons.append(go(view, "report.gap", Focus("report", f"{step}:{GAP}")))
    buttons.append(go(view, "report.wrong", Focus("report", f"{step}:{WRONG}")))
    return rows(view, buttons)


def gaps(view: View, step: str) -> list[str]:
    """The facts of a step that nobody published, with the answers given so far."""
    guide = view.edition.guide
    stop = alone(guide, view.walk_to("steps", step), view.project.done, step)
    lacking = {
        "fee": any(part.unknown for fee in stop.fees for part in parts_of(fee)),
        "time": any(each.unknown for time in stop.times for each in (time, *time.differ)),
        "papers": stop.step.may_ask_more,
        # No source tells at which counter of a body a step is done.
        "counter": not guide.is_alone(stop.bodies),
    }
    return [fact for fact in FACTS if lacking.get(fact)]


def parted(name: str) -> tuple[str, str]:
    """The step of such a focus, and the fact that is reported (``gap``, ``wrong``: to be chosen)."""
    step, _, what = name.partition(":")
    return step, what


def fits(view: View, focus: Focus) -> bool:
    """Whether whoever looks may report this."""
    step, what = parted(focus.name)
    if step not in view.edition.guide.steps or not offices_of(view, step):
        return False
    if what == GAP:
        return bool(gaps(view, step))
    return what in (WRONG, *FACTS) or (what == RIGHT and focus.draft is not None)


def report(view: View, notes: Sequence[Markup]) -> Screen:
    """Asks an officer of which fact, then for its text, then whether and for which office to send
    it."""
    voice, (step, what) = view.edition.voice, parted(view.project.focus.name)
    title = view.edition.words.steps[step].title
    back = Focus("step", step)
    if what in (GAP, WRONG):
        facts = gaps(view, step) if what == GAP else FACTS
        buttons = [_fact_button(view, step, fact) for fact in facts]
        asked = voice.say("report.ask-gap" if what == GAP else "report.ask-wrong", title=title)
        return Screen(paragraphs(*notes, asked), (*rows(view, buttons), *foot(view, back)))
    draft = view.project.focus.draft or {}
    if what != RIGHT and not draft.get("text"):
        asked = voice.say(f"report.ask.{what}", title=title)
        receipt = voice.say("report.has-receipt" if draft.get("photo") else "report.receipt")
        text = paragraphs(*notes, asked, voice.say("report.public"), receipt)
        return Screen(text, foot(view, back))
    text = paragraphs(*notes, *_drafted(view, title, what, draft))
    return Screen(text, (*_send(view, step), *foot(view, back)))


def _fact_button(view: View, step: str, fact: str) -> Button:
    return go(view, f"report.fact.{fact}", Focus("report", f"{step}:{fact}"))


def _drafted(view: View, title: str, what: str, draft: dict[str, str]) -> Iterator[Markup]:
    """What is about to be sent."""
    voice = view.edition.voice
    if what == RIGHT:
        yield voice.say("report.for-which", title=title)
        return
    fact = voice.plain(f"report.fact.{what}")
    yield voice.say("report.draft", title=title, fact=fact, text=isolated(draft["text"]))
    yield voice.say("report.has-receipt" if draft.get("photo") else "report.no-receipt")


def _send(view: View, step: str) -> Rows:
    voice, offices = view.edition.voice, offices_of(view, step)
    if len(offices) == 1:
        return ((press(voice.plain("report.send"), "report", offices[0]),),)
    names = view.edition.words.offices
    return tuple(
        (press(voice.plain("report.send-for", office=names[each]), "report", each),)
        for each in offices
    )
