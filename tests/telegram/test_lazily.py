"""aiogram's types and methods cost nothing until they are used, and are then what they were."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType

import aiogram.methods
import aiogram.types
import pytest
from pydantic import BaseModel, ValidationError

FEW = 60
"""Types, or methods, that all stories together may have used."""


@pytest.mark.parametrize(("module", "many"), [(aiogram.types, 300), (aiogram.methods, 170)])
def test_few_are_built_by_all_that_the_bot_does(module: ModuleType, many: int) -> None:
    everything = (getattr(module, name) for name in module.__all__)
    kinds = [each for each in everything if isinstance(each, type) and issubclass(each, BaseModel)]
    assert len(kinds) > many
    assert len([kind for kind in kinds if kind.__pydantic_complete__]) < FEW


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


def test_a_method_is_built_when_it_is_used() -> None:
    thread = aiogram.methods.DeleteForumTopic(chat_id=-5, message_thread_id=3)
    assert thread.model_dump() == {"chat_id": -5, "message_thread_id": 3}
    with pytest.raises(ValidationError, match="message_thread_id"):
        aiogram.methods.DeleteForumTopic.model_validate({"chat_id": -5})


def test_models_of_ours_are_built_at_once() -> None:
    class Small(BaseModel):
        number: int

    assert Small.__pydantic_complete__
