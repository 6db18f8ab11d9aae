"""A conversation that is small enough to be seen through: it repeats what it hears, and counts."""

from __future__ import annotations

from typing import Any

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
from bot.guide.screen import Button, Screen
from bot.store import citizens
from bot.store.citizens import Citizen
from bot.store.store import Transaction

MORE = Button("more", press="1:more")
ROWS = (
    (MORE, Button("site", url="https://example.org/")),
    (Button("copy", copy="D-4F7K2Q"),),
)


class Bug(Exception):
    """A fault of ours, on request; it quotes what a person wrote, as such faults do."""


class Echo:
    """``bug`` raises, ``bad html`` and ``no rights`` make screens with faults, ``phone`` asks
    for the contact, ``thanks`` takes that keyboard away, ``/delete`` erases."""

    mended = False
    """Whether ``bug`` is a word like any other."""

    def receive(self, tx: Transaction, person: Person, event: Event, message: int | None) -> Reply:
        citizen = citizens.find(tx, person.telegram) or citizens.create(tx, person.telegram, "en")
        if event == Command("delete"):
            citizens.erase(tx, citizen.number)
            return Reply(0, citizen.telegram, Screen("Erased."), 0, None)
        heard = _words(event)
        if heard != "same":
            state = citizens.load_project(tx, citizen.number, 1)
            count = int(state.get("count", 0)) + 1
            new: dict[str, Any] = {"count": count, "last": heard}
            citizens.save_project(tx, citizen.number, 1, new, "r1")
        if heard == "bug" and not self.mended:
            raise Bug(f"{person.name} said {heard}")
        edit = message if isinstance(event, Pressed) else None
        toast = "noted" if isinstance(event, Pressed) else ""
        return self._reply(tx, citizen, edit, toast, _keyboard(heard))

    def current(self, tx: Transaction, citizen: int) -> Reply | None:
        known = citizens.get(tx, citizen)
        return None if known is None else self._reply(tx, known, None)

    def apology(self, tx: Transaction, person: Person, incident: str) -> Reply:
        citizen = citizens.find(tx, person.telegram) or citizens.create(tx, person.telegram, "en")
        reply = self._reply(tx, citizen, None)
        return Reply(
            reply.citizen, reply.telegram, Screen(f"Sorry: {incident}"), reply.number, None
        )

    def _reply(
        self,
        tx: Transaction,
        citizen: Citizen,
        edit: int | None,
        toast: str = "",
        keyboard: Keyboard | None = None,
    ) -> Reply:
        state = citizens.load_project(tx, citizen.number, 1)
        text = f"{state.get('count', 0)}: {state.get('last', '')}"
        screen = Screen(text, ROWS)
        if state.get("last") == "bad html":
            screen = Screen("<b>1 &lt; 2</i>", ROWS)
        if state.get("last") == "too long":
            screen = Screen("x" * 5000)
        number = citizens.next_screen(tx, citizen)
        return Reply(citizen.number, citizen.telegram, screen, number, edit, toast, keyboard)


def _words(event: Event) -> str:
    match event:
        case Typed(text):
            return text
        case Command(name, argument):
            return f"/{name} {argument}".strip()
        case Pressed(data):
            return data
        case Shared(phone, own):
            return f"{phone} {'own' if own else 'somebody else'}"
        case Other(kind):
            return f"({kind})"
        case Edited():
            return "(edited)"


def _keyboard(heard: str) -> Keyboard | None:
    if heard == "phone":
        return Keyboard("Your number?", "Share it")
    return Keyboard("Thanks.", None) if heard == "thanks" else None
