"""One citizen at one moment: who they are, what they told us, and the guide in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from bot.conversation.project import Project
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import Roadmap, roadmap
from bot.guide.pages import figures
from bot.guide.shelf import Edition
from bot.store.leads import Lead


@dataclass(frozen=True)
class View:
    """What a screen is made from. Walk and roadmap are computed, never stored (design law 1)."""

    edition: Edition
    languages: Mapping[str, str]
    """What each language that is served calls itself."""
    project: Project
    today: date
    find_leads: Callable[[], Sequence[Lead]] = tuple
    """Looks the citizen's referrals up: few screens show them."""
    find_office: Callable[[str, str], str | None] = lambda _topic, _governorate: None
    """Looks up which office a referral of a topic and a governorate would reach now."""

    def showing(self, project: Project) -> View:
        """The view of the project after a turn. What its answers come to is computed once."""
        view = replace(self, project=project)
        before = self.project
        same = {"leads"}
        if (project.flow, project.answers) == (before.flow, before.answers):
            same |= {"walk", "values"} | ({"roadmap"} if project.done == before.done else set())
        view.__dict__.update({k: v for k, v in self.__dict__.items() if k in same})
        return view

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """The citizen's referrals, the newest last."""
        return tuple(self.find_leads())

    @cached_property
    def walk(self) -> Walk:
        """The project's flow, replayed. Only for a project that is in a flow."""
        flow = self.edition.guide.flows[self.project.flow or ""]
        return replay(self.edition.guide, flow, self.project.answers)

    @cached_property
    def roadmap(self) -> Roadmap:
        """The roadmap as the answers stand."""
        return roadmap(self.edition.guide, self.walk, self.project.done)

    @cached_property
    def values(self) -> dict[str, str]:
        """The answers in words, for the templates of the guide's texts."""
        missing = self.edition.voice.plain("answer.missing")
        words = {item.id: missing for item in self.walk.flow.ask}
        for name in self.walk.asked:
            if name not in self.walk.open:
                answer = self.project.answers[name]
                words[name] = figures.answer(name, answer, self.edition)
        return words
