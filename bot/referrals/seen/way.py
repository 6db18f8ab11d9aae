"""The way of a case's citizen through the guide, in whichever revision: answers, steps, roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.replay import Walk, carry, replay
from bot.engine.roadmap import Roadmap, roadmap
from bot.engine.stop import Stop
from bot.engine.values import Json
from bot.guide.kept import edition_kept
from bot.guide.pages.question import answer_line
from bot.guide.shelf import Edition, Shelf
from bot.guide.voice import Voice
from bot.referrals.ground import GROUP_LANGUAGE
from bot.store import revisions
from bot.store.leads import Lead
from bot.store.store import Transaction

UNSHOWN = ("contact",)
"""Kinds of questions whose answers no group sees."""


@dataclass(frozen=True)
class Way:
    """What the answers and done steps that were sent with a case come to in one edition."""

    edition: Edition
    walk: Walk
    road: Roadmap
    answers: dict[str, Json]
    done: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the flow is called."""
        return self.edition.words.flows[self.walk.flow.flow].title

    @property
    def stops(self) -> dict[str, Stop]:
        """Every step of the roadmap by its id, also what is under "perhaps"."""
        return {stop.id: stop for stop in (*self.road.stops, *self.road.perhaps)}

    def title_of(self, step: str) -> str:
        """What a step is called."""
        return self.edition.words.steps[step].title

    def answer_lines(self) -> Iterator[Markup]:
        """The answers in words, in the order of the questions."""
        questions = self.edition.guide.questions
        for name in self.walk.asked:
            if name not in self.walk.open and questions[name].kind not in UNSHOWN:
                yield answer_line(self.edition, name, self.answers)

    def place(self, stop: Stop) -> str:
        """At which institution a step is done."""
        if self.edition.guide.is_alone(stop.bodies):
            return self.edition.voice.plain("way.yourself")
        names = [self.edition.words.bodies[body].name for body in stop.bodies]
        return self.edition.voice.plain("list.or").join(names)


def way_in(edition: Edition, lead: Lead) -> Way | None:
    """The way that was sent with a case, in this edition; ``None`` if the flow is not in it."""
    guide = edition.guide
    answers = carry(guide, lead.sealed["answers"])
    flow = _flow_of(guide, lead, answers)
    if flow is None:
        return None
    walk = replay(guide, flow, answers)
    done = carried_steps(guide, lead.sealed["done"])
    return Way(edition, walk, roadmap(guide, walk, done), answers, done)


def carried_steps(guide: Guide, steps: list[str]) -> tuple[str, ...]:
    """The steps under today's ids."""
    return tuple(dict.fromkeys(guide.renamed_steps.get(step, step) for step in steps))


def edition_seen(tx: Transaction, shelf: Shelf, lead: Lead) -> Edition | None:
    """The edition that the citizen had before them; ``None`` if it can no longer be read."""
    today = shelf.edition(GROUP_LANGUAGE)
    if lead.revision == shelf.revision:
        return today
    compiled = revisions.get(tx, lead.revision)
    return None if compiled is None else _restored(compiled, today.voice)


@lru_cache(maxsize=4)
def _restored(compiled: bytes, voice: Voice) -> Edition | None:
    """Read once: a message after the other asks for it."""
    return edition_kept(compiled, voice)


def _flow_of(guide: Guide, lead: Lead, answers: dict[str, Json]) -> Flow | None:
    """The flow that was walked. Of cases from before that was noted: the one of their topic that
    asks for most of what was answered."""
    if "flow" in lead.sealed:
        return guide.flows.get(lead.sealed["flow"])
    of_topic = [flow for flow in guide.flows.values() if flow.refer == lead.topic]
    asked = {flow.flow: sum(item.id in answers for item in flow.ask) for flow in of_topic}
    return max(of_topic, key=lambda flow: asked[flow.flow], default=None)
