"""The roadmap, its papers, and the page of a step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import MENU, Focus
from bot.conversation.screens.frame import foot, go, rows
from bot.conversation.screens.pages import RESULTS, behind, entrance, reading_button
from bot.conversation.screens.reporting import beside, officers_buttons
from bot.conversation.view import View
from bot.engine.roadmap import alone
from bot.engine.stop import Stop
from bot.guide.pages.question import paragraphs
from bot.guide.pages.road import papers_text, roadmap_text
from bot.guide.pages.step import step_text
from bot.guide.screen import Button, Screen

ROADMAP = Focus("roadmap")


def road(view: View, notes: Sequence[Markup]) -> Screen:
    """The roadmap: its head, and a button for each step."""
    text = roadmap_text(view.edition, view.walk.flow.flow, view.roadmap)
    steps = [_step_button(view, stop, place) for place, stop in enumerate(view.roadmap.stops, 1)]
    perhaps = [_step_button(view, stop, 0) for stop in view.roadmap.perhaps]
    more = [
        go(view, "button.papers", Focus("papers")),
        go(view, "button.summary", Focus("summary")),
        *reading_button(view),
    ]
    topic = view.walk.flow.refer
    office = go(view, "button.office", Focus("consent", topic))
    if view.walk.flow.programmes:
        more.insert(0, go(view, "button.results", RESULTS))
    lines = ((button,) for button in (*steps, *_decisive(view), *perhaps))
    return Screen(
        paragraphs(*notes, text), (*lines, *rows(view, more), (office,), *foot(view, MENU))
    )


def _decisive(view: View) -> Sequence[Button]:
    """The way to the answer on which most of what may be needed depends."""
    voice, questions = view.edition.voice, view.edition.words.questions
    asked = Counter(name for stop in view.roadmap.perhaps for name in stop.open)
    return [
        press(voice.plain("button.decide", question=questions[name].label), "go", "question", name)
        for name, _ in asked.most_common(1)
    ]


def _step_button(view: View, stop: Stop, place: int) -> Button:
    voice, title = view.edition.voice, view.edition.words.steps[stop.id].title
    todo = "mark.optional" if stop.step.optional else "mark.todo"
    mark = "mark.done" if stop.finished else todo if place else "mark.perhaps"
    return press(voice.plain(mark, n=place, label=title), "go", "step", stop.id)


def papers(view: View, notes: Sequence[Markup]) -> Screen:
    """Every paper of the steps that are left, on one page."""
    text = papers_text(view.edition, view.walk.flow.flow, view.roadmap)
    return Screen(paragraphs(*notes, text), foot(view, ROADMAP))


def step(view: View, notes: Sequence[Markup]) -> Screen:
    """One step: what it takes, done / not yet, and the steps before and after.

    A step that is not on the citizen's roadmap is shown by itself, with the way to its flow.
    """
    name = view.project.focus.name
    stop = on_the_road(view, name)
    if stop is None:
        return _looked_up(view, notes, name)
    text = beside(view, name, step_text(view.edition, view.roadmap, stop, view.today))
    marks = () if stop.state == "held" or not stop.certain else ((_tick(view, stop),),)
    buttons = [*behind(view, "steps", name), *_stopped(view, stop)]
    return Screen(
        paragraphs(*notes, text),
        (
            *marks,
            *rows(view, buttons),
            *officers_buttons(view, name),
            *rows(view, _neighbours(view, stop)),
            *foot(view, ROADMAP),
        ),
    )


def _stopped(view: View, stop: Stop) -> list[Button]:
    """The way to say what stopped one there; what one does alone, nobody else can stop."""
    if view.edition.guide.is_alone(stop.bodies):
        return []
    return [go(view, "obstacle.button", Focus("stopped", stop.id))]


def on_the_road(view: View, name: str) -> Stop | None:
    """The step as it stands on the citizen's roadmap, if that is finished and has it."""
    if view.project.flow is None or view.walk.open:
        return None
    return view.roadmap.stop(name)


def body_of(view: View, name: str) -> str:
    """The institution where a step is done, as far as the answers tell; "" if they do not."""
    walk = view.walk_to("steps", name)
    bodies = alone(view.edition.guide, walk, view.project.done, name).bodies
    return bodies[0] if len(bodies) == 1 else ""


def _looked_up(view: View, notes: Sequence[Markup], name: str) -> Screen:
    walk = view.walk_to("steps", name)
    stop = alone(view.edition.guide, walk, view.project.done, name)
    text = beside(view, name, step_text(view.edition, None, stop, view.today))
    buttons = rows(view, [*behind(view, "steps", name), *_stopped(view, stop)])
    way = (*officers_buttons(view, name), *entrance(view, "steps", name))
    return Screen(paragraphs(*notes, text), (*buttons, *way, *foot(view, MENU)))


def _tick(view: View, stop: Stop) -> Button:
    if stop.finished:
        return press(view.edition.voice.plain("button.undone"), "undone", stop.id)
    return press(view.edition.voice.plain("button.done"), "done", stop.id)


def _neighbours(view: View, stop: Stop) -> list[Button]:
    """The steps before and after, in the order of the roadmap."""
    if not stop.certain:
        return []
    stops, place = view.roadmap.stops, view.roadmap.stops.index(stop)
    found = []
    if place:
        found.append(go(view, "button.previous", Focus("step", stops[place - 1].id)))
    if place + 1 < len(stops):
        found.append(go(view, "button.next", Focus("step", stops[place + 1].id)))
    return found
