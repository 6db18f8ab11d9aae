"""Copies: what a person wrote as the other side sees it, below a line that says where it is from.

Never a forward: no account, number or file's name of either side goes along.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.engine.readers import clean
from bot.guide.screen import Rows, Screen
from bot.referrals.calls import Carry, Show
from bot.referrals.content import Content, Message

LONGEST_TEXT = 3500
"""UTF-16 units of a text that crosses: what Telegram takes, less the line above and its marks."""
LONGEST_CAPTION = 750
"""UTF-16 units of what stands under a picture or a file; a caption holds 1024 in all."""


def unfit(message: Message) -> str | None:
    """What keeps a message from crossing, ``None`` if nothing does: the rest of a words' id."""
    content = message.content
    if content is None:
        return message.unfit or "other"
    if content.kind == "text":
        return "too-long" if _units(body(content.text)) > LONGEST_TEXT else None
    return "caption-too-long" if _units(body(content.text)) > LONGEST_CAPTION else None


def body(text: str) -> str:
    """A person's text, plain, line for line, without controls of direction.

    Each line is a paragraph of its own and takes its direction from its own first letter. An
    isolate around all of it would hide that letter, and an Arabic line would run from the left.
    """
    return "\n".join(clean(line, len(line)) for line in text.splitlines()).strip()


def copy(
    part: str,
    chat: int,
    content: Content,
    head: Markup,
    *,
    name: str,
    rows: Rows = (),
    edit: int | None = None,
    thread: int | None = None,
    reply_to: int | None = None,
) -> Show | Carry:
    """The call that posts a copy below ``head``, or edits the one at ``edit``.

    ``name``: what a document is called, without its ending. A place has no text beside it: its
    ``head`` is for a message of its own (``headed``).
    """
    if content.kind == "text":
        screen = Screen(f"{head}\n{escape(body(content.text))}", rows)
        return Show(part, chat, screen, edit, thread, reply_to)
    below = escape(body(content.text))
    screen = Screen(f"{head}\n{below}" if below else str(head), rows)
    file = f"{name}{content.suffix}"
    return Carry(part, chat, content, screen, file, edit, thread, reply_to)


def headed(content: Content) -> bool:
    """Whether the line above has to be a message of its own."""
    return content.kind == "location"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
