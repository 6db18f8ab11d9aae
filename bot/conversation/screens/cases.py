"""The citizen's cases: all of them, one with what happened to it, and closing one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import MENU, Focus
from bot.conversation.screens.frame import foot, go, page_of
from bot.conversation.screens.pages import end, onward
from bot.conversation.view import View
from bot.engine.profile import Profile
from bot.engine.values import Json
from bot.guide.pages import figures
from bot.guide.pages.layout import on_one_line, stacked
from bot.guide.pages.office import map_button, office_text
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Screen
from bot.referrals.own_cases import REOPENABLE, Happening, Story
from bot.store.leads import OPEN, UNCLAIMED, Lead

CASES = Focus("cases")
ON_A_PAGE = 4
MOST_HAPPENINGS = 10
"""Of a long history the newest are shown, and how many there were before."""


def cases(view: View, notes: Sequence[Markup]) -> Screen:
    """All cases of the citizen, the newest first: who has each, and what happens next."""
    voice = view.edition.voice
    shown, turning = page_of(view, view.leads[::-1], ON_A_PAGE)
    blocks = [stacked([_title(view, lead), *_standing(view, lead)]) for lead in shown]
    head = voice.say("cases.title" if blocks else "cases.none")
    buttons = (
        (press(f"{_topic(view, lead)} {lead.reference}", "go", f"case:{lead.reference}"),)
        for lead in shown
    )
    return Screen(paragraphs(*notes, head, *blocks), (*buttons, *turning, *foot(view, MENU)))


def case(view: View, notes: Sequence[Markup]) -> Screen:
    """One case: its reference to copy, where it stands, what happened, and what can be done."""
    voice, lead = view.edition.voice, case_in_focus(view)
    story, profile = view.find_story(lead), view.find_profile(lead.office or "")
    text = paragraphs(
        *notes,
        voice.say("case.title", reference=lead.reference),
        stacked(_where(view, lead)),
        stacked(
            [*_next(view, lead, story), *_working_days(view, lead, story), *_asked(view, lead)]
        ),
        stacked([voice.say("case.topic", topic=_topic(view, lead)), voice.say(*_reached(lead))]),
        stacked(_history(view, story.happened)),
        _at(view, lead, profile),
        _goes(view, lead),
    )
    buttons = ((button,) for button in _buttons(view, lead, story, profile))
    return Screen(text, (*buttons, *foot(view, CASES if len(view.leads) > 1 else MENU)))


def _buttons(view: View, lead: Lead, story: Story, profile: Profile) -> Iterator[Button]:
    voice = view.edition.voice
    yield Button(voice.plain("case.copy"), copy=lead.reference)
    if place := map_button(voice, profile):
        yield place
    if lead.state in OPEN:
        yield press(voice.plain("cases.close"), "close", lead.reference)
    elif story.may_reopen:
        yield press(voice.plain("cases.reopen"), "reopen", lead.reference)
    if view.project.focus.draft:
        yield press(voice.plain("letters.back"), "back")
    if view.project.flow is not None and not view.walk.open:
        yield go(view, onward(view), end(view))


def close(view: View, notes: Sequence[Markup]) -> Screen:
    """The one confirmation before a case is closed."""
    voice, lead = view.edition.voice, case_in_focus(view)
    told = {"topic": _topic(view, lead), "reference": lead.reference, "days": REOPENABLE.days}
    text = paragraphs(*notes, voice.say("cases.close.ask", **told))
    yes = press(voice.plain("cases.close.yes"), "withdraw", lead.reference)
    no = press(voice.plain("cases.close.no"), "keep", lead.reference)
    return Screen(text, ((yes,), (no,)))


def case_in_focus(view: View) -> Lead:
    """The case that is looked at. Raises ``StopIteration`` if there is no such."""
    return next(each for each in view.leads if each.reference == view.project.focus.name)


def _title(view: View, lead: Lead) -> Markup:
    told = {"topic": _topic(view, lead), "reference": lead.reference}
    return view.edition.voice.say("cases.line", **told)


def _standing(view: View, lead: Lead) -> Iterator[Markup]:
    """Where it is, and of an open one what comes next."""
    yield on_one_line(*_where(view, lead))
    yield from _next(view, lead, view.find_story(lead))
    yield from _asked(view, lead)


def _where(view: View, lead: Lead) -> Iterator[Markup]:
    """How it stands, who has it since when, and who else was asked about it."""
    voice, office, found = view.edition.voice, _office(view, lead), view.find_whereabouts(lead)
    yield voice.say(_state(lead), office=office, outcome=_outcome(view, lead))
    if found.since is not None and lead.state != "new":  # on its way it is nowhere yet
        yield voice.say("case.since", office=office, day=figures.day(found.since, voice))
    for asked, since in found.asked:
        other = view.edition.words.offices.get(asked, asked)
        yield voice.say("case.asked-since", office=other, day=figures.day(since, voice))


def _state(lead: Lead) -> str:
    """The id of the sentence that says how a case stands."""
    if lead.outcome == "withdrawn":
        return "cases.withdrawn"
    waits = lead.office is None and lead.state in OPEN
    return "case.waiting" if waits else f"case.{lead.state}"


def _next(view: View, lead: Lead, story: Story) -> Iterator[Markup]:
    """What the office has promised by when; of a closed case, what can be done about it."""
    voice, office = view.edition.voice, _office(view, lead)
    if lead.state not in OPEN:
        yield voice.say("cases.may-reopen" if story.may_reopen else "cases.make-new")
        return
    if story.due is not None:
        said = f"cases.late.{lead.owed}" if story.late else f"cases.due.{lead.owed}"
        yield voice.say(said, office=office, day=figures.day(story.due, voice))
    elif lead.office is not None and lead.state in UNCLAIMED:
        yield from _promise(view, lead)


def _asked(view: View, lead: Lead) -> Iterator[Markup]:
    """What is asked of the citizen, as long as the case is open."""
    if lead.state == "waiting-citizen":
        yield view.edition.voice.say("cases.your-turn", office=_office(view, lead))
    elif lead.state in OPEN:
        yield view.edition.voice.say("cases.nothing-asked")


def _promise(view: View, lead: Lead) -> Iterator[Markup]:
    """In how many working days the office is to answer once it has the case: no more than that."""
    topic = view.edition.guide.topics.get(lead.topic)
    if topic is not None:
        office = _office(view, lead)
        yield view.edition.voice.count("cases.promise", topic.answer, office=office)


def _working_days(view: View, lead: Lead, story: Story) -> Iterator[Markup]:
    """On which days offices work, while the first answer is still to come."""
    voice, week = view.edition.voice, view.edition.guide.calendar.week
    awaited = lead.office is not None and (lead.state == "new" or lead.owed == "answer")
    if week is not None and awaited and not story.late:
        days = [voice.plain(f"weekday.{day}") for day in week.working]
        yield voice.say("cases.working-days", days=voice.plain("list.and").join(days))


def _history(view: View, happened: Sequence[Happening]) -> Iterator[Markup]:
    """What happened, each with its day. One that was only sent has no history yet."""
    if len(happened) < 2:
        return
    voice, before = view.edition.voice, len(happened) - MOST_HAPPENINGS
    yield voice.say("cases.history")
    if before > 0:
        yield figures.bullet(voice.count("cases.before", before), voice)
    for each in happened[-MOST_HAPPENINGS:]:
        office = view.edition.words.offices.get(each.office or "", voice.plain("notice.office"))
        outcome = voice.plain(f"outcome.{each.outcome}") if each.outcome else ""
        told = {"office": office, "outcome": outcome}
        day = figures.day(each.day, voice)
        said = voice.say(f"cases.happened.{each.kind}", **told)
        yield figures.bullet(voice.say("cases.on-day", day=day, what=said), voice)


def _at(view: View, lead: Lead, profile: Profile) -> Markup:
    """Where the office is that has an open case, and what of that has to be asked."""
    if lead.state not in OPEN or lead.office is None:
        return Markup("")
    return office_text(view.edition, profile)


def _goes(view: View, lead: Lead) -> Markup:
    """Where it goes what is written or sent while this is looked at."""
    if lead.state not in OPEN:
        return Markup("")
    office = _office(view, lead)
    return view.edition.voice.say("letters.goes" if office else "letters.waits", office=office)


def _office(view: View, lead: Lead) -> str:
    return view.edition.words.offices.get(lead.office, lead.office) if lead.office else ""


def _topic(view: View, lead: Lead) -> str:
    return view.edition.words.topics.get(lead.topic, lead.topic)


def _outcome(view: View, lead: Lead) -> str:
    """What a closed case came to."""
    return view.edition.voice.plain(f"outcome.{lead.outcome}") if lead.outcome else ""


def _reached(lead: Lead) -> tuple[str]:
    contact: Json = lead.sealed.get("contact", {})
    return ("case.by-phone",) if "phone" in contact else ("case.here",)
