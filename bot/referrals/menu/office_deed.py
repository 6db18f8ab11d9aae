"""A press in an office's own menu, by a confirmed officer: what such a verb works on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from markupsafe import Markup

from bot.guide.pages.question import paragraphs
from bot.guide.screen import ON_A_PAGE, Button, Rows, Screen
from bot.guide.shelf import Edition, Shelf
from bot.referrals.ground import GROUP_LANGUAGE, local_day
from bot.referrals.group.deed import Answer
from bot.store import offices
from bot.store.offices import Desk, Officer
from bot.store.store import Transaction

T = TypeVar("T")


@dataclass(frozen=True)
class OfficeDeed:
    """One press. ``number``: whom or what the button names, 0 for nobody; ``value``: what stood
    behind that."""

    tx: Transaction
    shelf: Shelf
    desk: Desk
    officer: Officer
    number: int = 0
    value: str = ""

    @property
    def edition(self) -> Edition:
        """The guide in the language of offices."""
        return self.shelf.edition(GROUP_LANGUAGE)

    @property
    def at_head_office(self) -> bool:
        """Whether this is the head office's group, which sees every office."""
        return self.desk.office == self.shelf.guide.head_office

    @property
    def today(self) -> date:
        """The day that it is in Syria."""
        return local_day(self.tx.now)

    @property
    def page(self) -> int:
        """The page that the button turns to, from 0."""
        last = self.value.rpartition(":")[2]
        return int(last) if last.isdecimal() and len(last) < 5 else 0

    @property
    def named(self) -> Officer | None:
        """The officer whom the button names, if they are of this office."""
        found = offices.officer_by_number(self.tx, self.number)
        return found if found is not None and found.office == self.desk.office else None

    def say(self, id: str, **values: object) -> str:
        """A line in the language of offices."""
        return self.edition.voice.plain(id, **values)

    def told(self, id: str, **values: object) -> Markup:
        """A line of a message in the language of offices."""
        return self.edition.voice.say(id, **values)

    def button(self, id: str, verb: str, number: int = 0, value: str | int = "") -> Button:
        """A button of the menu with words of ours."""
        return press(self.say(id), verb, number, value)

    def alert(self, id: str, **values: object) -> Answer:
        """Says why nothing happens."""
        return Answer(self.say(id, **values), alert=True)

    def shown(self, parts: Sequence[Markup], rows: Rows, *, back: str = "office") -> Answer:
        """The menu's message with this text and these buttons, and the way back."""
        return Answer("", screen=self.screen(parts, rows, back=back))

    def screen(self, parts: Sequence[Markup], rows: Rows, *, back: str = "office") -> Screen:
        """The menu's message with this text and these buttons, and the way back."""
        verb, _, value = back.partition("/")
        way = (self.button("desk.back", verb, 0, value),)
        return Screen(str(paragraphs(*parts)), (*rows, way))

    def paged(self, found: Sequence[T], verb: str, before: str = "") -> tuple[Sequence[T], Rows]:
        """What of a list stands on this page, and the buttons that turn it."""
        last = max(0, (len(found) - 1) // ON_A_PAGE)
        page = min(self.page, last)
        turns = []
        if page > 0:
            turns.append(self.button("desk.previous", verb, 0, f"{before}{page - 1}"))
        if page < last:
            turns.append(self.button("desk.next", verb, 0, f"{before}{page + 1}"))
        begin = page * ON_A_PAGE
        ordered = tuple(reversed(turns)) if self.edition.mirrored else tuple(turns)
        return found[begin : begin + ON_A_PAGE], (ordered,) if ordered else ()


def press(label: str, verb: str, number: int = 0, value: str | int = "") -> Button:
    """A button that presses a verb of the office's menu."""
    data = f"o:{verb}:{number}"
    return Button(label, press=f"{data}:{value}" if value != "" else data)


OfficeVerb = Callable[[OfficeDeed], Answer]
"""What a button of the menu does."""
