"""The citizen's side: an inbound event, inside one transaction, becomes new state and a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.conversation import buttons, deeds, letters, presses, reporting, turns
from bot.conversation.events import (
    Command,
    Edited,
    Event,
    Keyboard,
    Other,
    Person,
    Pressed,
    Reply,
    Shared,
    Typed,
)
from bot.conversation.outcome import Outcome, Remark
from bot.conversation.project import Focus, Project
from bot.conversation.screens import draw, general, settled
from bot.conversation.view import View
from bot.engine.readers import clean
from bot.engine.values import Json
from bot.guide.languages import ORIGINAL
from bot.guide.links import opened
from bot.guide.shelf import Shelf
from bot.referrals.case import relay
from bot.referrals.ground import local_day
from bot.referrals.referrals import Referrals
from bot.referrals.rows import absence
from bot.referrals.seen.whereabouts import whereabouts
from bot.search.entry import Finding
from bot.search.index import Index
from bot.store import citizens, leads, offices, profiles, remarks, reports
from bot.store.citizens import Arrival, Citizen, Shown
from bot.store.store import Transaction

LONGEST_NAME: Final = 64


@dataclass
class Conversation:
    """Built once; holds no state of anybody."""

    shelf_of: Callable[[], Shelf]
    referrals: Referrals
    index_of: Callable[[], Index]
    """What a typed text is looked for in."""

    def receive(self, tx: Transaction, person: Person, event: Event, message: int | None) -> Reply:
        """Answers one event of one person. ``message``: the pressed, or the sent, message's id.

        Plain and repeatable: everything that it changes, it changes through ``tx``.
        """
        arrival = citizens.arrive(tx, person.telegram)
        citizen = absence.back(tx, arrival.citizen)
        view = self._view(tx, citizen, arrival.state)
        outcome = self._outcome(view, event, arrival)
        if outcome.remark:
            self._keep(tx, view, outcome.remark)
        if outcome.hindrance:
            outcome = deeds.hinder(tx, self.referrals, view, outcome, outcome.hindrance)
        if outcome.word:
            outcome = replace(outcome, notes=(reporting.keep(tx, view, outcome.word),))
        if outcome.letters or outcome.changed:
            outcome = deeds.cross(tx, view, outcome)
            view = replace(view)  # the leads are looked up anew
        if outcome.wish:
            outcome = deeds.grant(tx, self.referrals, view, outcome, outcome.wish)
            view = replace(view)
        if outcome.erase:
            return self._erase(tx, citizen, view, message)
        if outcome.language in self.shelf_of().languages:
            citizen, view, outcome = self._translate(tx, citizen, view, outcome)
        if outcome.contact is not None:
            outcome = self._refer(tx, citizen, view, outcome, person)
            view = replace(view)  # the leads are looked up anew
        pressed = event.message if isinstance(event, Pressed) else None
        return self._reply(tx, citizen, view, outcome, pressed)

    def current(self, tx: Transaction, citizen: int) -> Reply | None:
        """Today's screen of a citizen, to be posted anew; ``None`` for whoever is unknown."""
        known = citizens.get(tx, citizen)
        if known is None:
            return None
        view = self._view(tx, known, citizens.load_project(tx, citizen, known.project))
        shown = citizens.shown(tx, citizen)
        lost = view.project.keyboard_since > (shown.screen if shown else 0)
        return self._reply(tx, known, view, Outcome(view.project), keyboard_lost=lost)

    def apology(self, tx: Transaction, person: Person, incident: str) -> Reply:
        """A short apology for a fault of ours, above the screen where the citizen is."""
        arrival = citizens.arrive(tx, person.telegram)
        citizen, view = arrival.citizen, self._view(tx, arrival.citizen, arrival.state)
        note = view.edition.voice.say("note.apology", incident=incident)
        return self._reply(tx, citizen, view, Outcome(view.project, (note,)))

    def _view(self, tx: Transaction, citizen: Citizen, stored: dict[str, Json]) -> View:
        shelf = self.shelf_of()
        project = Project.restore(stored, shelf.guide)
        if citizen.language is None:
            welcomed = project.focus.kind == "welcome"
            project = project if welcomed else project.at(Focus("welcome"))
        view = View(
            edition=shelf.edition(citizen.language),
            languages=shelf.languages,
            project=project,
            today=local_day(tx.now),
            find=partial(self._find, citizen.language),
            find_leads=partial(leads.of_citizen, tx, citizen.number),
            find_office=partial(self.referrals.destination, tx),
            find_profile=partial(profiles.get, tx),
            find_answered=partial(relay.answered_case, tx, citizen.number),
            find_whereabouts=partial(whereabouts, tx),
            find_story=partial(self.referrals.story, tx),
            find_officers=partial(offices.officer_of, tx, citizen.telegram),
            find_reports=partial(reports.of_step, tx),
        )
        return view.showing(project.at(settled(view)))

    def _find(self, language: str | None, text: str) -> Finding:
        return self.index_of().search(text, language or ORIGINAL)

    def _outcome(self, view: View, event: Event, arrival: Arrival) -> Outcome:
        if arrival.citizen.language is None and not _chooses_language(event):
            return self._welcome(view, event)
        match event:
            case Command():
                return turns.command(view, event)
            case Typed(text, sent):
                return letters.by_itself(view, sent) or turns.typed(view, text, sent)
            case Pressed():
                return self._pressed(view, event, arrival.shown)
            case Shared():
                return turns.shared(view, event)
            case Other(_, sent):
                return letters.by_itself(view, sent) or turns.other(view, event)
            case Edited(sent):
                return letters.edited(view, sent)

    def _welcome(self, view: View, event: Event) -> Outcome:
        """Before a language is chosen: the welcome; where a deep link leads is kept for then."""
        payload = event.argument if isinstance(event, Command) else ""
        if link := opened(view.edition.guide, payload):
            return Outcome(view.project.at(Focus("welcome", ":".join(link))))
        return Outcome(view.project)

    def _pressed(self, view: View, event: Pressed, shown: Shown | None) -> Outcome:
        """A press counts on the shown screen or a later message; older ones have had their day."""
        press = buttons.parse(event.data)
        if press and press.verb == "n":
            return presses.pressed(view, press)
        if press is None or (shown is not None and event.message < shown.message):
            toast = view.edition.voice.plain("toast.old-button")
            return Outcome(view.project, toast=toast, below=True)
        return presses.pressed(view, press)

    def _translate(
        self, tx: Transaction, citizen: Citizen, view: View, outcome: Outcome
    ) -> tuple[Citizen, View, Outcome]:
        """Goes on in the language chosen; a newcomer who came by a link now follows it."""
        citizen = replace(citizen, language=outcome.language)
        citizens.update(tx, citizen)
        view = replace(view, edition=self.shelf_of().edition(citizen.language))
        kind, _, name = view.project.focus.name.partition(":")
        if view.project.focus.kind == "welcome" and name:
            outcome = replace(outcome, project=turns.visit(view, kind, name))
        return citizen, view, outcome

    def _keep(self, tx: Transaction, view: View, remark: Remark) -> None:
        """Keeps what was written for the editors, without who wrote it."""
        governorate = view.project.answers.get("governorate")
        remarks.add(
            tx,
            kind=remark.kind,
            about=remark.about,
            governorate=governorate if isinstance(governorate, str) else "",
            language=view.edition.voice.language,
            revision=self.shelf_of().revision,
            text=remark.text,
        )

    def _refer(
        self, tx: Transaction, citizen: Citizen, view: View, outcome: Outcome, person: Person
    ) -> Outcome:
        """Hands the citizen over, exactly with the fields that the consent named."""
        answers = {n: view.project.answers[n] for n in view.walk.asked if n not in view.walk.open}
        details = {
            "name": clean(person.name, LONGEST_NAME),
            "contact": outcome.contact,
            "language": citizen.language,
            "flow": view.walk.flow.flow,
            "answers": answers,
            "done": list(view.project.done),
            "progress": [view.roadmap.finished, len(view.roadmap.stops)],
        }
        topic, governorate = view.walk.flow.refer, answers["governorate"]
        lead = self.referrals.refer(
            tx, citizen.number, citizen.project, topic, governorate, details
        )
        return replace(outcome, project=outcome.project.at(Focus("case", lead.reference)))

    def _reply(
        self,
        tx: Transaction,
        citizen: Citizen,
        view: View,
        outcome: Outcome,
        pressed: int | None = None,
        *,
        keyboard_lost: bool = False,
    ) -> Reply:
        """Saves the project and draws its screen, on the pressed message if there is one.

        ``keyboard_lost``: the keyboard's last coming or going was never sent.
        """
        view = view.showing(outcome.project)
        view = view.showing(view.project.at(settled(view)))
        number = citizens.next_screen(tx, citizen)
        keyboard = _keyboard(view, lost=keyboard_lost)
        if keyboard is not None:
            out = keyboard.share is not None
            view = view.showing(replace(view.project, keyboard=out, keyboard_since=number))
        revision = self.shelf_of().revision
        citizens.save_project(tx, citizen.number, citizen.project, view.project.stored(), revision)
        return Reply(
            citizen=citizen.number,
            telegram=citizen.telegram,
            screen=draw(view, outcome.notes),
            number=number,
            edit=None if outcome.below or keyboard else pressed,
            toast=outcome.toast,
            keyboard=keyboard,
        )

    def _erase(self, tx: Transaction, citizen: Citizen, view: View, message: int | None) -> Reply:
        withdrawn = citizens.erase(tx, citizen.number)
        self.referrals.withdrawn_by_erasure(tx, withdrawn)
        gone = Keyboard(view.edition.voice.say("reach.keyboard-gone"), None)
        return Reply(
            citizen=0,
            telegram=citizen.telegram,
            screen=general.erased(view),
            number=0,
            edit=message,
            keyboard=gone if view.project.keyboard else None,
        )


def _chooses_language(event: Event) -> bool:
    press = buttons.parse(event.data) if isinstance(event, Pressed) else None
    return press is not None and press.verb == "language"


def _wants_contact(view: View) -> bool:
    return view.project.focus.kind == "reach"


def _keyboard(view: View, *, lost: bool) -> Keyboard | None:
    """Brings the contact keyboard where a number is asked for; takes it away afterwards."""
    voice, out = view.edition.voice, view.project.keyboard
    if _wants_contact(view) and (lost or not out):
        return Keyboard(voice.say("reach.keyboard"), voice.plain("reach.share"))
    if (lost or out) and not _wants_contact(view):
        return Keyboard(voice.say("reach.keyboard-gone"), None)
    return None
