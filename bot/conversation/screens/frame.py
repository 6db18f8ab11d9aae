"""What all screens have in common: the row at their foot, and rows that run the right way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.conversation.buttons import press
from bot.conversation.project import MENU, Focus
from bot.conversation.view import View
from bot.guide.screen import ON_A_PAGE, Button, Rows, in_rows

Item = TypeVar("Item")


def go(view: View, label: str, focus: Focus) -> Button:
    """A button that looks elsewhere and changes nothing."""
    return press(view.edition.voice.plain(label), "go", str(focus))


def rows(view: View, buttons: list[Button]) -> Rows:
    """Buttons two to a row where short, in the direction of the language."""
    return in_rows(buttons, mirrored=view.edition.mirrored)


def foot(view: View, back: Focus | None = MENU) -> Rows:
    """Back, menu, and other languages: at the foot of every screen."""
    buttons = [go(view, "button.back", back)] if back and back != MENU else []
    buttons.append(go(view, "button.menu", MENU))
    buttons += other_language(view)
    return (tuple(reversed(buttons)) if view.edition.mirrored else tuple(buttons),)


def page_of(
    view: View, items: Sequence[Item], most: int = ON_A_PAGE
) -> tuple[Sequence[Item], Rows]:
    """At most so many items, on the page that the focus names, and buttons to the other pages.

    The name of the focus is the number of the page; without one it is the first.
    """
    focus, pages = view.project.focus, max(1, -(-len(items) // most))
    place = min(int(focus.name), pages) if focus.name.isdecimal() and int(focus.name) else 1
    turning = []
    if place > 1:
        before = Focus(focus.kind, str(place - 1))
        turning.append(go(view, "button.page-before", before))
    if place < pages:
        after = Focus(focus.kind, str(place + 1))
        turning.append(go(view, "button.page-after", after))
    return items[(place - 1) * most : place * most], rows(view, turning)


def other_language(view: View) -> list[Button]:
    """Goes on in the other language, by its own name; of several, asks which."""
    others = [code for code in view.languages if code != view.edition.voice.language]
    if len(others) > 1:
        # The choice remembers where it was opened, so that the citizen comes back there.
        return [go(view, "command.language", Focus("language", str(view.project.focus)))]
    return [press(view.languages[code], "language", code) for code in others]
