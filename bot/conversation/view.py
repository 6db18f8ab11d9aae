"""One citizen at one moment: who they are, what they told us, and the guide in their language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from bot.conversation.project import Project
from bot.engine.eligibility import Match, matches
from bot.engine.flow import Flow
from bot.engine.guide import PageKind
from bot.engine.profile import NOTHING_SAID, Profile
from bot.engine.reach import flows_to
from bot.engine.replay import Walk, replay
from bot.engine.roadmap import Roadmap, roadmap
from bot.engine.values import Answers
from bot.guide.pages import figures
from bot.guide.shelf import Edition
from bot.referrals.content import Message
from bot.referrals.own_cases import Story
from bot.referrals.seen.whereabouts import Whereabouts
from bot.search.entry import Finding
from bot.store.leads import Lead
from bot.store.offices import Officer
from bot.store.reports import Report


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
    find: Callable[[str], Finding] = lambda _text: Finding()
    """Searches the guide."""
    find_office: Callable[[str, str], str | None] = lambda _topic, _governorate: None
    """Looks up which office a referral of a topic and a governorate would reach now."""
    find_profile: Callable[[str], Profile] = lambda _office: NOTHING_SAID
    """Looks up what an office has said of itself."""
    find_answered: Callable[[Message], Lead | None] = lambda _sent: None
    """Looks up the case of theirs that a message of the citizen answers."""
    find_whereabouts: Callable[[Lead], Whereabouts] = lambda _lead: Whereabouts()
    """Looks up since when a case is where it is, and who was asked about it."""
    find_story: Callable[[Lead], Story] = lambda _lead: Story()
    """Looks up what happened to a case, and what its office has promised."""
    find_officers: Callable[[], Sequence[Officer]] = tuple
    """Looks up as whom whoever looks may act for offices."""
    find_reports: Callable[[Collection[str], Collection[str]], Sequence[Report]] = (
        lambda _names, _governorates: ()
    )
    """Looks up what offices of some governorates say of a step, by any of its names."""
    replays: list[tuple[Answers, Walk]] = field(default_factory=list, compare=False, repr=False)
    """What was replayed already: a turn looks ahead, and shares this with the view it leads to."""

    def showing(self, project: Project) -> View:
        """The view of the project after a turn. What its answers come to is computed once."""
        if project is self.project:
            return self
        view, before, known = replace(self, project=project), self.project, vars(self)
        same = ["leads", "officers"]
        if (project.flow, project.answers) == (before.flow, before.answers):
            same += ["walk", "matches", "roadmap"]
        vars(view).update((name, known[name]) for name in same if name in known)
        if "roadmap" in vars(view) and project.done != before.done:
            vars(view)["roadmap"] = self.roadmap.ticked(project.done)
        return view

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """The citizen's referrals, the newest last."""
        return tuple(self.find_leads())

    @cached_property
    def officers(self) -> tuple[Officer, ...]:
        """As whom they may act for offices; nobody, of a citizen."""
        return tuple(self.find_officers())

    @cached_property
    def walk(self) -> Walk:
        """The project's flow, replayed. Only for a project that is in a flow."""
        return self.replayed(self.edition.guide.flows[self.project.flow or ""])

    def replayed(self, flow: Flow) -> Walk:
        """Any flow, replayed over the answers; once for each state of them in one update."""
        answers = self.project.answers
        for known, walk in self.replays:
            if walk.flow is flow and known == answers:
                return walk
        walk = replay(self.edition.guide, flow, answers)
        self.replays.append((answers, walk))
        return walk

    @cached_property
    def roadmap(self) -> Roadmap:
        """The roadmap as the answers stand."""
        return roadmap(self.edition.guide, self.walk, self.project.done)

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The programmes of the flow, compared with the answers."""
        return matches(self.edition.guide, self.walk)

    def leads_to(self, kind: PageKind, name: str) -> bool:
        """Whether the flow under way leads to a page."""
        flows = flows_to(self.edition.guide, kind)[name]
        return any(flow.flow == self.project.flow for flow in flows)

    def walk_to(self, kind: PageKind, name: str) -> Walk:
        """The flow under way, if it leads to the page; else the first flow that does.

        So a page that somebody looks up is told by the answers that they have given already.
        """
        if self.leads_to(kind, name):
            return self.walk
        return self.replayed(flows_to(self.edition.guide, kind)[name][0])

    def words_of(self, walk: Walk) -> dict[str, str]:
        """The answers of a walk in words, for the templates of the guide's texts."""
        words = {item.id: self.edition.voice.plain("answer.missing") for item in walk.flow.ask}
        for name in walk.asked:
            if name not in walk.open:
                answer = self.project.answers[name]
                words[name] = figures.answer(name, answer, self.edition)
        return words
