"""The reading back of requests notices what it is there for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.reading_back import problems

BUTTON = {"text": "x", "callback_data": "1:x"}
SEND = {"chat_id": 1, "text": "hello"}
MESSAGE = {"chat_id": 1, "message_id": 5}
VIDEO = {"chat_id": 1, "video": "BQAC", "caption": "x"}
PLACE = {"chat_id": 1, "latitude": 34.7, "longitude": 36.7}
THUMB = {"type": "emoji", "emoji": "👍"}
BOLD = {"type": "bold", "offset": 0, "length": 1}


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("sendMesage", SEND, "is no method"),
        ("sendMessage", {"chat_id": 1}, "'text' is missing"),
        ("sendMessage", SEND | {"parsemode": "HTML"}, "unknown parameter 'parsemode'"),
        (
            "sendMessage",
            SEND | {"reply_markup": {"inline_keyboard": [[BUTTON | {"colour": 1}]]}},
            "unknown colour",
        ),
        ("sendMessage", SEND | {"reply_markup": {"buttons": []}}, "cannot be read"),
        ("sendMessage", SEND | {"link_preview_options": {"disabled": True}}, "unknown disabled"),
        ("sendMessage", SEND | {"reply_to_message_id": 5}, "unknown parameter 'reply_to_message"),
        ("sendMessage", SEND | {"reply_parameters": {"message": 5}}, "cannot be read"),
        ("sendLocation", {"chat_id": 1, "latitude": 34.7}, "'longitude' is missing"),
        ("sendVenue", {"chat_id": 1, "venue": {}}, "unknown parameter 'venue'"),
        ("editMessageCaption", {"chat_id": 1, "caption": "x"}, "'message_id' is missing"),
        ("sendVideo", VIDEO | {"caption_entities": [{"type": "bold"}]}, "cannot be read"),
        ("setMessageReaction", MESSAGE | {"reaction": [{"emoji": "👍"}]}, "cannot be read"),
        ("setMyCommands", {"commands": [{"name": "start"}]}, "cannot be read"),
    ],
)
def test_a_mistake_is_named(method: str, params: dict[str, Any], expected: str) -> None:
    [problem, *_] = problems([{"method": method, "params": params}])
    assert expected in problem


def test_what_is_right_passes() -> None:
    keyboard = {"keyboard": [[{"text": "Share", "request_contact": True}]]}
    calls = [
        {"method": "sendMessage", "params": SEND | {"reply_markup": keyboard}},
        {"method": "sendMessage", "params": SEND | {"reply_markup": {"remove_keyboard": True}}},
        {"method": "sendMessage", "params": SEND | {"reply_parameters": {"message_id": 5}}},
        {"method": "sendLocation", "params": PLACE},
        {"method": "sendVenue", "params": PLACE | {"title": "مكتب", "address": "حمص"}},
        {"method": "sendVideo", "params": VIDEO | {"caption_entities": [BOLD]}},
        {"method": "editMessageCaption", "params": MESSAGE | {"caption": "x"}},
        {"method": "setMessageReaction", "params": MESSAGE | {"reaction": [THUMB]}},
        {"method": "closeForumTopic", "params": {"chat_id": 1, "message_thread_id": 5}},
        {"method": "getUpdates", "params": {"offset": 1, "timeout": 25, "allowed_updates": []}},
        {"method": "getMe", "params": {}},
    ]
    assert problems(calls) == []
