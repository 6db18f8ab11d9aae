"""One citizen's walk, as the updates that Telegram would bring: real Bot API JSON."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

FIRST_CHAT = 700_000_000
WALK: tuple[str, ...] = (
    "/start",
    "1:language:ar",
    "1:flow:licence",
    "1:answer:governorate:homs",
    "1:answer:sector:craft",
    "1:answer:legal-form:individual",
    "1:answer:effort:hand-work",
    "1:answer:premises:rented",
    "1:unsure:nuisance",
    "3",
    "1:answer:wants-trademark:no",
    "1:toggle:papers-held:registered-lease",
    "1:enough:papers-held",
    "1:go:step:ask-before-renting",
    "1:done:ask-before-renting",
    "1:go:roadmap",
    "1:go:papers",
    "1:go:roadmap",
)
"""Texts are typed, everything with a colon is pressed."""
MID_WALK = 8
"""After this many turns a citizen is in the middle of the questions."""


def update(number: int, chat: int, turn: int, shown: int) -> Json:
    """The update of one turn of one citizen, who presses on the message ``shown``."""
    said = WALK[turn]
    person = {
        "id": chat,
        "is_bot": False,
        "first_name": "سلمى",
        "last_name": "الحمصي",
        "username": f"user{chat}",
        "language_code": "ar",
    }
    private = {"id": chat, "type": "private"} | {
        key: person[key] for key in ("first_name", "last_name", "username")
    }
    if ":" not in said:
        message: Json = {"message_id": shown + 1, "date": 1_795_000_000, "chat": private}
        message |= {"from": person, "text": said}
        if said.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(said)}]
        return {"update_id": number, "message": message}
    pressed = {"message_id": shown, "date": 1_795_000_000, "chat": private, "text": "…"}
    query = {"id": str(number), "from": person, "message": pressed, "chat_instance": "1"}
    return {"update_id": number, "callback_query": query | {"data": said}}
