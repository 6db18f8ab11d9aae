"""aiogram's types cost nothing until they are used, and are what they always were then."""

from __future__ import annotations

from datetime import UTC, datetime

import aiogram.types
from pydantic import BaseModel

FEW = 60
"""Types that all stories together may have used; there are more than three hundred."""


def kinds() -> list[type[BaseModel]]:
    everything = (getattr(aiogram.types, name) for name in aiogram.types.__all__)
    return [each for each in everything if isinstance(each, type) and issubclass(each, BaseModel)]


def test_few_types_are_built_by_all_that_the_bot_does() -> None:
    assert len(kinds()) > 300
    assert len([kind for kind in kinds() if kind.__pydantic_complete__]) < FEW


def test_a_type_is_built_when_it_is_used() -> None:
    chat = {"id": -5, "type": "supergroup", "title": "Homs"}
    moved = {"message_id": 3, "date": 1, "chat": chat}
    known = aiogram.types.Update.model_validate(
        {"update_id": 7, "message": {**moved, "reply_to_message": moved, "text": "hello"}}
    )
    assert isinstance(known.message, aiogram.types.Message)
    assert isinstance(known.message.reply_to_message, aiogram.types.Message)
    assert known.message.date == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert known.model_dump(exclude_none=True)["message"]["chat"] == chat
